"""How a command starts a flow: with the operator's Prefect server if there is one, else with one of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from pipelines.cli.options import echo_json
from pipelines.settings import Settings, change_environment, describe_prefect, read_prefect_server

if TYPE_CHECKING:
    from pipelines.run.summary import RunSummary


def conduct_flow(
    name: str, settings: Settings, parameters: Mapping[str, Any], *, own_server: bool = False
) -> RunSummary:
    """Run a flow of this project to its end in this process and give its summary; what broke it is raised."""
    from pipelines.run.lock import check_folder
    from pipelines.run.opening import check_clock, choose_sources

    check_clock(settings.now())
    choose_sources(settings, parameters.get("sources"))  # what is wrong is told before anything is started
    check_folder(settings.data)
    with change_environment(describe_prefect(settings)):
        import flows

        flow = flows.find_flow(name)
        with _reach_server(settings, own_server=own_server):
            state = flow(**parameters, return_state=True)
        outcome = state.result(raise_on_failure=False)
        if isinstance(outcome, BaseException):
            raise outcome
        summary: RunSummary = outcome
        return summary


@contextmanager
def _reach_server(settings: Settings, *, own_server: bool) -> Iterator[None]:
    from flows.server import reach_server, serve_prefect

    if (address := read_prefect_server()) and not own_server:
        reach_server(address)
        yield
        return
    settings.prefect_home.mkdir(parents=True, exist_ok=True)

    click.echo("starting Prefect on this machine ...", err=True)
    with serve_prefect(settings.prefect_home):
        yield


def finish_run(summary: RunSummary, *, as_json: bool) -> int:
    """Tell what a run did and give its exit status."""
    if as_json:
        echo_json(summary.to_json())
    else:
        click.echo(summary.describe() or "nothing to do")
    return summary.exit_status
