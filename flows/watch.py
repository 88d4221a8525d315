"""The flow `watch`: how the sources are, as a table in Prefect; nobody is asked, nothing is published."""

from __future__ import annotations

from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.telling import tell_health
from pipelines.run.health import check_sources
from pipelines.run.opening import choose_sources, open_to_look
from pipelines.settings import read_settings

MINUTES = 30

check_task = task(name="check", cache_policy=NO_CACHE)(check_sources)


@flow(name="watch", timeout_seconds=MINUTES * 60)
def watch(sources: list[str] | None = None) -> State[Any]:
    """Judge every source by what is stored; ends as `Degraded` when one gives cause to worry."""
    settings = read_settings()
    chosen = choose_sources(settings, sources)
    with open_to_look(settings) as archive:
        found = check_task(chosen, archive, settings.now())
    tell_health(found)
    worrying = [health.source_id for health in found if health.worries]
    if worrying:
        return Completed(name="Degraded", message=f"look at {', '.join(worrying)}", data=found)
    return Completed(message=f"{len(found)} sources are well", data=found)
