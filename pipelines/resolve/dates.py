"""From a date as told to days: against the date told before it, the statement's day, or the day of publication."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipelines.catalog.language import Lexicon
from pipelines.mentions import DateMention
from pipelines.models import DateBasis, DatePrecision, When
from pipelines.resolve.feasts import find_feast


@dataclass(frozen=True, slots=True)
class _Anchors:
    """The days that a mention may lean on. `day` is the one that its own anchor names."""

    day: date
    published: date
    previous: When | None
    period: When | None
    lexicon: Lexicon | None

    @property
    def told(self) -> date | None:
        """The first day of the date told before, None if there is none."""
        return self.previous.start if self.previous else None


def resolve_date(
    mention: DateMention,
    *,
    published: date,
    statement: date | None = None,
    previous: When | None = None,
    period: When | None = None,
    lexicon: Lexicon | None = None,
) -> When:
    """The days that a mention means, precision and basis with it; start and end None where they cannot be known.

    `previous` is the date told before it, `period` the span of the bulletin that it stands in (weekdays and bare days
    lie within it), `statement` the day on which the quoted statement was made: it takes the place of `published` for
    a mention whose anchor is `statement`. `lexicon` gives the days of feasts.
    """
    day = (statement or published) if mention.anchor == "statement" else published
    anchors = _Anchors(day, published, previous, period, lexicon)
    try:
        found = _RESOLVERS[mention.form](mention, anchors)
    except (ValueError, OverflowError):  # a 31 February, a year 0
        found = _UNKNOWN
    return replace(found, span=mention.span)


_UNKNOWN = When(None, None, "unknown", "explicit")


def _when(start: date, end: date, precision: DatePrecision, basis: DateBasis) -> When:
    return When(start, end, precision, basis)


def _one(day: date, basis: DateBasis = "explicit") -> When:
    return When(day, day, "day", basis)


# ------------------------------------------------------------------------------------------------ days of a calendar


def _resolve_day(mention: DateMention, anchors: _Anchors) -> When:
    """A day of a month; without a year the nearest one not after the anchor, without a month the nearest such day."""
    if mention.day is None:
        return _UNKNOWN
    if mention.month is None:
        return _resolve_lone_day(mention, anchors)
    return _one(_nearest_day(mention.day, mention.month, mention.year, anchors.day))


def _nearest_day(day: int, month: int, year: int | None, latest: date) -> date:
    """The day in its year, or in the last year in which it is not after `latest` (a 29 February: up to 8 years)."""
    if year is not None:
        return date(year, month, day)
    for back in range(9):
        if day <= monthrange(latest.year - back, month)[1]:
            found = date(latest.year - back, month, day)
            if found <= latest:
                return found
    raise ValueError("no such day")


def _resolve_lone_day(mention: DateMention, anchors: _Anchors) -> When:
    """ "le 18", "lundi 17": in the month told before, else the nearest; a weekday must agree where one can."""
    candidates = list(_days_numbered(mention.day or 0, anchors))
    if mention.weekday is not None:
        candidates = [day for day in candidates if day.weekday() == mention.weekday] or candidates[:1]
    return _one(candidates[0]) if candidates else _UNKNOWN


def _days_numbered(number: int, anchors: _Anchors) -> list[date]:
    """The days of that number up to the anchor, the likeliest first."""
    days = []
    year, month = anchors.day.year, anchors.day.month
    for _ in range(14):
        if number <= monthrange(year, month)[1] and date(year, month, number) <= anchors.day:
            days.append(date(year, month, number))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    context = anchors.period or anchors.previous
    if context is None or context.start is None or context.end is None:
        return days
    start, end = context.start, context.end
    return sorted(days, key=lambda day: (not start <= day <= end, (day.year, day.month) != (start.year, start.month)))


def _resolve_weekday(mention: DateMention, anchors: _Anchors) -> When:
    """The last such weekday on or before the anchor (before it, if "last"); inside the bulletin's period if it has one."""
    if mention.weekday is None:
        return _UNKNOWN
    if mention.part == "following" and anchors.told:
        return _one(_weekday_from(anchors.told + timedelta(1), mention.weekday), "weekday")
    if mention.part == "before" and anchors.told:
        return _one(_weekday_until(anchors.told - timedelta(1), mention.weekday), "weekday")
    latest = anchors.day - timedelta(mention.part == "last")
    if mention.part != "this" and anchors.period and anchors.period.end and anchors.period.end < latest:
        latest = anchors.period.end
    return _one(_weekday_until(latest, mention.weekday), "weekday")


