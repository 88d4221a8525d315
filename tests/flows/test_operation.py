"""A deployment in operation: PostgreSQL, server and worker as an operator has them, and what befalls them.

One stack serves all tests, which may run in any order: each leaves it running and whole. The sample site keeps a run in
its middle by answering slowly; a fault strikes there. Afterwards the run has a true final state, the schedule fires by
itself, the dataset is what a calm run makes, and no process is left.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from flows.deploy import DECLARED
from pipelines.catalog.source import load_sources
from pipelines.sample import BUILT_IN_FAULTS, LATER_NOW, SOURCES, SampleSite, serve_sample
from tests.flows.stack import FINAL, START, Database, Stack, start_postgres, start_stack
from tests.flows.worlds import Gate, describe_site, read, shut_gate

DELTA, ECHO = "courrier-du-delta", "echo-des-collines"
HOST = "courrier-du-delta.example"
TABLES = ("events", "reports", "tolls", "materiel", "totals", "articles")
UNDER_WAY = {"PENDING", "RUNNING", "CANCELLING"}
VOLATILE = ["run_id", "first_seen_at", "updated_at", "warc_file", "warc_offset", "event_version"]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500), pytest.mark.xdist_group("operation")]


@dataclass
class Operation:
    """The stack with the world around it; `words` are what the webhook's receiver was told."""

    stack: Stack
    site: SampleSite
    database: Database
    data: Path
    words: list[dict[str, Any]]

    def is_told(self, part: str) -> bool:
        """Whether word came that has this in it."""
        return any(part in json.dumps(word, ensure_ascii=False) for word in list(self.words))


@pytest.fixture(scope="module")
def operation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operation]:
    folder = tmp_path_factory.mktemp("operation")
    data, catalog = folder / "data", folder / "catalog"
    catalog.mkdir()
    with start_postgres() as database, serve_sample() as site, receive_words() as (address, words):
        settings = {
            **describe_site(site, data),
            "PREFECT_API_DATABASE_CONNECTION_URL": database.url,
            "COMMUNIQUES_NOTIFY": address,
            "COMMUNIQUES_CATALOG": str(catalog),
            "COMMUNIQUES_DRAIN": "240",  # of a run's usual 20 s, on a machine that is busy
        }
        with start_stack(folder, settings) as stack:
            yield Operation(stack, site, database, data, words)


