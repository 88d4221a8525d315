"""One source after another on the sample site, without Prefect: what is kept, what is told, what is asked again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from pipelines.archive import Archive
from pipelines.catalog.source import Source, load_sources
from pipelines.models import Window
from pipelines.run.backfill import backfill_window, plan_backfill
from pipelines.run.failures import read_failures
from pipelines.run.ingest import SourceFailedError, ingest_source
from pipelines.run.opening import OpenRun, open_run
from pipelines.run.summary import SourceSummary
from pipelines.sample import BUILT_IN_FAULTS, SOURCES, SampleSite, serve_sample
from pipelines.settings import Settings

SAMPLE = load_sources(folder=SOURCES)


@contextmanager
def visit(
    data: Path, *, later: bool = False, faults: frozenset[str] = BUILT_IN_FAULTS
) -> Iterator[tuple[OpenRun, SampleSite]]:
    """A run on the data folder while the sample site is up."""
    with serve_sample(later=later, faults=faults) as site:
        hosts = {"*.example": ("127.0.0.1", site.port)}
        settings = Settings(data=data, sources=SOURCES, hosts=hosts, fixed_now=site.now)
        with open_run(settings) as run:
            yield run, site


def ingest(run: OpenRun, source: Source) -> SourceSummary:
    return ingest_source(source, client=run.client, archive=run.archive, now=run.started_at)


@pytest.mark.parametrize("source", SAMPLE.values(), ids=lambda source: source.id)
def test_counts_add_up_and_a_second_visit_asks_only_for_lists(tmp_path, source):
    with visit(tmp_path) as (run, _):
        first = ingest(run, source)
        assert first.links == first.fetched + first.unchanged + first.failed
        assert first.fetched == first.articles + first.unreadable
        assert first.articles == sum(1 for _ in run.archive.articles(source.id)) > 0
        assert len(first.issues) == first.failed + first.unreadable == len(read_failures(run.archive, source.id))
    with visit(tmp_path) as (run, site):
        second = ingest(run, source)
        assert (second.fetched, second.articles) == (0, 0)
        pages = {capture.url for capture in run.archive.captures(source.id) if capture.kind == "article"}
        asked = {f"http://{ask.host}{ask.path}" for ask in site.requests if ask.status == 200}
        assert not asked & pages


def test_a_visit_that_was_broken_off_is_taken_up_where_it_ended(tmp_path, monkeypatch):
    source = SAMPLE["echo-des-collines"]
    with visit(tmp_path) as (run, _):
        store, stored = Archive.store, []

        def stumble(archive, page):
            if page.kind == "article":
                stored.append(page.url)
                if len(stored) == 4:
                    raise KeyboardInterrupt
            return store(archive, page)

        monkeypatch.setattr(Archive, "store", stumble)
        with pytest.raises(KeyboardInterrupt):
            ingest(run, source)
        monkeypatch.undo()
    with visit(tmp_path) as (run, site):
        ingest(run, source)
        whole = {article.url for article in run.archive.articles(source.id)}
        asked = [f"http://{ask.host}{ask.path}" for ask in site.requests]
    assert not set(stored[:3]) & set(asked)
    with visit(tmp_path / "calm") as (run, _):
        ingest(run, source)
        assert {article.url for article in run.archive.articles(source.id)} == whole


def test_a_page_that_failed_is_tried_again_and_forgotten_once_it_came(tmp_path):
    source = SAMPLE["fleuve-quotidien"]
    with visit(tmp_path) as (run, _):
        ingest(run, source)
        (failed,) = (f for f in read_failures(run.archive, source.id).values() if f.code == "status_500")
    with visit(tmp_path) as (run, _):
        ingest(run, source)
        assert read_failures(run.archive, source.id)[failed.url].tries == 2
        assert read_failures(run.archive, source.id)[failed.url].since == failed.since
    with visit(tmp_path, faults=BUILT_IN_FAULTS - {"server_error"}) as (run, _):
        summary = ingest(run, source)
        assert summary.articles == 1
        assert failed.url not in read_failures(run.archive, source.id)


def test_a_source_that_is_down_fails_with_what_it_gave(tmp_path):
    with visit(tmp_path, faults=frozenset({"outlet_down"})) as (run, _):
        with pytest.raises(SourceFailedError) as caught:
            ingest(run, SAMPLE["echo-des-collines"])
        assert caught.value.summary.error
        assert caught.value.summary.source_id == "echo-des-collines"


def test_a_page_of_50_megabytes_is_an_issue_and_the_others_come(tmp_path):
    with visit(tmp_path, faults=frozenset({"oversized"})) as (run, _):
        summary = ingest(run, SAMPLE["courrier-du-delta"])
    assert [issue.code for issue in summary.issues] == ["too_large"]
    assert summary.articles == summary.links - 1


def test_a_day_later_a_new_article_and_a_changed_one(tmp_path):
    source = SAMPLE["courrier-du-delta"]
    with visit(tmp_path) as (run, _):
        ingest(run, source)
    with visit(tmp_path, later=True) as (run, _):
        assert ingest(run, source).articles == 2
        versions = [run.archive.versions(article.article_id) for article in run.archive.articles(source.id)]
    assert sorted({len(found) for found in versions}) == [1, 2]


def test_a_window_is_done_once(tmp_path):
    source = SAMPLE["courrier-du-delta"]
    days = (date(2025, 7, 1), date(2025, 8, 31))
    with visit(tmp_path) as (run, _):
        planned = plan_backfill([source], *days, run.archive)
        assert [(window.start, window.end) for _, window in planned] == [
            (date(2025, 8, 1), date(2025, 8, 31)),
            (date(2025, 7, 1), date(2025, 7, 31)),
        ]
        for declared, window in planned:
            backfill_window(declared, window, client=run.client, archive=run.archive, now=run.started_at)
        found = {article.published_date for article in run.archive.articles(source.id)}
        assert found
        assert all(day and days[0] <= day <= days[1] for day in found)
        assert plan_backfill([source], *days, run.archive) == []


def test_the_present_month_is_never_done(tmp_path):
    source = SAMPLE["courrier-du-delta"]
    with visit(tmp_path) as (run, _):
        today = run.started_at.date()
        window = Window(source.id, today.replace(day=1), today)
        backfill_window(source, window, client=run.client, archive=run.archive, now=run.started_at)
        assert run.archive.windows(source.id) == []
