"""Whether two reports may tell the same incident, and how strongly they look alike.

Day, place, parties, type and figures must be compatible, each by `rules.yml`. Day and place alone never suffice:
something that tells this incident from the others of that day and place has to agree as well.
"""

from __future__ import annotations

from math import cos, hypot, radians
from typing import NamedTuple

from pipelines.merge.rules import Rules
from pipelines.merge.sights import Interval, Sight
from pipelines.models import Party


class _Verdict(NamedTuple):
    """How one aspect compares: strength, whether it tells incidents apart, whether it is doubtful."""

    strength: float
    is_telling: bool = False
    is_doubtful: bool = False


def measure_likeness(a: Sight, b: Sight, rules: Rules) -> float | None:
    """The strength of the pair, None if the two may not be one incident."""
    if a.article.article_id == b.article.article_id or a.report.event_clarity != b.report.event_clarity:
        return None
    day, place = _compare_days(a, b, rules), _compare_places(a, b, rules)
    if day is None or place is None:
        return None
    text = compare_texts(a, b)
    is_same_text = text >= rules.same_text
    aspects = [_compare_types(a, b, rules), _compare_parties(a, b, rules), _compare_figures(a, b, rules)]
    if any(aspect is None for aspect in aspects) and not is_same_text:
        return None
    verdicts = [day, place, *(aspect for aspect in aspects if aspect), _compare_things(a, b, rules)]
    is_telling = text >= rules.alike_text or any(verdict.is_telling for verdict in verdicts)
    is_doubtful = text < rules.alike_text and sum(verdict.is_doubtful for verdict in verdicts) > 1
    strength = text * rules.weights["text"] + sum(verdict.strength for verdict in verdicts)
    return strength if is_telling and not is_doubtful and strength >= rules.enough else None


def compare_texts(a: Sight, b: Sight) -> float:
    """How much of the shorter evidence's wording the longer one shares, 0 to 1, short passages counting less."""
    shorter, longer = sorted((a.word_pairs, b.word_pairs), key=len)
    shared = len(shorter & longer)
    return shared / max(len(shorter), len(longer) / 3, 6)


def _compare_days(a: Sight, b: Sight, rules: Rules) -> _Verdict | None:
    if not (a.is_exact and b.is_exact):
        return _Verdict(0.0, is_doubtful=True) if a.text_group == b.text_group and _overlap(a, b) else None
    if a.first == b.first and a.last == b.last:
        return _Verdict(rules.weights["same_day"])
    if _overlap(a, b):
        return _Verdict(rules.weights["near_day"])
    gap = max(a.first or 0, b.first or 0) - min(a.last or 0, b.last or 0)
    return _Verdict(0.0, is_doubtful=True) if gap <= rules.days_apart else None


def _overlap(a: Sight, b: Sight) -> bool:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return True
    return a.first <= b.last and b.first <= a.last


def _compare_places(a: Sight, b: Sight, rules: Rules) -> _Verdict | None:
    distance = measure_distance(a, b)
    if distance is None:
        return _compare_units(a, b)
    here, there = a.report.where, b.report.where
    reach = rules.reach_km[here.relation] + rules.reach_km[there.relation]
    if distance <= min(rules.reach_km["at"], reach):
        return _Verdict(rules.weights["same_point"])
    is_shared = bool(here.location) and here.location == there.location
    if distance <= (max(reach, rules.shared_name_km) if is_shared else reach):
        return _Verdict(rules.weights["near_point"], is_doubtful=not is_shared and distance > rules.reach_km["near"])
    return None


def measure_distance(a: Sight, b: Sight) -> float | None:
    """Kilometres between two points, None if either is known to a unit only."""
    here, there = a.report.where, b.report.where
    points = (here.latitude, here.longitude, there.latitude, there.longitude)
    if None in points or {here.relation, there.relation} & {"admin2", "admin1", "country"}:
        return None
    lat1, lon1, lat2, lon2 = (float(value or 0.0) for value in points)
    return hypot(lat1 - lat2, (lon1 - lon2) * cos(radians((lat1 + lat2) / 2))) * 111.2


def _compare_units(a: Sight, b: Sight) -> _Verdict | None:
    here, there = a.report.where, b.report.where
    for one, other in ((here.admin1, there.admin1), (here.admin2, there.admin2)):
        if one and other and one != other:
            return None
    same = here.location and here.location == there.location
    return _Verdict(1.0) if same else _Verdict(0.0, is_doubtful=True)


