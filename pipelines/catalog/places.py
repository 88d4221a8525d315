"""Named points: the curated `places.csv` of each country."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipelines.catalog.geo import Box
from pipelines.catalog.tables import Row, read_table

COLUMNS = (
    "place", "name", "kind", "latitude", "longitude", "units", "aliases", "geonameid", "population",
    "source", "checked",
)  # fmt: skip
KINDS = (
    "city", "seat", "town", "village", "camp", "site", "mine", "border", "well", "forest", "park",
    "river", "lake", "island", "mountain", "road", "area",
)  # fmt: skip
# `coordinates`: a public source has the point. `name`: the name is known, no source has the point, so it has none.
CHECKED = {"coordinates", "name"}
# Natural regions and the like: they lie in several units and have no point of their own.
WIDE_KINDS = {"river", "area", "road"}


@dataclass(frozen=True, slots=True)
class Place:
    """A named point. `units` are the finest units that hold it; on a given day the last one in force counts."""

    id: str  # country/slug, gn/geonameid
    name: str
    kind: str
    country: str  # ISO2
    latitude: float | None
    longitude: float | None
    units: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    geonameid: int | None = None
    population: int = 0
    source: str = ""
    is_curated: bool = True

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, None where no source confirms them."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def district(self) -> str:
        """The latest of its units above the communes, "" if none is known."""
        return next((unit for unit in reversed(self.units) if not unit[2:].startswith(":3:")), "")

    @property
    def is_wide(self) -> bool:
        """Whether it is too large for a point."""
        return self.kind in WIDE_KINDS


def read_places(file: Path, box: Box) -> list[tuple[Row, Place]]:
    """The rows of one `places.csv`; every fault is refused with file and line."""
    return [(row, _read_place(row, box)) for row in read_table(file, COLUMNS)]


def _read_place(row: Row, box: Box) -> Place:
    country = row.file.parent.name
    if not row["place"].startswith(f"{country}/"):
        raise row.refuse(f"place: {row['place']!r} must be {country}/slug")
    if not row["name"]:
        raise row.refuse("name: is empty")
    if row["kind"] not in KINDS:
        raise row.refuse(f"kind: {row['kind']!r} is none of {', '.join(KINDS)}")
    latitude, longitude = row.number("latitude", -90, 90), row.number("longitude", -180, 180)
    _check_point(row, latitude, longitude, box)
    geonameid, population = row.number("geonameid", 1, 1e10), row.number("population", 0, 1e9)
    return Place(
        id=row["place"],
        name=row["name"],
        kind=row["kind"],
        country=country.upper(),
        latitude=latitude,
        longitude=longitude,
        units=row.words("units", " "),
        aliases=row.words("aliases"),
        geonameid=int(geonameid) if geonameid else None,
        population=int(population or 0),
        source=row["source"],
    )


def _check_point(row: Row, latitude: float | None, longitude: float | None, box: Box) -> None:
    if row["checked"] not in CHECKED:
        raise row.refuse(f"checked: {row['checked']!r} is none of {', '.join(sorted(CHECKED))}")
    if (latitude is None) != (longitude is None):
        raise row.refuse("latitude, longitude: one of the two is missing")
    if latitude is None or longitude is None:
        if row["checked"] == "coordinates":
            raise row.refuse("latitude, longitude: are missing; a place without a confirmed point is checked `name`")
        return
    if row["checked"] == "name":
        raise row.refuse("checked: a place with a point is checked `coordinates`")
    if not box.holds(latitude, longitude, margin=0.6):
        swapped = " (they look swapped)" if box.holds(longitude, latitude) else ""
        raise row.refuse(f"latitude, longitude: {latitude}, {longitude} lie outside the country{swapped}")
