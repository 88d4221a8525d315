"""The sample site over real HTTP on loopback: one server, many virtual hosts, told apart by the Host header."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from pipelines.errors import UsageError
from pipelines.sample.article import read_articles
from pipelines.sample.exchange import Answer, Ask, Front, Headers, answer_html, answer_text, read_ask, spare_body
from pipelines.sample.faults import apply_faults
from pipelines.sample.handmade import answer_handmade
from pipelines.sample.outlets import read_outlets
from pipelines.sample.rendering import render_page
from pipelines.sample.spip import answer_spip
from pipelines.sample.wordpress import answer_wordpress

LOOPBACK = "127.0.0.1"
TOP_LEVEL = ".example"
PATIENCE = 5.0  # seconds that a silent connection is kept

_KINDS: dict[str, Callable[[Ask, Front], Answer | None]] = {
    "wordpress": answer_wordpress,
    "spip": answer_spip,
    "handmade": answer_handmade,
}


class Request(NamedTuple):
    """One line of the site's log; `time` is monotonic seconds, to be compared with other lines only."""

    time: float
    host: str
    path: str  # with its query
    status: int
    headers: Headers  # as they were sent, names in lower case


class SampleSite:
    """The running site as its visitors and the tests see it."""

    def __init__(self, port: int, now: datetime, faults: frozenset[str]) -> None:
        self.port = port
        self.now = now
        self.faults = faults
        self._requests: list[Request] = []
        self._lock = threading.Lock()

    @property
    def requests(self) -> tuple[Request, ...]:
        """What has been asked so far, in the order of the answers."""
        with self._lock:
            return tuple(self._requests)

    def resolve(self, host: str, port: int) -> list[tuple[str, int]]:
        """Where a name of the sample's really is; any other name does not exist (socket.gaierror)."""
        if host.lower().endswith(TOP_LEVEL):
            return [(LOOPBACK, self.port)]
        raise socket.gaierror(socket.EAI_NONAME, f"{host}:{port} is not one of the sample site's")

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request, written into the log."""
        answer = answer_request(ask, self.now, self.faults)
        with self._lock:
            self._requests.append(Request(time.monotonic(), ask.host, ask.target, answer.status, ask.headers))
        return answer


def answer_request(ask: Ask, now: datetime, faults: frozenset[str]) -> Answer:
    """What the site says to a request at a moment of its clock, with these faults."""
    outlets = [outlet for outlet in read_outlets() if outlet.host == ask.host]
    if not outlets:
        return answer_text(f"no outlet named {ask.host}\n", status=404)
    outlet = outlets[0]
    front = Front(outlet, tuple(a for a in read_articles(now) if a.outlet == outlet.outlet_id), faults)
    answer = answer_text(outlet.robots) if ask.path == "/robots.txt" else _KINDS[outlet.kind](ask, front)
    answer = answer or answer_html(render_page("missing.html.j2", front), status=404)
    return spare_body(ask, apply_faults(ask, front, answer))


@contextmanager
def run_server(now: datetime, port: int, faults: frozenset[str]) -> Iterator[SampleSite]:
    """The site, answering on `port` (0: a free one) until the block is left; UsageError when the port is taken."""
    try:
        server = _Server((LOOPBACK, port), _Handler)
    except (OSError, OverflowError) as error:
        raise UsageError(f"port {port} cannot be used ({error}): name another one, or 0 for a free one") from error
    server.site = SampleSite(server.server_address[1], now, faults)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="sample-site")
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that closing the server waits for the answers under way
    site: SampleSite


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SampleSite"
    sys_version = ""
    timeout = PATIENCE
    server: _Server

    def do_GET(self) -> None:
        self._reply(has_body=True)

    def do_HEAD(self) -> None:
        self._reply(has_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the site keeps its own log."""

    def _reply(self, *, has_body: bool) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            ask = read_ask(headers.get("host", ""), self.path, headers)
        except ValueError:
            self.send_error(400)
            return
        self._send(self.server.site.answer(ask), has_body=has_body)

    def _send(self, answer: Answer, *, has_body: bool) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Connection", "close")  # no thread outlives its answer
        self.end_headers()
        if has_body:
            self._write(answer.body)

    def _write(self, body: bytes) -> None:
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the asker had enough, as with a page that is too large
