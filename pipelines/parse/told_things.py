"""Rows of materiel of one incident: what is told again is no row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.mentions import MaterielClaim
from pipelines.parse.materiel import RawThing


def add_thing(rows: list[MaterielClaim], row: MaterielClaim, thing: RawThing, told: int) -> None:
    """Add a row to those told, of which the first `told` stand in earlier sentences."""
    if thing.is_pointed_at and (at := _find_meant(row, rows)) is not None:
        rows[at] = replace(rows[at], status=row.status)
        return
    if thing.is_again:
        rows[:] = [other for other in rows if not _is_same_kind(row, other)]
    told_so = [other for other in rows[told:] if other.status == row.status]
    if not any(_same_thing(row, other) for other in (*rows[:told], *told_so)):
        rows.append(row)


def _is_same_kind(row: MaterielClaim, other: MaterielClaim) -> bool:
    """Whether two rows are about the same things, whatever became of them."""
    numbers = [claim.figure.best if claim.figure else None for claim in (row, other)]
    return row.item == other.item and numbers[0] == numbers[1]


def _find_meant(row: MaterielClaim, rows: Sequence[MaterielClaim]) -> int | None:
    """Index of the last thing told that "ces deux véhicules" may stand for: of its category, and as many."""
    number = row.figure.best if row.figure else None
    for index in range(len(rows) - 1, -1, -1):
        told = rows[index].figure
        if rows[index].category == row.category and number in {None, told.best if told else None}:
            return index
    return None


def _same_thing(row: MaterielClaim, other: MaterielClaim) -> bool:
    quantity = row.figure.best if row.figure else None
    told = other.figure.best if other.figure else None
    return row.item == other.item and row.side == other.side and (quantity == told or quantity is None)
