"""How a flow ends: what the run did decides its state, so that no failure hides behind a green tick."""

from __future__ import annotations

from typing import Any

from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.telling import tell_run
from pipelines.run.summary import RunSummary
from pipelines.settings import Settings


def end_flow(summary: RunSummary, settings: Settings) -> State[Any]:
    """Tell Prefect of the run, and give its final state.

    Completed; `Degraded` when something failed and the rest went on; Failed when nothing can be relied on. The summary
    is the state's data in all three cases.
    """
    tell_run(summary, settings)
    words = summary.describe()
    if summary.is_refused or summary.is_mostly_failed:
        return Failed(message=words, data=summary)
    if summary.is_degraded:
        return Completed(name="Degraded", message=words, data=summary)
    return Completed(message=words, data=summary)
