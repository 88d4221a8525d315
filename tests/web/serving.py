"""A real HTTP server on loopback whose answers a test writes itself, down to the byte where it wants to."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pipelines.catalog.source import Source
from pipelines.web import Client, Limits

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
ALLOW_ALL = b"User-agent: *\nAllow: /\n"

Handle = Callable[["Talk"], None]
Route = bytes | str | tuple[int, bytes] | tuple[int, Mapping[str, str], bytes] | Handle


class Talk(BaseHTTPRequestHandler):
    """One request as a route's function sees it."""

    server: Any
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        host = str(self.headers.get("Host", ""))
        self.server.site.asked.append(f"{host}{self.path}")
        self.server.site.headers.append(dict(self.headers.items()))
        route = self.server.site.find(host, self.path)
        self.close_connection = True
        try:
            if callable(route):
                route(self)
            else:
                self.answer(*_spell(route))
        except (BrokenPipeError, ConnectionResetError):
            pass  # the client hung up, as it should

    def answer(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "Connection": "close", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def raw(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        pass


def _spell(route: Any) -> tuple[int, Mapping[str, str], bytes]:
    if isinstance(route, str):
        return 200, {"Content-Type": "text/html; charset=utf-8"}, route.encode()
    if isinstance(route, bytes):
        return 200, {}, route
    return (route[0], {}, route[1]) if len(route) == 2 else route


@dataclass
class Site:
    """What the server says; `asked` is what it was asked, in order."""

    port: int
    routes: dict[str, Route]
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def find(self, host: str, path: str) -> Route:
        missing = (200, ALLOW_ALL) if path == "/robots.txt" else (404, b"no such page")
        return self.routes.get(f"{host}{path}", self.routes.get(path, missing))

    def paths(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        return [path for line in self.asked if (path := "/" + line.partition("/")[2]) != "/robots.txt"]

    def resolve(self, host: str, port: int) -> list[tuple[str, int]]:
        return [("127.0.0.1", self.port)]


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: a client that hangs up or refuses our certificate is what the tests are about."""


@contextmanager
def serve(routes: dict[str, Route], *, context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """The routes (by path, or by host and path) on a free port until the block is left; over TLS with a context."""
    server: Any = _Server(("127.0.0.1", 0), Talk)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.daemon_threads = True
    server.block_on_close = False
    server.site = Site(server.server_address[1], routes)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.site
    finally:
        server.site.stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Clock:
    """A clock that only sleeping moves on."""

    seconds: float = 0.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


def make_source(**keys: Any) -> Source:
    """A source at http://site.example/."""
    given = {
        "id": "site", "name": "Le Site", "country": "ML", "kind": "press", "home": "http://site.example/",
        "discover": ["sitemap"], "allow_private": True, "min_delay_s": 0,
    }  # fmt: skip
    return Source.model_validate(given | keys)


def make_client(site: Site, clock: Clock | None = None, *, limits: Limits | None = None, **keys: Any) -> Client:
    """A client that finds every host at the server and never really sleeps."""
    at = clock or Clock()
    given: dict[str, Any] = {
        "now": at.now, "monotonic": at.monotonic, "sleep": at.sleep, "chance": lambda: 1.0, "resolve": site.resolve,
        "limits": limits or Limits(connect_s=2, read_s=2, total_s=4),
    }  # fmt: skip
    return Client(**given | keys)
