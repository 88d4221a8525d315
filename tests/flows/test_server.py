"""The server of a single command: what a process leaves behind when it has had one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.conftest import describe_machine

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

ROOT = Path(__file__).parents[2]
TWO_SERVERS = """
import sys
from pathlib import Path
from prefect.events import emit_event
from prefect.events.worker import EventsWorker
from flows.server import serve_prefect

for name in ("first", "second"):
    with serve_prefect(Path(sys.argv[1]) / name):
        for number in range(60):
            emit_event("test.told", {"prefect.resource.id": f"test.{name}.{number}"})
            EventsWorker.instance().wait_until_empty() if number == 0 and name == "first" else None
"""


def test_a_process_that_had_servers_of_its_own_ends_with_them(tmp_path: Path) -> None:
    """A sender that goes on trying a server that is gone keeps its process for many minutes."""
    command = [sys.executable, "-c", TWO_SERVERS, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=describe_machine(), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
