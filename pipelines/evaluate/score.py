"""Scores of one file, sums over files, and what they come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.evaluate.fields import FIELDS, count_materiel, score_field
from pipelines.evaluate.match import match_events
from pipelines.evaluate.reliability import count_event

Record = dict[str, Any]

BOOTSTRAP_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class FileScore:
    """Counts of one gold file; everything that is reported is a ratio of sums of these."""

    file_id: str
    counts: Counter[str]
    confusions: tuple[str, ...] = field(default=())


def score_file(gold: Record, read: Record) -> FileScore:
    """Compare one gold file with the reading of its article (both in the gold set's terms)."""
    labels, events = gold["events"], read["events"]
    pairs = match_events(labels, events)
    counts: Counter[str] = Counter()
    counts.update(gold_events=len(labels), read_events=len(events), strict=len(pairs))
    counts["lenient"] = len(match_events(labels, events, lenient=True))
    _count_triage(counts, gold, read)
    confusions = list(_name_unmatched(labels, events, pairs))
    for i, j in pairs:
        confusions += _count_pair(counts, labels[i], events[j])
    right = {j for _, j in pairs}
    for j, event in enumerate(events):
        count_event(counts, event, is_right=j in right)
    spurious = [event for j, event in enumerate(events) if j not in right]
    counts["totals"] = len(gold["totals"])
    counts["totals_as_events"] = sum(_is_emitted(total, spurious) for total in gold["totals"])
    counts["totals_found"] = sum(_is_found(total, read["totals"]) for total in gold["totals"])
    _count_evidence(counts, gold, read)
    return FileScore(gold["id"], counts, tuple(confusions))


def _count_triage(counts: Counter[str], gold: Record, read: Record) -> None:
    wanted, got = bool(gold["events"]), bool(read["is_security"])
    counts["security_both"] += wanted and got
    counts["security_gold"] += wanted
    counts["security_read"] += got


def _count_pair(counts: Counter[str], label: Record, event: Record) -> list[str]:
    wrong = []
    for name in FIELDS:
        right, asked = score_field(name, label, event)
        counts[f"{name}_right"] += right
        counts[f"{name}_asked"] += asked
        if right < asked:
            wrong.append(
                f"{name}: {_describe(label)}: {_field_values(name, label)} read as {_field_values(name, event)}"
            )
    shared, wanted, got = count_materiel(label, event)
    counts.update(materiel_shared=shared, materiel_gold=wanted, materiel_read=got)
    if shared < max(wanted, got):
        wrong.append(f"materiel: {_describe(label)}: {_things(label)} read as {_things(event)}")
    return wrong


def _name_unmatched(labels: Sequence[Record], events: Sequence[Record], pairs: Sequence[tuple[int, int]]) -> list[str]:
    found, used = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [f"missed event: {_describe(label)}" for i, label in enumerate(labels) if i not in found]
    return missed + [f"event not in the labels: {_describe(event)}" for j, event in enumerate(events) if j not in used]


def _describe(event: Record) -> str:
    days = (
        f"{event['date_start']}..{event['date_end']}"
        if event["date_start"] != event["date_end"]
        else event["date_start"]
    )
    return f"{days} {event['country']}/{event['admin1']}/{event['place']} {event['sub_event_type']}"


def _field_values(name: str, event: Record) -> object:
    if name.startswith("toll_"):
        rows = event["tolls"]
        return [(t["outcome"], t["side"], t["best"]) + (("subset",) if t.get("subset") else ()) for t in rows]
    keys = {"date": "date_start", "region": "admin1", "initiator_side": "initiator", "initiator_name": "initiator"}
    value = event.get(keys.get(name, name.removesuffix("_name")))
    return value["name"] if isinstance(value, dict) else value


def _things(event: Record) -> list[tuple[str, int | None, str]]:
    return [(row["item"], row["quantity"], row["status"]) for row in event["materiel"]]


def _is_emitted(total: Record, events: Sequence[Record]) -> bool:
    """Whether a labelled total came out as a figure of an event that the labels do not have."""
    return any(_same_words(total["wording"], toll["wording"]) for event in events for toll in event["tolls"])


def _is_found(total: Record, totals: Sequence[Record]) -> bool:
    return any(_same_words(total["wording"], other["wording"]) and total["best"] == other["best"] for other in totals)


def _same_words(one: str, other: str) -> bool:
    return one in other or other in one


def _count_evidence(counts: Counter[str], gold: Record, read: Record) -> None:
    text = f"{gold['title']}\n\n{gold['text']}"
    for event in read["events"]:
        words = [*event["evidence"], *(row["wording"] for row in event["tolls"] + event["materiel"])]
        counts["words"] += len(words)
        counts["words_exact"] += sum(word in text for word in words)


# ------------------------------------------------------------------------------------------------ over files

Metric = Callable[[Counter[str]], float | None]


def sum_counts(scores: Sequence[FileScore]) -> Counter[str]:
    """The counts of all files together."""
    total: Counter[str] = Counter()
    for score in scores:
        total.update(score.counts)
    return total


def ratio(right: str, asked: str) -> Metric:
    """`right` per `asked`, None where nothing was asked."""
    return lambda counts: counts[right] / counts[asked] if counts[asked] else None


def f1(both: str, gold: str, read: str) -> Metric:
    """Harmonic mean of precision and recall, None where neither side has anything."""
    return lambda counts: 2 * counts[both] / (counts[gold] + counts[read]) if counts[gold] + counts[read] else None


METRICS: dict[str, Metric] = {
    "security_f1": f1("security_both", "security_gold", "security_read"),
    "event_f1": f1("strict", "gold_events", "read_events"),
    "event_precision": ratio("strict", "read_events"),
    "event_recall": ratio("strict", "gold_events"),
    "event_f1_lenient": f1("lenient", "gold_events", "read_events"),
    "totals_as_events": ratio("totals_as_events", "totals"),
    "totals_found": ratio("totals_found", "totals"),
    **{name: ratio(f"{name}_right", f"{name}_asked") for name in FIELDS},
    "materiel_f1": f1("materiel_shared", "materiel_gold", "materiel_read"),
    "evidence_exact": ratio("words_exact", "words"),
}


def bootstrap_sums(scores: Sequence[FileScore], *, seed: int = 1) -> list[Counter[str]]:
    """Sums of counts over resampled folders: whole files are drawn, for events of one text are not independent."""
    import numpy as np

    if not scores:
        return []
    keys = sorted(sum_counts(scores))
    table = np.array([[score.counts[key] for key in keys] for score in scores], dtype=np.int64)
    size = len(scores)
    weights = np.random.default_rng(seed).multinomial(size, [1 / size] * size, size=BOOTSTRAP_ROUNDS)
    return [Counter(dict(zip(keys, row, strict=True))) for row in (weights @ table).tolist()]


def find_interval(sums: Sequence[Counter[str]], metric: Metric) -> tuple[float, float] | None:
    """The middle 95 % of a metric over resampled sums, None where it is never defined."""
    values = sorted(value for value in map(metric, sums) if value is not None)
    if not values:
        return None
    return values[int(0.025 * len(values))], values[min(len(values) - 1, int(0.975 * len(values)))]
