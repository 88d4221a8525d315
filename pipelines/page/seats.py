"""Where the seats of the units lie: the sign of an event that is known to its unit only stands there."""

from __future__ import annotations

from pipelines.catalog.admin import Unit
from pipelines.catalog.country import Atlas
from pipelines.catalog.places import Place

Point = tuple[float, float]  # latitude, longitude
Seats = dict[tuple[str, str], Point]
KINDS = ("city", "seat", "town", "village")


def find_seats(atlas: Atlas) -> Seats:
    """The seats of all units that the atlas has a point for, by country code and name of the unit.

    >>> from pipelines.catalog.country import load_atlas
    >>> latitude, longitude = find_seats(load_atlas())["ML", "Mopti"]
    >>> round(latitude, 1), round(longitude, 1)
    (14.5, -4.2)
    """
    seats: Seats = {}
    for unit in sorted(atlas.units.all_states(), key=lambda unit: unit.level):
        point = _find_seat(atlas, unit)
        if point is not None:
            seats.setdefault((unit.country, unit.name), point)
    return seats


def _find_seat(atlas: Atlas, unit: Unit) -> Point | None:
    """The point of the one town of that name in the country, or of the one that lies in the unit."""
    named = (atlas.place(found) for found in atlas.lookup(unit.seat or unit.name))
    towns = [town for town in named if town and town.country == unit.country and town.point and town.kind in KINDS]
    inside = [town for town in towns if _lies_in(atlas, town, unit)]
    chosen = inside or towns
    return chosen[0].point if len(chosen) == 1 else None


def _lies_in(atlas: Atlas, town: Place, unit: Unit) -> bool:
    return any(unit.id == held or unit.id == atlas.units.latest(held).parent for held in town.units)
