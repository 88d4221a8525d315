"""Figures over several incidents: an event of their own only as long as no finer incidents explain them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipelines.merge.sights import Sight
from pipelines.models import Event, Report, Toll, Total
from pipelines.schema.records import ExplainedTotal


def split_explained(clusters: Sequence[tuple[Sight, ...]]) -> tuple[list[tuple[Sight, ...]], list[Sight]]:
    """The clusters that stay events, and the reports of roll-ups that incidents of the others explain."""
    incidents = [cluster[0].report for cluster in clusters if cluster[0].report.event_clarity == 1]
    live, explained = list[tuple[Sight, ...]](), list[Sight]()
    for cluster in clusters:
        if cluster[0].report.event_clarity == 2 and is_explained(cluster[0].report, incidents):
            explained += cluster
        else:
            live.append(cluster)
    return live, explained


def is_explained(rollup: Report, incidents: Iterable[Report]) -> bool:
    """Whether incidents of the same claimant, area and span reach the roll-up's lowest figures, all of them."""
    inside = [incident for incident in incidents if _is_within(incident, rollup)]
    wholes = [toll for toll in rollup.tolls if toll.subset_of is None and _floor(toll)]
    if not inside or not wholes:
        return False
    return all(sum(_reach(incident.tolls, whole) for incident in inside) >= _floor(whole) for whole in wholes)


def _is_within(incident: Report, rollup: Report) -> bool:
    if incident.claimant != rollup.claimant or incident.where.country != rollup.where.country:
        return False
    if rollup.where.admin1 and incident.where.admin1 != rollup.where.admin1:
        return False
    first, last, day = rollup.when.start, rollup.when.end, incident.when.start
    return first is not None and last is not None and day is not None and first <= day <= last


def _floor(toll: Toll) -> int:
    return toll.figure.low or toll.figure.best or 0


def _reach(tolls: Iterable[Toll], whole: Toll) -> int:
    same = (t for t in tolls if t.subset_of is None and (t.outcome, t.side) == (whole.outcome, whole.side))
    return sum(toll.figure.best or 0 for toll in same)


def totals_of_rollups(explained: Iterable[Sight]) -> list[Total]:
    """The figures of explained roll-ups as totals."""
    return [
        Total(
            article_id=sight.article.article_id,
            outcome=toll.outcome,
            status=None,
            side=toll.side,
            figure=toll.figure,
            span=toll.span,
            claimant=sight.report.claimant,
            period=sight.report.when,
            where=sight.report.where,
            scope=sight.report.where.span,
        )
        for sight in explained
        for toll in sight.report.tolls
    ]


def explain_totals(totals: Iterable[Total], events: Sequence[Event]) -> tuple[ExplainedTotal, ...]:
    """Each total with the sum of the incidents of the same claimant, area, span, outcome and side."""
    by_claimant: dict[str | None, list[Event]] = defaultdict(list)
    for event in events:
        if event.chosen.event_clarity == 1:
            by_claimant[event.chosen.claimant].append(event)
    return tuple(ExplainedTotal(total, _sum_covered(total, by_claimant[total.claimant])) for total in totals)


def _sum_covered(total: Total, events: Iterable[Event]) -> int | None:
    """None if the total covers no stated period or no people."""
    if total.outcome is None or total.period is None or total.period.start is None:
        return None
    tolls = (toll for event in events if _covers(total, event.chosen) for toll in event.tolls)
    same = (t for t in tolls if t.subset_of is None and t.outcome == total.outcome and t.side == total.side)
    return sum(toll.figure.best or 0 for toll in same)


def _covers(total: Total, report: Report) -> bool:
    period, where, day = total.period, total.where, report.when.start
    if period is None or period.start is None or day is None or not period.start <= day <= (period.end or day):
        return False
    return where is None or (
        where.country in (None, report.where.country) and where.admin1 in (None, report.where.admin1)
    )
