"""Reports into incidents: strongest pair first, and nobody joins who is not compatible with every member."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from math import inf

from pipelines.merge.likeness import measure_likeness
from pipelines.merge.rules import Rules
from pipelines.merge.sights import Sight

Names = tuple[str, str]
Pairs = dict[Names, float]


def cluster_sights(
    sights: Sequence[Sight], rules: Rules, same: Set[Names] = frozenset(), separate: Set[Names] = frozenset()
) -> list[tuple[Sight, ...]]:
    """The incidents, each as its sights in order of their keys; the order of the input does not matter.

    `same` and `separate` are pairs of report ids on which a reviewer has decided.
    """
    by_key = {sight.key: sight for sight in sights}
    clusters = [
        tuple(by_key[key] for key in sorted(keys))
        for block in _split_blocks(sights)
        for keys in _join_pairs(block, _decide(block, _find_pairs(block, rules), same, separate), rules)
    ]
    return sorted(clusters, key=lambda cluster: cluster[0].key)


def _split_blocks(sights: Iterable[Sight]) -> Iterator[list[Sight]]:
    countries: dict[str, list[Sight]] = defaultdict(list)
    for sight in sights:
        countries[sight.country].append(sight)
    for country in sorted(countries):
        yield countries[country]


def _find_pairs(block: Sequence[Sight], rules: Rules) -> Pairs:
    """Strengths of all pairs of one country that are not ruled out."""
    pairs: Pairs = {}
    for a, b in _walk_candidates(block, rules):
        if (a.key, b.key) not in pairs:
            strength = measure_likeness(a, b, rules)
            if strength is not None and strength >= rules.bearable:
                pairs[a.key, b.key] = strength
    return pairs


def _decide(block: Sequence[Sight], pairs: Pairs, same: Set[Names], separate: Set[Names]) -> Pairs:
    """The pairs after the reviewers' decisions, which come before every likeness."""
    keys = {sight.report.report_id: sight.key for sight in block} if same or separate else {}
    for a, b in same | separate:
        if a in keys and b in keys:
            pair = (min(keys[a], keys[b]), max(keys[a], keys[b]))
            pairs.pop(pair, None)
            if (a, b) in same:
                pairs[pair] = inf
    return pairs


def _walk_candidates(block: Sequence[Sight], rules: Rules) -> Iterator[tuple[Sight, Sight]]:
    """Pairs with the smaller key first: windows of days that are linked, and whatever stands in one text."""
    dated = sorted((s for s in block if s.is_exact or s.is_recent), key=lambda s: (s.window, s.key))
    live: list[Sight] = []
    for sight in dated:
        live = [other for other in live if other.window[1] + rules.days_apart >= sight.window[0]]
        for other in live:
            if (sight.is_exact or other.is_exact) and not _is_far(sight, other, rules):
                yield (other, sight) if other.key < sight.key else (sight, other)
        live.append(sight)
    groups: dict[str, list[Sight]] = defaultdict(list)
    for sight in block:
        groups[sight.text_group].append(sight)
    for group in groups.values():
        yield from _walk_group(sorted(group, key=lambda s: s.key))


def _walk_group(group: Sequence[Sight]) -> Iterator[tuple[Sight, Sight]]:
    for place, a in enumerate(group):
        for b in group[place + 1 :]:
            if not (a.is_exact and b.is_exact):
                yield a, b


def _is_far(a: Sight, b: Sight, rules: Rules) -> bool:
    here, there = a.report.where.latitude, b.report.where.latitude
    return here is not None and there is not None and abs(here - there) > rules.far_degrees


def _join_pairs(block: Sequence[Sight], pairs: Pairs, rules: Rules) -> list[list[str]]:
    """Take the pairs strongest first, ties by key; two groups become one if all their pairs together allow it."""
    home = {sight.key: sight.key for sight in block}
    members = {sight.key: [sight.key] for sight in block}
    strong = (pair for pair in pairs if pairs[pair] >= rules.enough)
    for a, b in sorted(strong, key=lambda pair: (-pairs[pair], pair)):
        here, there = home[a], home[b]
        if here != there and _are_compatible(members[here], members[there], pairs, rules):
            for key in members[there]:
                home[key] = here
            members[here] += members.pop(there)
    return list(members.values())


def _are_compatible(some: Sequence[str], others: Sequence[str], pairs: Pairs, rules: Rules) -> bool:
    """Nobody contradicts anybody, and taken together they look alike."""
    strengths = [pairs.get((a, b) if a < b else (b, a), -inf) for a in some for b in others]
    return min(strengths) >= rules.bearable and sum(strengths) >= 0
