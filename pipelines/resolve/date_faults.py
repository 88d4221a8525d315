"""What is odd about the day of an incident: none is told, it is still to come, its weekday is another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipelines.mentions import Claim, DateMention
from pipelines.models import Issue, When


def check_day(claim: Claim, when: When, published: date) -> Iterator[Issue]:
    """An issue for each oddity; the report keeps what the text says."""
    quote = (claim.date.span.text if claim.date else claim.trigger.text)[:200]
    for code, detail in _find_faults(claim, when, published):
        yield Issue("resolve", code, quote, detail, claim.article_id)


def _find_faults(claim: Claim, when: When, published: date) -> Iterator[tuple[str, str]]:
    mention = claim.date
    if when.start is None and mention is not None and _is_after(mention, published):
        yield "future_date", f"the day told is after that of publication, {published}"
    elif when.start is None:
        yield "no_date", "no day could be told"
    if mention is None or mention.weekday is None or mention.day is None or when.start is None or when.end is None:
        return
    if all(day.weekday() != mention.weekday for day in (when.start, when.end)):
        yield "contradictory_date", f"{when.start} is another day of the week"


def _is_after(mention: DateMention, published: date) -> bool:
    told = (mention.year or 0, mention.month or 0, mention.day or 0)
    return mention.year is not None and told > (published.year, published.month, published.day)
