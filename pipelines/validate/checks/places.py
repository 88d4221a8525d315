"""Checks of places: country, region in force, point and precision."""

from __future__ import annotations

from pipelines.schema.countries import find_country
from pipelines.validate.rows import Rows
from pipelines.validate.surroundings import Surroundings

ACLED_OF_UCDP = {1: 1, 2: 2, 3: 2, 4: 3, 5: 2, 6: 3, 7: 3}
POINTLESS = (3, 4, 6)  # where_prec of places known to a unit only


def check_country(rows: Rows, _: Surroundings) -> list[bool]:
    """Codes, name and partition are of one country."""
    oks = []
    for iso2, name, iso, iso3 in rows.walk("country", "country_name", "iso", "iso3"):
        country = find_country(iso2)
        oks.append(country is not None and (country.name, country.iso, country.iso3) == (name, iso, iso3))
    return oks


def check_region(rows: Rows, around: Surroundings) -> list[bool]:
    """The region is one that the country had on the first day; a country without declared regions passes."""
    known: dict[tuple[object, object], frozenset[str]] = {}
    oks = []
    for country, day, admin1 in rows.walk("country", "date_start", "admin1"):
        if (country, day) not in known:
            known[country, day] = frozenset(around.regions.admin1_names(country, day))
        names = known[country, day]
        oks.append(admin1 is None or not names or admin1 in names)
    return oks


def check_point(rows: Rows, _: Surroundings) -> list[bool]:
    """A point has both coordinates; a place known to a unit only has none."""
    walked = rows.walk("latitude", "longitude", "where_prec")
    return [(lat is None) == (lon is None) and (lat is None or prec not in POINTLESS) for lat, lon, prec in walked]


def check_box(rows: Rows, around: Surroundings) -> list[bool]:
    """The point lies in its country's box."""
    boxes = {country: around.regions.box(country) for country in set(rows.values("country"))}
    oks = []
    for country, lat, lon in rows.walk("country", "latitude", "longitude"):
        box = boxes[country]
        if box is None or lat is None or lon is None:
            oks.append(True)
        else:
            west, south, east, north = box
            oks.append(west <= lon <= east and south <= lat <= north)
    return oks


def check_in_region(rows: Rows, around: Surroundings) -> list[bool]:
    """The point lies in its region."""
    oks = []
    for country, day, admin1, lat, lon in rows.walk("country", "date_start", "admin1", "latitude", "longitude"):
        if admin1 is None or lat is None or lon is None:
            oks.append(True)
        else:
            oks.append(around.regions.region_of_point(country, lat, lon, day) in (admin1, None))
    return oks


def check_place_precision(rows: Rows, _: Surroundings) -> list[bool]:
    """UCDP's and ACLED's precision of the place go together."""
    return [ACLED_OF_UCDP.get(prec) == geo for prec, geo in rows.walk("where_prec", "geo_precision")]


def check_place(rows: Rows, _: Surroundings) -> list[bool]:
    """More is known than the country."""
    return [prec < 6 for prec in rows.values("where_prec")]


PLACE_CHECKS = {
    "country": check_country,
    "region": check_region,
    "point": check_point,
    "box": check_box,
    "in_region": check_in_region,
    "place_precision": check_place_precision,
    "place": check_place,
}