@contextmanager
def receive_words() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A webhook's receiver on loopback: its address in Apprise's terms, and what it is sent."""
    words: list[dict[str, Any]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            words.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"json://127.0.0.1:{server.server_address[1]}/hook", words
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def calm(operation: Operation) -> dict[str, pd.DataFrame]:
    """What a run over one source publishes when nothing happens."""
    shutil.rmtree(operation.data, ignore_errors=True)
    run = operation.stack.run_deployment("pipeline/scheduled", sources=[DELTA])
    assert run["state"]["name"] == "Completed", operation.stack.read_logs()
    return {name: read_sorted(operation.data, name) for name in TABLES}


def read_sorted(data: Path, name: str) -> pd.DataFrame:
    """A dataset without what depends on the run that made it."""
    frame = read(data, name).drop(columns=VOLATILE, errors="ignore")
    ids = [column for column in frame.columns if column.endswith("_id")]
    return frame.sort_values(ids).reset_index(drop=True)


@contextmanager
def hold_run(operation: Operation, name: str = "pipeline/scheduled", **parameters: Any) -> Iterator[tuple[str, Gate]]:
    """A run on an empty data folder, held in mid-run by the site until the gate is opened."""
    shutil.rmtree(operation.data, ignore_errors=True)
    worker = operation.stack.processes.get("worker")
    if worker is None or worker.poll() is not None:
        operation.stack.start("worker")
    with shut_gate(operation.site, HOST) as gate:
        run_id = operation.stack.start_run(name, **{"sources": [DELTA], **parameters})
        operation.stack.wait_for(gate.held.is_set, "the run did not reach the site")
        yield run_id, gate


def check_all_is_well(operation: Operation, calm: dict[str, pd.DataFrame]) -> None:
    """The next scheduled run fires by itself and completes, nothing is lost or double, no process is left."""
    await_schedule(operation)
    for name in TABLES:
        pd.testing.assert_frame_equal(read_sorted(operation.data, name), calm[name])
    assert operation.stack.call("communiques", "verify").endswith("sound\n")
    operation.stack.wait_for(lambda: not operation.stack.find_engines(), "a process was left behind")
    operation.stack.wait_for(lambda: list_states(operation.stack) <= {*FINAL, "SCHEDULED"}, "a run has no true end")


def list_states(stack: Stack) -> set[str]:
    """The states of all runs of our deployments."""
    return {run["state"]["type"] for run in stack.list_runs(flow_runs={"tags": {"all_": ["communiques"]}})}


def await_schedule(operation: Operation) -> dict[str, Any]:
    """A schedule of every 15 s beside the declared one, until a run that it made has come to a good end."""
    stack = operation.stack
    deployment = stack.ask("deployments/name/pipeline/scheduled")
    schedule = {"schedule": {"interval": 15}, "active": True, "parameters": {"sources": [DELTA]}}
    before = {run["id"] for run in stack.list_runs()}
    [made] = stack.ask(f"deployments/{deployment['id']}/schedules", [schedule])

    def find_good() -> list[dict[str, Any]]:
        runs = [run for run in stack.list_runs() if run["id"] not in before and run["auto_scheduled"]]
        return [run for run in runs if run["state"]["type"] == "COMPLETED"]

    try:
        stack.wait_for(find_good, "no scheduled run came to a good end", 600)
    finally:
        stack.change("DELETE", f"deployments/{deployment['id']}/schedules/{made['id']}")
    stack.wait_for(lambda: list_states(stack).isdisjoint(UNDER_WAY), "a scheduled run is still under way")
    stack.wait_for(lambda: not stack.find_engines(), "the process of a scheduled run did not end")
    return find_good()[0]


def test_everything_declared_is_there_and_deploying_again_changes_nothing(operation: Operation) -> None:
    stack = operation.stack
    for _ in range(2):
        known = stack.ask("v2/concurrency_limits/filter", {})
        limits = [limit for limit in known if not limit["name"].startswith("deployment:")]
        hosts = {host for source in load_sources(folder=SOURCES).values() for host in source.hosts}
        seat = "publisher" + str(operation.data).replace("/", ".")
        assert {limit["name"] for limit in limits} == {f"host.{h}" for h in hosts} | {"host.web.archive.org", seat}
        assert {limit["limit"] for limit in limits} == {1}
        automations = stack.ask("automations/filter", {})
        declared = yaml.safe_load((DECLARED / "automations.yml").read_text())
        assert sorted(entry["name"] for entry in automations) == sorted(declared)
        assert len(stack.ask("deployments/filter", {})) == 4
        stack.call(START, "deploy")
        stack.pause_schedules()


def test_a_schedule_fires_by_itself_and_a_backfill_goes_back(operation: Operation) -> None:
    shutil.rmtree(operation.data, ignore_errors=True)
    run = await_schedule(operation)
    assert run["state"]["name"] == "Completed"
    news = read(operation.data, "articles")
    assert set(news["outlet"]) == {"Le Courrier du Delta"}

    days = {"start": "2025-06-01", "end": "2025-12-31"}
    run = operation.stack.run_deployment("backfill/manual", **days, sources=[ECHO, DELTA])
    assert run["state"]["name"] == "Completed", operation.stack.read_logs()
    past = read(operation.data, "articles")
    assert set(past["outlet"]) > set(news["outlet"])
    assert set(past["article_id"]) > set(news["article_id"])
    assert past["article_id"].is_unique
    assert len(read(operation.data, "events")) > 0

    assert operation.stack.run_deployment("build/rebuild", everything=True)["state"]["type"] == "COMPLETED"
    assert operation.stack.run_deployment("watch/nightly")["state"]["type"] == "COMPLETED"


def test_what_an_outage_missed_is_caught_up(operation: Operation) -> None:
    """The window comes from what was done, not from the schedule: days later one run brings everything."""
    shutil.rmtree(operation.data, ignore_errors=True)
    stack, site = operation.stack, operation.site
    stack.run_deployment("pipeline/scheduled", sources=[DELTA])
    before = set(read(operation.data, "articles")["article_id"])
    stack.stop("worker", signal.SIGKILL)
    late = [stack.start_run("pipeline/scheduled", sources=[DELTA]) for _ in range(2)]
    stack.wait_for(lambda: operation.is_told("is a worker running"), "no word of the missing worker")
    with move_clock(stack, site):
        stack.start("worker")
        ends = {stack.wait_for_end(run_id)["state"]["type"] for run_id in late}
        assert "COMPLETED" in ends
        assert ends <= {"COMPLETED", "CANCELLED"}  # what the one has done, the other need not do
        assert set(read(operation.data, "articles")["article_id"]) > before
        stack.stop("worker", signal.SIGKILL)
    stack.start("worker")


@contextmanager
def move_clock(stack: Stack, site: SampleSite) -> Iterator[None]:
    """A day later, for the site and for the runs of a worker that is started within the block."""
    before = site.now
    site.now = LATER_NOW
    stack.environment["COMMUNIQUES_NOW"] = LATER_NOW.isoformat()
    try:
        yield
    finally:
        site.now = before
        stack.environment["COMMUNIQUES_NOW"] = before.isoformat()


@pytest.mark.parametrize(
    ("name", "parameters", "told"),
    [
        ("backfill/manual", {"start": "2025-02-01", "end": "2025-01-01"}, "exchange the two"),
        ("backfill/manual", {"start": "2025-02-01", "end": "2099-01-01"}, "but today is 2026-03-02"),
        ("backfill/manual", {"start": "1950-01-01", "end": "2025-01-01"}, "more than 30 years"),
        ("backfill/manual", {"start": "2025-01-01", "end": "2025-01-02", "via": "warc"}, "via warc needs files"),
        ("pipeline/scheduled", {"sources": ["nobody"]}, "no source is called 'nobody'"),
    ],
)
def test_parameters_without_sense_end_a_run_before_it_does_anything(
    operation: Operation, name: str, parameters: dict[str, Any], told: str
) -> None:
    asked = len(operation.site.requests)
    run = operation.stack.run_deployment(name, **parameters)
    assert run["state"]["type"] == "FAILED"
    assert told in run["state"]["message"]
    assert len(operation.site.requests) == asked


@pytest.mark.parametrize(
    ("name", "parameters", "told"),
    [
        ("backfill/manual", {"start": "2025-01-01"}, "end"),
        ("backfill/manual", {"start": "2025-01-01", "end": "2025-01-02", "via": "pigeon"}, "pigeon"),
        ("pipeline/scheduled", {"sources": "lefaso"}, "lefaso"),
    ],
)
def test_parameters_of_a_wrong_form_make_no_run(
    operation: Operation, name: str, parameters: dict[str, Any], told: str
) -> None:
    with pytest.raises(AssertionError, match=f"(?s): 4.*{told}"):
        operation.stack.start_run(name, **parameters)


def test_a_run_that_is_cancelled_ends_and_the_next_one_goes_on(operation: Operation, calm: Any) -> None:
    with hold_run(operation) as (run_id, _):
        operation.stack.prefect("flow-run", "cancel", run_id)
        assert operation.stack.wait_for_end(run_id)["state"]["type"] == "CANCELLED"
    check_all_is_well(operation, calm)


def test_a_worker_that_is_told_to_stop_lets_its_run_end_and_goes(operation: Operation, calm: Any) -> None:
    """SIGTERM to the worker alone, as `systemctl stop` and `docker stop` send it; Ctrl-C does the same."""
    stack = operation.stack
    with hold_run(operation) as (run_id, gate):
        tell_worker(operation)
        late = stack.start_run("watch/nightly")
        gate.open()
        assert stack.wait_for_end(run_id)["state"]["name"] == "Completed"
    assert stack.see_end("worker") == 0
    assert stack.ask(f"flow_runs/{late}")["state"]["type"] == "SCHEDULED"  # nothing new was taken up
    stack.start("worker")
    assert stack.wait_for_end(late)["state"]["type"] == "COMPLETED"
    check_all_is_well(operation, calm)


def tell_worker(operation: Operation) -> None:
    """Send SIGTERM to the worker, and see that it has taken notice."""
    log = operation.stack.folder / "worker.log"
    before = log.read_text().count("told to stop")
    operation.stack.processes["worker"].send_signal(signal.SIGTERM)
    operation.stack.wait_for(lambda: log.read_text().count("told to stop") > before, "the worker took no notice")


def test_a_worker_that_is_told_twice_ends_its_run_as_crashed_and_goes(operation: Operation, calm: Any) -> None:
    """The second signal does what the end of COMMUNIQUES_DRAIN does."""
    stack = operation.stack
    with hold_run(operation) as (run_id, _):
        tell_worker(operation)
        stack.processes["worker"].send_signal(signal.SIGTERM)
        assert stack.wait_for_end(run_id)["state"]["type"] == "CRASHED"
        assert stack.see_end("worker") == 0
    stack.start("worker")
    check_all_is_well(operation, calm)


def test_a_run_whose_worker_is_killed_ends_as_crashed(operation: Operation, calm: Any) -> None:
    """Nobody could cancel it any more: it notices, and says so itself."""
    with hold_run(operation) as (run_id, _):
        operation.stack.stop("worker", signal.SIGKILL)
        assert operation.stack.wait_for_end(run_id)["state"]["type"] == "CRASHED"
    operation.stack.start("worker")
    check_all_is_well(operation, calm)


def test_a_run_that_is_killed_is_crashed_at_once(operation: Operation, calm: Any) -> None:
    with hold_run(operation) as (run_id, _):
        for engine in operation.stack.find_engines():
            os.kill(engine, signal.SIGKILL)
        assert operation.stack.wait_for_end(run_id)["state"]["type"] == "CRASHED"
    check_all_is_well(operation, calm)


def test_a_run_whose_machine_fails_is_crashed_for_want_of_a_heartbeat(operation: Operation, calm: Any) -> None:
    """SIGKILL to the worker and its run together: nobody is left who could say that it is over."""
    stack = operation.stack
    with hold_run(operation) as (run_id, _):
        stack.stop("worker", signal.SIGKILL)
        for engine in stack.find_engines():
            os.kill(engine, signal.SIGKILL)
    stack.start("worker")
    state = stack.wait_for_end(run_id)["state"]
    assert (state["type"], state["message"][:12]) == ("CRASHED", "No heartbeat")
    check_all_is_well(operation, calm)
    stack.wait_for(lambda: operation.is_told("pipeline Crashed"), "no word of the crash came")


@pytest.mark.parametrize(
    ("stop", "start"),
    [
        pytest.param(lambda it: it.stack.stop("server"), lambda it: it.stack.start_server(), id="server"),
        # `immediate` is what a failure of the power does to PostgreSQL
        pytest.param(lambda it: it.database.stop("immediate"), lambda it: it.database.start(), id="database"),
    ],
)
def test_what_is_started_again_hears_of_its_run(
    operation: Operation, calm: Any, stop: Callable[[Operation], None], start: Callable[[Operation], None]
) -> None:
    with hold_run(operation) as (run_id, gate):
        stop(operation)
        gate.open()
        start(operation)
        assert operation.stack.wait_for_end(run_id)["state"]["name"] == "Completed"
    check_all_is_well(operation, calm)


def test_word_is_sent_of_what_a_person_should_look_at(operation: Operation) -> None:
    stack, site = operation.stack, operation.site
    shutil.rmtree(operation.data, ignore_errors=True)
    site.faults = BUILT_IN_FAULTS | {"outlet_down"}
    try:
        run = stack.run_deployment("pipeline/scheduled")
    finally:
        site.faults = BUILT_IN_FAULTS
    assert run["state"]["name"] == "Degraded"
    stack.wait_for(lambda: operation.is_told(f"source {ECHO} is broken"), "no word of the broken source")

    stack.run_deployment("pipeline/scheduled")
    with put_into_the_ocean(operation):
        assert stack.run_deployment("build/rebuild")["state"]["name"] == "Degraded"
    stack.wait_for(lambda: operation.is_told("rows in quarantine"), "no word of the quarantine")

    shutil.rmtree(operation.data / "archive")
    (operation.data / "index.sqlite").unlink()
    assert stack.run_deployment("build/rebuild")["state"]["type"] == "FAILED"
    stack.wait_for(lambda: operation.is_told("release refused"), "no word of the refusal")


@contextmanager
def put_into_the_ocean(operation: Operation) -> Iterator[None]:
    """A correction that moves an event to where no rule allows it."""
    events, reports = read(operation.data, "events"), read(operation.data, "reports")
    event = events[events["latitude"].notna() & (events["number_of_articles"] == 1)].iloc[0]
    entry = {
        "article": reports.loc[reports["event_id"] == event["event_id"], "article_id"].iloc[0],
        "quote": event["evidence"].split(" […] ")[0][:60],
        "reason": "a test puts it into the ocean",
        "set": {"latitude": 0.0, "longitude": -30.0},
    }
    file = Path(operation.stack.environment["COMMUNIQUES_CATALOG"]) / "corrections.yml"
    file.write_text(yaml.safe_dump({"corrections": [entry]}, allow_unicode=True))
    try:
        yield
    finally:
        file.unlink()


def test_artifacts_tell_a_person_of_a_run(operation: Operation) -> None:
    shutil.rmtree(operation.data, ignore_errors=True)
    run = operation.stack.run_deployment("pipeline/scheduled", sources=[DELTA])
    found = operation.stack.ask("artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run["id"]]}}})
    pages = {artifact["key"]: artifact["data"] for artifact in found}
    assert "| date | place | region |" in pages["run"]
    assert operation.data.as_uri() in pages["run"]
    assert json.loads(pages["quarantine"]) == []
