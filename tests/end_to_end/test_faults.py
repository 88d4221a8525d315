"""What goes wrong around a run stays where it went wrong, and is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from pipelines.errors import DataFolderError, LockedError, UsageError
from pipelines.run.lock import hold_folder
from pipelines.run.opening import choose_sources, choose_web_archive
from pipelines.sample import BUILT_IN_FAULTS, serve_sample
from pipelines.settings import change_environment, read_settings
from tests.end_to_end.conftest import Outcome, World
from tests.flows.worlds import describe_site, shut_gate

pytestmark = [pytest.mark.xdist_group("end_to_end"), pytest.mark.timeout(900)]


def test_a_source_that_is_down_degrades_the_run(empty_world: World) -> None:
    outcome = empty_world.run(faults=BUILT_IN_FAULTS | {"outlet_down"})
    assert (outcome.state.type.value, outcome.state.name) == ("COMPLETED", "Degraded")
    assert outcome.summary is not None
    assert [source.source_id for source in outcome.summary.failed_sources] == ["echo-des-collines"]
    assert outcome.summary.exit_status == 1
    assert len(empty_world.read("events")) > 0
    assert outcome.summary.build is not None
    again = empty_world.run()
    assert again.state.name == "Completed"
    assert again.summary is not None
    assert again.summary.build is not None
    assert again.summary.build.articles > outcome.summary.build.articles


def test_more_than_half_of_the_sources_down_fails_the_run(empty_world: World) -> None:
    outcome = empty_world.run(faults=frozenset({"outlet_down"}), sources=["echo-des-collines"])
    assert outcome.state.type.value == "FAILED"
    assert "echo-des-collines" in outcome.state.message


@pytest.mark.parametrize(
    ("fault", "source", "code"),
    [("oversized", "courrier-du-delta", "too_large"), ("too_many_requests", "fleuve-quotidien", "status_429")],
)
def test_a_hostile_answer_is_an_issue_or_a_failed_source(
    empty_world: World, fault: str, source: str, code: str
) -> None:
    outcome = empty_world.run("ingest", faults=frozenset({fault}), sources=[source])
    assert isinstance(outcome.summary.sources[0].issues, tuple)
    told = [issue.code for issue in outcome.summary.sources[0].issues] + [str(outcome.summary.sources[0].error)]
    assert any(code in words or "robots" in words for words in told)


def test_an_empty_feed_is_no_failure(empty_world: World) -> None:
    outcome = empty_world.run("ingest", faults=frozenset({"empty_feed"}), sources=["echo-des-collines"])
    assert outcome.summary is not None
    assert outcome.summary.exit_status == 0
    assert outcome.summary.sources[0].articles > 0


def test_a_refused_row_goes_to_quarantine_and_comes_back(world: World, tmp_path: Path) -> None:
    event = next(row for row in world.read("events") if row["latitude"] is not None and row["number_of_articles"] == 1)
    article = next(row["article_id"] for row in world.read("reports") if row["event_id"] == event["event_id"])
    catalog = tmp_path / "catalog"
    catalog.mkdir()
    entry = {
        "article": article,
        "quote": event["evidence"].split(" […] ")[0][:60],
        "reason": "a test puts it into the ocean",
        "set": {"latitude": 0.0, "longitude": -30.0},
    }
    (catalog / "corrections.yml").write_text(yaml.safe_dump({"corrections": [entry]}, allow_unicode=True))
    refused = world.run("build", catalog=catalog)
    assert refused.summary is not None
    assert refused.summary.build is not None
    assert refused.summary.build.newly_quarantined > 0
    assert refused.summary.exit_status == 1
    assert any(dataset == "events" for dataset, _, _ in refused.summary.build.quarantined)
    assert event["event_id"] not in {row["event_id"] for row in world.read("events")}
    same = world.run("build", catalog=catalog)
    assert same.summary is not None
    assert same.summary.exit_status == 0  # it was looked at
    world.run("build")
    assert event["event_id"] in {row["event_id"] for row in world.read("events")}


def test_a_release_that_loses_most_events_is_refused(world: World) -> None:
    before = (world.data / "current").resolve()
    shutil.rmtree(world.data / "archive")
    (world.data / "index.sqlite").unlink()
    outcome = world.run("build")
    assert outcome.state.type.value == "FAILED"
    assert outcome.summary is not None
    assert outcome.summary.exit_status == 3
    assert (world.data / "current").resolve() == before


@pytest.mark.slow
@pytest.mark.timeout(900, method="thread")  # the run's own limit is an alarm, which a process has but one of
def test_a_run_that_takes_too_long_ends_and_lets_go_of_folder_and_lane(
    empty_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import server
    from flows.pipeline import pipeline

    monkeypatch.setattr(server, "_own", [])  # as at an operator's server, where runs wait for one another
    with serve_sample() as site, shut_gate(site, "courrier-du-delta.example"):
        with change_environment(describe_site(site, empty_world.data)):
            make_lanes()
            state = pipeline.with_options(timeout_seconds=30)(sources=["courrier-du-delta"], return_state=True)
        assert state.name == "TimedOut"
        with hold_folder(empty_world.data):
            assert not (empty_world.data / "current").exists()
    assert count_taken_lanes() == 0
    assert empty_world.run(sources=["courrier-du-delta"]).state.name == "Completed"


def make_lanes() -> None:
    """What `deployments/start deploy` makes of limits, for the settings of the moment."""
    from prefect.client.orchestration import get_client

    from flows.lanes import list_limits

    settings = read_settings()
    with get_client(sync_client=True) as client:
        for name in list_limits(choose_sources(settings), choose_web_archive(settings), settings.data):
            client.upsert_global_concurrency_limit_by_name(name, 1)


def count_taken_lanes() -> int:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        return sum(limit.active_slots for limit in client.read_global_concurrency_limits(limit=200))


def test_an_unknown_source_is_named(empty_world: World) -> None:
    outcome = empty_world.run(sources=["echo-des-colines"])
    assert isinstance(outcome.result, UsageError)
    assert "did you mean echo-des-collines" in str(outcome.result)


def test_a_folder_that_another_run_holds(empty_world: World) -> None:
    with hold_folder(empty_world.data):
        outcome = empty_world.run()
    assert isinstance(outcome.result, LockedError)


def test_a_torn_index_is_told(world: World) -> None:
    (world.data / "index.sqlite").write_bytes(b"no database at all" * 100)
    outcome = world.run("build")
    assert isinstance(outcome.result, DataFolderError)
    assert "reindex" in str(outcome.result)


def test_backfill_goes_through_each_window_once(empty_world: World) -> None:
    from datetime import date

    days = {"start": date(2025, 7, 1), "end": date(2025, 10, 31), "sources": ["courrier-du-delta"]}
    first: Outcome = empty_world.run("backfill", **days)
    assert first.summary is not None
    found = [row["published_date"] for row in empty_world.read("articles")]
    assert found
    assert all(date(2025, 7, 1) <= day <= date(2025, 10, 31) for day in found)
    second: Outcome = empty_world.run("backfill", **days)
    assert second.summary is not None
    assert second.summary.sources == ()
    assert second.requests == ()