def _weekday_until(latest: date, weekday: int) -> date:
    return latest - timedelta((latest.weekday() - weekday) % 7)


def _weekday_from(earliest: date, weekday: int) -> date:
    return earliest + timedelta((weekday - earliest.weekday()) % 7)


# ------------------------------------------------------------------------------------------------ ranges


def _resolve_range(mention: DateMention, anchors: _Anchors) -> When:
    """First to last day; what one end leaves out the other gives."""
    basis: DateBasis = "explicit"
    if mention.day is None and mention.weekday is not None and mention.end_day is None:
        span = mention.offset_days or 7
        last = _resolve_weekday(replace(mention, weekday=(mention.weekday + span) % 7, part=None), anchors).end
        if last is None:
            return _UNKNOWN
        start, end, basis = last - timedelta(span), last, "weekday"
    else:
        end = _resolve_end(mention, anchors)
        start = _resolve_start(mention, end)
    precision: DatePrecision = "week" if mention.part == "week" else "range" if start < end else "day"
    return _when(start, end, precision, basis) if start <= end else _UNKNOWN


def _resolve_end(mention: DateMention, anchors: _Anchors) -> date:
    month = mention.end_month or mention.month
    day = mention.end_day
    if day is None:
        if mention.weekday is None or mention.offset_days is None or mention.day is None:
            raise ValueError("no end")
        start = replace(mention, form="day")
        resolved = _resolve_day(start, anchors).start
        if resolved is None:
            raise ValueError("no start")
        return resolved + timedelta(mention.offset_days)
    if month is None:
        found = _resolve_lone_day(replace(mention, day=day, weekday=None), anchors).start
        if found is None:
            raise ValueError("no end")
        return found
    return _nearest_day(day, month, mention.end_year or mention.year, anchors.day)


def _resolve_start(mention: DateMention, end: date) -> date:
    if mention.day is None:
        return end - timedelta(mention.offset_days or 0) if mention.weekday is not None else _first_of(mention, end)
    if mention.month is not None:
        return _nearest_day(mention.day, mention.month, mention.year, end)
    year, month = end.year, end.month
    if mention.day > end.day:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return date(year, month, mention.day)


def _first_of(mention: DateMention, end: date) -> date:
    return _nearest_day(1, mention.month or end.month, mention.year, end)


def _resolve_night(mention: DateMention, anchors: _Anchors) -> When:
    return _resolve_range(mention, anchors)


def _resolve_last_days(mention: DateMention, anchors: _Anchors) -> When:
    return _when(anchors.day + timedelta(mention.offset_days or -1), anchors.day, "range", "relative")


# ------------------------------------------------------------------------------------------------ from an anchor


def _resolve_offset(mention: DateMention, anchors: _Anchors) -> When:
    """Days from the date told before (its last day when going on, its first when going back) or from the anchor."""
    offset = timedelta(mention.offset_days or 0)
    if mention.anchor != "previous":
        day = anchors.day + offset
        if mention.weekday is not None and day.weekday() != mention.weekday:
            day = _weekday_until(anchors.day, mention.weekday)
        return _one(day, "relative")
    if anchors.previous is None or anchors.previous.start is None or anchors.previous.end is None:
        return _one(anchors.day + offset, "relative") if offset.days < 0 else replace(_UNKNOWN, basis="relative")
    base = anchors.previous.end if offset.days > 0 else anchors.previous.start
    return _one(base + offset, "relative")


def _resolve_same(mention: DateMention, anchors: _Anchors) -> When:
    previous = anchors.previous
    if previous is None or previous.start is None:
        return replace(_UNKNOWN, basis="same_day")
    return replace(previous, basis="same_day")


def _resolve_period(mention: DateMention, anchors: _Anchors) -> When:
    if anchors.period is None or anchors.period.start is None:
        return replace(_UNKNOWN, basis="bulletin")
    return replace(anchors.period, basis="bulletin")


# ------------------------------------------------------------------------------------------------ weeks, months, years


def _resolve_week(mention: DateMention, anchors: _Anchors) -> When:
    """Monday to Sunday around the day told, or the week now or before now; its start, middle and end: two or three days."""
    if mention.day is not None:
        base = _resolve_day(mention, anchors).start
    else:
        base = _near(mention, anchors) + timedelta(7 * (mention.offset_days or 0))
    if base is None:
        return _UNKNOWN
    monday = base - timedelta(base.weekday())
    first, last = _WEEK_PARTS.get(mention.part or "", (0, 6))
    precision: DatePrecision = "week" if (first, last) == (0, 6) else "range"
    return _when(monday + timedelta(first), monday + timedelta(last), precision, "relative")


