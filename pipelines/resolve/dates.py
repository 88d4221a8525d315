"""From a date as told to days: against the date told before it, the statement's day, or the day of publication."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from pipelines.catalog.language import Lexicon
from pipelines.mentions import DateMention
from pipelines.models import DatePrecision, When
from pipelines.resolve.date_anchors import (
    UNKNOWN,
    Anchors,
    days,
    month_before,
    nearest_day,
    one_day,
    weekday_from,
    weekday_until,
)
from pipelines.resolve.date_spans import (
    resolve_feast,
    resolve_month,
    resolve_month_part,
    resolve_month_range,
    resolve_week,
    resolve_weekend,
)


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
    a mention whose anchor is `statement`. `lexicon` gives the days of feasts. What is told has happened: a span ends
    on the day of publication at the latest, and a day after it is none.
    """
    day = (statement or published) if mention.anchor == "statement" else published
    try:
        found = _RESOLVERS[mention.form](mention, Anchors(day, previous, period, lexicon))
    except (ValueError, OverflowError):  # a 31 February, the year before the first
        found = UNKNOWN
    return replace(_end_by(published, found), span=mention.span)


def _end_by(published: date, found: When) -> When:
    if found.start is None or found.end is None or found.end <= published:
        return found
    if found.start > published:
        return replace(UNKNOWN, basis=found.basis)
    return replace(found, end=published)


_DAYS_BACK = {"last": 1, "before_last": 8}  # "vendredi dernier" is not today, "l'avant-dernier vendredi" a week more
_RECENT = 31  # days


def _resolve_day(mention: DateMention, anchors: Anchors) -> When:
    """A day of a month; without a year the nearest one not after the anchor, without a month the nearest such day."""
    if mention.day is None:
        return UNKNOWN
    if mention.month is None:
        return _resolve_lone_day(mention, anchors)
    year = anchors.day.year - 1 if mention.part == "last_year" else mention.year
    found = nearest_day(mention.day, mention.month, year, anchors.day)
    return one_day(_mend_slip(mention, found, anchors.day))


def _mend_slip(mention: DateMention, found: date, latest: date) -> date:
    """The day, or a recent one that its weekday asks for: month and year are what writers get wrong.

    "Vendredi 14 septembre" told on 15 November, where the 14th of November is that Friday and the other is none.
    """
    if mention.weekday is None or found.weekday() == mention.weekday or 0 <= (latest - found).days <= _RECENT:
        return found
    first = latest.replace(day=1)
    months = (first, (first - timedelta(1)).replace(day=1))
    near = [month.replace(day=found.day) for month in months if found.day <= monthrange(month.year, month.month)[1]]
    fits = [day for day in near if day.weekday() == mention.weekday and 0 <= (latest - day).days <= _RECENT]
    return fits[0] if fits else found


def _resolve_lone_day(mention: DateMention, anchors: Anchors) -> When:
    """ "le 18", "lundi 17": the one nearest to the date told before, else the last; a weekday agrees where one can."""
    candidates = _list_numbered(mention.day or 0, anchors)
    if mention.offset_days == -1:  # "le 12 du mois dernier"
        year, month = month_before(anchors.day.year, anchors.day.month)
        candidates = [day for day in candidates if (day.year, day.month) == (year, month)]
    if mention.weekday is not None:
        candidates = [day for day in candidates if day.weekday() == mention.weekday] or candidates[:1]
    return one_day(candidates[0]) if candidates else UNKNOWN


def _list_numbered(number: int, anchors: Anchors) -> list[date]:
    """The days of that number in the year before the anchor, the likeliest first."""
    found = []
    year, month = anchors.day.year, anchors.day.month
    for _ in range(14):
        first = date(year, month, 1)
        day = first + timedelta(number - 1)
        if day.month == month and day <= anchors.day:
            found.append(day)
        year, month = month_before(year, month)
    context = anchors.period or anchors.previous
    if context is None or context.start is None or context.end is None:
        return found
    start, end = context.start, context.end
    return sorted(found, key=lambda day: (not start <= day <= end, abs(day - start)))


def _resolve_weekday(mention: DateMention, anchors: Anchors) -> When:
    """The last such weekday up to the anchor (before it, if "last"); inside the bulletin's period if it has one."""
    if mention.weekday is None:
        return UNKNOWN
    if mention.part == "following" and anchors.told:
        return one_day(weekday_from(anchors.told + timedelta(1), mention.weekday), "weekday")
    if mention.part == "before" and anchors.told:
        return one_day(weekday_until(anchors.told - timedelta(1), mention.weekday), "weekday")
    if mention.part == "same" and anchors.told:
        return one_day(anchors.told, "weekday")
    if mention.part == "week":  # "lundi de la semaine dernière"
        monday = anchors.day - timedelta(anchors.day.weekday() - 7 * (mention.offset_days or 0))
        return one_day(monday + timedelta(mention.weekday), "weekday")
    latest = anchors.day - timedelta(_DAYS_BACK.get(mention.part or "", 0))
    end = anchors.period.end if anchors.period else None
    if end is not None and end < latest and mention.part not in {"this", "report"}:
        latest = end
    return one_day(weekday_until(latest, mention.weekday), "weekday")


