"""Article to claims: what was said, in spans and classes; nothing is resolved here."""

from pipelines.parse.reading import Parsed, parse_article

__all__ = ["Parsed", "parse_article"]
