"""The flow `backfill`: the past of the sources in windows of a month, or in WARC files, each a task that is done once;
then a build."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.engines import open_engine
from flows.lanes import open_laned_run
from flows.outcome import end_flow
from flows.tasks import backfill_windows, build_release, import_files
from pipelines.run.backfill import check_paths, check_span, join_summaries
from pipelines.run.opening import close_run
from pipelines.settings import read_settings

DAYS = 14  # years of a slow site; what is done by then is done


@flow(name="backfill", timeout_seconds=DAYS * 24 * 3600)
def backfill(
    start: date,
    end: date,
    sources: list[str] | None = None,
    via: Literal["site", "wayback", "warc"] = "site",
    warc: list[str] | None = None,
) -> State[Any]:
    """Take in what the sources published from `start` to `end` (both included) and publish; what is done is skipped.

    `via` says where the past is kept: on the sites, in a web archive, or in the WARC files and folders named in `warc`.
    """
    settings = read_settings()
    check_span(start, end, settings.now().date())
    paths = check_paths(via, [Path(name) for name in warc or ()])
    with open_laned_run(settings, sources) as run, open_engine(settings) as compute:
        if paths:
            found = import_files(run, start, end, paths, compute=compute)
        else:
            found = backfill_windows(run, start, end, via)
        ingested = join_summaries(summary for _, summary in found)
        built = build_release(run, compute=compute)
        return end_flow(close_run(run, ingested, built, [window for window, _ in found]), settings)
