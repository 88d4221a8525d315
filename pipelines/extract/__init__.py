"""From a page's bytes to its article: title, day, body; what is no article is told by a code."""

from pipelines.extract.article import extract_article
from pipelines.extract.glance import is_worth_reading
from pipelines.extract.recording import Recording, record_page

__all__ = ["Recording", "extract_article", "is_worth_reading", "record_page"]
