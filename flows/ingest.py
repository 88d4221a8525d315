"""The flow `ingest`: what is new at the sources, archived and extracted; nothing is published."""

from __future__ import annotations

from datetime import date
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.lanes import open_laned_run
from flows.outcome import end_flow
from flows.tasks import ingest_sources
from pipelines.run.backfill import check_span
from pipelines.run.opening import close_run
from pipelines.settings import read_settings

HOURS = 6


@flow(name="ingest", timeout_seconds=HOURS * 3600)
def ingest(sources: list[str] | None = None, start: date | None = None, end: date | None = None) -> State[Any]:
    """Fetch, archive and extract what is new since `start` (default: since the last run), a task a source."""
    settings = read_settings()
    check_span(start, end, settings.now().date())
    with open_laned_run(settings, sources) as run:
        return end_flow(close_run(run, ingest_sources(run, start, end)), settings)
