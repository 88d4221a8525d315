"""Things told as a sum and again in parts: "deux véhicules, un brûlé et un emporté"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from pipelines.mentions import Status
from pipelines.parse.lexis import Thing


class _Row(Protocol):
    @property
    def thing(self) -> Thing: ...

    @property
    def quantity(self) -> int | None: ...

    @property
    def status(self) -> Status: ...


Row = TypeVar("Row", bound=_Row)


def drop_sums(rows: Sequence[Row]) -> list[Row]:
    """The rows without a sum whose parts, each with a fate of its own, stand right after it."""
    return [row for index, row in enumerate(rows) if not _is_sum(row, rows[index + 1 :])]


def _is_sum(whole: _Row, following: Sequence[_Row]) -> bool:
    total, fates = 0, set()
    for row in following:
        if row.thing != whole.thing or row.quantity is None or whole.quantity is None:
            return False
        total += row.quantity
        fates.add(row.status)
        if total >= whole.quantity:
            return total == whole.quantity and len(fates) > 1
    return False
