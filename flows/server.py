"""A Prefect server for one command: on a free loopback port, its history under the data folder, gone with the command.

It runs as a child process whose log is a file. The child holds the listening socket from the start, so no other
program can take the port in between, and it ends when its pipe to the parent closes, however the parent ends.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path

from prefect.context import refresh_global_settings_context
from prefect.events.worker import EventsWorker
from prefect.settings import get_current_settings

from pipelines.errors import CommuniquesError, ConfigError
from pipelines.settings import change_environment, hide_user

STARTUP_SECONDS = 300
EVENTS_SECONDS = 20
_own: list[str] = []  # the address of the server that this process has started, as long as it runs


@contextmanager
def serve_prefect(home: Path) -> Iterator[str]:
    """Run a server on `home` for as long as the context lasts; gives the address of its API."""
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)  # Prefect's history and what it may keep in blocks are nobody else's to read
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
    server, lifeline = _start_server(home.absolute(), listener)
    try:
        with _make_known(home.absolute(), address):
            _wait_until_ready(server, address, home / "server.log")
            _own.append(address)
            try:
                yield address
            finally:
                _deliver_events()
    finally:
        _own.clear()
        _stop_server(server)
        os.close(lifeline)


@contextmanager
def _make_known(home: Path, address: str) -> Iterator[None]:
    """Tell all threads and child processes of the server.

    Prefect's `temporary_settings` hold in one context only; a thread that Prefect starts without a copy of it (that of
    the process pool is one) would find no address, and start a second server to send its events to.
    """
    told = {"PREFECT_HOME": str(home), "PREFECT_API_URL": address, "PREFECT_LOGGING_TO_API_ENABLED": "false"}
    try:
        with change_environment(told):
            refresh_global_settings_context()
            yield
    finally:
        refresh_global_settings_context()


def _deliver_events() -> None:
    """Let what is still to be sent reach the server before it goes.

    Prefect keeps one sender a process: left as it is, it would go on trying the address of a server that is gone, for
    minutes at the end of the process, with the events of a later server of this process behind them.
    """
    EventsWorker.drain_all(timeout=EVENTS_SECONDS)


def reach_server(address: str, *, patience_s: float = 0.0) -> None:
    """Wait until the operator's server answers; ConfigError with its address and the remedy if it does not."""
    end = time.monotonic() + patience_s
    while reason := _ask_server(address):
        if time.monotonic() >= end:
            remedy = (
                "start it with `deployments/start server`, or mend PREFECT_API_URL, or unset it to have one for this"
            )
            raise ConfigError(f"no Prefect server answers at {hide_user(address)} ({reason}); {remedy}")
        time.sleep(1)


def _ask_server(address: str) -> str:
    """Why the server at an address is not there for us, nothing if it is."""
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=5) as answer:  # noqa: S310 an address that we were given
            return "" if answer.status == HTTPStatus.OK else f"status {answer.status}"
    except urllib.error.HTTPError as error:
        is_other = error.code == HTTPStatus.NOT_FOUND
        return f"status {error.code}" + ("; the address of Prefect's ends in /api" if is_other else "")
    except (OSError, ValueError, HTTPException) as error:
        return str(getattr(error, "reason", error))


def is_own_server() -> bool:
    """Whether runs in this process talk to a server that was started for them alone."""
    return bool(_own)


def _explain_end(status: int, log: Path) -> str:
    """Why a server of our own ended, as far as it can be known from here."""
    secret = get_current_settings().server.database.connection_url
    told = secret.get_secret_value() if secret else ""
    if told and not told.startswith("sqlite"):
        where = hide_user(told)
        remedy = f"make sure that {where} is right and can be reached, or unset the variable to use a file"
        return f"PREFECT_API_DATABASE_CONNECTION_URL: the Prefect server could not use it; {remedy} (see {log})"
    remedy = f"see {log}; {log.parent / 'prefect.db'} holds Prefect's own history only and may be removed"
    return f"the Prefect server ended while starting (status {status}); {remedy}"


def _start_server(home: Path, listener: socket.socket) -> tuple[subprocess.Popen[bytes], int]:
    watched, lifeline = os.pipe()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"},
        "PREFECT_HOME": str(home),
        "PREFECT_UI_ENABLED": "0",
        "PREFECT__SERVER_EPHEMERAL": "1",
        "PREFECT__SERVER_FINAL": "1",
        "PREFECT_LOGGING_LEVEL": "WARNING",
    }
    with listener, (home / "server.log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "flows.server", str(listener.fileno()), str(watched)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(listener.fileno(), watched),
            start_new_session=True,  # Ctrl-C is for the run; it stops the server itself
        )
    os.close(watched)
    return server, lifeline


def _wait_until_ready(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise CommuniquesError(_explain_end(server.returncode, log))
        if not _ask_server(address):
            return
        time.sleep(0.1)
    raise CommuniquesError(f"the Prefect server was not ready after {STARTUP_SECONDS} s, see {log}")


def _stop_server(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _serve(listener: int, watched: int) -> None:
    import uvicorn
    from prefect.server.api.server import create_app

    threading.Thread(target=_end_with_parent, args=(watched,), daemon=True).start()
    uvicorn.run(create_app(), fd=listener, log_level="error", lifespan="on")


def _end_with_parent(watched: int) -> None:
    os.read(watched, 1)  # returns when the parent's end closes
    os._exit(0)


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]))
