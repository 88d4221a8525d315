"""What the forms of weeks, week-ends, months and years say: from their items to the fields of a `DateMention`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.parse.date_items import LETTERS, Item
from pipelines.parse.date_parts import first_value, has_class, name_part, read_parts, whole_number

Fields = dict[str, Any]


def name_year(items: Sequence[Item]) -> Fields:
    """ "De l'année dernière" in `part`."""
    return {"part": "last_year"} if has_class(items, "year_word") else {}


def make_same(items: Sequence[Item], form: str) -> Fields:
    """What is told as the same as before, with the part of it."""
    return {"form": form, "anchor": "previous", "part": name_part(items)}


def make_days_of_month(items: Sequence[Item]) -> Fields:
    """Some days at the start or end of a month: how many in `offset_days`."""
    month, year = read_parts(items)[2:]
    part = "end" if has_class(items, "last") else "start"
    many = first_value(items, "number", "day_number") or _SOME_DAYS
    return {"form": "month_part", "part": part, "offset_days": many, "month": month, "year": year}


def make_week_of_month(items: Sequence[Item]) -> Fields:
    """The first, second or last seven days of a month."""
    fields = {**make_days_of_month(items), "offset_days": _WEEK}
    return {**fields, "part": "second"} if has_class(items, "second") else fields


def make_half_month(items: Sequence[Item]) -> Fields:
    """The first fifteen days of a month, or the rest."""
    part = "first_half" if has_class(items, "first") else "second_half"
    return {"form": "month_part", "part": part, **dict(zip(("month", "year"), read_parts(items)[2:], strict=True))}


def count_spans(items: Sequence[Item]) -> int:
    """How many weeks, months or the like after the current one: "avant-dernière" is -2."""
    return next((offset for name, offset in _SPAN_OFFSETS.items() if has_class(items, name)), 0)


def make_span(items: Sequence[Item], form: str) -> Fields:
    """A week, week-end, month or part of one near the anchor: `offset_days` -1 is the one before, 0 the current."""
    if has_class(items, "next"):
        return {"form": "vague", "anchor": "publication"}
    offset = count_spans(items)
    anchor = "previous" if has_class(items, "before", "following") else "publication"
    part = name_part(items) or ("since" if has_class(items, "since") else None)
    return {"form": form, "offset_days": offset, "anchor": anchor, "part": part}


def make_week_here(_: Sequence[Item]) -> Fields:
    """ "Durant la semaine": the seven days that are over, or the bulletin's."""
    return {"form": "week", "offset_days": 0, "anchor": "publication", "part": "open"}


def make_month(items: Sequence[Item]) -> Fields:
    """A month, or its start, middle or end."""
    month, year = read_parts(items)[2:]
    part = next((name for name in ("start", "middle", "end") if has_class(items, name)), None)
    parts = {"part": part} if part else name_year(items)
    return {"form": "month_part" if part else "month", "month": month, "year": year, **parts}


def make_year(items: Sequence[Item]) -> Fields:
    """One year, or the first and last of some."""
    years = [whole_number(item.value) for item in items if item.letter == LETTERS["year"]]
    return {"form": "year", "year": years[0] if years else None, "end_year": years[-1] if years else None}


def make_year_part(items: Sequence[Item]) -> Fields:
    """ "Fin 2017", "au début de l'année 2018": days of its first or last month; the middle of a year is in June."""
    part = name_part(items) or "end"
    return {"form": "month_part", "part": part, "month": _MONTHS[part], "year": read_parts(items).year}


def make_same_period(items: Sequence[Item]) -> Fields:
    """The period told before, or the week, week-end or month that the day told before lies in."""
    units = {"week": "week", "weekend": "weekend", "month_word": "month"}
    form = next((form for name, form in units.items() if has_class(items, name)), "same_period")
    return {**make_same(items, form), "offset_days": 0}


_MONTHS = {"start": 1, "middle": 6, "end": 12}
_SOME_DAYS = 10
_WEEK = 7


_SPAN_OFFSETS = {"before_last": -2, "last": -1, "before": -1, "following": 1}  # class of a word -> spans from now
