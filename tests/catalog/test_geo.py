"""Distances, bearings, moved points."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.catalog.geo import estimate_km, find_bearing, measure_km, move_point

latitudes = st.floats(-20, 38)
longitudes = st.floats(-20, 40)


@given(latitudes, longitudes, st.floats(0.5, 300), st.floats(0, 359.9))
def test_a_moved_point_lies_as_far_and_as_told(
    latitude: float, longitude: float, distance: float, bearing: float
) -> None:
    moved = move_point(latitude, longitude, distance, bearing)
    assert abs(measure_km(latitude, longitude, *moved) - distance) < 0.01
    turn = abs((find_bearing(latitude, longitude, *moved) - bearing + 180) % 360 - 180)
    assert turn < 0.5


@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_is_the_same_both_ways(lat1: float, lon1: float, lat2: float, lon2: float) -> None:
    assert abs(measure_km(lat1, lon1, lat2, lon2) - measure_km(lat2, lon2, lat1, lon1)) < 1e-6
    if measure_km(lat1, lon1, lat2, lon2) < 300:
        assert abs(estimate_km(lat1, lon1, lat2, lon2) - measure_km(lat1, lon1, lat2, lon2)) < 3
