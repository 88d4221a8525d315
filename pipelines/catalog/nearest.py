"""What lies near a point: a grid of the known places, in squares of one degree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from math import cos, floor, radians
from typing import NamedTuple

from pipelines.catalog.admin import Unit
from pipelines.catalog.geo import estimate_km
from pipelines.catalog.places import Place

REACH_KM = 150.0
VOTERS = 5


class RegionGuess(NamedTuple):
    """The region of a point as its nearest known places tell it; no polygon stands behind it."""

    country: str  # ISO2
    name: str
    distance_km: float  # to the nearest place that says so
    is_unanimous: bool  # all of the five nearest places lie in this region


class Neighbourhood:
    """Places with points, found by nearness."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._grid: dict[tuple[int, int], list[Place]] = defaultdict(list)
        for place in places:
            if place.point is not None and not place.is_wide:
                self._grid[floor(place.point[0]), floor(place.point[1])].append(place)

    def around(self, latitude: float, longitude: float, reach_km: float = REACH_KM) -> list[tuple[float, Place]]:
        """All places within `reach_km`, nearest first."""
        found = []
        for place in self._in_squares(latitude, longitude, reach_km):
            point = place.point or (0.0, 0.0)
            distance = estimate_km(latitude, longitude, *point)
            if distance <= reach_km:
                found.append((distance, place))
        return sorted(found, key=lambda pair: (pair[0], pair[1].id))

    def nearest(self, latitude: float, longitude: float) -> tuple[Place, float] | None:
        """The nearest place and its distance in km."""
        found = self.around(latitude, longitude, 30.0) or self.around(latitude, longitude)
        return (found[0][1], found[0][0]) if found else None

    def guess_region(
        self,
        latitude: float,
        longitude: float,
        day: date | None,
        chain_of: Callable[[Place, date | None], dict[int, Unit]],
        country: str | None = None,
    ) -> RegionGuess | None:
        """The region of the nearest place on that day, that of the nearest place of `country` if it is given."""
        voters: list[tuple[float, Unit]] = []
        for distance, place in self.around(latitude, longitude):
            region = chain_of(place, day).get(1)
            if region is not None and country in {None, place.country}:
                voters.append((distance, region))
            if len(voters) == VOTERS:
                break
        if not voters:
            return None
        distance, region = voters[0]
        return RegionGuess(region.country, region.name, round(distance, 1), len({unit.id for _, unit in voters}) == 1)

    def _in_squares(self, latitude: float, longitude: float, reach_km: float) -> Iterator[Place]:
        tall = reach_km / 111.0
        wide = tall / max(0.2, cos(radians(latitude)))
        for row in range(floor(latitude - tall), floor(latitude + tall) + 1):
            for column in range(floor(longitude - wide), floor(longitude + wide) + 1):
                yield from self._grid.get((row, column), ())
