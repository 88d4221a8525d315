"""A Prefect server, its deployments and a process worker on loopback, started as an operator starts them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PREFECT = [sys.executable, "-m", "prefect"]
STARTUP_SECONDS = 120
RUN_SECONDS = 240


class Stack:
    """The running stack; `environment` is what its processes see."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment = environment
        self.folder = folder

    def prefect(self, *arguments: str, timeout: float = 120) -> str:
        """One command of Prefect's own command line."""
        done = subprocess.run(
            [*PREFECT, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=timeout
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}\n{self.read_logs()}"
        return done.stdout

    def run_deployment(self, name: str, **parameters: Any) -> dict[str, Any]:
        """Start a deployment with parameters, wait for its end, give the flow run as the API tells it."""
        deployment = self.ask(f"deployments/name/{name}")
        started = self.ask(f"deployments/{deployment['id']}/create_flow_run", {"parameters": parameters})
        run_id = started["id"]
        deadline = time.monotonic() + RUN_SECONDS
        while time.monotonic() < deadline:
            run = self.ask(f"flow_runs/{run_id}")
            if run["state"]["type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED"):
                return run
            time.sleep(0.5)
        raise AssertionError(f"{name} did not end: {run['state']}\n{self.read_logs()}")

    def ask(self, path: str, body: Any = None) -> Any:
        """One question to the server's API."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.environment['PREFECT_API_URL']}/{path}", data, {"Content-Type": "application/json"}
        )
        for _ in range(20):
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                if error.code != 503:  # what Prefect says when SQLite is busy; its own client tries again too
                    raise
                time.sleep(1)
        raise AssertionError(f"{path}: the server stays busy\n{self.read_logs()}")

    def read_logs(self) -> str:
        """The ends of the logs of server and worker."""
        return "\n".join(f"{path.name}: {path.read_text()[-4000:]}" for path in self.folder.glob("*.log"))


@contextmanager
def start_stack(folder: Path, settings: dict[str, str]) -> Iterator[Stack]:
    """Server, work pool, deployments and worker; all are gone when the block is left."""
    environment = {
        **os.environ,
        "PREFECT_HOME": str(folder / "home"),
        "PREFECT_API_URL": f"http://127.0.0.1:{find_port()}/api",
        "PREFECT_LOGGING_LEVEL": "INFO",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        **settings,
    }
    stack = Stack(environment, folder)
    port = environment["PREFECT_API_URL"].split(":")[2].split("/")[0]
    with ExitStack() as open_processes:
        start = [*PREFECT, "server", "start", "--host", "127.0.0.1", "--port", port, "--no-ui"]
        open_processes.enter_context(start_process("server", start, stack))
        wait_until_ready(stack)
        stack.prefect("work-pool", "create", "local", "--type", "process")
        stack.prefect("--no-prompt", "deploy", "--all", "--prefect-file", "deployments/prefect.yaml")
        worker = [*PREFECT, "worker", "start", "--pool", "local", "--install-policy", "never"]
        open_processes.enter_context(start_process("worker", worker, stack))
        yield stack


@contextmanager
def start_process(name: str, command: list[str], stack: Stack) -> Iterator[subprocess.Popen[bytes]]:
    """A process that logs into the stack's folder and is ended with the block."""
    with (stack.folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=stack.environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_ready(stack: Stack) -> None:
    """Wait for the server's first answer."""
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        try:
            stack.ask("health")
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the server did not answer\n{stack.read_logs()}")


def find_port() -> int:
    """A port of loopback that is free at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
