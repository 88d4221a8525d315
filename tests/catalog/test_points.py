"""A point that lies far from all that its unit and region hold is a homonym's."""

from collections import defaultdict

import pytest

from pipelines.catalog.country import Atlas, load_atlas
from pipelines.catalog.geo import measure_km
from pipelines.catalog.places import Place

# The farthest of the true ones: Agadem is 167 km from N'Gourti; in the Sahara Taoudénit 422 from Araouane.
FARTHEST_KM, FARTHEST_IN_THE_SAHARA_KM = 170, 430
SAHARA = 17.0  # degrees north; beyond them what lies side by side lies days apart


def measure_gap(place: Place, others: list[Place]) -> tuple[float, Place]:
    assert place.point
    return min(((measure_km(*place.point, *other.point), other) for other in others if other.point), key=lambda g: g[0])


def find_units(atlas: Atlas, place: Place) -> set[str]:
    return {above for unit in place.units for above in atlas.units.ever_above(unit)}


def group_by_unit(atlas: Atlas) -> dict[str, list[Place]]:
    """The places with points of each unit and of all that it ever lay in."""
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in atlas.places.values():
        if place.point:
            for unit in find_units(atlas, place):
                groups[unit].append(place)
    return groups


def find_strays(atlas: Atlas) -> dict[str, str]:
    """Each place that is too far from the nearest other of its units, with how far it is."""
    groups, strays = group_by_unit(atlas), {}
    for place in atlas.places.values():
        others = [other for unit in find_units(atlas, place) for other in groups[unit] if other.id != place.id]
        if not place.point or not others:
            continue
        gap, nearest = measure_gap(place, others)
        both_in_the_desert = min(place.point[0], (nearest.point or place.point)[0]) >= SAHARA
        if gap > (FARTHEST_IN_THE_SAHARA_KM if both_in_the_desert else FARTHEST_KM):
            strays[place.id] = f"{gap:.0f} km from {nearest.id}: another place of this name? Leave its point empty"
    return strays


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def test_no_point_lies_far_from_all_that_its_region_holds(atlas: Atlas) -> None:
    assert find_strays(atlas) == {}


def test_no_two_places_of_one_unit_bear_one_name_far_apart(atlas: Atlas) -> None:
    """Which of the two a report means could not be told; one of them lies in another unit."""
    named: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in atlas.places.values():
        for unit in place.units if place.point else ():
            named[place.name, unit].append(place)
    far = {
        key: [place.id for place in places]
        for key, places in named.items()
        if len(places) > 1 and measure_gap(places[0], places[1:])[0] > 50
    }
    assert far == {}


def test_no_place_stands_twice_with_a_point_and_without(atlas: Atlas) -> None:
    """A row of a name list beside one of GeoNames: reports would be coded at the unit though the point is known."""
    twice = {
        place.id: other.id
        for place in atlas.places.values()
        if not place.point and not place.is_wide
        for other in (atlas.place(place_id) for place_id in atlas.lookup(place.name))
        if other and other.point and set(other.units) & set(place.units)
    }
    assert twice == {}
