"""Sites that drip, flood, loop, lie and lead astray: each ends in bounded time and memory with a code."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
import zlib

import pytest

from pipelines.errors import FetchError, ForbiddenError, RetryLaterError
from pipelines.web import Limits, list_reservations
from tests.web.serving import Clock, Talk, make_client, make_source, serve

ONCE = Limits(connect_s=2, read_s=1, total_s=1.5, attempts=1, max_bytes=1_000_000)
URL = "http://site.example/a"


def fail(route, *, limits: Limits = ONCE, source=None, url: str = URL, **keys) -> FetchError:
    with serve({"/a": route}) as site, pytest.raises(FetchError) as caught:
        make_client(site, limits=limits, **keys).get(url, source or make_source())
    return caught.value


def drip_body(talk: Talk) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not talk.server.site.stop.wait(0.05):
        talk.raw(b"x")


def drip_endless_body(talk: Talk) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\n\r\n")
    while not talk.server.site.stop.wait(0.05):
        talk.raw(b"x")


def drip_headers(talk: Talk) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not talk.server.site.stop.wait(0.05):
        talk.raw(b"x")


def drip_chunks(talk: Talk) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not talk.server.site.stop.wait(0.05):
        talk.raw(b"1\r\nx\r\n")


def fall_silent(talk: Talk) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx")
    talk.server.site.stop.wait(5)


def flood(talk: Talk) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\n\r\n")
    while not talk.server.site.stop.is_set():
        talk.raw(b"x" * 65536)


def bomb(talk: Talk) -> None:
    packer = zlib.compressobj(9, wbits=31)
    body = b"".join(packer.compress(b"\0" * 10_000_000) for _ in range(50)) + packer.flush()
    talk.answer(200, {"Content-Encoding": "gzip"}, body)


@pytest.mark.parametrize("route", [drip_body, drip_endless_body, drip_headers, drip_chunks, fall_silent])
def test_what_drips_is_cut_off(route) -> None:
    started = time.monotonic()
    assert fail(route).code == "timeout"
    assert time.monotonic() - started < 10


def test_an_endless_body_is_cut_off() -> None:
    assert fail(flood).code == "too_large"


def test_a_compressed_bomb_does_not_unfold() -> None:
    tracemalloc.start()
    try:
        assert fail(bomb, limits=Limits(attempts=1, max_bytes=1_000_000)).code == "too_large"
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort", "incomplete"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFF\r\nshort", "incomplete"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nrubbish\r\n", "incomplete"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nrubbish", "bad_encoding"),
        (b"", "unreachable"),
        (b"\x00\x01\x02rubbish\r\n\r\n", "unreachable"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", "unreachable"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", "unreachable"),
    ],
)
def test_broken_answers(answer: bytes, code: str) -> None:
    assert fail(lambda talk: talk.raw(answer)).code == code


def test_a_body_longer_than_it_says_is_cut_to_what_it_says() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnews and more"
    with serve({"/a": lambda talk: talk.raw(answer)}) as site:
        assert make_client(site).get(URL, make_source()).body == b"news"


def test_compressed_pages_are_unpacked() -> None:
    for name, packed in (("gzip", gzip.compress(b"news")), ("deflate", zlib.compress(b"news"))):
        with serve({"/a": (200, {"Content-Encoding": name}, packed)}) as site:
            assert make_client(site).get(URL, make_source()).body == b"news"


def test_redirect_loops_end() -> None:
    with serve({"/a": (302, {"Location": "/b"}, b""), "/b": (302, {"Location": "/a"}, b"")}) as site:
        with pytest.raises(FetchError) as caught:
            make_client(site).get(URL, make_source())
        assert caught.value.code == "too_many_redirects"
        assert len(site.paths()) == 6


def test_redirects_are_followed_on_the_own_hosts() -> None:
    routes = {"/a": (301, {"Location": "http://www.site.example/b"}, b""), "www.site.example/b": "news"}
    with serve(routes) as site:
        page = make_client(site).get(URL, make_source())
    assert (page.url, page.final_url, page.body) == (URL, "http://www.site.example/b", b"news")


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("http://other.example/", "foreign_host"),
        ("//other.example/x", "foreign_host"),
        ("http://site.example.other.example/", "foreign_host"),
        ("http://site.example@other.example/", "foreign_host"),
        ("http://user:secret@site.example/", "foreign_host"),
        ("http://127.0.0.1/", "foreign_host"),
        ("http://169.254.169.254/latest/meta-data/", "foreign_host"),
        ("http://[::1]/", "foreign_host"),
        ("http://2130706433/", "foreign_host"),
        ("http://site.example:22/", "foreign_host"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://site.example/", "scheme"),
        ("gopher://site.example/", "scheme"),
        ("data:text/html,x", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("http://[", "bad_address"),
    ],
)
def test_nothing_leads_away_from_the_source(target: str, code: str) -> None:
    error = fail((302, {"Location": target}, b""))
    assert error.code == code
    assert isinstance(error, ForbiddenError) or code == "bad_address"


PRIVATE = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200",
           "0.0.0.0", "255.255.255.255", "224.0.0.1", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1",
           "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
           "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "::127.0.0.1", "not an address"]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_no_private_address_is_connected_to(address: str) -> None:
    with serve({}) as site:
        client = make_client(site, resolve=lambda host, port: [(address, site.port)])
        with pytest.raises(ForbiddenError) as caught:
            client.get(URL, make_source(allow_private=False))
        assert caught.value.code == "private_address"
        assert site.asked == []


def test_a_name_with_one_private_address_is_refused_whole() -> None:
    with serve({}) as site:
        client = make_client(site, resolve=lambda host, port: [("41.203.230.1", 80), ("127.0.0.1", site.port)])
        with pytest.raises(ForbiddenError):
            client.get(URL, make_source(allow_private=False))
        assert site.asked == []


def test_a_name_is_resolved_once_a_connection_and_the_checked_address_is_used() -> None:
    """DNS rebinding: there is no second look-up between the check and the connection that could answer otherwise."""
    looked_up = []

    def resolve(host: str, port: int) -> list[tuple[str, int]]:
        looked_up.append(host)
        return [("127.0.0.1", site.port)]

    with serve({"/a": "news"}) as site:
        # The name means nothing to the machine's resolver: had anybody asked it, there would be no answer.
        make_client(site, resolve=resolve).get(URL, make_source())
        assert len(looked_up) == len(site.asked) == 2


def test_the_host_header_keeps_the_name() -> None:
    with serve({"/a": "news"}) as site:
        make_client(site).get(URL, make_source())
        assert site.headers[-1]["Host"] == "site.example"


def test_a_429_storm_costs_one_request() -> None:
    with serve({"/a": (429, {"Retry-After": "3600"}, b"")}) as site:
        clock = Clock()
        client = make_client(site, clock)
        for _ in range(50):
            with pytest.raises(RetryLaterError) as caught:
                client.get(URL, make_source())
        assert site.paths() == ["/a"]
        assert (caught.value.retry_at - clock.now()).total_seconds() == 3600
        assert clock.slept == []


def test_a_short_retry_after_is_waited_for() -> None:
    calls = []

    def busy_once(talk: Talk) -> None:
        calls.append(1)
        talk.answer(503 if len(calls) == 1 else 200, {"Retry-After": "4"} if len(calls) == 1 else {}, b"news")

    clock = Clock()
    with serve({"/a": busy_once}) as site:
        assert make_client(site, clock).get(URL, make_source()).body == b"news"
    assert clock.slept == [4]


def test_a_429_without_a_time_means_half_a_minute() -> None:
    clock = Clock()
    with serve({"/a": (429, b"")}) as site, pytest.raises(RetryLaterError) as caught:
        make_client(site, clock).get(URL, make_source())
    assert (caught.value.retry_at - clock.now()).total_seconds() == 30


@pytest.mark.parametrize(("status", "tries"), [(500, 1), (501, 1), (502, 3), (503, 3), (504, 3)])
def test_only_passing_failures_are_tried_again(status: int, tries: int) -> None:
    clock = Clock()
    with serve({"/a": (status, b"")}) as site:
        with pytest.raises(FetchError) as caught:
            make_client(site, clock).get(URL, make_source())
        assert len(site.paths()) == tries
    assert caught.value.code == f"status_{status}"
    assert clock.slept == [5, 10][: tries - 1]


def test_a_dead_host_is_given_up_for_the_run() -> None:
    with serve({"/a": lambda talk: talk.raw(b"")}) as site:
        client = make_client(site)
        codes = []
        for _ in range(5):
            with pytest.raises(FetchError) as caught:
                client.get(URL, make_source())
            codes.append(caught.value.code)
        assert codes == ["unreachable"] * 3 + ["host_down"] * 2
        assert len(site.paths()) == 9


def test_a_challenge_is_not_evaded() -> None:
    routes = {"/a": (403, {"cf-mitigated": "challenge"}, b"Just a moment..."), "/b": "news"}
    with serve(routes) as site:
        client = make_client(site)
        assert client.get(URL, make_source()).status == 403
        with pytest.raises(ForbiddenError) as caught:
            client.get("http://site.example/b", make_source())
        assert caught.value.code == "blocked"
        assert site.paths() == ["/a"]


def test_a_refused_connection_and_an_unknown_name() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with serve({}) as site:
        refused = make_client(site, limits=ONCE, resolve=lambda host, _: [("127.0.0.1", port)])
        unknown = make_client(site, limits=ONCE, resolve=lambda host, _: [])
        for client in (refused, unknown):
            with pytest.raises(FetchError):
                client.get(URL, make_source())


def test_one_lane_a_host_whatever_the_threads() -> None:
    busy, most = [], []

    def serve_slowly(talk: Talk) -> None:
        busy.append(1)
        most.append(len(busy))
        time.sleep(0.02)
        busy.pop()
        talk.answer(200, {}, b"news")

    with serve({"/a": serve_slowly}) as site:
        client = make_client(site)
        threads = [threading.Thread(target=client.get, args=(URL, make_source())) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert most == [1] * 6


def test_the_delay_lies_between_two_requests_to_one_host() -> None:
    clock = Clock()
    with serve({"/a": "news"}) as site:
        client = make_client(site, clock)
        for host in ("site.example", "www.site.example", "autre.example"):
            client.get(f"http://{host}/a", make_source(min_delay_s=5, mirrors=["autre.example"]))
    # robots.txt and page of the first host, then of its other door; the third host has a lane of its own.
    assert clock.slept == [5, 5, 5, 5]


def test_who_asks_is_said() -> None:
    with serve({"/a": "news"}) as site:
        make_client(site, contact="https://communiques.example/contact").get(URL, make_source())
        assert site.headers[-1]["User-Agent"].startswith("communiques/")
        assert "+https://communiques.example/contact" in site.headers[-1]["User-Agent"]
        assert "Cookie" not in site.headers[-1]


def test_reservations_in_any_markup_are_found_in_time() -> None:
    bodies = {b'<meta content="1" name="tdm-reservation"/>': ["tdm-reservation: 1"], b"<meta " * 9000: [], b"": []}
    for body, expected in bodies.items():
        with serve({"/a": body}) as site:
            assert list_reservations(make_client(site).get(URL, make_source())) == expected
