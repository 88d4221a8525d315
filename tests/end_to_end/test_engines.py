"""Threads, processes and Dask give the same rows, and outlive a worker that is killed in the middle of its work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from flows.worker import list_children
from pipelines.errors import CommuniquesError, ConfigError, DataFolderError
from pipelines.run import build, judging
from pipelines.run.knowledge import Rules, fingerprint_reader, recall_knowledge
from pipelines.run.reading import cut_batches
from pipelines.settings import Settings, change_environment
from tests.end_to_end.conftest import Outcome, World
from tests.end_to_end.engine_work import PATIENCE, Wait, die, wait_for_a_kill
from tests.flows.stack import ROOT, find_port, is_alive

pytestmark = [pytest.mark.xdist_group("end_to_end"), pytest.mark.timeout(600)]

DAYS = {"start": "2025-01-01", "end": "2025-12-31"}
TABLES = ("articles", "events", "reports", "tolls", "materiel", "totals", "issues")
OWN = ("run_id", "warc_file", "warc_offset")  # a run's own name, and places in its own archive


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of five articles and legs of a page or two, so that there is something to share out."""
    monkeypatch.setattr(build, "cut_batches", partial(cut_batches, size=5))
    monkeypatch.setattr(judging, "KEPT_BYTES", 1)


@contextmanager
def choose(engine: str, scheduler: str = "") -> Iterator[None]:
    with change_environment({"COMMUNIQUES_ENGINE": engine, "COMMUNIQUES_SCHEDULER": scheduler}):
        yield


def read_again(world: World) -> Outcome:
    outcome = world.run("build", everything=True)
    assert outcome.summary is not None, outcome.result
    assert outcome.summary.build is not None
    return outcome


def take_over(world: World, crawl: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of a backfill from somebody else's WARC files."""
    outcome = world.run("backfill", **DAYS, via="warc", warc=[str(crawl)])
    assert outcome.summary is not None, outcome.result
    assert not [window for window in outcome.summary.windows if window.gap]
    rows = {table: world.read(table) for table in TABLES}
    return {name: [{k: v for k, v in row.items() if k not in OWN} for row in rows[name]] for name in rows}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("engine", ["threads", pytest.param("processes", marks=pytest.mark.slow)])
def test_the_archive_read_again_by_any_engine_changes_nothing(world: World, engine: str) -> None:
    with choose(engine):
        done = read_again(world).summary.build
    assert (done.newly_read, done.changed_partitions) == (done.articles, ())
    assert list_second_servers() == []


def list_second_servers() -> list[int]:
    """The servers that Prefect itself started for this process, where one of its threads did not know of ours."""
    found = []
    for child in list_children():
        with suppress(OSError):  # it has ended meanwhile
            found += [child] if b"uvicorn" in Path(f"/proc/{child}/cmdline").read_bytes() else []
    return found


@contextmanager
def start_cluster(folder: Path, workers: int = 2) -> Iterator[str]:
    """A Dask scheduler and its workers as processes of their own, which know nothing of our Prefect server."""
    address = f"tcp://127.0.0.1:{find_port()}"
    told = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_API", "COMMUNIQUES_"))}
    commands = [["scheduler", "--host", "127.0.0.1", "--port", address.rpartition(":")[2], "--no-dashboard"]]
    commands += [["worker", address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1"]] * workers
    with ExitStack() as running, (folder / "dask.log").open("wb") as log:
        for command in commands:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *command], cwd=ROOT, env=told, stdout=log, stderr=log
            )
            running.callback(process.wait)
            running.callback(process.kill)
        wait_for_workers(address, workers)
        yield address


def wait_for_workers(address: str, workers: int) -> None:
    """Wait until the cluster is complete, which takes as long as the machine is busy."""
    from distributed import Client

    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with Client(address, timeout=10, set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=PATIENCE)
                return
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.5)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.usefixtures("small")
def test_threads_processes_and_dask_give_the_same_rows(
    first: tuple[World, Outcome], world: World, tmp_path: Path
) -> None:
    crawl, rows = first[0].data / "archive", []
    for engine in ("threads", "processes"):
        with choose(engine):
            rows.append(take_over(World(tmp_path / engine), crawl))
    with start_cluster(tmp_path) as address, choose("dask", address):
        rows.append(take_over(World(tmp_path / "dask"), crawl))
        done = read_again(world).summary.build
        assert (done.newly_read, done.changed_partitions) == (done.articles, ())
    assert len(rows[0]["events"]) > 10
    assert list_differences(rows[0], rows[1]) == []
    assert list_differences(rows[0], rows[2]) == []
    with choose("dask"):  # a cluster of its own on this machine
        assert read_again(world).summary.build.changed_partitions == ()


