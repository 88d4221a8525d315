"""Checks of reports: what they refer to, and that their words stand in the article."""

from __future__ import annotations

from pipelines.validate.rows import Rows
from pipelines.validate.surroundings import Surroundings

EVIDENCE_JOINT = " […] "
CUT = "…"
LONGEST_MEMORY_DAYS = 366


def check_event(rows: Rows, around: Surroundings) -> list[bool]:
    """The event exists."""
    return [event_id in around.event_ids for event_id in rows.values("event_id")]


def check_article(rows: Rows, around: Surroundings) -> list[bool]:
    """The article exists."""
    return [article_id in around.published for article_id in rows.values("article_id")]


def check_evidence(rows: Rows, around: Surroundings) -> list[bool]:
    """Every quoted sentence stands in the article, the first one at its offset."""
    walked = rows.walk("article_id", "evidence", "evidence_start", "evidence_end")
    return [_is_quoted(around.texts.get(article_id, ""), *rest) for article_id, *rest in walked]


def _is_quoted(text: str, evidence: str, start: int, end: int) -> bool:
    if not 0 <= start < end <= len(text):
        return False
    is_cut = evidence.endswith(CUT) and evidence not in text
    quotes = (evidence.removesuffix(CUT) if is_cut else evidence).split(EVIDENCE_JOINT)
    return text.startswith(quotes[0], start) and all(quote in text for quote in quotes)


def check_date_words(rows: Rows, around: Surroundings) -> list[bool]:
    """The words that say the date stand in the article."""
    walked = rows.walk("article_id", "date_text")
    return [words is None or words in around.texts.get(article_id, "") for article_id, words in walked]


def check_place_words(rows: Rows, around: Surroundings) -> list[bool]:
    """The words that say the place stand in the article."""
    walked = rows.walk("article_id", "location_text")
    return [words is None or words in around.texts.get(article_id, "") for article_id, words in walked]


def check_weekday(rows: Rows, around: Surroundings) -> list[bool]:
    """A weekday among the words of an exact date is that of its first or last day."""
    oks = []
    for start, end, words, prec, language in rows.walk("date_start", "date_end", "date_text", "date_prec", "language"):
        named = around.find_weekday(words, language) if words and prec <= 2 else None
        oks.append(named is None or named in (start.weekday(), end.weekday()))
    return oks


def check_published(rows: Rows, around: Surroundings) -> list[bool]:
    """No report tells of a day after its publication."""
    oks = []
    for article_id, start in rows.walk("article_id", "date_start"):
        day = around.published.get(article_id)
        oks.append(day is None or start <= day)
    return oks


def check_recent(rows: Rows, around: Surroundings) -> list[bool]:
    """The event is no older than a year."""
    oks = []
    for article_id, end in rows.walk("article_id", "date_end"):
        day = around.published.get(article_id)
        oks.append(day is None or (day - end).days <= LONGEST_MEMORY_DAYS)
    return oks


def check_filed(rows: Rows, around: Surroundings) -> list[bool]:
    """The report lies in its event's partition."""
    events = around.rows["events"].walk("event_id", "country", "year", "month")
    places = {event_id: place for event_id, *place in events}
    walked = rows.walk("event_id", "country", "year", "month")
    return [places.get(event_id, place) == place for event_id, *place in walked]


REPORT_CHECKS = {
    "event": check_event,
    "article": check_article,
    "evidence": check_evidence,
    "date_words": check_date_words,
    "place_words": check_place_words,
    "weekday": check_weekday,
    "published": check_published,
    "recent": check_recent,
    "filed": check_filed,
}
