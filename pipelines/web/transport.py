"""The one module that imports requests: a single exchange over a checked, watched, capped connection."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import IncompleteRead
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError, InvalidChunkLength
from urllib3.exceptions import IncompleteRead as BrokenOff

from pipelines.errors import FetchError
from pipelines.web.guard import Resolve, dial, resolve_dns
from pipelines.web.limits import Limits

__all__ = ["Answer", "Transport", "resolve_dns"]

Dial = Callable[[str, int, float], socket.socket]
_PIECE = 65536


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request gave, redirects not followed."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    request_headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        """The first header of that name, empty if there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class Transport:
    """Sends single GET requests. Proxies, cookies and credentials of the machine are not used."""

    def __init__(self, resolve: Resolve | None, limits: Limits, *, verify: bool | str = True) -> None:
        self._resolve = resolve or resolve_dns
        self._limits = limits
        self._verify = verify

    def send(self, url: str, headers: Mapping[str, str], *, allow_private: bool, max_bytes: int) -> Answer:
        """One exchange; raises FetchError with the code of what went wrong, ForbiddenError for a private address."""
        watched: list[socket.socket] = []
        with self._open_session(watched, allow_private) as session, _watch(watched, self._limits.total_s) as is_late:
            try:
                with session.get(
                    url, headers=dict(headers), stream=True, allow_redirects=False, verify=self._verify,
                    timeout=(self._limits.connect_s, self._limits.read_s),
                ) as response:  # fmt: skip
                    body = _read_capped(response, max_bytes, is_late)
                    return _describe_answer(url, response, body)
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                code = "timeout" if is_late.is_set() else _name_failure(error)
                raise FetchError(code, f"{url}: {error}"[:500]) from error

    @contextmanager
    def _open_session(self, watched: list[socket.socket], allow_private: bool) -> Iterator[requests.Session]:
        def dial_watched(host: str, port: int, timeout: float) -> socket.socket:
            sock = dial(host, port, resolve=self._resolve, allow_private=allow_private, timeout=timeout)
            # A second handle on the same connection: it stays valid when TLS takes the first one over.
            watched.append(sock.dup())
            return sock

        session = requests.Session()
        session.trust_env = False
        adapter = _CheckedAdapter(dial_watched)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        try:
            yield session
        finally:
            session.close()
            for handle in watched:
                handle.close()


class _CheckedAdapter(HTTPAdapter):
    """Gives connection pools our own way to connect; Host header, SNI and certificate checks stay as they are."""

    def __init__(self, dial_host: Dial) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1)
        self._dial = dial_host

    def get_connection_with_tls_context(self, request: Any, verify: Any, proxies: Any = None, cert: Any = None) -> Any:
        pool: Any = super().get_connection_with_tls_context(request, verify, proxies=proxies, cert=cert)
        kind = _CheckedHTTPS if pool.scheme == "https" else _CheckedHTTP
        pool.ConnectionCls = partial(kind, dial=self._dial)
        return pool


class _CheckedHTTP(HTTPConnection):
    def __init__(self, *args: Any, dial: Dial, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dial = dial

    def _new_conn(self) -> socket.socket:
        return self._dial(self._dns_host, self.port, float(self.timeout or 0))


class _CheckedHTTPS(HTTPSConnection):
    def __init__(self, *args: Any, dial: Dial, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dial = dial

    def _new_conn(self) -> socket.socket:
        return self._dial(self._dns_host, self.port, float(self.timeout or 0))


@contextmanager
def _watch(watched: list[socket.socket], seconds: float) -> Iterator[threading.Event]:
    """End the connection after so many seconds, whatever it drips: read time-outs begin anew with every byte."""
    is_late = threading.Event()

    def hang_up() -> None:
        is_late.set()
        for handle in watched:
            try:
                handle.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield is_late
    finally:
        timer.cancel()
        timer.join()


def _read_capped(response: requests.Response, max_bytes: int, is_late: threading.Event) -> bytes:
    """The decoded body, piece by piece; a piece is never larger than 64 KiB however well it was compressed."""
    pieces: list[bytes] = []
    size = 0
    while True:
        piece = response.raw.read(_PIECE, decode_content=True)
        if is_late.is_set():
            raise FetchError("timeout", f"{response.url}: not complete in time")
        if not piece:
            return b"".join(pieces)
        size += len(piece)
        if size > max_bytes:
            raise FetchError("too_large", f"{response.url}: more than {max_bytes} bytes")
        pieces.append(piece)


def _describe_answer(url: str, response: requests.Response, body: bytes) -> Answer:
    # urllib3 keeps repeated headers apart; requests' own mapping joins them.
    headers = tuple((str(key), str(value)) for key, value in response.raw.headers.items())
    sent = tuple((str(key), str(value)) for key, value in response.request.headers.items())
    return Answer(url, response.status_code, headers, body, sent)


def _name_failure(error: Exception) -> str:
    chain: BaseException | None = error
    while chain is not None:
        for kinds, code in _FAILURES:
            if isinstance(chain, kinds):
                return code
        chain = chain.__cause__ or chain.__context__
    return "unreachable"


_FAILURES: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((requests.Timeout, TimeoutError), "timeout"),
    ((requests.exceptions.SSLError,), "tls"),
    ((requests.exceptions.InvalidURL, requests.exceptions.MissingSchema, UnicodeError), "bad_address"),
    ((DecodeError, requests.exceptions.ContentDecodingError), "bad_encoding"),
    ((BrokenOff, IncompleteRead, InvalidChunkLength, requests.exceptions.ChunkedEncodingError), "incomplete"),
    ((ValueError,), "bad_address"),
)
