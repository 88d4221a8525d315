"""What each form of a date says: from its items to the fields of a `DateMention`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pipelines.parse.date_items import LETTERS, Item
from pipelines.parse.date_parts import first_value, has_class, name_part, read_parts, split_items, whole_number

Fields = dict[str, Any]


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
    part = {"part": "night"} if has_class(items, "night") else _name_year(items)
    return {**fields, **parts._asdict(), **part}


def _name_year(items: Sequence[Item]) -> Fields:
    """ "De l'année dernière" in `part`."""
    return {"part": "last_year"} if has_class(items, "year_word") else {}


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


def _make_night_after(_: Sequence[Item]) -> Fields:
    """The night that begins on the day told before."""
    return {"form": "night", "offset_days": 1, "anchor": "previous", "part": "night"}


def _make_night_open(_: Sequence[Item]) -> Fields:
    """A night that nothing else dates: the last one."""
    return {"form": "last_days", "offset_days": -1, "anchor": "publication", "part": "open"}


def _make_weekday_of_week(items: Sequence[Item]) -> Fields:
    """A weekday of this week or of the one before, as `offset_days` says: "lundi de la semaine dernière"."""
    offset = -1 if has_class(items, "last", "before") else 0
    if has_class(items, "next", "following"):
        return {"form": "vague", "anchor": "publication"}
    weekday = read_parts(items).weekday
    return {"form": "weekday", "weekday": weekday, "offset_days": offset, "part": "week", "anchor": "publication"}


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


def _make_same(items: Sequence[Item], form: str) -> Fields:
    return {"form": form, "anchor": "previous", "part": name_part(items)}


def _make_last_days(items: Sequence[Item]) -> Fields:
    """So many days, hours or weeks up to publication; "ces derniers jours" are a week's."""
    many = first_value(items, "number", "day_number") or (_DAY_HOURS if has_class(items, "hour") else _WEEK)
    days = (
        many * _WEEK if has_class(items, "week") else max(1, many // _DAY_HOURS) if has_class(items, "hour") else many
    )
    return {"form": "last_days", "offset_days": -days, "anchor": "publication"}


def _make_days_of_month(items: Sequence[Item]) -> Fields:
    """Some days at the start or end of a month: how many in `offset_days`."""
    month, year = read_parts(items)[2:]
    part = "end" if has_class(items, "last") else "start"
    many = first_value(items, "number", "day_number") or _SOME_DAYS
    return {"form": "month_part", "part": part, "offset_days": many, "month": month, "year": year}


def _make_week_of_month(items: Sequence[Item]) -> Fields:
    fields = {**_make_days_of_month(items), "offset_days": _WEEK}
    return {**fields, "part": "second"} if has_class(items, "second") else fields


def _make_half_month(items: Sequence[Item]) -> Fields:
    part = "first_half" if has_class(items, "first") else "second_half"
    return {"form": "month_part", "part": part, **dict(zip(("month", "year"), read_parts(items)[2:], strict=True))}


def _make_span(items: Sequence[Item], form: str) -> Fields:
    """A week, week-end, month or part of one near the anchor: `offset_days` -1 is the one before, 0 the current."""
    if has_class(items, "next"):
        return {"form": "vague", "anchor": "publication"}
    offset = -1 if has_class(items, "last", "before") else 1 if has_class(items, "following") else 0
    anchor = "previous" if has_class(items, "before", "following") else "publication"
    part = name_part(items) or ("since" if has_class(items, "since") else None)
    return {"form": form, "offset_days": offset, "anchor": anchor, "part": part}


def _make_week_here(_: Sequence[Item]) -> Fields:
    """ "Durant la semaine": the seven days that are over, or the bulletin's."""
    return {"form": "week", "offset_days": 0, "anchor": "publication", "part": "open"}


def _make_month(items: Sequence[Item]) -> Fields:
    month, year = read_parts(items)[2:]
    part = next((name for name in ("start", "middle", "end") if has_class(items, name)), None)
    parts = {"part": part} if part else _name_year(items)
    return {"form": "month_part" if part else "month", "month": month, "year": year, **parts}


def _make_year(items: Sequence[Item]) -> Fields:
    years = [whole_number(item.value) for item in items if item.letter == LETTERS["year"]]
    return {"form": "year", "year": years[0] if years else None, "end_year": years[-1] if years else None}


def _make_year_part(items: Sequence[Item]) -> Fields:
    """ "Fin 2017", "au début de l'année 2018": days of its first or last month; the middle of a year is in June."""
    part = name_part(items) or "end"
    return {"form": "month_part", "part": part, "month": _MONTHS[part], "year": read_parts(items).year}


def _make_feast(items: Sequence[Item]) -> Fields:
    """A feast by name in `part`; `day` counts within it, `offset_days` from it."""
    name = next(item.value for item in items if item.letter in {LETTERS["feast"], LETTERS["feast_day"]})
    day = first_value(items, "ordinal") or (
        1 if has_class(items, "first") else 2 if has_class(items, "second") else None
    )
    return {"form": "feast", "part": name, "day": day, "offset_days": first_value(items, "told")}


def _make_weekday(items: Sequence[Item]) -> Fields:
    """A weekday up to publication; `part` says "last" (not that very day), "following", "before" or "this"."""
    if has_class(items, "next"):
        return {"form": "vague", "anchor": "publication"}
    part = next((name for name in ("last", "before", "following", "this") if has_class(items, name)), None)
    anchor = "previous" if part in {"before", "following"} else "publication"
    return {"form": "weekday", "weekday": read_parts(items).weekday, "part": part, "anchor": anchor}


_LAST_DAY = 31
_MONTHS = {"start": 1, "middle": 6, "end": 12}
_SOME_DAYS = 10
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
    "week_here": _make_week_here,
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
    "year_part": _make_year_part,
    "ago": _make_ago,
    "told_of_feast": _make_feast,
    "told_weekday": _make_weekday,
    "told": _make_told,
    "told_of_event": _make_told,
    "day_after": _make_day_after,
    "same_period": lambda items: _make_same(items, "same_period"),
    "same_day_of": _make_day,
    "same_day": lambda items: _make_same(items, "same_day"),
    "same_time": lambda items: _make_same(items, "same_day"),
    "period": lambda _: {"form": "period", "anchor": "statement"},
    "spoken": _make_spoken,
    "today": lambda _: {"form": "offset", "offset_days": 0, "anchor": "publication"},
    "last_days": _make_last_days,
    "days_of_month": _make_days_of_month,
    "week_of_month": _make_week_of_month,
    "half_month": _make_half_month,
    "week": lambda items: _make_span(items, "week"),
    "weekend": lambda items: _make_span(items, "weekend"),
    "month_part": _make_month,
    "month_part_here": lambda items: _make_span(items, "month_part"),
    "month": _make_month,
    "month_here": lambda items: _make_span(items, "month"),
    "year": _make_year,
    "day_of_feast": _make_feast,
    "feast": _make_feast,
    "weekday": _make_weekday,
    "lone_day": _make_day,
}
