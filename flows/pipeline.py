"""The flow `pipeline`, the scheduled job: ingest what is new, then build and publish."""

from __future__ import annotations

from datetime import date
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.engines import open_engine
from flows.lanes import open_laned_run
from flows.outcome import end_flow
from flows.tasks import build_release, ingest_sources
from pipelines.run.backfill import check_span
from pipelines.run.opening import close_run
from pipelines.settings import read_settings

HOURS = 6  # far more than a run takes that goes on


@flow(name="pipeline", timeout_seconds=HOURS * 3600)
def pipeline(sources: list[str] | None = None, start: date | None = None, end: date | None = None) -> State[Any]:
    """Ingest and build. A failed source ends the run as `Degraded`; what the others gave is published all the same."""
    settings = read_settings()
    check_span(start, end, settings.now().date())
    with open_laned_run(settings, sources) as run, open_engine(settings) as compute:
        ingested = ingest_sources(run, start, end)
        return end_flow(close_run(run, ingested, build_release(run, compute=compute)), settings)
