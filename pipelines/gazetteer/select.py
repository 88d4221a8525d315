"""Writing the shipped `geonames.tsv` of a country: `python -m pipelines.gazetteer.select DUMP…`.

For the person who curates. Beside the hand-picked `places.csv` stand those points of GeoNames whose name alone says
where they are: names that no other point of the country bears, in GeoNames or in our tables. Homonyms need the whole
dump, which `communiques gazetteer import` brings.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pipelines.catalog.country import SHIPPED, SHIPPED_POINTS, Atlas, load_atlas
from pipelines.catalog.gazetteer import HEADER, Gazetteer
from pipelines.catalog.names import fold_name
from pipelines.gazetteer.dump import format_point, is_taken, mend_points, read_points
from pipelines.gazetteer.points import Point

SHORTEST = 4  # letters of a key; shorter names are words and abbreviations too


def select_points(points: Iterable[Point], atlas: Atlas) -> list[Point]:
    """The usable points that `atlas` lacks, each with those of its names that are its own."""
    usable = [point for point in points if is_taken(point, atlas)]
    held = {place.geonameid for place in atlas.places.values()}
    bearers = Counter(key for point in usable for key in {fold_name(name) for name in point.names})
    selected = []
    for point in usable:
        names = tuple(name for name in point.names if _is_its_own(name, bearers, atlas))
        if names and point.geonameid not in held:
            selected.append(replace(point, names=names))
    return sorted(selected, key=lambda point: point.geonameid)


def _is_its_own(name: str, bearers: Counter[str], atlas: Atlas) -> bool:
    key = fold_name(name)
    return len(key) >= SHORTEST and bearers[key] == 1 and not atlas.lookup(name)


def write_country(country: str, points: Sequence[Point], atlas: Atlas) -> Path:
    """The points of one country, in the form of an imported dump."""
    target = SHIPPED / country.lower() / SHIPPED_POINTS
    lines = [format_point(point, atlas) + "\n" for point in points if point.country == country]
    target.write_text(HEADER + "".join(lines), encoding="utf-8")
    return target


def main(paths: Sequence[str]) -> None:
    """Select from each dump the points of the country that it is named after."""
    shipped = load_atlas()
    corrections = shipped.gazetteer.corrections
    atlas = Atlas(shipped.countries, shipped.units, shipped.places, Gazetteer({}, corrections))
    for path in map(Path, paths):
        country = path.name[:2]
        points = [point for point in mend_points(read_points(path), atlas) if point.country == country]
        selected = select_points(points, atlas)
        print(f"{write_country(country, selected, atlas)}: {len(selected)} of {len(points)} points")


if __name__ == "__main__":
    main(sys.argv[1:])
