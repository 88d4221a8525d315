"""The flows on the sample site, run in this process against a real Prefect server: once a session for all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipelines.run.summary import RunSummary
from pipelines.sample import BUILT_IN_FAULTS, SOURCES, serve_sample
from pipelines.sample.server import Request
from pipelines.settings import Settings, change_environment, describe_prefect


def describe_machine() -> dict[str, str]:
    """The environment as a command finds it on a machine where the session's own Prefect server is not known."""
    return {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}


@dataclass
class World:
    """A data folder, and the sample site around it whenever a flow runs."""

    data: Path

    def run(
        self, flow: str = "pipeline", *, later: bool = False, faults: frozenset[str] = BUILT_IN_FAULTS,
        catalog: Path | None = None, **parameters: Any,
    ) -> Outcome:  # fmt: skip
        """One run of a flow: its final state, its summary, and what it asked the site for."""
        import flows

        with serve_sample(later=later, faults=faults) as site:
            told = {
                "COMMUNIQUES_DATA": str(self.data),
                "COMMUNIQUES_SOURCES": str(SOURCES),
                "COMMUNIQUES_CATALOG": str(catalog) if catalog else None,
                "COMMUNIQUES_HOSTS": f"*.example=127.0.0.1:{site.port}",
                "COMMUNIQUES_NOW": site.now.isoformat(),
                "COMMUNIQUES_RETRIES": "0",
                "COMMUNIQUES_PATIENCE": "0",
            }
            with change_environment(told):
                state = flows.find_flow(flow)(**parameters, return_state=True)
            result = state.result(raise_on_failure=False)
            return Outcome(state, result if isinstance(result, RunSummary) else None, result, site.requests)

    def read(self, dataset: str) -> list[dict[str, Any]]:
        """All rows of a published dataset."""
        from pipelines.run.events import read_rows

        return read_rows(self.data / "current", dataset)


@dataclass
class Outcome:
    """What came of a run."""

    state: Any
    summary: RunSummary | None
    result: Any
    requests: tuple[Request, ...]


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A Prefect server of this session's own."""
    settings = Settings(data=tmp_path_factory.mktemp("server"))
    settings.prefect_home.mkdir()
    with change_environment(describe_prefect(settings)):
        from flows.server import serve_prefect

        with serve_prefect(settings.prefect_home):
            yield


@pytest.fixture(scope="session")
def first(prefect_server: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Outcome]:
    """The sample's first run, which no test may change."""
    world = World(tmp_path_factory.mktemp("first") / "data")
    return world, world.run()


@pytest.fixture
def world(first: tuple[World, Outcome], tmp_path: Path) -> World:
    """A copy of what the first run left behind, for a test to go on from."""
    shutil.copytree(first[0].data, tmp_path / "data", symlinks=True)
    return World(tmp_path / "data")


@pytest.fixture
def empty_world(prefect_server: None, tmp_path: Path) -> World:
    """A data folder that nothing has been written to."""
    return World(tmp_path / "data")
