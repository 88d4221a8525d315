"""What all tests share: no telemetry, no home of the developer's, and the sample site as a world of their own."""

from __future__ import annotations

import os
import tempfile

import pytest
from hypothesis import settings

# A loaded machine is no fault of the code: no test fails because an example took long.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

SLOW_SECONDS = 900

# Before anything imports Prefect: its home must not be the developer's own, and it must not call anybody.
os.environ.update(
    DO_NOT_TRACK="1",
    PREFECT_SERVER_ANALYTICS_ENABLED="false",
    PREFECT_SERVER_EPHEMERAL_ENABLED="false",
    PREFECT_HOME=tempfile.mkdtemp(prefix="communiques-prefect-"),
    PREFECT_LOGGING_LEVEL="CRITICAL",
)
for name in [name for name in os.environ if name.startswith("COMMUNIQUES_")]:
    del os.environ[name]


def pytest_configure(config: pytest.Config) -> None:
    """Know the marker that keeps tests on one worker, also where there are no workers."""
    config.addinivalue_line("markers", "xdist_group(name): run on one worker")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests have more time than others, the more so on a machine that does more besides."""
    for item in items:
        if item.get_closest_marker("slow") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(SLOW_SECONDS))
