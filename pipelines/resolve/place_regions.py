"""The region of a point that is not that of a named town: on a road, at a distance, or told from another place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.catalog.geo import move_point
from pipelines.catalog.names import fold_exact
from pipelines.catalog.places import Place
from pipelines.mentions import PlaceMention
from pipelines.models import Where
from pipelines.resolve.place_context import Context

_BEARINGS = range(0, 360, 45)


def find_region_half_way(where: Where, ends: Sequence[Place | None], context: Context) -> Where:
    """A road from one region to another lies in neither for sure; the district of a capital is left at once."""
    known = [place for place in ends if place and fold_exact(place.name) not in context.atlas.capitals]
    regions = {unit.name for place in known if (unit := context.chain_of(place).get(1))}
    if len(regions) == 1 and len(known) == len(ends):
        return where
    return _in_region(where, next(iter(regions)) if len(regions) == 1 else None)


def find_region_around(where: Where, place: Place, distance: float, context: Context) -> Where:
    """The one region that lies all around a town at that distance: 40 km from Bamako nothing is in the district."""
    if place.point is None:
        return where
    ring = (move_point(*place.point, distance, bearing) for bearing in _BEARINGS)
    guesses = [context.atlas.region_of_point(*point, context.day, place.country) for point in ring]
    names = {guess.name for guess in guesses if guess}
    return _in_region(where, *names) if len(names) == 1 else where


def _in_region(where: Where, name: str | None) -> Where:
    """In another region than the named town's own, whose cercle and commune then say nothing."""
    return where if name == where.admin1 else replace(where, admin1=name, admin2=None, admin3=None)


def find_region_by_point(where: Where, point: tuple[float, float], mention: PlaceMention, context: Context) -> Where:
    """The region of a point, in the country of the place that it was told from: the text names no other."""
    anchor = context.anchor_town(context.helped_mention(mention))
    guess = context.atlas.region_of_point(*point, context.day, anchor.country if anchor else None)
    return replace(_in_region(where, guess.name), country=guess.country) if guess else where
