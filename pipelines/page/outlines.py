"""Country outlines: Natural Earth (public domain) as packed by world-atlas, cut down to where the events are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import product
from string import ascii_uppercase
from typing import Any

from pipelines.schema import find_country

Point = tuple[float, float]
Box = tuple[float, float, float, float]

MARGIN = 6.0  # degrees around the events, so that the neighbours are there to the edge of the map
SAHEL: Box = (-18.0, 4.0, 25.0, 26.0)  # what is shown when no event has a point


def cut_outlines(points: Sequence[Point]) -> dict[str, Any]:
    """GeoJSON outlines of the countries around some points (longitude, latitude), and the box of the points.

    >>> names = {feature["properties"]["name"] for feature in cut_outlines([(-4.0, 14.5)])["features"]}
    >>> "Mali" in names, "Chad" in names
    (True, False)
    """
    box = _find_box(points)
    west, south, east, north = box
    wide = (west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN)
    atlas = json.loads((files("pipelines.page") / "static/vendor/world_atlas/countries-50m.json").read_text("utf-8"))
    arcs = [list(_unpack_arc(arc, atlas["transform"])) for arc in atlas["arcs"]]
    countries = (_read_country(country, arcs) for country in atlas["objects"]["countries"]["geometries"])
    return {
        "type": "FeatureCollection",
        "box": box,
        "features": [country for country in countries if _touches(country, wide)],
    }


def _find_box(points: Sequence[Point]) -> Box:
    if not points:
        return SAHEL
    longitudes, latitudes = zip(*points, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _unpack_arc(arc: Iterable[Sequence[int]], transform: Any) -> Iterator[Point]:
    """TopoJSON's delta coding undone."""
    (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield round(x * scale_x + shift_x, 3), round(y * scale_y + shift_y, 3)


def _read_country(country: Any, arcs: Sequence[list[Point]]) -> dict[str, Any]:
    polygons = country.get("arcs", []) if country["type"] == "MultiPolygon" else [country.get("arcs", [])]
    coordinates = [[_join_arcs(ring, arcs) for ring in polygon] for polygon in polygons]
    geometry = {"type": "MultiPolygon", "coordinates": coordinates}
    largest = max((polygon[0] for polygon in coordinates), key=_measure_ring)
    properties = {
        "name": country["properties"]["name"],
        "code": _code_of(country.get("id")),
        "label": _find_middle(largest),
    }
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _join_arcs(ring: Iterable[int], arcs: Sequence[list[Point]]) -> list[Point]:
    """One ring; a negative number is the arc read backwards, and arcs share their end points."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


@cache
def _read_codes() -> Mapping[int, str]:
    """Numeric codes, as the outlines have them, to the two letters that browsers know names for."""
    codes = ("".join(letters) for letters in product(ascii_uppercase, repeat=2))
    return {country.iso: country.iso2 for country in map(find_country, codes) if country}


def _code_of(number: str | None) -> str | None:
    return _read_codes().get(int(number)) if number else None


def _span_ring(ring: Sequence[Point]) -> Box:
    longitudes, latitudes = [point[0] for point in ring], [point[1] for point in ring]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _measure_ring(ring: Sequence[Point]) -> float:
    west, south, east, north = _span_ring(ring)
    return (east - west) * (north - south)


def _find_middle(ring: Sequence[Point]) -> Point:
    west, south, east, north = _span_ring(ring)
    return round((west + east) / 2, 2), round((south + north) / 2, 2)


def _touches(country: dict[str, Any], box: Box) -> bool:
    rings = [polygon[0] for polygon in country["geometry"]["coordinates"] if polygon]
    return any(_ring_touches(ring, box) for ring in rings)


def _ring_touches(ring: Sequence[Point], box: Box) -> bool:
    west, south, east, north = box
    left, bottom, right, top = _span_ring(ring)
    return left <= east and right >= west and bottom <= north and top >= south
