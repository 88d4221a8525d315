"""Our events in the column orders of other data sets, as declared in `foreign.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from math import floor
from typing import Any

import yaml

Row = dict[str, Any]


@cache
def load_orders() -> Mapping[str, Any]:
    """The declared column orders and tags."""
    loaded: dict[str, Any] = yaml.safe_load((files("pipelines.export") / "foreign.yml").read_text(encoding="utf-8"))
    return loaded


def reorder_rows(rows: Iterator[Row], order: str) -> Iterator[Row]:
    """The rows with the columns of `acled` or `ucdp`; figures that are not stated become 0 there."""
    declared = load_orders()[order]
    for row in rows:
        full = row | {name: row[name] or 0 for name in declared["zero"]} | _derive(row)
        yield {name: _fill(source, full) for name, source in declared["columns"].items()}


def _fill(source: Any, row: Row) -> Any:
    if source is None:
        return None
    return source["const"] if isinstance(source, dict) else row[source]


def _derive(row: Row) -> Row:
    latitude, longitude = row["latitude"], row["longitude"]
    sides = [row["actor1"], row["actor2"]]
    return {
        "dyad_name": " - ".join(sides) if all(sides) else None,
        "geom_wkt": None if latitude is None else f"POINT ({longitude} {latitude})",
        "priogrid_gid": None if latitude is None else find_grid_cell(latitude, longitude),
    }


def find_grid_cell(latitude: float, longitude: float) -> int:
    """The number of the PRIO-GRID cell (half a degree, counted from the south-west) that a point lies in.

    >>> find_grid_cell(14.2526, -5.993)
    150109
    """
    return floor((latitude + 90) * 2) * 720 + floor((longitude + 180) * 2) + 1