def _near(mention: DateMention, anchors: _Anchors) -> date:
    return (anchors.told or anchors.day) if mention.anchor == "previous" else anchors.day


def _resolve_weekend(mention: DateMention, anchors: _Anchors) -> When:
    """Saturday and Sunday: those of the day told, else the last that have begun."""
    if mention.day is not None:
        base = _resolve_day(mention, anchors).start or anchors.day
        saturday = base + timedelta((5 - base.weekday()) % 7 if base.weekday() < 5 else 5 - base.weekday())
        return _when(saturday, saturday + timedelta(1), "range", "explicit")
    latest = _near(mention, anchors)
    saturday = _weekday_until(latest - timedelta(2 if mention.offset_days else 0), 5)
    return _when(saturday, saturday + timedelta(1), "range", "relative")


def _resolve_month(mention: DateMention, anchors: _Anchors) -> When:
    first = _first_of_month(mention, anchors)
    return _when(first, _last_of_month(first), "month", _month_basis(mention))


def _resolve_month_part(mention: DateMention, anchors: _Anchors) -> When:
    """Start: days 1-10, middle: 11-20, end: from 21; halves at 15; "les dix derniers jours" exactly those."""
    first = _first_of_month(mention, anchors)
    last = _last_of_month(first)
    if mention.month is not None and mention.offset_days:
        start, end = (
            (1, mention.offset_days) if mention.part == "start" else (last.day - mention.offset_days + 1, last.day)
        )
        return _when(first.replace(day=start), first.replace(day=end), "range", "explicit")
    start, end = _MONTH_PARTS.get(mention.part or "", (1, last.day))
    return _when(first.replace(day=start), first.replace(day=min(end, last.day)), "month", _month_basis(mention))


def _month_basis(mention: DateMention) -> DateBasis:
    return "relative" if mention.month is None else "explicit"


def _first_of_month(mention: DateMention, anchors: _Anchors) -> date:
    if mention.month is not None:
        return _nearest_day(1, mention.month, mention.year, anchors.day)
    base = _near(mention, anchors).replace(day=1)
    return (base - timedelta(1)).replace(day=1) if mention.offset_days else base


def _last_of_month(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _resolve_month_range(mention: DateMention, anchors: _Anchors) -> When:
    last_month = mention.end_month or mention.month
    if last_month is None or mention.month is None:
        return _UNKNOWN
    last = _nearest_day(1, last_month, mention.end_year or mention.year, anchors.day)
    first = _nearest_day(1, mention.month, mention.year, last)
    return _when(first, _last_of_month(last), "month", "explicit")


def _resolve_feast(mention: DateMention, anchors: _Anchors) -> When:
    """The last such feast up to the anchor, in the lexicon's tables."""
    found = find_feast(mention.part or "", anchors.day, anchors.lexicon) if anchors.lexicon else None
    if found is None:
        return _UNKNOWN
    start, days = found
    if mention.day is None and days > 1 and not mention.offset_days:
        return _when(start, start + timedelta(days - 1), "month", "explicit")
    return _one(start + timedelta((mention.day or 1) - 1 + (mention.offset_days or 0)))


def _resolve_unknown(mention: DateMention, anchors: _Anchors) -> When:
    return _UNKNOWN


_WEEK_PARTS = {"start": (0, 1), "middle": (2, 3), "end": (4, 6)}
_MONTH_PARTS = {"start": (1, 10), "middle": (11, 20), "end": (21, 31), "first_half": (1, 15), "second_half": (16, 31)}
_RESOLVERS: dict[str, Callable[[DateMention, _Anchors], When]] = {
    "day": _resolve_day,
    "weekday": _resolve_weekday,
    "range": _resolve_range,
    "night": _resolve_night,
    "last_days": _resolve_last_days,
    "offset": _resolve_offset,
    "same_day": _resolve_same,
    "same_period": _resolve_same,
    "period": _resolve_period,
    "week": _resolve_week,
    "weekend": _resolve_weekend,
    "month": _resolve_month,
    "month_part": _resolve_month_part,
    "month_range": _resolve_month_range,
    "feast": _resolve_feast,
    "year": _resolve_unknown,
    "vague": _resolve_unknown,
}
