"""The tasks: one a source, one a window of the past, three steps of a build. Prefect is a decoration here."""

from __future__ import annotations

import os
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

from pipelines.run.backfill import WindowDone, backfill_window, name_files, name_windows, plan_backfill, tell_progress
from pipelines.run.build import publish_shaped, read_articles, shape_release
from pipelines.run.ingest import SourceFailedError, ingest_source
from pipelines.run.judging import open_judges
from pipelines.run.knowledge import load_knowledge
from pipelines.run.opening import OpenRun, choose_web_archive
from pipelines.run.summary import BuildSummary, SourceSummary
from pipelines.run.warc_files import import_file, plan_files

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
file_task = task(name="warc-file", task_run_name="{job.path.name}", cache_policy=NO_CACHE)(import_file)
read_task = task(name="read", cache_policy=NO_CACHE)(read_articles)
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


def import_files(run: OpenRun, start: date, end: date, paths: Sequence[Path]) -> list[WindowDone]:
    """Every WARC file that is left to do as a task of its own; their pages are judged by as many processes as fit."""
    jobs = plan_files(run.sources, start, end, run.archive, paths)
    processes = len(os.sched_getaffinity(0)) if jobs else 1
    with open_judges(run.sources, run.settings.catalog, processes) as judge:
        tasks = [file_task.submit(job, archive=run.archive, now=run.started_at, judge=judge) for job in jobs]
        _follow(tasks)
        return name_files(jobs, [task.result() for task in tasks], run.archive)


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
    run: OpenRun, *, start: date | None = None, end: date | None = None, everything: bool = False
) -> BuildSummary:
    """Read, merge, validate and publish, each step a task."""
    knowledge = load_knowledge(run.settings.catalog, run.settings.gazetteer)
    items = read_task(run, knowledge, start=start, end=end, everything=everything)
    shaped = shape_task(run, knowledge, items)
    return publish_task(run, shaped)
