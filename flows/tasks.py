"""The tasks: one a source, one a window of the past, the steps of a build. Prefect is a decoration here.

What only computes (a leg of a WARC file, a batch of articles) is a task of an engine, see `flows.engines`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture, as_completed, wait
from prefect.tasks import Task, exponential_backoff

from pipelines.run.backfill import WindowDone, backfill_window, name_files, name_windows, plan_backfill
from pipelines.run.build import publish_shaped, read_articles, shape_release
from pipelines.run.computing import Compute, compute_here
from pipelines.run.ingest import SourceFailedError, ingest_source
from pipelines.run.knowledge import recall_knowledge, state_rules
from pipelines.run.opening import OpenRun, choose_web_archive
from pipelines.run.summary import BuildSummary, SourceSummary, tell_progress
from pipelines.run.warc_files import import_files as import_warcs
from pipelines.run.warc_files import plan_files

BACKOFF_SECONDS = 30


def _is_worth_trying(_task: Task[Any, Any], _run: TaskRun, state: State[Any]) -> bool:
    """A source that stumbled is asked again in this run, one that said no is not."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, SourceFailedError) and error.is_passing


ingest_task = task(
    name="ingest",
    task_run_name="ingest-{source.id}",
    cache_policy=NO_CACHE,
    retry_delay_seconds=exponential_backoff(BACKOFF_SECONDS),
    retry_jitter_factor=1,
    retry_condition_fn=_is_worth_trying,
)(ingest_source)
window_task = task(
    name="window",
    task_run_name="{source.id}-{window.start}",
    cache_policy=NO_CACHE,
    retry_delay_seconds=exponential_backoff(BACKOFF_SECONDS),
    retry_jitter_factor=1,
    retry_condition_fn=_is_worth_trying,
)(backfill_window)
shape_task = task(name="merge-and-validate", cache_policy=NO_CACHE)(shape_release)
publish_task = task(name="publish", cache_policy=NO_CACHE)(publish_shaped)


def ingest_sources(run: OpenRun, start: date | None = None, end: date | None = None) -> tuple[SourceSummary, ...]:
    """Every source of the run as a task of its own; a failed one is told in its summary and in its task's state."""
    attempt = ingest_task.with_options(retries=run.settings.retries)
    visits = [
        attempt.submit(source, client=run.client, archive=run.archive, now=run.started_at, since=start, until=end)
        for source in run.sources
    ]
    return gather_summaries(visits)


def backfill_windows(run: OpenRun, start: date, end: date, via: str) -> list[WindowDone]:
    """Every window that is left to do as a task of its own."""
    attempt = window_task.with_options(retries=run.settings.retries)
    planned = plan_backfill(run.sources, start, end, run.archive, via=via)
    copies = choose_web_archive(run.settings)
    tasks = [
        attempt.submit(source, window, client=run.client, archive=run.archive, now=run.started_at, copies=copies)
        for source, window in planned
    ]
    _follow(tasks)
    return name_windows(planned, gather_summaries(tasks), run.archive)


def import_files(
    run: OpenRun, start: date, end: date, paths: Sequence[Path], *, compute: Compute = compute_here
) -> list[WindowDone]:
    """Every WARC file that is left to do, judged leg by leg in tasks of its own wherever `compute` does them."""
    jobs = plan_files(run.sources, start, end, run.archive, paths)
    rules = state_rules(run.settings)
    found = import_warcs(jobs, archive=run.archive, now=run.started_at, rules=rules, compute=compute)
    return name_files(jobs, found, run.archive)


def _follow(tasks: Sequence[PrefectFuture[Any]]) -> None:
    """Wait for windows or files, and tell how far it is."""
    started = time.monotonic()
    for done, _ in enumerate(as_completed(list(tasks)), 1):
        tell_progress(done, len(tasks), time.monotonic() - started)


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
    """Read, the batches as tasks wherever `compute` does them; then merge and validate, and publish, a task each."""
    rules = state_rules(run.settings)
    items = read_articles(run, rules, start=start, end=end, everything=everything, compute=compute)
    shaped = shape_task(run, recall_knowledge(rules), items)
    return publish_task(run, shaped)
