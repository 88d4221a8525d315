"""Holding the curated tables against GeoNames: `python -m pipelines.gazetteer.check DUMP…` lists what differs.

For the person who curates: each place with a point must lie within 5 km of the GeoNames point that its row names, or of
any point of that name. What is listed is settled by hand, one by one.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipelines.catalog.country import Atlas, load_atlas
from pipelines.catalog.geo import measure_km
from pipelines.catalog.names import fold_name
from pipelines.catalog.places import Place
from pipelines.gazetteer.dump import read_points
from pipelines.gazetteer.points import Point

TOLERANCE_KM = 5.0


def check_places(atlas: Atlas, points: Iterable[Point]) -> Iterator[str]:
    """One line for each curated place of the points' countries that GeoNames does not confirm."""
    by_id: dict[int, Point] = {}
    by_name: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for point in points:
        by_id[point.geonameid] = point
        for name in {fold_name(spelling) for spelling in point.names}:
            by_name[point.country, name].append(point)
    countries = {country for country, _ in by_name}
    for place in sorted(atlas.places.values(), key=lambda item: item.id):
        if place.country in countries and place.point is not None:
            named = by_name[place.country, fold_name(place.name)]
            known = by_id.get(place.geonameid or 0)
            yield from _judge(place, known, named)


def _judge(place: Place, known: Point | None, named: list[Point]) -> Iterator[str]:
    candidates = [known] if known else named
    distances = [measure_km(*(place.point or (0.0, 0.0)), point.latitude, point.longitude) for point in candidates]
    if not distances:
        yield f"{place.id}: no GeoNames point bears the name"
    elif min(distances) > TOLERANCE_KM:
        yield f"{place.id}: {min(distances):.1f} km from GeoNames {candidates[0].geonameid}"


def main(paths: list[str]) -> int:
    """Check against the dumps; exit status 1 when something differs."""
    atlas = load_atlas()
    lines: list[str] = []
    for path in paths:
        lines += check_places(atlas, read_points(Path(path)))
    print("\n".join([*lines, f"{len(lines)} to settle"]))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
