"""What two reports have in common and what sets them apart: named signs, to which `rules.yml` gives weights.

Each aspect gives its signs: days, place, type, parties, figures, things, words. Without a sign of days or of place the
two cannot be one incident.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, hypot, radians

from pipelines.merge.rules import Rules
from pipelines.merge.sights import Interval, Sight
from pipelines.models import Party

UNITS = frozenset({"admin2", "admin1", "country"})
RIVAL = ("rival_figure", "far_figure")
Parties = tuple[Party | None, Party | None]


def list_signs(a: Sight, b: Sight, rules: Rules) -> list[str]:
    """All signs of a pair; none if day or place rule it out."""
    day = compare_days(a, b, rules)
    place = day and compare_places(a, b, rules)
    if day is None or place is None:
        return []
    return [
        day,
        place,
        compare_types(a, b, rules),
        *compare_parties(a, b, rules),
        *compare_figures(a, b, rules),
        *compare_things(a, b),
        *compare_wording(a, b, rules),
    ]


def compare_days(a: Sight, b: Sight, rules: Rules) -> str | None:
    """How the days lie; a report without a day may tell of the days before it, or of what its own text tells of."""
    if not (a.is_exact and b.is_exact):
        if a.text_group == b.text_group and overlap(a, b):
            return "day_unknown"
        return "day_unknown" if (a.is_recent or b.is_recent) and _lie_close(a, b) else None
    if a.first == b.first and a.last == b.last:
        return "same_day"
    if overlap(a, b):
        return "days_overlap"
    gap = max(a.first or 0, b.first or 0) - min(a.last or 0, b.last or 0)
    return "day_apart" if gap <= rules.days_apart else None


def overlap(a: Sight, b: Sight) -> bool:
    """Whether both may speak of the same day."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return True
    return a.first <= b.last and b.first <= a.last


def _lie_close(a: Sight, b: Sight) -> bool:
    """Whether the windows of a report with a day and of one without meet."""
    (one, other), (first, last) = a.window, b.window
    return a.is_exact != b.is_exact and one <= last and first <= other


def compare_places(a: Sight, b: Sight, rules: Rules) -> str | None:
    """The same name, a point nearby, or the unit that the other lies in."""
    here, there = a.report.where, b.report.where
    is_named = bool(here.location) and here.location == there.location
    distance = measure_distance(a, b)
    if distance is None:
        return _compare_units(a, b, is_named=is_named)
    if distance > (rules.shared_name_km if is_named else rules.farthest_km):
        return None
    if is_named:
        return "same_name"
    if distance <= rules.same_point_km:
        return "same_point"
    if {here.relation, there.relation} & {"near", "between"}:
        return "near_point" if distance <= rules.near_km else "near_far"
    return "other_point" if distance <= rules.near_km else "other_far"


def measure_distance(a: Sight, b: Sight) -> float | None:
    """Kilometres between two points, None if either is known to a unit only."""
    here, there = a.report.where, b.report.where
    points = (here.latitude, here.longitude, there.latitude, there.longitude)
    if None in points or {here.relation, there.relation} & UNITS:
        return None
    lat1, lon1, lat2, lon2 = (float(value or 0.0) for value in points)
    return hypot(lat1 - lat2, (lon1 - lon2) * cos(radians((lat1 + lat2) / 2))) * 111.2


def _compare_units(a: Sight, b: Sight, *, is_named: bool) -> str | None:
    here, there = a.report.where, b.report.where
    for one, other in ((here.admin1, there.admin1), (here.admin2, there.admin2)):
        if one and other and one != other:
            return None
    if is_named:
        return "same_name"
    if not {here.relation, there.relation} & UNITS and here.location and there.location:
        return "other_name"
    return "same_unit" if here.admin2 and there.admin2 else "same_region"


def compare_types(a: Sight, b: Sight, rules: Rules) -> str:
    """The same type, one under which the same incident is told, or another."""
    pair = (a.report.sub_event_type, b.report.sub_event_type)
    if pair[0] == pair[1]:
        return "same_type"
    return "kin_type" if pair in rules.kin else "other_type"


def compare_parties(a: Sight, b: Sight, rules: Rules) -> Iterator[str]:
    """Role by role; in a clash the outlets may differ in who struck first."""
    mine: Parties = (a.report.initiator, a.report.target)
    theirs: Parties = (b.report.initiator, b.report.target)
    if _conflict(mine, theirs, rules):
        theirs = (theirs[1], theirs[0])
        is_clash = a.report.sub_event_type == b.report.sub_event_type == "Armed clash"
        if not is_clash or _conflict(mine, theirs, rules):
            yield "rival_parties"
            return
        yield "crossed_parties"
    for one, other in zip(mine, theirs, strict=True):
        yield _compare_party(one, other, rules)


