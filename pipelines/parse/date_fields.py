"""What each form of a date says: from its items to the fields of a `DateMention`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipelines.parse.date_items import LETTERS, Item
from pipelines.parse.date_parts import first_value, has_class, read_parts, split_items
from pipelines.parse.date_span_fields import (
    Fields,
    count_spans,
    make_days_of_month,
    make_half_month,
    make_month,
    make_same,
    make_same_period,
    make_span,
    make_week_here,
    make_week_of_month,
    make_year,
    make_year_part,
    name_year,
)


def make_fields(form: str, items: Sequence[Item]) -> Fields | None:
    """The fields of the mention that `items` make in that form; None for what is no date after all.

    `form` of a mention: day | weekday | range | night | week | weekend | month | month_part | month_range | year |
    feast | offset | last_days | same_day | same_period | period | recent | vague.
    """
    return _MAKERS[form](items)


def _make_numeric(items: Sequence[Item]) -> Fields:
    full = next(item.value for item in items if isinstance(item.value, tuple))
    return {"form": "day", "day": full[0], "month": full[1], "year": full[2] or None}


def _make_numeric_range(items: Sequence[Item]) -> Fields:
    (day, month, year), (end_day, end_month, end_year) = (i.value for i in items if isinstance(i.value, tuple))
    first = {"day": day, "month": month, "year": year or end_year or None}
    return {"form": "range", **first, "end_day": end_day, "end_month": end_month, "end_year": end_year or None}


def _make_day(items: Sequence[Item]) -> Fields | None:
    """A day of a month, month and year perhaps left out; or a weekday alone, or a month alone."""
    parts = read_parts(items)
    if parts.day is None:
        fields: Fields = {"form": "month"} if parts.weekday is None else {"form": "weekday", "anchor": "publication"}
    elif parts.day < 1 or parts.day > _LAST_DAY:
        return None
    else:
        fields = {"form": "day"}
    part = {"part": "night"} if has_class(items, "night") else name_year(items)
    return {**fields, **parts._asdict(), **part}


def _make_range(items: Sequence[Item], form: str = "range") -> Fields:
    """First and last day; two weekdays alone: the first and the days between them in `offset_days`."""
    first, last = split_items(items)
    fields = {**first._asdict(), "end_day": last.day, "end_month": last.month, "end_year": last.year}
    if first.weekday is not None and last.weekday is not None:
        fields["offset_days"] = (last.weekday - first.weekday) % 7
    if first.day is None and first.weekday is None and last.day is None:
        return {"form": "month_range", **fields}
    return {"form": form, **fields}


def _make_night(items: Sequence[Item]) -> Fields:
    return {**_make_range(items, "night"), "part": "night"}


def _make_night_to_spoken(items: Sequence[Item]) -> Fields:
    """A night that ended on a day told from the day of publication: "dans la nuit de dimanche à hier"."""
    return {
        "form": "night",
        "offset_days": first_value(items[::-1], "spoken"),
        "anchor": "publication",
        "part": "night",
    }


def _make_night_here(items: Sequence[Item]) -> Fields:
    """The night that ended on the day of publication, or the evening before for "hier"."""
    if has_class(items, "spoken"):
        return {**_make_spoken(items), "part": "night"}
    return {"form": "last_days", "offset_days": -1, "anchor": "publication", "part": "night"}


def _make_night_after(items: Sequence[Item]) -> Fields:
    """The night that begins on the day told before, or ("la nuit précédente") the one that ended on it."""
    offset = -1 if has_class(items, "before") else 1
    return {"form": "night", "offset_days": offset, "anchor": "previous", "part": "night"}


def _make_night_open(_: Sequence[Item]) -> Fields:
    """A night that nothing else dates: the last one."""
    return {"form": "last_days", "offset_days": -1, "anchor": "publication", "part": "open"}


def _make_weekday_of_week(items: Sequence[Item]) -> Fields:
    """A weekday of this week or of the one before, as `offset_days` says: "lundi de la semaine dernière"."""
    if has_class(items, "next", "following"):
        return {"form": "vague", "anchor": "publication"}
    weekday = read_parts(items).weekday
    return {
        "form": "weekday",
        "weekday": weekday,
        "offset_days": count_spans(items),
        "part": "week",
        "anchor": "publication",
    }


def _make_day_of_month_here(items: Sequence[Item]) -> Fields:
    """A day of this month, or of the one before: "le 12 courant", "le 12 du mois dernier"."""
    parts = read_parts(items)
    offset = -1 if has_class(items, "last") else None
    return {"form": "day", "weekday": parts.weekday, "day": parts.day, "offset_days": offset}


def _make_week_of_range(items: Sequence[Item]) -> Fields:
    return {**_make_range(items), "part": "week" if has_class(items, "week") else None}


def _make_week_of(items: Sequence[Item]) -> Fields:
    return {**(_make_day(items) or {}), "form": "week"}


def _make_weekend_of(items: Sequence[Item]) -> Fields:
    first, last = split_items(items)
    return {"form": "weekend", **first._asdict()} if last.day is None else _make_range(items)


def _make_spoken(items: Sequence[Item]) -> Fields:
    """Days from the day of publication or of the speaker; a weekday beside it confirms it."""
    weekday = read_parts(items).weekday
    return {"form": "offset", "offset_days": first_value(items, "spoken"), "weekday": weekday, "anchor": "publication"}


def _make_distance(items: Sequence[Item], anchor: str, sign: int) -> Fields:
    """A number of units before or after the anchor; hours that make no whole day leave the same day."""
    many = first_value(items, "number", "day_number")
    if not many or has_class(items, "month_word", "year_word"):
        is_same = anchor == "previous" and has_class(items, "hour")
        return {"form": "same_day" if is_same else "vague", "anchor": anchor}
    days = many * 7 if has_class(items, "week") else many // 24 if has_class(items, "hour") else many
    if not days:
        return {"form": "same_day", "anchor": anchor}
    return {"form": "offset", "offset_days": sign * days, "anchor": anchor}


def _make_later(items: Sequence[Item]) -> Fields:
    return _make_distance(items, "previous", 1 if has_class(items, "later") else -1)


def _make_ago(items: Sequence[Item]) -> Fields:
    return _make_distance(items, "publication", -1)


def _make_told(items: Sequence[Item]) -> Fields:
    return {"form": "offset", "offset_days": first_value(items, "told"), "anchor": "previous"}


def _make_day_after(items: Sequence[Item]) -> Fields:
    return {"form": "offset", "offset_days": 1 if has_class(items, "following") else -1, "anchor": "previous"}


def _make_last_days(items: Sequence[Item]) -> Fields:
    """So many days, hours or weeks up to publication; "ces derniers jours" are a week's."""
    many = first_value(items, "number", "day_number") or (_DAY_HOURS if has_class(items, "hour") else _WEEK)
    days = (
        many * _WEEK if has_class(items, "week") else max(1, many // _DAY_HOURS) if has_class(items, "hour") else many
    )
    return {"form": "last_days", "offset_days": -days, "anchor": "publication"}


def _make_feast(items: Sequence[Item]) -> Fields:
    """A feast by name in `part`; `day` counts within it, `offset_days` from it."""
    name = next(item.value for item in items if item.letter in {LETTERS["feast"], LETTERS["feast_day"]})
    day = first_value(items, "ordinal") or (
        1 if has_class(items, "first") else 2 if has_class(items, "second") else None
    )
    return {"form": "feast", "part": name, "day": day, "offset_days": first_value(items, "told")}


def _make_weekday(items: Sequence[Item]) -> Fields:
    """A weekday up to publication; `part` says "last" (not that very day), "following", "before", "same" or "this"."""
    if has_class(items, "next"):
        return {"form": "vague", "anchor": "publication"}
    part = next(
        (name for name in ("before_last", "last", "before", "following", "same", "this") if has_class(items, name)),
        None,
    )
    anchor = "previous" if part in {"before", "following", "same"} else "publication"
    return {"form": "weekday", "weekday": read_parts(items).weekday, "part": part, "anchor": anchor}


_LAST_DAY = 31
_WEEK = 7
_DAY_HOURS = 24
_MAKERS: dict[str, Callable[[Sequence[Item]], Fields | None]] = {
    "numeric_range": _make_numeric_range,
    "numeric": _make_numeric,
    "night": _make_night,
    "night_of": _make_day,
    "night_to_spoken": _make_night_to_spoken,
    "night_here": _make_night_here,
    "night_after": _make_night_after,
    "night_open": _make_night_open,
    "week_of_range": _make_week_of_range,
    "weekday_of_week": _make_weekday_of_week,
    "week_here": make_week_here,
    "day_of_month": _make_day,
    "day_of_month_here": _make_day_of_month_here,
    "named_feast": _make_feast,
    "week_of": _make_week_of,
    "weekend_of": _make_weekend_of,
    "range": _make_range,
    "range_in_month": _make_range,
    "list": _make_range,
    "pair_of_weekdays": _make_range,
    "explicit": _make_day,
    "weekday_day": _make_day,
    "spoken_weekday": _make_spoken,
    "later": _make_later,
    "some_later": _make_later,
    "recent": lambda _: {"form": "recent", "anchor": "publication"},
    "year_part": make_year_part,
    "ago": _make_ago,
    "told_of_feast": _make_feast,
    "told_weekday": _make_weekday,
    "told": _make_told,
    "told_of_event": _make_told,
    "told_of_act": lambda items: {**_make_told(items), "part": "counted"},
    "day_after": _make_day_after,
    "same_period": make_same_period,
    "same_day_of": _make_day,
    "same_day": lambda items: make_same(items, "same_day"),
    "same_time": lambda items: make_same(items, "same_day"),
    "period": lambda _: {"form": "period", "anchor": "statement"},
    "spoken": _make_spoken,
    "today": lambda _: {"form": "offset", "offset_days": 0, "anchor": "publication"},
    "last_days": _make_last_days,
    "days_of_month": make_days_of_month,
    "week_of_month": make_week_of_month,
    "half_month": make_half_month,
    "week": lambda items: make_span(items, "week"),
    "weekend": lambda items: make_span(items, "weekend"),
    "month_part": make_month,
    "month_part_here": lambda items: make_span(items, "month_part"),
    "month": make_month,
    "month_here": lambda items: make_span(items, "month"),
    "year": make_year,
    "day_of_feast": _make_feast,
    "feast": _make_feast,
    "weekday": _make_weekday,
    "lone_day": _make_day,
}
