"""Administrative units: what a country was divided into, day by day.

A unit keeps its id while its name or its parent changes; each row of `admin.csv` is one state of a unit between two
days. Level 1 is the region or the province right below the state, 2 and 3 what lies below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from pipelines.catalog.tables import Row, read_table

COLUMNS = ("unit", "name", "parent", "valid_from", "valid_to", "seat", "aliases", "iso", "pcode", "source", "checked")
# What `checked` may say: `yes` two sources agree, `one` a single source, `no` from one list that nothing confirmed.
CHECKED = {"yes", "one", "no"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One state of an administrative unit; `valid_to` is its last day, None while it is in force."""

    id: str  # country:level:slug
    name: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    seat: str = ""
    aliases: tuple[str, ...] = ()
    iso: str = ""
    pcode: str = ""
    source: str = ""
    checked: str = ""

    @property
    def country(self) -> str:
        """ISO2."""
        return self.id[:2].upper()

    @property
    def level(self) -> int:
        """1 to 3."""
        return int(self.id.split(":")[1])

    def holds_on(self, day: date | None) -> bool:
        """Whether this state is in force on `day`; None is today's state, the one without an end."""
        if day is None:
            return self.valid_to is None
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


class AdminTree:
    """All units of all countries, with their states in order of time."""

    def __init__(self, states: Mapping[str, tuple[Unit, ...]]) -> None:
        self._states = states
        self._above: dict[str, frozenset[str]] = {}

    def __contains__(self, unit_id: object) -> bool:
        return unit_id in self._states

    def all_states(self) -> Iterable[Unit]:
        """Every state of every unit."""
        return (state for states in self._states.values() for state in states)

    def on(self, unit_id: str, day: date | None) -> Unit | None:
        """The unit as it was on that day; None if it did not exist then."""
        return next((state for state in self._states.get(unit_id, ()) if state.holds_on(day)), None)

    def latest(self, unit_id: str) -> Unit:
        """The unit's last state, in force or not."""
        return self._states[unit_id][-1]

    def chain(self, unit_id: str, day: date | None) -> dict[int, Unit]:
        """The unit and all above it on that day, by level; empty if it was not in force."""
        found: dict[int, Unit] = {}
        state = self.on(unit_id, day)
        while state is not None:
            found[state.level] = state
            state = self.on(state.parent, day) if state.parent else None
        return found

    def ever_above(self, unit_id: str) -> frozenset[str]:
        """The unit and all that it ever lay in."""
        if unit_id not in self._above:
            found = {unit_id}
            for state in self._states.get(unit_id, ()):
                found |= self.ever_above(state.parent) if state.parent else set()
            self._above[unit_id] = frozenset(found)
        return self._above[unit_id]

    def in_force(self, country: str, level: int, day: date | None) -> list[Unit]:
        """All units of a country's level on that day."""
        prefix = f"{country.lower()}:{level}:"
        states = (self.on(unit_id, day) for unit_id in self._states if unit_id.startswith(prefix))
        return [state for state in states if state is not None]


def read_units(file: Path) -> list[tuple[Row, Unit]]:
    """The states in one `admin.csv`, each with the row that it stands in."""
    return [(row, _read_unit(row)) for row in read_table(file, COLUMNS)]


def build_tree(rows: Iterable[tuple[Row, Unit]]) -> AdminTree:
    """The tree of all rows; overlapping validity, unknown parents and cycles are refused with file and line."""
    grouped: dict[str, list[tuple[Row, Unit]]] = defaultdict(list)
    for row, unit in rows:
        grouped[unit.id].append((row, unit))
    for states in grouped.values():
        states.sort(key=lambda pair: pair[1].valid_from or date.min)
        _refuse_overlap(states)
    for states in grouped.values():
        for row, unit in states:
            _check_parent(row, unit, grouped)
    return AdminTree({unit_id: tuple(unit for _, unit in states) for unit_id, states in grouped.items()})


def _read_unit(row: Row) -> Unit:
    unit_id = row["unit"]
    parts = unit_id.split(":")
    country = row.file.parent.name
    if len(parts) != 3 or parts[0] != country or parts[1] not in {"1", "2", "3"} or not parts[2]:
        raise row.refuse(f"unit: {unit_id!r} must be {country}:LEVEL:slug, LEVEL 1 to 3")
    if not row["name"]:
        raise row.refuse("name: is empty")
    if row["checked"] not in CHECKED:
        raise row.refuse(f"checked: {row['checked']!r} is none of {', '.join(sorted(CHECKED))}")
    start, end = row.day("valid_from"), row.day("valid_to")
    if start and end and end < start:
        raise row.refuse("valid_to: lies before valid_from")
    texts = (row["seat"], row.words("aliases"), row["iso"], row["pcode"], row["source"], row["checked"])
    return Unit(unit_id, row["name"], row["parent"] or None, start, end, *texts)


def _refuse_overlap(states: list[tuple[Row, Unit]]) -> None:
    for (_, before), (row, after) in pairwise(states):
        if before.valid_to is None or after.valid_from is None or after.valid_from <= before.valid_to:
            raise row.refuse(f"unit: {after.id} is in force twice on one day; end one state before the next begins")


def _check_parent(row: Row, unit: Unit, grouped: Mapping[str, list[tuple[Row, Unit]]]) -> None:
    if unit.parent is None:
        if unit.level > 1:
            raise row.refuse(f"parent: a unit of level {unit.level} needs one")
        return
    if unit.parent not in grouped:
        raise row.refuse(f"parent: there is no unit {unit.parent!r}")
    parent = grouped[unit.parent][0][1]
    if parent.level >= unit.level:  # so no chain of parents can come back to where it began
        raise row.refuse(f"parent: {unit.parent} is not above {unit.id}; a parent has a smaller level")
    if not any(_overlaps(unit, state) for _, state in grouped[unit.parent]):
        raise row.refuse(f"parent: {unit.parent} is never in force while {unit.id} is")


def _overlaps(one: Unit, other: Unit) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_to or date.max, other.valid_to or date.max)


def merge_units(shipped: list[tuple[Row, Unit]], added: list[tuple[Row, Unit]]) -> list[tuple[Row, Unit]]:
    """The shipped rows without the units that the user's own file states anew, then the user's."""
    replaced = {unit.id for _, unit in added}
    return [pair for pair in shipped if pair[1].id not in replaced] + added
