"""Distances, bearings and moved points on the sphere; degrees WGS84, kilometres."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS_KM = 6371.0


class Box(NamedTuple):
    """A rectangle in decimal degrees that holds a country."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, latitude: float, longitude: float, margin: float = 0.0) -> bool:
        """Whether the point lies inside, or no more than `margin` degrees outside.

        >>> Box(10.1, -12.3, 25.0, 4.3).holds(16.27, -0.04)
        True
        """
        return (
            self.south - margin <= latitude <= self.north + margin
            and self.west - margin <= longitude <= self.east + margin
        )


def measure_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres.

    >>> round(measure_km(16.27, -0.04, 15.66, 0.50))  # Gao - Ansongo
    89
    """
    phi1, phi2 = radians(lat1), radians(lat2)
    half_phi, half_lambda = (phi2 - phi1) / 2, radians(lon2 - lon1) / 2
    chord = sin(half_phi) ** 2 + cos(phi1) * cos(phi2) * sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def move_point(latitude: float, longitude: float, distance_km: float, bearing: float) -> tuple[float, float]:
    """The point `distance_km` away in direction `bearing` (degrees clockwise from north).

    >>> [round(x, 2) for x in move_point(15.22, 0.35, 22, 225)]  # "à 22 km au sud-ouest de Tessit"
    [15.08, 0.21]
    """
    phi, theta, angle = radians(latitude), radians(bearing), distance_km / EARTH_RADIUS_KM
    new_phi = asin(sin(phi) * cos(angle) + cos(phi) * sin(angle) * cos(theta))
    turn = atan2(sin(theta) * sin(angle) * cos(phi), cos(angle) - sin(phi) * sin(new_phi))
    return degrees(new_phi), (longitude + degrees(turn) + 540) % 360 - 180


def find_bearing(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The direction from the first point to the second, degrees clockwise from north.

    >>> round(find_bearing(14.49, -4.18, 14.83, -5.25))  # Mopti - Dioura: west-north-west
    288
    """
    phi1, phi2, turn = radians(lat1), radians(lat2), radians(lon2 - lon1)
    east, north = sin(turn) * cos(phi2), cos(phi1) * sin(phi2) - sin(phi1) * cos(phi2) * cos(turn)
    return degrees(atan2(east, north)) % 360


def estimate_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """A quick flat-earth distance, good to a per cent below 300 km; for sorting many points."""
    return 111.2 * hypot(lat1 - lat2, (lon1 - lon2) * cos(radians((lat1 + lat2) / 2)))


def find_midpoint(lat1: float, lon1: float, lat2: float, lon2: float) -> tuple[float, float]:
    """The point half way; the two are never far apart, nor at the date line."""
    return (lat1 + lat2) / 2, (lon1 + lon2) / 2
