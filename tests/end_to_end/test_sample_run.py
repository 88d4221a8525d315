"""The main job on the sample site, from HTTP to Parquet, through Prefect: the first run, the second, a day later."""

from __future__ import annotations

import json
from datetime import date

import pytest

from pipelines.publish import verify_release
from pipelines.sample import EXPECTED_FAULTS, NOW, list_addresses
from tests.end_to_end.conftest import Outcome, World

pytestmark = pytest.mark.xdist_group("end_to_end")

First = tuple[World, Outcome]


def test_the_first_run_completes(first: First) -> None:
    _, outcome = first
    assert (outcome.state.type.value, outcome.state.name) == ("COMPLETED", "Completed")
    assert outcome.summary is not None
    assert outcome.summary.exit_status == 0


def test_it_sees_every_article_but_the_expected_faults(first: First) -> None:
    world, _ = first
    addresses = set(list_addresses(NOW))
    faulty = {fault.url for fault in EXPECTED_FAULTS}
    assert {row["url"] for row in world.read("articles")} == addresses - faulty


def test_what_went_wrong_is_told_as_issues(first: First) -> None:
    world, _ = first
    told = {(row["stage"], row["code"], row["quote"]) for row in world.read("issues") if row["article_id"] is None}
    assert told == {(fault.stage, fault.code, fault.url) for fault in EXPECTED_FAULTS}


def test_the_manifest_adds_up(first: First) -> None:
    world, outcome = first
    summary = outcome.summary
    assert summary is not None
    assert summary.build is not None
    for source in summary.sources:
        assert source.links == source.fetched + source.unchanged + source.failed
        assert source.fetched == source.articles + source.unreadable
    assert summary.build.articles == sum(source.articles for source in summary.sources)
    assert len(world.read("reports")) == summary.build.reports
    (manifest,) = (world.data / "runs").glob("*.json")
    assert json.loads(manifest.read_text())["build"]["events"] == len(world.read("events"))


def test_the_four_operations_are_four_events(first: First) -> None:
    world, _ = first
    url = next(url for url, told in list_addresses(NOW).items() if told.name == "ml-2025-07-20-quatre-operations")
    (article_id,) = (row["article_id"] for row in world.read("articles") if row["url"] == url)
    reports = [row for row in world.read("reports") if row["article_id"] == article_id]
    days = sorted(row["date_start"] for row in reports)
    assert days == [date(2025, 7, 15), date(2025, 7, 17), date(2025, 7, 19), date(2025, 7, 19)]


def test_the_release_verifies(first: First) -> None:
    world, _ = first
    assert verify_release((world.data / "current").resolve()) == []


def test_pandas_duckdb_and_polars_read_the_same(first: First) -> None:
    import duckdb
    import pandas as pd
    import polars as pl

    world, outcome = first
    folder = world.data / "current" / "events"
    assert outcome.summary is not None
    assert outcome.summary.build is not None
    expected = outcome.summary.build.events
    assert expected > 0
    assert len(pd.read_parquet(folder)) == expected
    found = duckdb.sql(f"select count(*) from read_parquet('{folder}/**/*.parquet', hive_partitioning = true)")
    assert found.fetchall() == [(expected,)]
    assert pl.scan_parquet(folder).select(pl.len()).collect().item() == expected


def test_a_second_run_fetches_and_changes_nothing(world: World) -> None:
    before = {path: path.stat().st_mtime_ns for path in (world.data / "releases").rglob("*") if path.is_file()}
    outcome = world.run()
    assert outcome.summary is not None
    assert outcome.summary.exit_status == 0
    assert outcome.summary.build is not None
    assert outcome.summary.build.changed_partitions == ()
    assert outcome.summary.build.newly_read == 0
    assert sum(source.fetched for source in outcome.summary.sources) == 0
    articles = {url.split(".example", 1)[1] for url in list_addresses(NOW)}
    assert not [ask for ask in outcome.requests if ask.path in articles and ask.status == 200]
    after = {path: path.stat().st_mtime_ns for path in (world.data / "releases").rglob("*") if path.is_file()}
    assert after == before


def test_a_day_later_only_what_changed_is_touched(world: World) -> None:
    old = {row["event_id"]: row for row in world.read("events")}
    outcome = world.run(later=True)
    assert outcome.summary is not None
    assert outcome.summary.exit_status == 0
    assert outcome.summary.build is not None
    assert sum(source.fetched for source in outcome.summary.sources) == 2
    assert outcome.summary.build.newly_read == 2
    new = {row["event_id"]: row for row in world.read("events")}
    assert len(new) == len(old) + 1
    assert set(old) < set(new)
    changed = {event_id for event_id, row in old.items() if new[event_id]["event_version"] > row["event_version"]}
    assert len(changed) == 1
    assert changed == {row["event_id"] for row in world.read("revisions")}
    touched = {path for path in outcome.summary.build.changed_partitions if path.startswith("events/")}
    assert len(touched) <= 2
