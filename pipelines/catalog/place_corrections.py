"""Corrections of GeoNames' points as data, each with its reason: `countries/<cc>/corrections.csv`.

Rows of our own `places.csv` are mended where they stand. A point of GeoNames comes anew with each dump, so that what is
wrong with it is told here: `was` is what GeoNames says, and the correction holds only as long as it says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.catalog.places import Place
from pipelines.catalog.tables import Row, read_table

COLUMNS = ("place", "column", "was", "now", "reason")
CORRECTED = ("name", "latitude", "longitude", "units")


@dataclass(frozen=True, slots=True)
class PlaceCorrection:
    """One column of one point: what GeoNames has, what is right, and why."""

    place_id: str
    column: str
    was: str
    now: str
    reason: str

    def applies_to(self, place: Place) -> bool:
        """Whether the point still says what was wrong."""
        return _show(place, self.column) == self.was

    def apply(self, place: Place) -> Place:
        """The point mended, or as it is if it says something else by now."""
        if not self.applies_to(place):
            return place
        if self.column == "units":
            return replace(place, units=tuple(self.now.split()))
        if self.column == "name":
            return replace(place, name=self.now)
        if self.column == "latitude":
            return replace(place, latitude=float(self.now))
        return replace(place, longitude=float(self.now))


PlaceCorrections = Mapping[str, tuple[PlaceCorrection, ...]]


def read_place_corrections(files: Iterable[Path]) -> PlaceCorrections:
    """The corrections of all files by the id of the point; a fault is refused with file and line."""
    found: dict[str, tuple[PlaceCorrection, ...]] = defaultdict(tuple)
    for row in (row for file in files for row in read_table(file, COLUMNS)):
        correction = _read_correction(row)
        found[correction.place_id] = (*found[correction.place_id], correction)
    return dict(found)


def _read_correction(row: Row) -> PlaceCorrection:
    if not row["place"].startswith("gn/"):
        raise row.refuse(f"place: {row['place']!r} must be gn/ID; a row of places.csv is mended where it stands")
    if row["column"] not in CORRECTED:
        raise row.refuse(f"column: {row['column']!r} is none of {', '.join(CORRECTED)}")
    for column in ("was", "now", "reason"):
        if not row[column]:
            raise row.refuse(f"{column}: is empty")
    if row["column"] in {"latitude", "longitude"}:
        row.number("now", -180, 180)
    return PlaceCorrection(row["place"], row["column"], row["was"], row["now"], row["reason"])


def _show(place: Place, column: str) -> str:
    value = getattr(place, column)
    return " ".join(value) if isinstance(value, tuple) else f"{value:g}" if isinstance(value, float) else str(value)
