"""What `deployments/start worker` runs: Prefect's process worker, which ends when it is told to.

Prefect's own command, told to stop while it has a run, takes up nothing more and then never ends. Here the runs have
COMMUNIQUES_DRAIN seconds to come to their end; what is still under way then is terminated and says that it `Crashed`. A
second signal ends the waiting.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from prefect.logging import get_logger
from prefect.logging.configuration import setup_logging
from prefect.workers.process import ProcessWorker

from flows.deploy import POOL, check_server
from pipelines.errors import CommuniquesError
from pipelines.settings import read_settings

LOG = get_logger("worker")
MOST_RUNS = 100  # at once; the deployments' own limits are far below
CLOSE_SECONDS = 40  # for a run that was terminated, which may wait for an answer of 30 s, and for the worker itself
SIGNALS = (signal.SIGTERM, signal.SIGINT)


class _Told:
    """How often the process was told to stop."""

    def __init__(self) -> None:
        self.times = 0
        for number in SIGNALS:
            asyncio.get_running_loop().add_signal_handler(number, self._count)

    def _count(self) -> None:
        self.times += 1


async def work() -> None:
    """Do what is due in the work pool until a signal comes, then let what is under way end."""
    told = _Told()
    worker = ProcessWorker(work_pool_name=POOL, limit=MOST_RUNS)
    working = asyncio.create_task(worker.start())
    await _wait(lambda: bool(told.times) or working.done())
    if not working.done():
        if worker.is_setup:
            await _drain(worker, told)
        working.cancel()
        await asyncio.wait({working}, timeout=CLOSE_SECONDS)
    if not working.done():
        LOG.error("the worker did not close in %d s and is left as it is", CLOSE_SECONDS)
        os._exit(1)
    if not working.cancelled():
        working.result()  # why the worker ended by itself


async def _drain(worker: ProcessWorker, told: _Told) -> None:
    """Take up nothing more; wait for the runs, then terminate them, then kill what is left."""
    limiter = worker.limiter
    limiter.total_tokens = 0
    seconds = read_settings().drain_s
    LOG.info("told to stop: %d runs have %d s to come to their end", limiter.borrowed_tokens, seconds)
    await _wait(lambda: not limiter.borrowed_tokens or told.times > 1, seconds)
    for number in (signal.SIGTERM, signal.SIGKILL):
        for child in list_children() if limiter.borrowed_tokens else ():
            LOG.warning("the run of process %d did not end in time: %s", child, number.name)
            with suppress(ProcessLookupError):  # it has, by now
                os.kill(child, number)
        await _wait(lambda: not limiter.borrowed_tokens, CLOSE_SECONDS)


async def _wait(condition: Callable[[], bool], seconds: float | None = None) -> None:
    """Wait until something is so, or until the time is over."""
    end = None if seconds is None else time.monotonic() + seconds
    while not condition() and (end is None or time.monotonic() < end):
        await asyncio.sleep(0.2)


def list_children() -> list[int]:
    """The processes that this one has started, as Linux tells them; none elsewhere."""
    found = []
    for file in Path("/proc/self/task").glob("*/children"):
        found += [int(number) for number in file.read_text().split()]
    return found


if __name__ == "__main__":
    try:
        check_server()
        setup_logging()
        asyncio.run(work())
    except CommuniquesError as error:
        print(f"communiques: {error}", file=sys.stderr)
        sys.exit(error.exit_status)
