"""SPIP's ids with gaps of any length: no article of a window is left out, and the search asks little."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.discover.spip import find_first, find_last

START = date(2020, 1, 1)


class Ids:
    """Ids of which `gaps` (first, length) have no article; ten articles a day."""

    def __init__(self, newest: int, gaps: list[tuple[int, int]]) -> None:
        missing = {number for first, length in gaps for number in range(first, first + length)} - {newest}
        self.days: dict[int, date] = {}
        for number in range(1, newest + 1):
            if number not in missing:
                self.days[number] = START + timedelta(days=len(self.days) // 10)
        self.newest = newest
        self.asked: set[int] = set()

    def ask(self, number: int) -> date | None:
        self.asked.add(number)
        return self.days.get(number)

    def of(self, first: date, last: date) -> set[int]:
        return {number for number, day in self.days.items() if first <= day <= last}


@given(
    newest=st.integers(200, 5000),
    gaps=st.lists(st.tuples(st.integers(1, 5000), st.integers(1, 1500)), max_size=3),
    day=st.integers(0, 500),
)
def test_nothing_of_a_month_is_left_out(newest: int, gaps: list[tuple[int, int]], day: int) -> None:
    ids = Ids(newest, gaps)
    first, last = START + timedelta(days=day), START + timedelta(days=day + 30)
    high = find_last(ids.ask, ids.newest, last)
    low = find_first(ids.ask, high, first)
    wanted = ids.of(first, last)
    reachable = {number for number in wanted if is_met(ids, number)}
    assert reachable <= set(range(low, high + 1))
    assert len(ids.asked) < 600


def is_met(ids: Ids, number: int) -> bool:
    """Whether an id stands among enough others: a few articles between two large gaps may be stepped over."""
    reach = max(100, ids.newest // 12)
    around = range(max(1, number - reach), min(ids.newest, number + reach) + 1)
    return all(near in ids.days for near in around)


@pytest.mark.parametrize("length", [10, 100, 1000, 50_000])
def test_articles_on_both_sides_of_a_gap(length: int) -> None:
    ids = Ids(600 + length, [(300, length)])
    first, last = ids.days[250], ids.days[299 + length + 50]
    high = find_last(ids.ask, ids.newest, last)
    low = find_first(ids.ask, high, first)
    assert ids.of(first, last) <= set(range(low, high + 1))


def test_a_site_whose_ids_begin_late_is_not_walked_from_the_first() -> None:
    ids = Ids(116_000, [(1, 115_000)])
    assert find_first(ids.ask, ids.newest, START) > 110_000
    assert len(ids.asked) < 250
