"""Checks of articles: their days, and what they refer to."""

from __future__ import annotations

from pipelines.validate.rows import Rows
from pipelines.validate.surroundings import Surroundings


def check_fetched(rows: Rows, _: Surroundings) -> list[bool]:
    """The page was fetched on its day of publication or later; a day is allowed for timezones."""
    walked = rows.walk("fetched_at", "published_date")
    return [at is None or day is None or (day - at.date()).days <= 1 for at, day in walked]


def check_statement(rows: Rows, _: Surroundings) -> list[bool]:
    """The communiqué is dated no later than the article."""
    walked = rows.walk("statement_date", "published_date")
    return [stated is None or day is None or stated <= day for stated, day in walked]


def check_duplicate(rows: Rows, around: Surroundings) -> list[bool]:
    """The earlier article is another one that was read."""
    walked = rows.walk("near_duplicate_of", "article_id")
    return [other is None or (other in around.published and other != own) for other, own in walked]


def check_communique(rows: Rows, _: Surroundings) -> list[bool]:
    """A communiqué tells of security."""
    return [
        is_security or not is_communique for is_security, is_communique in rows.walk("is_security", "is_communique")
    ]


ARTICLE_CHECKS = {
    "fetched": check_fetched,
    "statement": check_statement,
    "duplicate": check_duplicate,
    "communique": check_communique,
}
