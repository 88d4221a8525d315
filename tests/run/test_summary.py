"""Exit statuses and words that follow from what a run did."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from pipelines.run.summary import BuildSummary, RunSummary, SourceSummary, read_last_manifest, write_manifest

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)
WELL, DOWN = SourceSummary("a", links=3, fetched=3, articles=3), SourceSummary("b", error="host_down")


def summarise(*sources: SourceSummary, build: BuildSummary | None = None) -> RunSummary:
    return RunSummary("r1", NOW, NOW, sources, build)


@pytest.mark.parametrize(
    ("summary", "status", "degraded", "mostly_failed"),
    [
        (summarise(), 0, False, False),
        (summarise(WELL), 0, False, False),
        (summarise(WELL, DOWN), 1, True, False),
        (summarise(DOWN), 1, True, True),
        (summarise(WELL, DOWN, DOWN), 1, True, True),
        (summarise(WELL, build=BuildSummary(quarantined=(("events", "r", 2),))), 0, False, False),
        (summarise(WELL, build=BuildSummary(quarantined=(("events", "r", 2),), newly_quarantined=1)), 1, True, False),
        (summarise(WELL, build=BuildSummary(unreadable=1)), 1, True, False),
        (summarise(WELL, DOWN, build=BuildSummary(refusal="too few events")), 3, True, False),
    ],
)
def test_what_follows_from_a_run(summary, status, degraded, mostly_failed):
    assert (summary.exit_status, summary.is_degraded, summary.is_mostly_failed) == (status, degraded, mostly_failed)


def test_a_failed_source_and_a_refusal_are_told_by_name():
    words = summarise(WELL, DOWN, build=BuildSummary(refusal="too few events")).describe()
    assert "b" in words
    assert "host_down" in words
    assert "too few events" in words


def test_the_manifest_is_kept_and_found_again(tmp_path):
    assert read_last_manifest(tmp_path) is None
    path = write_manifest(summarise(WELL, DOWN), tmp_path)
    assert read_last_manifest(tmp_path) == json.loads(path.read_text())
    assert [source["source_id"] for source in json.loads(path.read_text())["sources"]] == ["a", "b"]
