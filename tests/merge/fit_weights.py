"""Fit the weights of the signs anew: `python -m tests.merge.fit_weights`; what it prints belongs into rules.yml.

A logistic regression over the pairs of chronicles whose seeds the tests do not use, held near 0 where few pairs tell.
Weights that the chronicles cannot tell of, for their newsrooms do not differ so, are held at what we know.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import combinations
from random import Random

import numpy as np

from pipelines.merge.duplicates import find_duplicates
from pipelines.merge.likeness import is_ruled_out
from pipelines.merge.rules import load_rules
from pipelines.merge.sights import build_sights
from pipelines.merge.signs import list_signs
from tests.merge.chronicle import tell_history
from tests.merge.outlets import tell_incidents

SEEDS = range(1, 31)
HELD = {
    "same_text": 1.5, "alike_text": 0.75, "other_type": -2.0, "rival_parties": -2.0, "crossed_parties": -1.0,
    "party_otherwise": -1.0, "untold": 0.25, "equal_0": 0.25, "equal_1": 1.0, "same_point": 1.5, "other_people": -3.0,
}  # fmt: skip
PULL = 2.0  # towards 0


def list_pairs() -> Iterator[tuple[list[str], bool]]:
    """The signs of every pair that no day or place rules out, and whether the two are one incident."""
    rules = load_rules()
    for seed in SEEDS:
        chance = Random(seed)
        told = tell_incidents(chance, tell_history(chance, 150))
        for a, b in combinations(build_sights(told.items, find_duplicates(i.article for i in told.items), rules), 2):
            signs = list_signs(a, b, rules) if a.article is not b.article and a.country == b.country else []
            if signs and not is_ruled_out(signs, rules):
                yield signs, told.incident[a.report.report_id] is told.incident[b.report.report_id]


def fit_weights() -> dict[str, float]:
    """The weights by sign."""
    pairs = list(list_pairs())
    names = sorted({sign for signs, _ in pairs for sign in signs} - HELD.keys())
    counts = np.array([[signs.count(name) for name in names] + [1] for signs, _ in pairs], float)
    given = np.array([sum(HELD.get(sign, 0.0) for sign in signs) for signs, _ in pairs])
    same = np.array([is_same for _, is_same in pairs], float)
    weights = np.zeros(counts.shape[1])
    for _ in range(30):
        share = 1 / (1 + np.exp(-(counts @ weights + given)))
        slope = counts.T @ (same - share) - PULL * weights
        bend = (counts * (share * (1 - share))[:, None]).T @ counts + PULL * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    return dict(zip([*names, "always"], weights.tolist(), strict=True)) | HELD


if __name__ == "__main__":
    sys.stdout.write("weights:\n")
    for sign, weight in sorted(fit_weights().items(), key=lambda item: -item[1]):
        sys.stdout.write(f"  {sign}: {weight:.2f}\n")
