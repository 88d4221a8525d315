"""The flow `watch`: how the sources are, as a table in Prefect; nobody is asked, nothing is published."""

from __future__ import annotations

from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from pipelines.run.health import SourceHealth, check_sources
from pipelines.run.opening import open_run
from pipelines.settings import read_settings

check_task = task(name="check", cache_policy=NO_CACHE)(check_sources)


@flow(name="watch")
def watch(sources: list[str] | None = None) -> State[Any]:
    """Judge every source by what is stored; ends as `Degraded` when one gives cause to worry."""
    with open_run(read_settings(), sources) as run:
        found = check_task(run.sources, run.archive, run.started_at)
    create_table_artifact(table=[_describe(health) for health in found], key="sources", description="Health of sources")
    worrying = [health.source_id for health in found if health.worries]
    if worrying:
        return Completed(name="Degraded", message=f"look at {', '.join(worrying)}", data=found)
    return Completed(message=f"{len(found)} sources are well", data=found)


def _describe(health: SourceHealth) -> dict[str, Any]:
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
