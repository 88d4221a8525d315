"""What the workers of the engine tests do: it lies in a module, so that a worker on a cluster can import it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import NamedTuple

from pipelines.settings import Settings

PATIENCE = 300


class Wait(NamedTuple):
    """A job that tells who does it and waits until somebody has been killed."""

    number: int
    folder: Path

    @property
    def label(self) -> str:
        return f"wait-{self.number}"


def wait_for_a_kill(job: Wait) -> int:
    (job.folder / f"{job.number}-{os.getpid()}.started").touch()
    deadline = time.monotonic() + PATIENCE
    while not (job.folder / "killed").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return job.number


def die(job: Wait) -> None:
    os._exit(9)


def wait_in_processes(folder: Path) -> None:
    """A run of two jobs in two processes."""
    from flows.engines import open_engine

    with open_engine(Settings(engine="processes")) as compute:
        list(compute(wait_for_a_kill, [Wait(number, folder) for number in range(2)]))


if __name__ == "__main__":
    wait_in_processes(Path(sys.argv[1]))
