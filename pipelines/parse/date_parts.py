"""What some items of a date hold: calendar values, numbers, classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.parse.date_items import LETTERS, Item


class Parts(NamedTuple):
    """The calendar values among some items."""

    weekday: int | None
    day: int | None
    month: int | None
    year: int | None


def read_parts(items: Sequence[Item]) -> Parts:
    """Weekday, day, month and year among the items; "le premier" is a day too."""
    values = {item.letter: item.value for item in items}
    day = values.get(LETTERS["day_number"], values.get(LETTERS["number"], 1 if LETTERS["first"] in values else None))
    month, year = values.get(LETTERS["month"]), values.get(LETTERS["year"])
    return Parts(
        whole_number(values.get(LETTERS["weekday"])), whole_number(day), whole_number(month), whole_number(year)
    )


def whole_number(value: object) -> int | None:
    """The value if it is a number."""
    return value if isinstance(value, int) else None


def split_items(items: Sequence[Item]) -> tuple[Parts, Parts]:
    """The two dates on the sides of the first joiner that has a date before it."""
    seen = False
    for index, item in enumerate(items):
        if seen and item.letter in _JOINERS:
            return read_parts(items[:index]), read_parts(items[index + 1 :])
        seen = seen or item.letter in _DATED
    return read_parts(items), Parts(None, None, None, None)


_JOINERS = frozenset(LETTERS[name] for name in ("to", "to_the", "dash", "and"))
_DATED = frozenset(LETTERS[name] for name in ("weekday", "day_number", "month", "year", "first"))


def has_class(items: Sequence[Item], *names: str) -> bool:
    """Whether an item of one of these classes is among them."""
    letters = {LETTERS[name] for name in names}
    return any(item.letter in letters for item in items)


def first_value(items: Sequence[Item], *names: str) -> int:
    """The value of the first item of these classes; 1 for "first" and words without a value."""
    letters = {LETTERS[name] for name in names}
    return next((whole_number(item.value) or 0 for item in items if item.letter in letters), 0)


def name_part(items: Sequence[Item]) -> str | None:
    """The part of a week or month, or the night, that the items name."""
    return next((name for name in ("start", "middle", "end", "night") if has_class(items, name)), None)
