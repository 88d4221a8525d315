"""How often merging errs: `python -m tests.merge.measure [CHRONICLES]`, with 95 % intervals over resampled chronicles.

All pairs of reports of two articles whose incidents lie within 5 days and 100 km. Hard ones are of two incidents at
most a day and 20 km apart. The seeds are none that the weights were fitted on.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import cos, hypot, radians
from random import Random
from typing import NamedTuple

from pipelines.merge import Ledger, merge_readings
from tests.merge.chronicle import Incident, tell_history
from tests.merge.factories import NOW
from tests.merge.outlets import Told, tell_incidents

FIRST_SEED = 201
EPISODES = 150


class Counts(NamedTuple):
    """Pairs of two incidents and of one, and how many of them merging got wrong."""

    pairs: int
    hard: int
    same: int
    false: int
    missed: int


def measure_chronicle(seed: int) -> Counts:
    """One chronicle, told and merged."""
    chance = Random(seed)
    told = tell_incidents(chance, tell_history(chance, EPISODES))
    events = merge_readings(told.items, Ledger(), now=NOW).events
    home = {report_id: event.event_id for event in events for report_id in event.report_ids}
    return count_pairs(told, home)


def count_pairs(told: Told, home: dict[str, str]) -> Counts:
    """The close pairs, by what they are and whether they share an event."""
    articles = {report_id: report_id.rpartition(".")[0] for report_id in home}
    found: Counter[str] = Counter()
    for a, b in combinations(sorted(home), 2):
        one, other = told.incident[a], told.incident[b]
        if articles[a] == articles[b] or not lie_within(one, other, days=5, km=100):
            continue
        is_joined, is_same = home[a] == home[b], one is other
        found["same" if is_same else "pairs"] += 1
        found["hard"] += not is_same and lie_within(one, other, days=1, km=20)
        found["missed" if is_same else "false"] += is_joined != is_same
    return Counts(**{name: found[name] for name in Counts._fields})


def lie_within(one: Incident, other: Incident, *, days: int, km: float) -> bool:
    """Whether two incidents lie so close."""
    here, there = one.village, other.village
    if here.country != there.country or abs((one.day - other.day).days) > days:
        return False
    lat, lon = here.latitude - there.latitude, here.longitude - there.longitude
    return hypot(lat, lon * cos(radians(here.latitude))) * 111.2 <= km


def add_counts(counts: Sequence[Counts]) -> Counts:
    """The sums."""
    return Counts(*(sum(column) for column in zip(*counts, strict=True)))


def _share(counts: Counts) -> tuple[float, float, float]:
    return counts.false / counts.pairs, counts.false / counts.hard, counts.missed / counts.same


def _main(size: int) -> None:
    counts = [measure_chronicle(seed) for seed in range(FIRST_SEED, FIRST_SEED + size)]
    chance = Random(1)
    drawn = [_share(add_counts(chance.choices(counts, k=size))) for _ in range(2000)]
    total = add_counts(counts)
    sys.stdout.write(f"{total}\n")
    for name, place in (("false of all", 0), ("false of hard", 1), ("missed", 2)):
        values = sorted(row[place] for row in drawn)
        sys.stdout.write(f"{name:14} {_share(total)[place]:.2%} [{values[49]:.2%}-{values[1949]:.2%}]\n")


if __name__ == "__main__":
    _main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
