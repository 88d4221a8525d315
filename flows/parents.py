"""A process ends with the one that started it: what nobody can stop any more must not go on.

A worker that is killed leaves its run behind, which then could not be cancelled; a run that is killed leaves the
processes of its engine behind, which would wait for work for good.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from multiprocessing import parent_process

from prefect import runtime

WATCH_SECONDS = 1


def end_with_worker() -> None:
    """Let this run, if a worker started it, be terminated when the worker is gone: it says itself that it `Crashed`."""
    if runtime.deployment.id:
        threading.Thread(target=_terminate_after, args=(os.getppid(),), daemon=True).start()


def _terminate_after(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def end_with_run() -> None:
    """Let this process of an engine end at once when its run is gone, however that ended."""
    threading.Thread(target=_exit_after_run, daemon=True).start()


def _exit_after_run() -> None:
    run = parent_process()
    if run is not None:
        run.join()
        os._exit(1)
