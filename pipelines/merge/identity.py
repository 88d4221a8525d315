"""Ids that last: reports are matched to the ledger's rows of the same article, and a cluster takes its oldest id.

Of an event that falls apart the larger part keeps the id; of events that become one the oldest id stays and the others
get `superseded_by`; an id that comes back is revived.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from pipelines.merge.ledger import Ledger, Sighting
from pipelines.merge.sights import Sight
from pipelines.schema.records import LedgerRow
from pipelines.text import fold

Cluster = tuple[Sight, ...]


class _Trace(NamedTuple):
    """What the ledger keeps of a report."""

    sentence: str
    day: str
    place: str


class Identities(NamedTuple):
    """The ids of the clusters in their order, and the rows that the ledger gains by them."""

    ids: list[str]
    rows: list[LedgerRow]


def assign_ids(
    clusters: Sequence[Cluster], explained: Iterable[Sight], dropped: Iterable[str], ledger: Ledger, now: datetime
) -> Identities:
    """An id for every cluster, and the sightings, retirements and revivals that are new since the ledger was written.

    `explained` are reports that became totals, `dropped` the articles whose reports a correction took out.
    """
    explained = list(explained)
    matches = _match_sights([*(sight for cluster in clusters for sight in cluster), *explained], ledger)
    ids = _choose_ids(clusters, matches, ledger)
    at = now.isoformat()
    rows = _write_sightings(clusters, ids, matches, ledger, at)
    rows += _write_superseded(clusters, ids, matches, ledger, at)
    gone = {id_: "explained" for s in explained if (id_ := matches.get(s.key))}
    gone |= {row.event_id: "corrected" for article in dropped for row in ledger.sightings.get(article, ())}
    return Identities(ids, rows + _write_withdrawn(ids, rows, gone, ledger, at))


def trace_sight(sight: Sight) -> _Trace:
    """The report's sentence as a digest, its first day and its place, as the ledger keeps them."""
    report = sight.report
    around = [span.text for span in report.evidence if span.start <= report.trigger.start < span.end]
    sentence = _digest(fold(around[0] if around else report.trigger.text))[:16]
    where = report.where
    place = where.location or where.place or where.admin2 or where.admin1 or ""
    return _Trace(sentence, report.when.start.isoformat() if report.when.start else "", place)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _match_sights(sights: Iterable[Sight], ledger: Ledger) -> dict[str, str]:
    """The event under which each report stands in the ledger, by the sight's key; an event once per article."""
    by_article: dict[str, list[Sight]] = defaultdict(list)
    for sight in sights:
        if sight.article.article_id in ledger.sightings:
            by_article[sight.article.article_id].append(sight)
    matches: dict[str, str] = {}
    for article_id, group in by_article.items():
        taken: set[str] = set()
        for _, _, key, event_id in sorted(_rank_pairs(group, ledger.sightings[article_id])):
            if key not in matches and event_id not in taken:
                matches[key] = event_id
                taken.add(event_id)
    return matches


def _rank_pairs(group: Iterable[Sight], sightings: Sequence[Sighting]) -> Iterable[tuple[int, int, str, str]]:
    for sight in group:
        trace = trace_sight(sight)
        for seen in sightings:
            rank = _rank_match(trace, seen)
            if rank is not None:
                yield rank, -seen.order, sight.key, seen.event_id


def _rank_match(trace: _Trace, seen: Sighting) -> int | None:
    sentence, day, place = trace.sentence == seen.sentence, trace.day == seen.day, trace.place == seen.place
    if sentence:
        return (not place) * 2 + (not day)
    return 4 if day and place and trace.place else None


def _choose_ids(clusters: Sequence[Cluster], matches: Mapping[str, str], ledger: Ledger) -> list[str]:
    claims: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for number, cluster in enumerate(clusters):
        for sight in cluster:
            if sight.key in matches:
                claims[matches[sight.key]][number] += 1
    kept: dict[int, list[str]] = defaultdict(list)
    for event_id, parts in claims.items():
        kept[min(parts, key=lambda number: (-parts[number], number))].append(event_id)
    taken = set(ledger.order)
    ids = []
    for number, cluster in enumerate(clusters):
        known = min(kept[number], key=lambda id_: ledger.order[id_]) if kept[number] else None
        ids.append(known or _make_id(cluster, taken))
        taken.add(ids[-1])
    return ids


def _make_id(cluster: Cluster, taken: set[str]) -> str:
    """An id out of the cluster's first report, another one if it has been given away already."""
    founder = "\n".join((cluster[0].article.article_id, *trace_sight(cluster[0])))
    for salt in range(len(taken) + 1):
        event_id = "ev" + _digest(f"{founder}\n{salt}")[:14]
        if event_id not in taken:
            return event_id
    raise AssertionError("there is always a salt that is free")


def _write_sightings(
    clusters: Sequence[Cluster], ids: Sequence[str], matches: Mapping[str, str], ledger: Ledger, at: str
) -> list[LedgerRow]:
    """A row for every report that stands in the ledger under no row, under another sentence, or lost its id."""
    kept = set(ids)
    rows: list[LedgerRow] = []
    for cluster, event_id in zip(clusters, ids, strict=True):
        held = {matches[sight.key] for sight in cluster if sight.key in matches}
        for sight in cluster:
            own = matches.get(sight.key)
            own = own if own is not None and (own == event_id or own not in kept) and own in held else event_id
            trace, article_id = trace_sight(sight), sight.article.article_id
            known = ledger.sightings.get(article_id, ())
            if not any(seen.event_id == own and seen[1:4] == trace for seen in known):
                rows.append({"row": "sight", "event_id": own, "article_id": article_id, **trace._asdict(), "at": at})
    return rows


def _write_superseded(
    clusters: Sequence[Cluster], ids: Sequence[str], matches: Mapping[str, str], ledger: Ledger, at: str
) -> list[LedgerRow]:
    kept, rows = set(ids), []
    for cluster, event_id in zip(clusters, ids, strict=True):
        for other in sorted({matches[s.key] for s in cluster if s.key in matches} - kept):
            before = ledger.retired.get(other)
            if before is None or before.superseded_by != event_id:
                rows.append(_retire(other, event_id, "merged", at))
        if event_id in ledger.retired:
            rows.append({"row": "revived", "event_id": event_id, "at": at})
    return rows


def _write_withdrawn(
    ids: Sequence[str], rows: Iterable[LedgerRow], reasons: Mapping[str, str], ledger: Ledger, at: str
) -> list[LedgerRow]:
    handled = {*ids, *ledger.retired, *(row["event_id"] for row in rows if row["row"] == "retired")}
    gone = [event_id for event_id in ledger.order if event_id not in handled]
    return [_retire(event_id, None, reasons.get(event_id, "withdrawn"), at) for event_id in gone]


def _retire(event_id: str, by: str | None, reason: str, at: str) -> LedgerRow:
    return {"row": "retired", "event_id": event_id, "superseded_by": by, "reason": reason, "at": at}