def _compare_party(one: Party | None, other: Party | None, rules: Rules) -> str:
    if one is None or other is None:
        return "party_missing"
    generic = [party.name.startswith(rules.generic_actor) for party in (one, other)]
    if one.name != other.name:
        return "half_named" if any(generic) and one.side == other.side else "party_otherwise"
    if all(generic):
        return "generic_group"
    return "named_group" if one.side == "non-state" else "same_party"


def _conflict(mine: Parties, theirs: Parties, rules: Rules) -> bool:
    """Whether a role is held by two sides, or by two groups that both have a name."""
    for one, other in zip(mine, theirs, strict=True):
        if one is None or other is None or "unknown" in (one.side, other.side):
            continue
        if one.side != other.side and {one.side, other.side} != {"state", "external"}:
            return True
        generic = one.name.startswith(rules.generic_actor) or other.name.startswith(rules.generic_actor)
        if one.side == "non-state" and one.name != other.name and not generic:
            return True
    return False


def compare_figures(a: Sight, b: Sight, rules: Rules) -> Iterator[str]:
    """People by people that both tell of; or that they tell of different ones."""
    pairs = _match_figures(a, b)
    if not pairs:
        yield "other_people" if a.figures and b.figures else "no_figures"
    for mine, theirs in pairs:
        for sign in _compare_figure(mine, theirs, rules):
            yield "contested_figure" if sign in RIVAL and _are_rivals(a, b) else sign


def _match_figures(a: Sight, b: Sight) -> list[tuple[Interval, Interval]]:
    """Figures of the same people; people of an unknown side are those of the other report, if they can be no others."""
    shared = sorted(a.figures.keys() & b.figures.keys())
    pairs = [(a.figures[key], b.figures[key]) for key in shared]
    rest, others = ({key: s.figures[key] for key in s.figures if key not in shared} for s in (a, b))
    for (group, side), figure in sorted(rest.items()):
        near = [key for key in others if key[0] == group and "unknown" in (side, key[1])]
        if len(near) == 1 and sum(key[0] == group for key in others) == sum(key[0] == group for key in rest) == 1:
            pairs.append((figure, others[near[0]]))
    return pairs


def _are_rivals(a: Sight, b: Sight) -> bool:
    """Whether two claimants speak, whose figures may well differ."""
    return None not in (a.report.claimant, b.report.claimant) and a.report.claimant != b.report.claimant


def _compare_figure(mine: Interval, theirs: Interval, rules: Rules) -> Iterator[str]:
    least = min(mine.low, theirs.low)
    if mine.low == mine.high == theirs.low == theirs.high:
        yield f"equal_{max(step for step in rules.steps if step <= least)}"
    elif meet(mine, theirs):
        yield "open_meets" if mine.is_open or theirs.is_open else "ranges_meet"
        if mine.low == theirs.low and least >= rules.large_figure:
            yield "same_low"
    elif is_close(mine, theirs, rules):
        yield "close_large" if least >= rules.large_figure else "close_small"
    else:
        yield "far_figure" if is_far(mine, theirs, rules) else "rival_figure"


def meet(mine: Interval, theirs: Interval) -> bool:
    """Whether one number lies in both."""
    return mine.low <= theirs.high and theirs.low <= mine.high


def is_close(mine: Interval, theirs: Interval, rules: Rules) -> bool:
    """Whether outlets may differ so about the same people."""
    above, below = _gap(mine, theirs)
    return above - below <= rules.figures["close_difference"] or above <= below * rules.figures["close_ratio"]


def is_far(mine: Interval, theirs: Interval, rules: Rules) -> bool:
    """Whether the figures are so far apart that they hardly speak of the same people."""
    above, below = _gap(mine, theirs)
    return above - below > rules.figures["far_difference"] and above > below * rules.figures["far_ratio"]


def _gap(mine: Interval, theirs: Interval) -> tuple[float, float]:
    """The larger's low and the smaller's high: what lies between two intervals that do not meet."""
    return (mine.low, theirs.high) if mine.low > theirs.high else (theirs.low, mine.high)


def compare_things(a: Sight, b: Sight) -> Iterator[str]:
    """Things that both count alike, three at most; or that both count, and no two alike."""
    shared = len(a.things & b.things)
    yield from ["same_thing"] * min(shared, 3)
    if not shared and {thing[:2] for thing in a.things} & {thing[:2] for thing in b.things}:
        yield "other_things"


def compare_wording(a: Sight, b: Sight, rules: Rules) -> Iterator[str]:
    """Whether the evidence is the same text, or much alike."""
    text = compare_texts(a, b)
    if text >= rules.alike_text:
        yield "same_text" if text >= rules.same_text else "alike_text"


def compare_texts(a: Sight, b: Sight) -> float:
    """How much of the shorter evidence's wording the longer one shares, 0 to 1, short passages counting less."""
    shorter, longer = sorted((a.word_pairs, b.word_pairs), key=len)
    shared = len(shorter & longer)
    return shared / max(len(shorter), len(longer) / 3, 6)