def list_differences(left: dict[str, list[dict[str, Any]]], right: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Where two datasets differ, row by row: table, number of the row, and each column with both values."""
    found = [f"{table}: {len(left[table])} and {len(right[table])} rows" for table in TABLES]
    found = [words for words, table in zip(found, TABLES, strict=True) if len(left[table]) != len(right[table])]
    for table in TABLES:
        for number, rows in enumerate(zip(left[table], right[table], strict=False)):
            told = {name: (rows[0][name], rows[1][name]) for name in rows[0] if rows[0][name] != rows[1][name]}
            found += [f"{table} {number}: {told}"] if told else []
    return found


def kill_a_worker(folder: Path) -> None:
    """Wait until a job is under way, kill its process, and let all others go on."""
    wait_until(lambda: any(folder.glob("*.started")))
    started = list(folder.glob("*.started"))
    os.kill(int(started[0].stem.partition("-")[2]), signal.SIGKILL)
    (folder / "killed").touch()


def outlive_a_kill(settings: Settings, folder: Path) -> None:
    from flows.engines import open_engine

    killer = threading.Thread(target=kill_a_worker, args=(folder,))
    killer.start()
    with open_engine(settings) as compute:
        found = list(compute(wait_for_a_kill, [Wait(number, folder) for number in range(6)]))
    killer.join()
    assert found == list(range(6))
    assert len(list(folder.glob("*.started"))) > 6  # the killed one's job was begun twice


@pytest.mark.slow
@pytest.mark.usefixtures("prefect_server")
def test_a_process_killed_in_its_work_is_survived(tmp_path: Path) -> None:
    outlive_a_kill(Settings(engine="processes"), tmp_path)


@pytest.mark.slow
@pytest.mark.usefixtures("prefect_server")
def test_the_processes_of_a_run_that_is_killed_end_with_it(tmp_path: Path) -> None:
    from prefect.settings import PREFECT_API_URL

    with change_environment({"PREFECT_API_URL": PREFECT_API_URL.value()}):
        run = subprocess.Popen([sys.executable, "-m", "tests.end_to_end.engine_work", tmp_path], cwd=ROOT)
    wait_until(lambda: len(list(tmp_path.glob("*.started"))) == 2)
    workers = {int(file.stem.partition("-")[2]) for file in tmp_path.glob("*.started")}
    assert all(map(is_alive, workers))
    run.kill()
    run.wait()
    wait_until(lambda: not any(map(is_alive, workers)))


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.usefixtures("prefect_server")
def test_a_dask_worker_killed_in_its_work_is_survived(tmp_path: Path) -> None:
    with start_cluster(tmp_path) as address:
        outlive_a_kill(Settings(engine="dask", scheduler=address), tmp_path)


@pytest.mark.slow
@pytest.mark.usefixtures("prefect_server")
def test_work_that_kills_every_worker_ends_the_run_with_a_reason(tmp_path: Path) -> None:
    from flows.engines import open_engine

    with open_engine(Settings(engine="processes")) as compute, pytest.raises(CommuniquesError, match="died 3 times"):
        list(compute(die, [Wait(0, tmp_path)]))


def test_a_missing_extra_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.engines import make_runner

    for name in ("prefect_dask", "prefect_dask.task_runners"):  # also where another test has imported it
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ConfigError, match=r"communiques\[dask\]"):
        make_runner("dask")


@pytest.mark.usefixtures("prefect_server")
def test_a_scheduler_that_does_not_answer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows import engines

    monkeypatch.setattr(engines, "CONNECT_SECONDS", 2)
    nowhere = Settings(engine="dask", scheduler=f"tcp://127.0.0.1:{find_port()}")
    with engines.open_engine(nowhere) as compute, pytest.raises(ConfigError, match="no Dask scheduler answers"):
        list(compute(die, [Wait(0, tmp_path)]))


def test_a_worker_with_other_rules_says_so() -> None:
    with pytest.raises(ConfigError, match="reads by other rules"):
        recall_knowledge(Rules(None, None, "another version"))


def test_a_worker_that_does_not_see_the_file_says_so(tmp_path: Path) -> None:
    leg = judging.Leg(tmp_path / "a.warc.gz", {}, (), Rules(None, None, fingerprint_reader()))
    with pytest.raises(DataFolderError, match="where every worker sees them"):
        judging.judge_leg(leg)
