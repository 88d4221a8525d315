"""What a run leaves for people and machines: journal, measures, Prometheus' text file, a page of Markdown."""

from __future__ import annotations

import json
import logging
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from pipelines.errors import UsageError
from pipelines.run import journal
from pipelines.run.backfill import check_span, split_turns
from pipelines.run.build import publish_shaped, read_articles, shape_release
from pipelines.run.digest import describe_run, draw_table
from pipelines.run.ingest import SourceFailedError, ingest_source
from pipelines.run.journal import keep_journal, name_source
from pipelines.run.knowledge import load_knowledge, state_rules
from pipelines.run.opening import close_run, open_to_look
from pipelines.run.prometheus import write_prometheus
from pipelines.run.summary import BuildSummary, RunSummary, SourceSummary, read_last_manifest
from pipelines.settings import Settings
from tests.run.test_ingest import SAMPLE, ingest, visit
from tests.web.serving import NOW

ECHO = SAMPLE["echo-des-collines"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RunSummary, Settings]:
    """A data folder after one source was ingested and built."""
    data = tmp_path_factory.mktemp("records")
    with visit(data) as (run, _):
        with run.meter.time_step("ingest"):
            found = ingest(run, ECHO)
        shaped = shape_release(run, load_knowledge(), read_articles(run, state_rules(run.settings)))
        return data, close_run(run, [found], publish_shaped(run, shaped)), run.settings


def read_metrics(data: Path) -> dict[tuple[str, ...], float]:
    """Every sample of the text file by name and label values, in the order of labels, by Prometheus' own parser."""
    families = text_string_to_metric_families((data / "metrics.prom").read_text())
    return {
        (s.name, *(s.labels[key] for key in sorted(s.labels))): s.value for family in families for s in family.samples
    }


def test_every_line_of_the_journal_names_run_and_source(world):
    data, summary, _ = world
    lines = [json.loads(line) for line in (data / "runs" / f"{summary.run_id}.jsonl").read_text().splitlines()]
    assert {line["run_id"] for line in lines} == {summary.run_id}
    [told] = [line for line in lines if line["logger"] == "pipelines.run.ingest"]
    assert (told["source_id"], told["level"], told["message"]) == (ECHO.id, "INFO", summary.sources[0].describe())
    assert [line["source_id"] for line in lines if line["logger"] == "pipelines.run.build"]
    assert not any(line["source_id"] for line in lines if line["logger"] == "pipelines.run.build")


def test_an_error_is_in_the_journal_and_old_journals_go(tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "KEPT", 2)
    for name in ("r1", "r2", "r3"):
        with keep_journal(tmp_path, name) as path, name_source("aib"):
            try:
                raise ValueError("torn\npage")
            except ValueError:
                logging.getLogger("pipelines.x").exception("broke")
    assert [file.name for file in sorted((tmp_path / "runs").iterdir())] == ["r2.jsonl", "r3.jsonl"]
    [line] = path.read_text().splitlines()
    assert "ValueError: torn" in json.loads(line)["error"]


def test_the_manifest_says_what_the_run_took(world):
    data, summary, _ = world
    metrics = read_last_manifest(data)["metrics"]
    assert metrics["requests"] > summary.sources[0].links
    assert metrics["archive_bytes_added"] == metrics["archive_bytes"] > 10_000
    assert 0 < metrics["ingest_seconds"] <= metrics["run_seconds"]
    assert metrics["peak_memory_bytes"] > 10_000_000


def test_prometheus_reads_the_last_run(world):
    data, summary, _ = world
    told = read_metrics(data)
    assert told["communiques_dataset_events",] == summary.build.events > 0
    assert told["communiques_source_pages", "articles", ECHO.id] == summary.sources[0].articles > 0
    assert told["communiques_source_is_failed", ECHO.id] == 0
    assert told["communiques_run_finished_timestamp_seconds",] == summary.finished_at.timestamp()
    assert told["communiques_run_seconds",] == summary.metrics["run_seconds"]


