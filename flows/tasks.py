"""The tasks: one a source, one a window of the past, the steps of a build. Prefect is a decoration here.

What only computes (a leg of a WARC file, a batch of articles) is a task of an engine, see `flows.engines`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture, wait
from prefect.tasks import Task, exponential_backoff

from flows.lanes import hold_slots, name_lane, name_lanes, name_seat
from flows.server import is_own_server
from pipelines.catalog.source import Source
from pipelines.models import Window
from pipelines.run.backfill import (
    WindowDone,
    backfill_window,
    name_files,
    name_windows,
    plan_backfill,
    split_turns,
)
from pipelines.run.build import publish_shaped, read_articles, shape_release
from pipelines.run.computing import Compute, compute_here
from pipelines.run.ingest import SourceFailedError, ingest_source
from pipelines.run.knowledge import recall_knowledge, state_rules
from pipelines.run.opening import OpenRun, choose_web_archive
from pipelines.run.summary import BuildSummary, SourceSummary, tell_progress
from pipelines.run.warc_files import import_files as import_warcs
from pipelines.run.warc_files import plan_files
from pipelines.web import WebArchive

BACKOFF_SECONDS = 30


def _is_worth_trying(_task: Task[Any, Any], _run: TaskRun, state: State[Any]) -> bool:
    """A source that stumbled is asked again in this run, one that said no is not."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, SourceFailedError) and error.is_passing


@contextmanager
def _take_lanes(names: Sequence[str], delay_s: float) -> Iterator[None]:
    """Have the hosts to oneself; they are given back after the host's delay, which another run does not know of."""
    with hold_slots(names):
        try:
            yield
        finally:
            if not is_own_server():
                time.sleep(delay_s)


def _visit_source(source: Source, **given: Any) -> SourceSummary:
    with _take_lanes(name_lanes(source), source.min_delay_s):
        return ingest_source(source, **given)


def _visit_window(source: Source, window: Window, *, copies: WebArchive, **given: Any) -> SourceSummary:
    lanes = [name_lane(copies.cdx)] if window.via == "wayback" else name_lanes(source)
    with _take_lanes(lanes, source.min_delay_s):
        return backfill_window(source, window, copies=copies, **given)


ingest_task = task(
    name="ingest",
    task_run_name="ingest-{source.id}",
    cache_policy=NO_CACHE,
    retry_delay_seconds=exponential_backoff(BACKOFF_SECONDS),
    retry_jitter_factor=1,
    retry_condition_fn=_is_worth_trying,
)(_visit_source)
window_task = task(
    name="window",
    task_run_name="{source.id}-{window.start}",
    cache_policy=NO_CACHE,
    retry_delay_seconds=exponential_backoff(BACKOFF_SECONDS),
    retry_jitter_factor=1,
    retry_condition_fn=_is_worth_trying,
)(_visit_window)
shape_task = task(name="merge-and-validate", cache_policy=NO_CACHE)(shape_release)
publish_task = task(name="publish", cache_policy=NO_CACHE)(publish_shaped)


def ingest_sources(run: OpenRun, start: date | None = None, end: date | None = None) -> tuple[SourceSummary, ...]:
    """Every source of the run as a task of its own; a failed one is told in its summary and in its task's state."""
    with run.meter.time_step("ingest"):
        return _ingest_sources(run, start, end)


def _ingest_sources(run: OpenRun, start: date | None, end: date | None) -> tuple[SourceSummary, ...]:
    attempt = ingest_task.with_options(retries=run.settings.retries)
    given = {"client": run.client, "archive": run.archive, "now": run.started_at, "since": start, "until": end}
    visits = [attempt.submit(source, **given, minutes=run.settings.visit_minutes) for source in run.sources]
    return gather_summaries(visits)


def backfill_windows(run: OpenRun, start: date, end: date, via: str) -> list[WindowDone]:
    """Every window that is left to do, a task each; after each turn of the sources a run that waits comes first."""
    planned = plan_backfill(run.sources, start, end, run.archive, via=via)
    done: list[WindowDone] = []
    started = time.monotonic()
    for turn in split_turns(planned):
        done += _backfill_turn(run, turn)
        tell_progress(len(done), len(planned), time.monotonic() - started)
        run.give_way()
    return done


def _backfill_turn(run: OpenRun, turn: Sequence[tuple[Source, Window]]) -> list[WindowDone]:
    attempt = window_task.with_options(retries=run.settings.retries)
    copies = choose_web_archive(run.settings)
    tasks = [
        attempt.submit(source, window, client=run.client, archive=run.archive, now=run.started_at, copies=copies)
        for source, window in turn
    ]
    return name_windows(turn, gather_summaries(tasks), run.archive)


def import_files(
    run: OpenRun, start: date, end: date, paths: Sequence[Path], *, compute: Compute = compute_here
) -> list[WindowDone]:
    """Every WARC file that is left to do, judged leg by leg in tasks of its own wherever `compute` does them."""
    jobs = plan_files(run.sources, start, end, run.archive, paths)
    rules = state_rules(run.settings)
    found = import_warcs(jobs, archive=run.archive, now=run.started_at, rules=rules, compute=compute)
    return name_files(jobs, found, run.archive)


def gather_summaries(tasks: Iterable[PrefectFuture[SourceSummary]]) -> tuple[SourceSummary, ...]:
    """Wait for source tasks; what failed as a source is a summary, what failed as a program is raised."""
    futures = list(tasks)
    wait(futures)
    return tuple(_read_summary(future) for future in futures)


def _read_summary(future: PrefectFuture[SourceSummary]) -> SourceSummary:
    try:
        return future.result()
    except SourceFailedError as error:
        return error.summary


def build_release(
    run: OpenRun,
    *,
    start: date | None = None,
    end: date | None = None,
    everything: bool = False,
    compute: Compute = compute_here,
) -> BuildSummary:
    """Read, the batches as tasks wherever `compute` does them; then merge and validate, and publish, a task each.

    All of it takes place in the publisher's seat of the data folder.
    """
    rules = state_rules(run.settings)
    with hold_slots([name_seat(run.settings.data)]):
        with run.meter.time_step("read"):
            items = read_articles(run, rules, start=start, end=end, everything=everything, compute=compute)
        with run.meter.time_step("merge_and_validate"):
            shaped = shape_task(run, recall_knowledge(rules), items)
        with run.meter.time_step("publish"):
            return publish_task(run, shaped)
