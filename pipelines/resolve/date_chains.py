"""Which of the dates told before a date leans on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pipelines.catalog.language import Lexicon
from pipelines.mentions import DateMention
from pipelines.models import When
from pipelines.resolve.dates import resolve_date


def resolve_chain(
    mention: DateMention,
    chain: Sequence[DateMention],
    *,
    published: date,
    statement: date | None = None,
    period: When | None = None,
    lexicon: Lexicon | None = None,
) -> When:
    """A mention resolved against the mentions before it, the nearest first in `chain`, each against those before it.

    "La veille" leans on the nearest, be it the day of the telling ("a annoncé lundi … la veille"); "le même jour" and
    "deux jours plus tard" on the nearest day of something that happened, "le 18" is near that one; "la même
    période" leans on the nearest period.
    """
    told = [*chain[:_LONGEST_CHAIN][::-1], mention]
    found: list[When] = []
    for index, link in enumerate(told):
        previous = next(_lean_on(link, told[:index], found), None)
        found.append(
            resolve_date(
                link, published=published, statement=statement, previous=previous, period=period, lexicon=lexicon
            )
        )
    return found[-1]


def _lean_on(mention: DateMention, told: Sequence[DateMention], found: Sequence[When]) -> Iterator[When]:
    """The resolved dates before a mention that it may lean on, the likeliest first."""
    is_bare = mention.day is not None and mention.month is None and mention.end_month is None
    if mention.anchor != "previous" and not is_bare:
        return
    nearest = [index for index in reversed(range(len(told))) if found[index].start is not None]
    nearest.sort(key=lambda index: _is_far_fetched(mention, told[index]))
    for index in nearest:
        if _can_lean(mention, found[index]):
            yield found[index]


def _can_lean(mention: DateMention, told: When) -> bool:
    """Whether it is of the kind that is meant: a period for "la même période", a Monday for "le même lundi"."""
    if mention.form == "weekday" and mention.part == "same":
        return told.start is not None and told.start.weekday() == mention.weekday
    return mention.form != "same_period" or told.start != told.end


def _is_far_fetched(mention: DateMention, told: DateMention) -> bool:
    """Whether a date leans on another only for want of a better one: the day of a telling, or more than some days."""
    if mention.part == "counted":
        return told.part != "base"
    if mention.form == "offset" and (mention.offset_days or 0) < 0:
        is_apart = mention.part == "head" or mention.span.start - told.span.end > _SAME_SENTENCE
        return told.part == "report" and is_apart
    return told.part in {"report", "since"} or told.form in _COARSE


_SAME_SENTENCE = 160  # characters
_COARSE = frozenset({"month", "month_part", "month_range", "week", "period", "same_period", "last_days"})
_LONGEST_CHAIN = 12  # mentions; further back nothing is meant