def test_prometheus_is_told_of_trouble(tmp_path):
    build = BuildSummary(quarantined=(("events", "in the country", 2),), newly_quarantined=2, refusal="too few")
    summary = RunSummary("r", NOW, NOW, (SourceSummary("aib", error="robots"),), build)
    write_prometheus(summary, tmp_path)
    told = read_metrics(tmp_path)
    assert told["communiques_source_is_failed", "aib"] == told["communiques_release_is_refused",] == 1
    assert told["communiques_quarantined_rows", "events", "in the country"] == 2
    assert told["communiques_run_exit_status",] == 3


def test_a_person_reads_what_a_run_did(world):
    data, summary, settings = world
    page = describe_run(summary, settings)
    assert f"**{summary.build.events} events**" in page
    assert "| date | place | region |" in page
    assert f"| {ECHO.id} |" in page
    assert f"[Validation report]({data.as_uri()}/validation/summary.html)" in page
    served = Settings(data=data, pages="https://data.example/run/")
    assert "](https://data.example/run/validation/data-docs/index.html)" in describe_run(summary, served)


def test_a_hostile_cell_stays_a_cell():
    assert draw_table(("a",), [("x|y\n[z](javascript:1)<b>",)]).splitlines()[2] == (
        "| x\\|y \\[z\\](javascript:1)&lt;b&gt; |"
    )


def test_a_visit_ends_with_its_time_and_goes_on_in_the_next_run(tmp_path, monkeypatch):
    with visit(tmp_path) as (run, _):
        clock = iter(range(0, 10_000, 20))
        monkeypatch.setattr("pipelines.run.ingest.time", SimpleNamespace(monotonic=lambda: next(clock)))
        given = {"client": run.client, "archive": run.archive, "now": run.started_at}
        with pytest.raises(SourceFailedError, match=r"1 minutes .* are over, the next run goes on here") as told:
            ingest_source(ECHO, **given, minutes=1)
        assert not told.value.is_passing
        assert 0 < told.value.summary.links < 5
        monkeypatch.undo()
        rest = ingest(run, ECHO)
        assert rest.articles > 0
        assert rest.links + told.value.summary.links == sum(1 for _ in run.archive.captures(ECHO.id)) - count_lists(run)


def count_lists(run) -> int:
    return sum(capture.kind != "article" for capture in run.archive.captures(ECHO.id))


def test_a_long_run_gives_way_to_one_that_waits(tmp_path):
    import subprocess
    import sys

    code = (
        "import sys, pathlib; from pipelines.archive import Archive; from pipelines.run.lock import hold_folder\n"
        "from datetime import UTC, datetime\n"
        "print(flush=True)\n"
        "data = pathlib.Path(sys.argv[1])\n"
        "with hold_folder(data, patience_s=120), Archive(data, now=lambda: datetime.now(UTC)) as archive:\n"
        "    archive.set_state('other', 'was', 'here')"
    )
    with visit(tmp_path) as (run, _):
        run.give_way()  # nobody waits: nothing happens
        with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) as other:
            other.stdout.readline()
            while not run.lock.is_wanted():
                assert other.poll() is None, "the other run did not wait"
            run.give_way()
            assert run.archive.state("other") == {"was": "here"}
            assert other.wait(timeout=60) == 0
        run.archive.set_state("mine", "goes", "on")


def test_a_plan_is_gone_through_in_turns():
    planned = [(SAMPLE[name], name) for name in ("echo-des-collines", "courrier-du-delta", "echo-des-collines")]
    assert [[source.id for source, _ in turn] for turn in split_turns(planned)] == [
        ["echo-des-collines", "courrier-du-delta"],
        ["echo-des-collines"],
    ]


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (date(2026, 2, 1), date(2026, 1, 1), "exchange the two"),
        (date(2026, 1, 1), date(2030, 1, 1), "ends on 2030-01-01, but today is 2026-05-01"),
        (date(2030, 1, 1), None, "begins on 2030-01-01, but today"),
        (date(1900, 1, 1), None, "more than 30 years"),
    ],
)
def test_a_span_that_cannot_be_is_told(start, end, told):
    with pytest.raises(UsageError, match=told):
        check_span(start, end, date(2026, 5, 1))
    check_span(None, None, date(2026, 5, 1))
    check_span(date(2026, 5, 1) - timedelta(days=10), None, date(2026, 5, 1))


def test_an_empty_folder_cannot_be_looked_at(tmp_path):
    with pytest.raises(UsageError, match="nothing was fetched here yet"):
        open_to_look(Settings(data=tmp_path))
