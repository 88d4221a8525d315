"""The flow `build`: what the archive holds, read, merged, validated and published; nothing is fetched."""

from __future__ import annotations

from datetime import date
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.engines import open_engine
from flows.lanes import open_laned_run
from flows.outcome import end_flow
from flows.tasks import build_release
from pipelines.run.backfill import check_order
from pipelines.run.opening import close_run
from pipelines.settings import read_settings

HOURS = 24  # reading years again takes its time


@flow(name="build", timeout_seconds=HOURS * 3600)
def build(start: date | None = None, end: date | None = None, everything: bool = False) -> State[Any]:
    """Publish a release. Articles with events from `start` to `end` (or `everything`) are read again."""
    settings = read_settings()
    check_order(start, end)
    with open_laned_run(settings) as run, open_engine(settings) as compute:
        built = build_release(run, start=start, end=end, everything=everything, compute=compute)
        return end_flow(close_run(run, built=built), settings)
