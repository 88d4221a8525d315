"""A Prefect server, its deployments and a process worker on loopback, started by the script that operators start."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
START = ROOT / "deployments" / "start"
STARTUP_SECONDS = 180
RUN_SECONDS = 300
BUSY_SECONDS = 120
FINAL = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


class Stack:
    """The running stack; `environment` is what its processes see."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment = environment
        self.folder = folder
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        """Start `server` or `worker` as a process group of its own, as a service manager does."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [START, name], cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def stop(self, name: str, number: int = signal.SIGTERM) -> None:
        """Send a signal to the process alone, not to its children, and wait for its end."""
        process = self.processes[name]
        if name == "server" and number == signal.SIGKILL:
            os.killpg(process.pid, number)  # uvicorn is a child of its
        process.send_signal(number)
        self.see_end(name)

    def see_end(self, name: str) -> int:
        """Wait until a process has ended, give its exit status."""
        status = self.processes[name].wait(timeout=RUN_SECONDS)
        del self.processes[name]
        return status

    def start_server(self) -> None:
        """Start the server and wait until it answers."""
        self.start("server")
        self.wait_for(lambda: is_ready(self), "the server did not start", STARTUP_SECONDS)

    def end(self) -> None:
        """Stop everything, whatever state it is in; what is left of the process groups is killed."""
        for name in ("worker", "server"):
            if process := self.processes.pop(name, None):
                process.terminate()
                try:
                    process.wait(timeout=30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        for pid in self.find_engines():
            os.kill(pid, signal.SIGKILL)

    def find_engines(self) -> list[int]:
        """The processes of flow runs of this stack that are alive."""
        ours = f"PREFECT_API_URL={self.environment['PREFECT_API_URL']}".encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                told = (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            is_engine = ours in told and any(line.startswith(b"PREFECT__FLOW_RUN_ID=") for line in told)
            if is_engine and is_alive(int(entry.name)):
                found.append(int(entry.name))
        return found

    def prefect(self, *arguments: str, timeout: float = RUN_SECONDS) -> str:
        """One command of Prefect's own command line."""
        return self.call("prefect", *arguments, timeout=timeout)

    def call(self, *command: str | Path, timeout: float = RUN_SECONDS) -> str:
        """One command in the stack's environment, which must succeed."""
        path = f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}"
        done = subprocess.run(
            command, cwd=ROOT, env={**self.environment, "PATH": path}, capture_output=True, text=True, timeout=timeout
        )
        assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}\n{self.read_logs()}"
        return done.stdout

    def start_run(self, name: str, **parameters: Any) -> str:
        """Start a deployment with parameters; gives the run's id."""
        deployment = self.ask(f"deployments/name/{name}")
        return str(self.ask(f"deployments/{deployment['id']}/create_flow_run", {"parameters": parameters})["id"])

    def run_deployment(self, name: str, **parameters: Any) -> dict[str, Any]:
        """Start a deployment with parameters, wait for its end, give the flow run as the API tells it."""
        return self.wait_for_end(self.start_run(name, **parameters))

    def wait_for_end(self, run_id: str, seconds: float = RUN_SECONDS) -> dict[str, Any]:
        """Wait for a run's final state, give the run."""
        self.wait_for(
            lambda: self.ask(f"flow_runs/{run_id}")["state"]["type"] in FINAL, f"{run_id} did not end", seconds
        )
        run: dict[str, Any] = self.ask(f"flow_runs/{run_id}")
        return run

    def wait_for(self, condition: Callable[[], Any], what: str, seconds: float = RUN_SECONDS) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"{what}\n{self.read_logs()}"
            time.sleep(0.5)

    def list_runs(self, **filters: Any) -> list[dict[str, Any]]:
        """The flow runs that a filter of the API's finds, oldest first."""
        found: list[dict[str, Any]] = self.ask("flow_runs/filter", {"sort": "EXPECTED_START_TIME_ASC", **filters})
        return found

    def ask(self, path: str, body: Any = None) -> Any:
        """One question to the server's API."""
        return json.loads(self.send("GET" if body is None else "POST", path, body))

    def change(self, method: str, path: str, body: Any = None) -> None:
        """PATCH or DELETE something that the API knows."""
        self.send(method, path, body)

    def send(self, method: str, path: str, body: Any = None) -> bytes:
        """One request to the server's API; one that is just starting again is asked once more."""
        try:
            return send_request(self.environment["PREFECT_API_URL"], method, path, body, is_there=self.has_server)
        except (OSError, HTTPException) as error:
            raise AssertionError(f"{path}: the server does not answer ({error})\n{self.read_logs()}") from error

    def has_server(self) -> bool:
        """Whether the server's process lives."""
        return "server" in self.processes and self.processes["server"].poll() is None

    def pause_schedules(self) -> None:
        """Keep the declared schedules from firing into a test when their minute comes."""
        for deployment in self.ask("deployments/filter", {}):
            for schedule in deployment["schedules"]:
                self.change("PATCH", f"deployments/{deployment['id']}/schedules/{schedule['id']}", {"active": False})

    def read_logs(self) -> str:
        """The ends of the logs of server and worker."""
        return "\n".join(f"{path.name}: {path.read_text()[-6000:]}" for path in self.folder.glob("*.log"))


