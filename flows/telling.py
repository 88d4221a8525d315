"""What a run tells Prefect beside its state: artifacts that a person reads, events that automations wait for.

Nothing of it may break a run whose work is done: a server that does not take it is told in the log.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.events import emit_event
from prefect.exceptions import PrefectException

from pipelines.run.digest import describe_run
from pipelines.run.health import SourceHealth
from pipelines.run.summary import RunSummary
from pipelines.settings import Settings

LOG = logging.getLogger(__name__)

PUBLISHED = "communiques.release.published"
QUARANTINED = "communiques.rows.quarantined"
BROKEN = "communiques.source.broken"
REFUSED = "communiques.release.refused"


def tell_run(summary: RunSummary, settings: Settings) -> None:
    """The run's page as an artifact, and an event for whatever a person should look at."""
    with _go_on("the artifact of the run"):
        create_markdown_artifact(describe_run(summary, settings), key="run", description=summary.describe())
    with _go_on("the artifact of the quarantine"):
        rows = [dict(zip(("dataset", "rule", "rows"), row, strict=True)) for row in _list_quarantined(summary)]
        create_table_artifact(rows, key="quarantine", description="Rows that critical rules refused")
    for name, subject, words in list_news(summary):
        _emit(name, subject, words, summary.run_id)


def _list_quarantined(summary: RunSummary) -> Sequence[tuple[str, str, int]]:
    return summary.build.quarantined if summary.build else ()


def list_news(summary: RunSummary) -> Iterator[tuple[str, str, str]]:
    """Event, what it is about and words for a person: a changed dataset, and everything that wants a look."""
    for source in summary.failed_sources:
        yield BROKEN, source.source_id, source.describe()
    build = summary.build
    if build and build.release_id and build.changed_partitions:
        yield PUBLISHED, "dataset", summary.describe()
    if build and build.refusal:
        yield REFUSED, "dataset", summary.describe()
    if build and build.newly_quarantined:
        yield QUARANTINED, "dataset", summary.describe()


def tell_health(found: Sequence[SourceHealth]) -> None:
    """The sources' health as a table, and an event for each one that gives cause to worry."""
    with _go_on("the artifact of the sources"):
        rows = [_describe_health(health) for health in found]
        create_table_artifact(rows, key="sources", description="Health of sources")
    for health in found:
        if health.worries:
            _emit(BROKEN, health.source_id, f"{health.source_id}: {'; '.join(health.worries)}", "watch")


def _describe_health(health: SourceHealth) -> dict[str, Any]:
    return {
        "source": health.source_id,
        "last visit": f"{health.last_visit:%Y-%m-%d %H:%M}" if health.last_visit else "never",
        "newest article": str(health.newest_article or ""),
        "this week": health.articles_this_week,
        "a week, usually": health.articles_a_week,
        "new at a visit": _share(health.new_share),
        "filled": ", ".join(f"{name} {_share(share)}" for name, share in health.fill.items()),
        "failures": health.open_failures,
        "worries": "; ".join(health.worries),
    }


def _share(share: float | None) -> str:
    return "not known" if share is None else f"{share:.0%}"


def _emit(name: str, subject: str, words: str, run_id: str) -> None:
    resource = {"prefect.resource.id": f"communiques.{subject}", "prefect.resource.name": subject}
    with _go_on(f"the event {name}"):
        emit_event(name, resource, payload={"source": subject, "words": words, "run_id": run_id})


@contextmanager
def _go_on(what: str) -> Iterator[None]:
    try:
        yield
    except (PrefectException, httpx.HTTPError, OSError) as error:
        LOG.warning("%s was not taken by the Prefect server: %s", what, error)
