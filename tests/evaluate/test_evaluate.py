"""The measure itself: labels read as themselves are perfect, and every change costs."""

from __future__ import annotations

import copy
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import UsageError
from pipelines.evaluate.folder import Evaluation, half_of, load_gold
from pipelines.evaluate.match import match_events
from pipelines.evaluate.reliability import count_event, list_bands, measure_error
from pipelines.evaluate.score import METRICS, score_file, sum_counts

GOLD = Path(__file__).parent.parent / "quality" / "gold"


def read_as_itself(gold: dict[str, Any]) -> dict[str, Any]:
    return {**copy.deepcopy(gold), "is_security": bool(gold["events"])}


@pytest.fixture(scope="module")
def gold_files() -> list[dict[str, Any]]:
    return [load_gold(path) for path in sorted(GOLD.glob("*.json"))]


def metric(scores: list[Any], name: str) -> float | None:
    return METRICS[name](sum_counts(scores))


def test_labels_read_as_themselves_are_perfect(gold_files: list[dict[str, Any]]) -> None:
    scores = [score_file(gold, read_as_itself(gold)) for gold in gold_files]
    perfect = dict.fromkeys(METRICS, 1.0) | {"totals_as_events": 0.0}
    assert {name: metric(scores, name) for name in METRICS} == perfect
    assert not any(score.confusions for score in scores)


def test_an_empty_reading_scores_nothing(gold_files: list[dict[str, Any]]) -> None:
    nothing = {"events": [], "totals": [], "is_security": False}
    scores = [score_file(gold, {**gold, **nothing}) for gold in gold_files]
    assert metric(scores, "event_f1") == 0.0
    assert metric(scores, "event_precision") is None
    assert sum_counts(scores)["gold_events"] == sum(len(gold["events"]) for gold in gold_files)


CHANGES = [
    ("date", lambda event: event.update(date_start=event["date_end"] or "2020-01-01", date_end="2099-01-01")),
    ("region", lambda event: event.update(admin1="Nowhere")),
    ("where", lambda event: event.update(where="country" if event["where"] != "country" else "at")),
    ("sub_event_type", lambda event: event.update(sub_event_type="Agreement")),
    ("initiator_side", lambda event: event.update(initiator={"name": "x", "side": "external", "wording": "x"})),
    ("claimant", lambda event: event.update(claimant="nobody")),
    (
        "toll_dead",
        lambda event: event["tolls"].append({"outcome": "killed", "side": "unknown", "best": 999, "wording": "x"}),
    ),
    (
        "materiel_f1",
        lambda event: event["materiel"].append({"item": "char", "quantity": 1, "status": "lost", "wording": "x"}),
    ),
    ("evidence_exact", lambda event: event["evidence"].append("words that stand nowhere")),
]


@pytest.mark.parametrize(("name", "change"), CHANGES, ids=[name for name, _ in CHANGES])
def test_each_wrong_value_costs(gold_files: list[dict[str, Any]], name: str, change: Any) -> None:
    scores = []
    for gold in gold_files:
        read = read_as_itself(gold)
        for event in read["events"]:
            change(event)
        scores.append(score_file(gold, read))
    value = metric(scores, name)
    assert value is not None
    assert value < 1.0


def test_a_total_emitted_as_an_event_is_seen(gold_files: list[dict[str, Any]]) -> None:
    gold = next(gold for gold in gold_files if gold["totals"] and "outcome" in gold["totals"][0] and gold["events"])
    read = read_as_itself(gold)
    invented = copy.deepcopy(read["events"][0]) | {"date_start": "2001-01-01", "date_end": "2001-01-01"}
    invented["tolls"] = [{**gold["totals"][0], "side": "non-state"}]
    read["events"].append(invented)
    assert score_file(gold, read).counts["totals_as_events"] == 1


def test_matching_hangs_on_no_order(gold_files: list[dict[str, Any]]) -> None:
    for gold in gold_files:
        events = gold["events"]
        forward = {(i, events[j]["evidence"][0]) for i, j in match_events(events, events)}
        backward = {(i, events[::-1][j]["evidence"][0]) for i, j in match_events(events, events[::-1])}
        assert len(forward) == len(backward) == len(events)


def test_twins_stay_in_one_half() -> None:
    assert [half_of(f"ml-{n:03}") for n in range(1, 9)] == [0, 0, 1, 1, 0, 0, 1, 1]


def test_the_table_names_every_metric(gold_files: list[dict[str, Any]]) -> None:
    evaluation = Evaluation(tuple(score_file(gold, read_as_itself(gold)) for gold in gold_files[:8]))
    table = evaluation.render()
    assert all(name in table for name in METRICS)
    json.dumps(evaluation.to_json())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not readable"),
        ("[]", "not a gold file"),
        ('{"id": "ml-001"}', "it has no title"),
        ("\x00", "not readable"),
    ],
)
def test_a_file_that_is_no_gold_file_is_named(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "ml-001.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=words) as caught:
        load_gold(path)
    assert str(path) in str(caught.value)


def test_each_event_read_falls_into_the_band_of_its_confidence() -> None:
    counts: Counter[str] = Counter()
    for confidence, is_right in ((0.0, False), (0.72, True), (0.79, False), (0.7, True), (1.0, True)):
        count_event(counts, {"confidence": confidence}, is_right=is_right)
    count_event(counts, {"place": "Niono"}, is_right=True)  # a label, which tells none
    bands = list_bands(counts)
    assert [(band["from"], band["events"], band["right"]) for band in bands] == [
        (0.0, 1, 0.0), (0.7, 3, 0.667), (0.9, 1, 1.0)
    ]  # fmt: skip
    assert [band["confidence"] for band in bands] == [0.0, 0.737, 1.0]


def test_the_error_is_none_where_confidence_keeps_its_word() -> None:
    kept = [{"events": 10, "confidence": 0.4, "right": 0.4}, {"events": 5, "confidence": 0.8, "right": 0.8}]
    assert measure_error(kept) == 0
    assert measure_error([*kept, {"events": 15, "confidence": 0.9, "right": 0.7}]) == pytest.approx(0.1)
    assert measure_error([]) == 0
