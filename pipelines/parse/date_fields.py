"""What each form of a date says: from its items to the fields of a `DateMention`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from pipelines.parse.date_items import LETTERS, Item

Fields = dict[str, Any]


def make_fields(form: str, items: Sequence[Item]) -> Fields | None:
    """The fields of the mention that `items` make in that form; None for what is no date after all.

    `form` of a mention: day | weekday | range | night | week | weekend | month | month_part | month_range | year |
    feast | offset | last_days | same_day | same_period | period | vague.
    """
    return _MAKERS[form](items)


class _Parts(NamedTuple):
    """The calendar values among some items."""

    weekday: int | None
    day: int | None
    month: int | None
    year: int | None


def _read_parts(items: Sequence[Item]) -> _Parts:
    values = {item.letter: item.value for item in items}
    day = values.get(LETTERS["day_number"], values.get(LETTERS["number"], 1 if LETTERS["first"] in values else None))
    month, year = values.get(LETTERS["month"]), values.get(LETTERS["year"])
    return _Parts(_whole(values.get(LETTERS["weekday"])), _whole(day), _whole(month), _whole(year))


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _split(items: Sequence[Item]) -> tuple[_Parts, _Parts]:
    """The two dates on the sides of the first joiner that has a date before it."""
    seen = False
    for index, item in enumerate(items):
        if seen and item.letter in _JOINERS:
            return _read_parts(items[:index]), _read_parts(items[index + 1 :])
        seen = seen or item.letter in _DATED
    return _read_parts(items), _Parts(None, None, None, None)


_JOINERS = frozenset(LETTERS[name] for name in ("to", "to_the", "dash", "and"))
_DATED = frozenset(LETTERS[name] for name in ("weekday", "day_number", "month", "year", "first"))


def _has(items: Sequence[Item], *names: str) -> bool:
    letters = {LETTERS[name] for name in names}
    return any(item.letter in letters for item in items)


def _first(items: Sequence[Item], *names: str) -> int:
    """The value of the first item of these classes; 1 for "first" and words without a value."""
    letters = {LETTERS[name] for name in names}
    return next((_whole(item.value) or 0 for item in items if item.letter in letters), 0)


def _part_of(items: Sequence[Item]) -> str | None:
    return next((name for name in ("start", "middle", "end", "night") if _has(items, name)), None)


def _make_numeric(items: Sequence[Item]) -> Fields:
    full = next(item.value for item in items if isinstance(item.value, tuple))
    return {"form": "day", "day": full[0], "month": full[1], "year": full[2] or None}


def _make_day(items: Sequence[Item]) -> Fields | None:
    """A day of a month, month and year perhaps left out; or a weekday alone, or a month alone."""
    parts = _read_parts(items)
    if parts.day is None:
        fields: Fields = {"form": "month"} if parts.weekday is None else {"form": "weekday", "anchor": "publication"}
    elif parts.day < 1 or parts.day > _LAST_DAY:
        return None
    else:
        fields = {"form": "day"}
    part = {"part": "night"} if _has(items, "night") else {}
    return {**fields, **parts._asdict(), **part}


def _make_range(items: Sequence[Item], form: str = "range") -> Fields:
    """First and last day; two weekdays alone: the first and the days between them in `offset_days`."""
    first, last = _split(items)
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
    return {"form": "night", "offset_days": _first(items[::-1], "spoken"), "anchor": "publication", "part": "night"}


def _make_night_here(items: Sequence[Item]) -> Fields:
    """The night that ended on the day of publication, or the evening before for "hier"."""
    if _has(items, "spoken"):
        return {**_make_spoken(items), "part": "night"}
    return {"form": "last_days", "offset_days": -1, "anchor": "publication", "part": "night"}


def _make_week_of_range(items: Sequence[Item]) -> Fields:
    return {**_make_range(items), "part": "week"}


def _make_week_of(items: Sequence[Item]) -> Fields:
    return {**(_make_day(items) or {}), "form": "week"}


def _make_weekend_of(items: Sequence[Item]) -> Fields:
    first, last = _split(items)
    return {"form": "weekend", **first._asdict()} if last.day is None else _make_range(items)


def _make_spoken(items: Sequence[Item]) -> Fields:
    """Days from the day of publication or of the speaker; a weekday beside it confirms it."""
    weekday = _read_parts(items).weekday
    return {"form": "offset", "offset_days": _first(items, "spoken"), "weekday": weekday, "anchor": "publication"}


def _make_distance(items: Sequence[Item], anchor: str, sign: int) -> Fields:
    """A number of units before or after the anchor; hours that make no whole day leave the same day."""
    many = _first(items, "number", "day_number")
    if not many or _has(items, "month_word", "year_word"):
        is_same = anchor == "previous" and _has(items, "hour")
        return {"form": "same_day" if is_same else "vague", "anchor": anchor}
    days = many * 7 if _has(items, "week") else many // 24 if _has(items, "hour") else many
    if not days:
        return {"form": "same_day", "anchor": anchor}
    return {"form": "offset", "offset_days": sign * days, "anchor": anchor}


def _make_later(items: Sequence[Item]) -> Fields:
    return _make_distance(items, "previous", 1 if _has(items, "later") else -1)


def _make_ago(items: Sequence[Item]) -> Fields:
    return _make_distance(items, "publication", -1)


def _make_told(items: Sequence[Item]) -> Fields:
    return {"form": "offset", "offset_days": _first(items, "told"), "anchor": "previous"}


def _make_day_after(items: Sequence[Item]) -> Fields:
    return {"form": "offset", "offset_days": 1 if _has(items, "following") else -1, "anchor": "previous"}


def _make_same(items: Sequence[Item], form: str) -> Fields:
    return {"form": form, "anchor": "previous", "part": _part_of(items)}


def _make_last_days(items: Sequence[Item]) -> Fields:
    many = _first(items, "number", "day_number")
    return {"form": "last_days", "offset_days": -many, "anchor": "publication"}


def _make_days_of_month(items: Sequence[Item]) -> Fields:
    """Some days at the start or end of a month: how many in `offset_days`."""
    month, year = _read_parts(items)[2:]
    part = "end" if _has(items, "last") else "start"
    many = _first(items, "number", "day_number") or _SOME_DAYS
    return {"form": "month_part", "part": part, "offset_days": many, "month": month, "year": year}


def _make_week_of_month(items: Sequence[Item]) -> Fields:
    if _has(items, "second"):
        return {"form": "vague", "anchor": "publication"}
    return {**_make_days_of_month(items), "offset_days": _WEEK}


def _make_half_month(items: Sequence[Item]) -> Fields:
    month, year = _read_parts(items)[2:]
    part = "first_half" if _has(items, "first") else "second_half"
    return {"form": "month_part", "part": part, "month": month, "year": year}


def _make_span(items: Sequence[Item], form: str) -> Fields:
    """A week, week-end, month or part of one near the anchor: `offset_days` -1 is the one before, 0 the current."""
    if _has(items, "next"):
        return {"form": "vague", "anchor": "publication"}
    offset = -1 if _has(items, "last", "before") else 0
    anchor = "previous" if _has(items, "before") else "publication"
    return {"form": form, "offset_days": offset, "anchor": anchor, "part": _part_of(items)}


def _make_month(items: Sequence[Item]) -> Fields:
    month, year = _read_parts(items)[2:]
    part = next((name for name in ("start", "middle", "end") if _has(items, name)), None)
    return {"form": "month_part" if part else "month", "month": month, "year": year, **({"part": part} if part else {})}


def _make_year(items: Sequence[Item]) -> Fields:
    years = [_whole(item.value) for item in items if item.letter == LETTERS["year"]]
    return {"form": "year", "year": years[0] if years else None, "end_year": years[-1] if years else None}


def _make_feast(items: Sequence[Item]) -> Fields:
    """A feast by name in `part`; `day` counts within it, `offset_days` from it."""
    name = next(item.value for item in items if item.letter == LETTERS["feast"])
    day = _first(items, "ordinal") or (1 if _has(items, "first") else 2 if _has(items, "second") else None)
    return {"form": "feast", "part": name, "day": day, "offset_days": _first(items, "told")}


def _make_weekday(items: Sequence[Item]) -> Fields:
    """A weekday up to publication; `part` says "last" (not that very day), "following", "before" or "this"."""
    if _has(items, "next"):
        return {"form": "vague", "anchor": "publication"}
    part = next((name for name in ("last", "before", "following", "this") if _has(items, name)), None)
    anchor = "previous" if part in {"before", "following"} else "publication"
    return {"form": "weekday", "weekday": _read_parts(items).weekday, "part": part, "anchor": anchor}


_LAST_DAY = 31
_SOME_DAYS = 10
_WEEK = 7
_MAKERS: dict[str, Callable[[Sequence[Item]], Fields | None]] = {
    "numeric": _make_numeric,
    "night": _make_night,
    "night_of": _make_day,
    "night_to_spoken": _make_night_to_spoken,
    "night_here": _make_night_here,
    "week_of_range": _make_week_of_range,
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
    "ago": _make_ago,
    "told_of_feast": _make_feast,
    "told_weekday": _make_weekday,
    "told": _make_told,
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
