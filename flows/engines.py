"""Where work that only computes is done: in threads, in processes, or on a Dask cluster, each job a task of Prefect."""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows.parents import end_with_run
from pipelines.errors import CommuniquesError, ConfigError
from pipelines.run.computing import Compute, Job, Result
from pipelines.settings import Settings

LOG = logging.getLogger("pipelines.engines")
FEW = 2  # jobs that are not worth the start of processes
AHEAD = 2  # jobs that wait for each worker; more would only fill memory
TRIES = 3  # how often workers may die on the same jobs
CONNECT_SECONDS = 20
LOOPBACK = "127.0.0.1"


class _Sealed:
    """A job with its work; in tuples and dataclasses Prefect and Dask would look for futures, article by article."""

    def __init__(self, work: Callable[[Any], Any], job: Any) -> None:
        self.work, self.job = work, job

    @property
    def label(self) -> str:
        return str(self.job.label)


def _run_job(sealed: _Sealed) -> Any:
    return sealed.work(sealed.job)


job_task = task(name="compute", task_run_name="{sealed.label}", cache_policy=NO_CACHE)(_run_job)


@contextmanager
def open_engine(settings: Settings) -> Iterator[Compute]:
    """The engine that the settings name, started when the first job comes and gone with the block."""
    engine = _Engine(settings)
    try:
        yield engine.compute
    finally:
        engine.close()


class _Engine:
    """A task runner beside the flow's own, whose tasks may lie in other processes and on other machines."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._runner: TaskRunner[Any] | None = None
        self._name = ""

    def compute(self, work: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
        """The results in the order of the jobs; jobs whose worker died are done again by another one."""
        done = 0
        for _ in range(TRIES):
            try:
                for result in self._run(work, jobs[done:]):
                    done += 1
                    yield result
                return
            except list_deaths(self._name):
                LOG.warning("a worker process died; its jobs are done again")
                self.close()
        raise CommuniquesError(f"workers died {TRIES} times on the same work: see whether memory is short (dmesg)")

    def _run(self, work: Callable[[Any], Any], jobs: Sequence[Any]) -> Iterator[Any]:
        if not jobs:
            return
        runner = self._start(len(jobs))
        futures = (runner.submit(job_task, parameters={"sealed": _Sealed(work, job)}) for job in jobs)
        waiting = deque(islice(futures, AHEAD * count_workers(runner)))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(islice(futures, max(0, AHEAD * count_workers(runner) - len(waiting))))

    def _start(self, jobs: int) -> TaskRunner[Any]:
        name = self._settings.engine or ("processes" if jobs > FEW else "threads")
        if self._runner and name != self._name == "threads":
            self.close()  # a little work came first
        if self._runner is None:
            runner, self._name = make_runner(name, self._settings.scheduler), name
            self._runner = runner.__enter__()
            if name == "dask":
                _connect(runner, self._settings.scheduler)
        return self._runner

    def close(self) -> None:
        """End the workers."""
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.__exit__(None, None, None)


def count_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))


def count_workers(runner: TaskRunner[Any]) -> int:
    """How many jobs may be under way at once: of a cluster what it has at this moment."""
    client = getattr(runner, "client", None)
    return max(1, sum(client.nthreads().values())) if client else count_cores()


def list_deaths(name: str) -> tuple[type[Exception], ...]:
    """The errors by which an engine tells that a worker died in its work, for Dask after some tries of its own."""
    if name != "dask":
        return (BrokenExecutor,)
    from distributed.scheduler import KilledWorker

    return (BrokenExecutor, KilledWorker)


def make_runner(name: str, scheduler: str = "") -> TaskRunner[Any]:
    """The task runner of an engine; ConfigError when it cannot be had."""
    if name == "dask":
        return _make_dask_runner(scheduler)
    if name == "processes":
        return ProcessPoolTaskRunner(max_workers=count_cores(), initializer=end_with_run)
    return ThreadPoolTaskRunner(max_workers=count_cores())


def _make_dask_runner(scheduler: str) -> TaskRunner[Any]:
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        remedy = "pip install 'communiques[dask]' (in a clone: pip install -e '.[dask]')"
        raise ConfigError(f"the engine dask is not installed ({error.name} is missing): {remedy}") from error
    logging.getLogger("distributed").setLevel(logging.ERROR)  # tells of every connection, the closed ones as errors
    if scheduler:
        return DaskTaskRunner(address=scheduler, client_kwargs={"timeout": CONNECT_SECONDS})
    here = {
        "n_workers": count_cores(),
        "threads_per_worker": 1,
        "host": "127.0.0.1",
        "dashboard_address": "127.0.0.1:0",
    }
    return DaskTaskRunner(cluster_kwargs={**here, "silence_logs": logging.ERROR})


def _connect(runner: Any, scheduler: str) -> None:
    """Reach the scheduler now, so that what hinders it is told as that and not as a job that failed."""
    try:
        _ = runner.client
    except OSError as error:
        remedy = "start one with `dask scheduler`, or leave --scheduler out for a cluster on this machine"
        raise ConfigError(f"no Dask scheduler answers at {scheduler or 'loopback'} ({error}): {remedy}") from error
