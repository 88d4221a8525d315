"""Reports of several outlets into events: blocks, pairs, clusters, leading figures, lasting ids."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pipelines.catalog.corrections import Corrections
from pipelines.merge.choose import SideOf, build_event
from pipelines.merge.cluster import cluster_sights
from pipelines.merge.correct import Corrected, correct_items
from pipelines.merge.duplicates import find_duplicates
from pipelines.merge.identity import assign_ids
from pipelines.merge.ledger import Ledger, append_ledger, fold_rows, read_ledger
from pipelines.merge.rollups import explain_totals, split_explained, totals_of_rollups
from pipelines.merge.rules import load_rules
from pipelines.merge.sights import Sight, build_sights
from pipelines.models import Event
from pipelines.schema.records import LedgerRow, Merged, ReadArticle, Retired

__all__ = ["Ledger", "ReadArticle", "append_ledger", "fold_rows", "merge_readings", "read_ledger"]


def _side_of_nobody(claimant: str) -> None:
    """No actor is known: every claimant is a party of its own."""


def merge_readings(
    items: Sequence[ReadArticle],
    ledger: Ledger,
    *,
    now: datetime,
    corrections: Corrections = (),
    side_of: SideOf = _side_of_nobody,
) -> Merged:
    """All events of all readings, with their lasting ids and the rows by which the ledger grows.

    A pure function of its arguments: neither the order of `items` nor the runs in which they came matter to clusters
    and values; the ledger gives ids and history. An event of the ledger that no reading tells any more is retired, so
    `items` are always all readings.
    """
    rules = load_rules()
    corrected = correct_items(items, corrections)
    duplicates = find_duplicates(item.article for item in corrected.items)
    sights = build_sights(corrected.items, duplicates, rules)
    clusters, explained = split_explained(cluster_sights(sights, rules, corrected.same, corrected.separate))
    identities = assign_ids(clusters, explained, corrected.dropped, ledger, now)
    events = [
        build_event(
            event_id=event_id,
            cluster=cluster,
            rules=rules,
            first_seen_at=ledger.first_seen.get(event_id, now),
            confirmed=any(sight.report.report_id in corrected.confirmed for sight in cluster),
            side_of=side_of,
        )
        for cluster, event_id in zip(clusters, identities.ids, strict=True)
    ]
    return _gather(corrected, events, duplicates, explained, identities.rows, ledger)


def _gather(
    corrected: Corrected,
    events: Sequence[Event],
    duplicates: dict[str, str],
    explained: Sequence[Sight],
    rows: Sequence[LedgerRow],
    ledger: Ledger,
) -> Merged:
    told = [total for item in corrected.items for total in item.reading.totals]
    return Merged(
        items=tuple(corrected.items),
        events=tuple(sorted(events, key=lambda event: event.event_id)),
        reports={report.report_id: report for item in corrected.items for report in item.reading.reports},
        totals=explain_totals([*told, *totals_of_rollups(explained)], events),
        duplicates=duplicates,
        retired=_fold_retired(ledger, rows),
        ledger_rows=tuple(rows),
        histories=ledger.histories,
        revisions=tuple(ledger.revisions),
        issues=corrected.issues,
        explained=tuple(sight.report.report_id for sight in explained),
    )


def _fold_retired(ledger: Ledger, rows: Sequence[LedgerRow]) -> tuple[Retired, ...]:
    retired = dict(ledger.retired)
    for row in rows:
        if row["row"] == "retired":
            at = datetime.fromisoformat(row["at"])
            retired[row["event_id"]] = Retired(row["event_id"], row["superseded_by"], row["reason"], at)
        elif row["row"] == "revived":
            retired.pop(row["event_id"], None)
    return tuple(retired[event_id] for event_id in sorted(retired))
