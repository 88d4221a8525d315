"""Which of several tellings leads an event, figure by figure.

The issuer's own text before outlets, a communiqué before other articles, newest before older, else the most
conservative. What the leading report leaves open is taken from the next one that states it. The others stay in
`reports` and `tolls`; where they disagree, `verification` and a flag say so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from pipelines.mentions import DEAD
from pipelines.merge.rules import Rules
from pipelines.merge.sights import Sight
from pipelines.merge.signs import compare_texts, measure_distance
from pipelines.models import Event, Materiel, Report, Toll, Where

POINTS = ("at", "near", "between")


SideOf = Callable[[str], str | None]


def build_event(
    event_id: str, cluster: Sequence[Sight], rules: Rules, first_seen_at: datetime, confirmed: bool, side_of: SideOf
) -> Event:
    """The event of a cluster; `side_of` tells whose side a claimant is on, `confirmed` is a reviewer's word."""
    ranked = sorted(cluster, key=rank_sight)
    disagree = find_disagreement(cluster)
    return Event(
        event_id=event_id,
        event_version=1,
        chosen=_complete([sight.report for sight in ranked]),
        report_ids=tuple(sight.report.report_id for sight in ranked),
        article_ids=tuple(sight.article.article_id for sight in ranked),
        tolls=choose_tolls([sight.report for sight in ranked], rules),
        materiel=_choose_materiel([sight.report for sight in ranked]),
        verification=_verify(cluster, disagree, side_of),
        record_status="confirmed" if confirmed or _is_confirmed(cluster, rules) else "candidate",
        first_seen_at=first_seen_at,
        flags=tuple(sorted({*ranked[0].report.flags, *_flag(cluster, disagree, rules)})),
    )


def rank_sight(sight: Sight) -> tuple[bool, bool, int, int, str]:
    """The order in which reports lead, the first one leads."""
    published = sight.article.published_date or date.min
    dead = sum(toll.figure.best or 0 for toll in sight.report.tolls if toll.outcome in DEAD)
    return (not sight.article.is_issuer, not sight.reading.is_communique, -published.toordinal(), dead, sight.key)


def _complete(ranked: Sequence[Report]) -> Report:
    """The leading report with what it leaves open filled in: day, point, parties, claimant."""
    lead = ranked[0]
    return replace(
        lead,
        when=lead.when if lead.when.start else next((r.when for r in ranked if r.when.start), lead.when),
        where=_choose_where(ranked),
        initiator=next((r.initiator for r in ranked if r.initiator), None),
        target=next((r.target for r in ranked if r.target), None),
        claimant=next((r.claimant for r in ranked if r.claimant), None),
    )


def _choose_where(ranked: Sequence[Report]) -> Where:
    lead = ranked[0].where
    if lead.relation in POINTS and lead.latitude is not None:
        return lead
    return next((r.where for r in ranked if r.where.relation in POINTS and r.where.latitude is not None), lead)


def choose_tolls(ranked: Sequence[Report], rules: Rules) -> tuple[Toll, ...]:
    """Per group of outcomes and side the tolls of the first report that has any, subsets with their whole.

    A side that one report leaves unknown is not added to the same people under their side in another.
    """
    chosen: list[Toll] = []
    groups: dict[str, set[str]] = {}
    for report in ranked:
        told = {(rules.outcome_groups.get(t.outcome, t.outcome), t.side) for t in report.tolls if t.subset_of is None}
        fresh = {(group, side) for group, side in told if _is_free(side, groups.get(group, set()))}
        chosen += _pick_tolls(report.tolls, fresh, len(chosen), rules)
        for group, side in fresh:
            groups.setdefault(group, set()).add(side)
    return tuple(chosen)


def _is_free(side: str, taken: set[str]) -> bool:
    return not taken if side == "unknown" else side not in taken and "unknown" not in taken


def _pick_tolls(tolls: Sequence[Toll], fresh: Collection[tuple[str, str]], start: int, rules: Rules) -> list[Toll]:
    places: dict[int, int] = {}
    picked: list[Toll] = []
    for place, toll in enumerate(tolls):
        is_fresh = (rules.outcome_groups.get(toll.outcome, toll.outcome), toll.side) in fresh
        if toll.subset_of is None and is_fresh:
            places[place] = start + len(picked)
            picked.append(toll)
    return picked + [replace(t, subset_of=places[t.subset_of]) for t in tolls if t.subset_of in places]


def _choose_materiel(ranked: Sequence[Report]) -> tuple[Materiel, ...]:
    return next((report.materiel for report in ranked if report.materiel), ())


def find_disagreement(cluster: Sequence[Sight]) -> bool:
    """Whether two reports give figures for the same people that cannot both be right."""
    for place, a in enumerate(cluster):
        for b in cluster[place + 1 :]:
            for key in a.figures.keys() & b.figures.keys():
                mine, theirs = a.figures[key], b.figures[key]
                if mine.low > theirs.high or theirs.low > mine.high:
                    return True
    return False


def _verify(cluster: Iterable[Sight], disagree: bool, side_of: SideOf) -> str:
    reports = [sight.report for sight in cluster]
    claimants = {report.claimant for report in reports}
    if any("denied" in report.flags for report in reports):
        return "denied"
    if any(report.contested for report in reports) or (disagree and len(claimants) > 1):
        return "contested"
    sides = {side_of(claimant) or claimant for claimant in claimants if claimant}
    parties = sides - {"civilian", "unknown"}
    if len(parties) > 1:
        return "multi_party"
    return "single_party" if parties == sides and None not in claimants else "independent"


def _is_confirmed(cluster: Sequence[Sight], rules: Rules) -> bool:
    if any(sight.article.is_issuer for sight in cluster):
        return True
    return any(
        a.article.outlet != b.article.outlet and a.text_group != b.text_group and compare_texts(a, b) < rules.same_text
        for place, a in enumerate(cluster)
        for b in cluster[place + 1 :]
    )


def _flag(cluster: Sequence[Sight], disagree: bool, rules: Rules) -> Iterable[str]:
    if disagree:
        yield "figures_disagree"
    if len({(sight.first, sight.last) for sight in cluster if sight.first}) > 1:
        yield "days_disagree"
    distances = [measure_distance(a, b) for place, a in enumerate(cluster) for b in cluster[place + 1 :]]
    if any(distance is not None and distance > rules.near_km for distance in distances):
        yield "places_disagree"
