"""The sample site with a seeded share of hostile answers: dripping, flooding, looping, lying, hanging up."""

from __future__ import annotations

import gzip
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pipelines.sample import BUILT_IN_FAULTS, NOW
from pipelines.sample.exchange import read_ask
from pipelines.sample.server import answer_request

ARTICLE = re.compile(r"/\d{4}/\d{2}/\d{2}/|article\d+$|/posts/")
DRIP_SECONDS = 2.0
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
BOMB = gzip.compress(bytes(200_000_000), 1)
XML_BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">%s]>
<rss version="2.0"><channel><title>&j;</title></channel></rss>""" % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)


def _status(code: int, headers: str = "") -> bytes:
    return f"HTTP/1.1 {code} No\r\nContent-Length: 0\r\nConnection: close\r\n{headers}\r\n".encode()


def _say(answer: bytes) -> Callable[[Any], None]:
    return lambda talk: talk.wfile.write(answer)


def _drip(talk: Any) -> None:
    talk.wfile.write(HEAD + b"Content-Length: 100000\r\n\r\n")
    end = time.monotonic() + DRIP_SECONDS
    while time.monotonic() < end:
        talk.wfile.write(b"x")
        time.sleep(0.1)


def _flood(talk: Any) -> None:
    talk.wfile.write(HEAD + b"\r\n")
    for _ in range(2000):
        talk.wfile.write(bytes(65536))


def _hang_up(talk: Any) -> None:
    talk.connection.close()


def _loop(talk: Any) -> None:
    talk.wfile.write(_status(302, f"Location: {talk.path}\r\n"))


# What a page that is asked for again may recover from ...
PASSING: tuple[Callable[[Any], None], ...] = (
    _drip,
    _hang_up,
    _say(b"\x00\xff no HTTP at all\r\n\r\n"),
    _say(HEAD + b"Content-Length: 100000\r\n\r\nhalf"),
    _say(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
    _say(HEAD + b"Content-Encoding: gzip\r\n\r\nno gzip"),
    _say(_status(500)),
    _say(_status(503)),
)
# ... and what a list may answer besides: of a page or of robots.txt it would be believed, for it says something there.
LISTS: tuple[Callable[[Any], None], ...] = (
    *PASSING,
    _flood,
    _loop,
    _say(HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB) + BOMB),
    _say(_status(302, "Location: http://169.254.169.254/latest/meta-data/\r\n")),
    _say(_status(302, "Location: file:///etc/passwd\r\n")),
    _say(_status(429, "Retry-After: 1\r\n")),
    _say(_status(429, "Retry-After: never\r\n")),
    _say(HEAD + b"\r\n" + XML_BOMB),
    _say(HEAD + b"\r\n" + b"<div>" * 5000),
)


class HostileSite(ThreadingHTTPServer):
    """The site; `hostile` is how many answers in a hundred are, `turned` how many were so far."""

    daemon_threads = True

    def __init__(self, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.hostile = 0
        self.turned = 0
        self.asked: list[str] = []
        self._chance = random.Random(seed)  # noqa: S311 - drawings, not secrets
        self._lock = threading.Lock()

    def choose(self, path: str) -> Callable[[Any], None] | None:
        """How to answer, None for what the sample site says."""
        with self._lock:
            self.asked.append(path)
            if self._chance.randrange(100) >= self.hostile:
                return None
            self.turned += 1
            return self._chance.choice(PASSING if ARTICLE.search(path) or path == "/robots.txt" else LISTS)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: clients hang up on what they are shown here."""


class _Talk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5
    server: HostileSite

    def do_GET(self) -> None:
        self.close_connection = True
        way = self.server.choose(self.path)
        if way:
            way(self)
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = answer_request(read_ask(headers.get("host", ""), self.path, headers), NOW, BUILT_IN_FAULTS)
        self.send_response(answer.status)
        for name, value in {**answer.headers, "Connection": "close"}.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def serve_hostile(seed: int) -> Iterator[HostileSite]:
    """The site until the block is left."""
    site = HostileSite(seed)
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