def _resolve_range(mention: DateMention, anchors: Anchors) -> When:
    """First to last day; what one end leaves out the other gives."""
    if mention.day is None and mention.end_day is None:
        if mention.anchor == "publication":  # "dans la nuit de dimanche à hier"
            last = anchors.day + timedelta(mention.offset_days or 0)
            return days(last - timedelta(1), last, "range", "relative")
        if mention.weekday is not None:
            return _resolve_weekdays(mention, anchors)
        if anchors.told is not None and (mention.offset_days or 0) < 0:  # "la nuit précédente"
            return days(anchors.told - timedelta(1), anchors.told, "range", "relative")
        if anchors.previous is not None and anchors.previous.end is not None:  # "la nuit suivante"
            return days(anchors.previous.end, anchors.previous.end + timedelta(1), "range", "relative")
        return UNKNOWN
    end = _find_end(mention, anchors)
    start = _find_start(mention, end)
    precision: DatePrecision = "week" if mention.part == "week" else "range" if start < end else "day"
    return days(start, end, precision, "explicit") if start <= end else UNKNOWN


def _resolve_weekdays(mention: DateMention, anchors: Anchors) -> When:
    """From one weekday to another: the first lies in the bulletin's period, without one the last is not after today."""
    between = timedelta((mention.offset_days or 0) % 7 or 7)
    weekday = mention.weekday or 0
    if anchors.period and anchors.period.end:
        start = _resolve_weekday(replace(mention, part=None), anchors).start
    else:
        start = _resolve_weekday(replace(mention, weekday=(weekday + between.days) % 7, part=None), anchors).start
        start = start - between if start else None
    return days(start, start + between, "range", "weekday") if start else UNKNOWN


def _find_end(mention: DateMention, anchors: Anchors) -> date:
    """The last day of a range; ValueError if it cannot be known."""
    if mention.end_day is None:  # "du lundi 3 à mercredi"
        start = _resolve_day(mention, anchors).start
        if start is None or mention.offset_days is None:
            raise ValueError("no end")
        return start + timedelta(mention.offset_days)
    month = mention.end_month or mention.month
    if month is not None:
        return nearest_day(mention.end_day, month, mention.end_year or mention.year, anchors.day)
    end = _resolve_lone_day(replace(mention, day=mention.end_day, weekday=None), anchors).start
    if end is None:
        raise ValueError("no end")
    return end


def _find_start(mention: DateMention, end: date) -> date:
    """The first day of a range that ends on `end`."""
    if mention.day is None:
        return end - timedelta(mention.offset_days or 0)
    if mention.month is not None:
        return nearest_day(mention.day, mention.month, mention.year, end)
    year, month = month_before(end.year, end.month) if mention.day > end.day else (end.year, end.month)
    return date(year, month, mention.day)


def _resolve_last_days(mention: DateMention, anchors: Anchors) -> When:
    return days(anchors.day - timedelta(abs(mention.offset_days or 1)), anchors.day, "range", "relative")


def _resolve_offset(mention: DateMention, anchors: Anchors) -> When:
    """Days from the date told before (its last day when going on, its first when going back) or from the anchor."""
    offset = timedelta(mention.offset_days or 0)
    if mention.anchor != "previous":
        day = anchors.day + offset
        is_other = mention.weekday is not None and day.weekday() != mention.weekday
        return one_day(weekday_until(anchors.day, mention.weekday or 0) if is_other else day, "relative")
    if anchors.previous is None or anchors.previous.start is None or anchors.previous.end is None:
        # "la veille" at the head of an article leans on the day that it appears
        return one_day(anchors.day + offset, "relative") if offset.days < 0 else replace(UNKNOWN, basis="relative")
    base = anchors.previous.end if offset.days > 0 else anchors.previous.start
    return one_day(base + offset, "relative")


def _resolve_same(_: DateMention, anchors: Anchors) -> When:
    previous = anchors.previous
    return replace(previous if previous and previous.start else UNKNOWN, basis="same_day")


def _resolve_period(_: DateMention, anchors: Anchors) -> When:
    period = anchors.period
    return replace(period if period and period.start else UNKNOWN, basis="bulletin")


def _resolve_unknown(_: DateMention, __: Anchors) -> When:
    return UNKNOWN


_RESOLVERS: dict[str, Callable[[DateMention, Anchors], When]] = {
    "day": _resolve_day,
    "weekday": _resolve_weekday,
    "range": _resolve_range,
    "night": _resolve_range,
    "last_days": _resolve_last_days,
    "offset": _resolve_offset,
    "same_day": _resolve_same,
    "same_period": _resolve_same,
    "period": _resolve_period,
    "week": resolve_week,
    "weekend": resolve_weekend,
    "month": resolve_month,
    "month_part": resolve_month_part,
    "month_range": resolve_month_range,
    "feast": resolve_feast,
    "year": _resolve_unknown,
    "recent": _resolve_unknown,
    "vague": _resolve_unknown,
}
