"""Weeks, week-ends, months, parts of them, and feasts, as days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pipelines.mentions import DateMention
from pipelines.models import DateBasis, DatePrecision, When
from pipelines.resolve.date_anchors import (
    UNKNOWN,
    Anchors,
    days,
    last_of_month,
    month_before,
    nearest_day,
    one_day,
    weekday_until,
)
from pipelines.resolve.feasts import find_feast

# Monday is 0; the parts of a month are those of the labelling rules
_WEEK_PARTS = {"start": (0, 1), "middle": (2, 3), "end": (4, 6)}
_MONTH_PARTS = {"start": (1, 10), "middle": (11, 20), "end": (21, 31), "first_half": (1, 15), "second_half": (16, 31)}
_WEEK_DAYS = 7


def resolve_week(mention: DateMention, anchors: Anchors) -> When:
    """Monday to Sunday of the day told, of the anchor's week or of the one before; a part of it is some days.

    "Durant la semaine", with no more, is the bulletin's period, else the seven days before publication.
    """
    if mention.part == "open":
        return _resolve_open_week(anchors)
    base = _told_day(mention, anchors) if mention.day is not None else _near(mention, anchors)
    if mention.day is None:
        base += timedelta(7 * _weeks_back(mention, base))
    monday = base - timedelta(base.weekday())
    first, last = _WEEK_PARTS.get(mention.part or "", (0, 6))
    is_begun = monday + timedelta(first) < anchors.day or (first == 0 and monday <= anchors.day)
    if mention.anchor == "publication" and mention.day is None and not is_begun:  # on a Tuesday: "en fin de semaine"
        monday -= timedelta(7)
    precision: DatePrecision = "week" if (first, last) == (0, 6) else "range"
    basis: DateBasis = "explicit" if mention.day is not None else "relative"
    return days(monday + timedelta(first), monday + timedelta(last), precision, basis)


def _resolve_open_week(anchors: Anchors) -> When:
    if anchors.period is not None and anchors.period.start is not None:
        return replace(anchors.period, basis="bulletin")
    return days(anchors.day - timedelta(_WEEK_DAYS), anchors.day - timedelta(1), "week", "relative")


def _weeks_back(mention: DateMention, base: date) -> int:
    """ "La semaine écoulée" told on a Saturday or Sunday is the one that ends there."""
    is_over = mention.anchor != "previous" and base.weekday() >= 5
    return 0 if is_over else mention.offset_days or 0


def resolve_weekend(mention: DateMention, anchors: Anchors) -> When:
    """Saturday and Sunday: those of the day told, else the last that have begun ("dernier": that are over)."""
    if mention.day is not None:
        base = _told_day(mention, anchors)
        saturday = base + timedelta(5 - base.weekday())
        return days(saturday, saturday + timedelta(1), "range", "explicit")
    saturday = weekday_until(_near(mention, anchors) - timedelta(2 if mention.offset_days else 0), 5)
    return days(saturday, saturday + timedelta(1), "range", "relative")


def resolve_month(mention: DateMention, anchors: Anchors) -> When:
    """The whole month; without a year the last one that has begun."""
    first = _first_of_month(mention, anchors)
    return days(first, last_of_month(first), "month", _month_basis(mention))


def resolve_month_part(mention: DateMention, anchors: Anchors) -> When:
    """Start: days 1-10, middle: 11-20, end: from 21; halves part at 15; "les dix derniers jours" are exactly those."""
    first = _first_of_month(mention, anchors)
    last = last_of_month(first).day
    if mention.month is not None and mention.offset_days:
        many = min(mention.offset_days, last)
        start, end = _days_of_part(mention.part, many, last)
        end = min(end, last)
        return days(first.replace(day=start), first.replace(day=end), "range", "explicit")
    start, end = _MONTH_PARTS.get(mention.part or "", (1, last))
    if mention.year is None and first.replace(day=start) > anchors.day:
        year = first.year - 1 if mention.month is not None else month_before(first.year, first.month)[0]
        first = date(year, mention.month or month_before(first.year, first.month)[1], 1)
    return days(first.replace(day=start), first.replace(day=min(end, last)), "month", _month_basis(mention))


def resolve_month_range(mention: DateMention, anchors: Anchors) -> When:
    """From the first day of one month to the last of another."""
    if mention.month is None:
        return UNKNOWN
    last = nearest_day(1, mention.end_month or mention.month, mention.end_year or mention.year, anchors.day)
    first = nearest_day(1, mention.month, mention.year, last)
    return days(first, last_of_month(last), "month", "explicit") if first <= last else UNKNOWN


def resolve_feast(mention: DateMention, anchors: Anchors) -> When:
    """The last such feast up to the anchor, in the lexicon's tables; a feast of many days is a month."""
    found = find_feast(mention.part or "", anchors.day, anchors.lexicon) if anchors.lexicon else None
    if found is None:
        return UNKNOWN
    start, length = found
    if mention.day is None and length > 1 and not mention.offset_days:
        return days(start, start + timedelta(length - 1), "month", "explicit")
    return one_day(start + timedelta((mention.day or 1) - 1 + (mention.offset_days or 0)))


def _days_of_part(part: str | None, many: int, last: int) -> tuple[int, int]:
    """First and last of so many days at a month's start, right after those, or at its end."""
    if part == "start":
        return 1, many
    return (many + 1, 2 * many) if part == "second" else (last - many + 1, last)


def _told_day(mention: DateMention, anchors: Anchors) -> date:
    """The day named in "la semaine du 5 décembre", without a month the nearest of that number."""
    latest, day = anchors.day, mention.day or 1
    month = mention.month or (latest.month if day <= latest.day else (latest.replace(day=1) - timedelta(1)).month)
    return nearest_day(day, month, mention.year, latest)


def _near(mention: DateMention, anchors: Anchors) -> date:
    return (anchors.told or anchors.day) if mention.anchor == "previous" else anchors.day


def _first_of_month(mention: DateMention, anchors: Anchors) -> date:
    if mention.month is not None:
        year = anchors.day.year - 1 if mention.part == "last_year" else mention.year
        return nearest_day(1, mention.month, year, anchors.day)
    base = _near(mention, anchors).replace(day=1)
    return (base - timedelta(1)).replace(day=1) if mention.offset_days else base


def _month_basis(mention: DateMention) -> DateBasis:
    return "relative" if mention.month is None else "explicit"