@contextmanager
def start_stack(folder: Path, settings: dict[str, str]) -> Iterator[Stack]:
    """Server, deployments and worker; all are gone when the block is left."""
    port = find_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "COMMUNIQUES_"))}
    environment = {
        **kept,
        "PREFECT_HOME": str(folder / "home"),
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_WORKER_QUERY_SECONDS": "2",
        **settings,
    }
    stack = Stack(environment, folder)
    with ExitStack() as on_exit:
        on_exit.callback(stack.end)
        stack.start_server()
        stack.call(START, "deploy")
        stack.pause_schedules()
        stack.start("worker")
        yield stack


def send_request(
    api: str, method: str, path: str, body: Any = None, is_there: Callable[[], bool] = lambda: True
) -> bytes:
    """One request to a Prefect server; one that is busy (SQLite is locked: 503) is asked again for a minute or two."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{api}/{path}", data, {"Content-Type": "application/json"}, method=method)
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            if error.code not in (500, 503):
                raise AssertionError(f"{path}: {error.code} {error.read().decode()}") from error
            if time.monotonic() > deadline:
                raise
        except (OSError, HTTPException):
            if not is_there() or time.monotonic() > deadline:
                raise
        time.sleep(1)


def is_alive(pid: int) -> bool:
    """Whether a process does anything; what has ended and waits to be fetched by its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


def is_ready(stack: Stack) -> bool:
    """Whether the server answers."""
    try:
        with urllib.request.urlopen(f"{stack.environment['PREFECT_API_URL']}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def find_port() -> int:
    """A port of loopback that is free, and below those that the system gives to whoever asks for any."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)  # of no seed that another test process has too
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


class Database:
    """A PostgreSQL of our own on loopback, run by nobody since it refuses to be run by root."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = find_port()
        self.url = f"postgresql+asyncpg://prefect@127.0.0.1:{self.port}/prefect"

    def run(self, tool: str, *arguments: str) -> None:
        """One of PostgreSQL's programs."""
        as_nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.getuid() == 0 else []
        command = [*as_nobody, find_postgres() / tool, *arguments]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        """Start and wait until it answers."""
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder}"
        self.run("pg_ctl", "-D", "data", "-w", "-l", "postgres.log", "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop; `immediate` is what a power failure does."""
        self.run("pg_ctl", "-D", "data", "-m", mode, "stop")


@contextmanager
def start_postgres() -> Iterator[Database]:
    """A fresh database that is gone with the block."""
    with tempfile.TemporaryDirectory(prefix="communiques-postgres-") as folder:
        if os.getuid() == 0:
            shutil.chown(folder, "nobody", "nogroup")
        database = Database(Path(folder))
        database.run("initdb", "-D", "data", "-U", "prefect", "--auth=trust", "--no-sync")
        database.start()
        try:
            database.run("createdb", "-h", "127.0.0.1", "-p", str(database.port), "-U", "prefect", "prefect")
            yield database
        finally:
            database.stop()


def find_postgres() -> Path:
    """The folder of PostgreSQL's server programs, which Debian keeps off the path."""
    on_path = shutil.which("pg_ctl")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    assert on_path or installed, "make slow installs postgresql (tests/system-packages.txt)"
    return Path(on_path).resolve().parent if on_path else installed[-1].parent
