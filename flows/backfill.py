"""The flow `backfill`: the past of the sources in windows of a month, each a task that is done once; then a build."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.outcome import end_flow
from flows.tasks import build_release, gather_summaries, window_task
from pipelines.run.backfill import check_span, join_summaries, plan_backfill
from pipelines.run.opening import close_run, open_run
from pipelines.settings import read_settings


@flow(name="backfill")
def backfill(start: date, end: date, sources: list[str] | None = None, via: Literal["site"] = "site") -> State[Any]:
    """Fetch what the sources published from `start` to `end` (both included) and publish; windows done are skipped."""
    with open_run(read_settings(), sources) as run:
        check_span(start, end, run.settings.now().date())
        attempt = window_task.with_options(retries=run.settings.retries)
        windows = [
            attempt.submit(source, window, client=run.client, archive=run.archive, now=run.started_at)
            for source, window in plan_backfill(run.sources, start, end, run.archive, via=via)
        ]
        ingested = join_summaries(gather_summaries(windows))
        return end_flow(close_run(run, ingested, build_release(run)))
