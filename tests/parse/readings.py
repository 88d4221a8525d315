"""A short text read with all that ships, for tests of the grammar."""

from __future__ import annotations

from functools import lru_cache

from pipelines.catalog.actors import Actors, load_actors
from pipelines.catalog.country import Atlas, load_atlas
from pipelines.catalog.language import Lexicon, load_language
from pipelines.export.gold import article_from_record
from pipelines.models import Article, Report
from pipelines.parse import Parsed, parse_article
from pipelines.resolve import Resolved, resolve_claims


@lru_cache(maxsize=1)
def knowledge() -> tuple[Lexicon, Actors, Atlas]:
    return load_language("fr"), load_actors(), load_atlas()


def make_article(text: str, *, title: str = "", published: str = "2025-03-05", country: str = "ML") -> Article:
    return article_from_record({"title": title, "text": text, "published": published, "country": country})


def parse(article: Article) -> Parsed:
    return parse_article(article, *knowledge())


TITLE = "Mali : nouvelles attaques terroristes"


def read(text: str, *, title: str = TITLE, published: str = "2025-03-05", country: str = "ML") -> Resolved:
    article = make_article(text, title=title, published=published, country=country)
    return resolve_claims(parse(article), article, *knowledge())


def only(text: str, country: str = "ML") -> Report:
    """The one report of a text; anything else fails the test."""
    reports = read(text, country=country).reports
    assert len(reports) == 1, [report.trigger.text for report in reports]
    return reports[0]