def _compare_types(a: Sight, b: Sight, rules: Rules) -> _Verdict | None:
    pair = (a.report.sub_event_type, b.report.sub_event_type)
    if pair[0] == pair[1]:
        return _Verdict(rules.weights["same_type"])
    return _Verdict(rules.weights["same_family"], is_doubtful=True) if pair in rules.kin else None


def _compare_parties(a: Sight, b: Sight, rules: Rules) -> _Verdict | None:
    """Parties agree when no role is held by two sides, nor by two groups that both have a name."""
    mine, theirs = (a.report.initiator, a.report.target), (b.report.initiator, b.report.target)
    if _conflict(mine, theirs, rules):
        crossed = (theirs[1], theirs[0])
        is_clash = a.report.sub_event_type == b.report.sub_event_type == "Armed clash"
        return None if not is_clash or _conflict(mine, crossed, rules) else _Verdict(0.0, is_doubtful=True)
    same = [one.name for one, other in zip(mine, theirs, strict=True) if one and other and one.name == other.name]
    named = [name for name in same if not name.startswith(rules.generic_actor)]
    strength = len(same) * rules.weights["same_actor"] + (rules.weights["named_actor"] if len(named) > 1 else 0.0)
    return _Verdict(strength, is_telling=len(named) > 1 or (bool(same) and _is_twin(a, b, rules)))


def _is_twin(a: Sight, b: Sight, rules: Rules) -> bool:
    """Same day, place name and type, and no figures that speak of different people."""
    one, other = a.report, b.report
    if not _overlap(a, b) or one.where.location is None or one.where.location != other.where.location:
        return False
    shared = a.figures.keys() & b.figures.keys()
    speaks = bool(shared) or not (a.figures and b.figures)
    agrees = all(_is_close(a.figures[key], b.figures[key], rules) for key in shared)
    return one.sub_event_type == other.sub_event_type and speaks and agrees


def _conflict(mine: tuple[Party | None, ...], theirs: tuple[Party | None, ...], rules: Rules) -> bool:
    for one, other in zip(mine, theirs, strict=True):
        if one is None or other is None or "unknown" in (one.side, other.side):
            continue
        if one.side != other.side and {one.side, other.side} != {"state", "external"}:
            return True
        generic = one.name.startswith(rules.generic_actor) or other.name.startswith(rules.generic_actor)
        if one.side == "non-state" and one.name != other.name and not generic:
            return True
    return False


def _compare_figures(a: Sight, b: Sight, rules: Rules) -> _Verdict | None:
    strength, is_telling, is_doubtful = 0.0, False, False
    for key in a.figures.keys() & b.figures.keys():
        mine, theirs = a.figures[key], b.figures[key]
        if _meet(mine, theirs):
            told = min(mine.low, theirs.low)
            strength += rules.weights["same_figure"] if told else 0.25
            strength += rules.weights["large_figure"] if told >= rules.large_figure else 0.0
            is_closed = mine.low == theirs.low or not (mine.is_open or theirs.is_open)
            is_telling = is_telling or (told > 1 and is_closed)
        elif not _is_close(mine, theirs, rules):
            if _is_far(mine, theirs, rules) and a.report.claimant == b.report.claimant:
                return None
            strength, is_doubtful = strength + rules.weights["rival_figure"], True
    return _Verdict(strength, is_telling, is_doubtful)


def _meet(mine: Interval, theirs: Interval) -> bool:
    return mine.low <= theirs.high and theirs.low <= mine.high


def _gap(mine: Interval, theirs: Interval) -> tuple[float, float]:
    """The larger's low and the smaller's high: what lies between two intervals that do not meet."""
    return (mine.low, theirs.high) if mine.low > theirs.high else (theirs.low, mine.high)


def _is_close(mine: Interval, theirs: Interval, rules: Rules) -> bool:
    above, below = _gap(mine, theirs)
    is_near = above - below <= rules.figures["close_difference"] or above <= below * rules.figures["close_ratio"]
    return _meet(mine, theirs) or is_near


def _is_far(mine: Interval, theirs: Interval, rules: Rules) -> bool:
    above, below = _gap(mine, theirs)
    return above - below > rules.figures["far_difference"] and above > below * rules.figures["far_ratio"]


def _compare_things(a: Sight, b: Sight, rules: Rules) -> _Verdict:
    shared = len(a.things & b.things)
    return _Verdict(min(shared, 2) * rules.weights["same_thing"], is_telling=shared > 1)
