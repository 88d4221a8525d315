"""One line of a GeoNames dump."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.catalog.names import fold_exact, fold_name

COLUMNS = 19
# Feature codes of GeoNames and the kinds that they are here; what is missing is named by no report.
_KINDS = {
    "PPLC": "city", "PPLA": "city", "PPLA2": "seat", "PPLA3": "town", "PPLA4": "town",
    "PPL": "village", "PPLL": "village", "PPLF": "village", "PPLX": "village", "PPLS": "village",
    "LCTY": "site", "CMP": "camp", "RUIN": "site", "AIRP": "site", "AIRF": "site", "MN": "mine",
    "WLL": "well", "WLLS": "well", "WTRH": "well", "OAS": "well", "LK": "lake", "PND": "lake", "MRSH": "lake",
    "FRST": "forest", "RESF": "forest", "PRK": "park", "RESN": "park", "RES": "park", "ISL": "island",
    "MT": "mountain", "MTS": "mountain", "HLL": "mountain", "HLLS": "mountain",
}  # fmt: skip
_COUNTRY = re.compile(r"[A-Z]{2}")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ0-9 .'’`´-]+")


@dataclass(frozen=True, slots=True)
class Point:
    """A line of a dump, checked."""

    geonameid: int
    name: str
    names: tuple[str, ...]
    latitude: float
    longitude: float
    kind: str | None
    country: str
    admin1: str
    admin2: str
    population: int

    @property
    def is_usable(self) -> bool:
        """Whether a report may name it and its point is not rounded to a whole degree."""
        return self.kind is not None and not (self.latitude.is_integer() and self.longitude.is_integer())


def read_point(line: str) -> Point:
    """Cut and check one line; ValueError says what is wrong with it."""
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) != COLUMNS:
        raise ValueError(f"has {len(cells)} columns where GeoNames has {COLUMNS}")
    if not _COUNTRY.fullmatch(cells[8]):
        raise ValueError(f"{cells[8]!r} is no country code")
    latitude, longitude = _number(cells[4], 90, "latitude"), _number(cells[5], 180, "longitude")
    if not cells[0].isdecimal():
        raise ValueError(f"geonameid {cells[0]!r} is no number")
    names = tuple(name for name in (cells[1], cells[2], *cells[3].split(",")) if _LATIN.fullmatch(name))
    population = int(cells[14]) if cells[14].isdecimal() else 0
    name = cells[1].replace("|", " ")
    kind, country, admin1, admin2 = _KINDS.get(cells[7]), cells[8], cells[10], cells[11]
    return Point(int(cells[0]), name, names, latitude, longitude, kind, country, admin1, admin2, population)


def fold_names(point: Point) -> list[str]:
    """Each spelling as `exact=key`, once; `exact` alone where both are the same."""
    pairs = {fold_exact(name): fold_name(name) for name in point.names}
    return [exact if exact == key else f"{exact}={key}" for exact, key in sorted(pairs.items()) if exact]


def _number(cell: str, bound: float, what: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise ValueError(f"{what} {cell!r} is no number") from None
    if not -bound <= value <= bound:
        raise ValueError(f"{what} {value} lies outside -{bound:g} to {bound:g}")
    return value
