"""robots.txt by RFC 9309, case by case."""

from __future__ import annotations

import pytest

from pipelines.errors import ForbiddenError, RetryLaterError
from pipelines.web.robots import Robots, read_robots
from tests.web.serving import Clock, make_client, make_source, serve

BOM = b"\xef\xbb\xbf"

# What the file says, the path that is asked for, whether it may be.
RULES = {
    "empty file": (b"", "/a", True),
    "only a comment": (b"# nothing\n", "/a", True),
    "everything forbidden": (b"User-agent: *\nDisallow: /\n", "/a", False),
    "an empty Disallow forbids nothing": (b"User-agent: *\nDisallow:\n", "/a", True),
    "prefix": (b"User-agent: *\nDisallow: /ecrire\n", "/ecrire/x", False),
    "prefix is not the middle": (b"User-agent: *\nDisallow: /ecrire\n", "/fr/ecrire", True),
    "paths are case-sensitive": (b"User-agent: *\nDisallow: /Ecrire\n", "/ecrire", True),
    "the longest rule wins": (b"User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c", True),
    "whatever the order": (b"User-agent: *\nAllow: /a/b\nDisallow: /a\n", "/a/b/c", True),
    "the longest may forbid": (b"User-agent: *\nAllow: /a\nDisallow: /a/b\n", "/a/b", False),
    "of two as long, Allow wins": (b"User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", True),
    "star in the middle": (b"User-agent: *\nDisallow: /*/prive/\n", "/fr/prive/x", False),
    "dollar ends": (b"User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf", False),
    "dollar lets longer ones through": (b"User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf?x=1", True),
    "query strings count": (b"User-agent: *\nDisallow: /*?replytocom=\n", "/a?replytocom=3", False),
    "our own group": (b"User-agent: *\nDisallow: /\n\nUser-agent: communiques\nAllow: /\n", "/a", True),
    "our own group only": (b"User-agent: *\nDisallow: /a\n\nUser-agent: communiques\nDisallow: /b\n", "/a", True),
    "our group whatever its case": (b"User-agent: CommuniQues\nDisallow: /\n", "/a", False),
    "another's group": (b"User-agent: GPTBot\nDisallow: /\n", "/a", True),
    "one group of several agents": (b"User-agent: GPTBot\nUser-agent: communiques\nDisallow: /\n", "/a", False),
    "two groups for us are one": (
        b"User-agent: communiques\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\n"
        b"User-agent: communiques\nDisallow: /b\n",
        "/b", False,
    ),
    "unknown lines between": (b"User-agent: *\nNoindex: /x\nHost: site\nDisallow: /a\n", "/a", False),
    "rules before any group are nobody's": (b"Disallow: /\nUser-agent: *\nDisallow: /b\n", "/a", True),
    "spaces and tabs": (b"  User-agent :  * \n\tDisallow :\t/a \n", "/a", False),
    "a comment behind a rule": (b"User-agent: * # all\nDisallow: /a # no\n", "/a", False),
    "Windows line ends": (b"User-agent: *\r\nDisallow: /a\r\n", "/a", False),
    "old Mac line ends": (b"User-agent: *\rDisallow: /a\r", "/a", False),
    "byte order mark": (BOM + b"User-agent: *\nDisallow: /a\n", "/a", False),
    "escaped in the file": (b"User-agent: *\nDisallow: /%C3%A9tat\n", "/état", False),
    "escaped in the address": ("User-agent: *\nDisallow: /état\n".encode(), "/%C3%A9tat", False),
    "robots.txt itself": (b"User-agent: *\nDisallow: /\n", "/robots.txt", True),
    "a page instead of a file": (b"<!doctype html><html><body>Bienvenue</body></html>", "/a", True),
    "NULs and rubbish": (b"\x00\xff\xfeUser-agent: *\x00\nDisallow: /a\n", "/b", True),
    "what stands behind 500 KiB is not read": (b"#" * 512_000 + b"\nUser-agent: *\nDisallow: /\n", "/a", True),
}  # fmt: skip

STATUSES = [(200, True), (204, True), (301, False), (400, True), (401, True), (403, True), (404, True), (410, True),
            (429, False), (500, False), (502, False), (503, False)]  # fmt: skip


@pytest.mark.parametrize("case", RULES)
def test_rules(case: str) -> None:
    text, path, allowed = RULES[case]
    assert read_robots(200, text).allows(f"http://site.example{path}") is allowed


@pytest.mark.parametrize(("status", "allowed"), STATUSES)
def test_statuses(status: int, allowed: bool) -> None:
    assert read_robots(status, b"").allows("http://site.example/a") is allowed


@pytest.mark.parametrize(
    ("line", "delay"),
    [("Crawl-delay: 10", 10), ("Crawl-delay: 0.5", 0.5), ("Crawl-delay: -3", 0), ("Crawl-delay: dix", 0), ("", 0)],
)
def test_crawl_delay(line: str, delay: float) -> None:
    assert Robots(f"User-agent: *\n{line}\nDisallow: /x\n").crawl_delay == delay


def test_a_forbidden_page_is_not_asked_for() -> None:
    with serve({"/robots.txt": b"User-agent: *\nDisallow: /prive", "/prive/1": "secret"}) as site:
        with pytest.raises(ForbiddenError) as caught:
            make_client(site).get("http://site.example/prive/1", make_source())
        assert caught.value.code == "robots"
        assert site.asked == ["site.example/robots.txt"]


def test_a_redirect_into_a_forbidden_part_is_not_followed() -> None:
    away = (302, {"Location": "/prive/1"}, b"")
    with serve({"/robots.txt": b"User-agent: *\nDisallow: /prive", "/a": away, "/prive/1": "secret"}) as site:
        with pytest.raises(ForbiddenError):
            make_client(site).get("http://site.example/a", make_source())
        assert site.paths() == ["/a"]


@pytest.mark.parametrize("status", [500, 503])
def test_without_an_answer_nothing_is_asked(status: int) -> None:
    with serve({"/robots.txt": (status, b""), "/a": "news"}) as site:
        with pytest.raises(ForbiddenError) as caught:
            make_client(site).get("http://site.example/a", make_source())
        assert caught.value.code == "robots_unreachable"
        assert site.paths() == []


def test_a_redirected_file_counts() -> None:
    routes = {"/robots.txt": (301, {"Location": "http://www.site.example/robots.txt"}, b""), "/a": "news"}
    routes["www.site.example/robots.txt"] = b"User-agent: *\nDisallow: /a"
    with serve(routes) as site, pytest.raises(ForbiddenError):
        make_client(site).get("http://site.example/a", make_source())


def test_the_file_is_asked_for_once_a_day_and_kept() -> None:
    clock, kept = Clock(), []
    with serve({"/a": "news"}) as site:
        client = make_client(site, clock, keep=kept.append)
        client.get("http://site.example/a", make_source())
        client.get("http://site.example/a", make_source())
        clock.seconds += 24 * 3600 + 1
        client.get("http://site.example/a", make_source())
        assert site.asked.count("site.example/robots.txt") == 2
    assert [page.kind for page in kept] == ["robots", "robots"]


def test_a_young_copy_from_the_archive_spares_the_request() -> None:
    kept = []
    with serve({"/a": "news"}) as site:
        make_client(site, keep=kept.append).get("http://site.example/a", make_source())
        make_client(site, recall=lambda url: kept[0]).get("http://site.example/a", make_source())
        assert site.asked.count("site.example/robots.txt") == 1
        old = Clock(seconds=24 * 3600 + 5)
        make_client(site, old, recall=lambda url: kept[0]).get("http://site.example/a", make_source())
        assert site.asked.count("site.example/robots.txt") == 2


def test_the_crawl_delay_is_kept_up_to_two_minutes() -> None:
    for line, waited in ((b"Crawl-delay: 7", 7), (b"Crawl-delay: 3600", 120)):
        clock = Clock()
        with serve({"/robots.txt": b"User-agent: *\nDisallow: /x\n" + line, "/a": "news"}) as site:
            client = make_client(site, clock)
            client.get("http://site.example/a", make_source())
            client.get("http://site.example/a", make_source())
        assert clock.slept == [waited]


def test_a_busy_host_is_left_alone() -> None:
    with serve({"/robots.txt": (429, {"Retry-After": "3600"}, b""), "/a": "news"}) as site:
        client = make_client(site)
        for _ in range(3):
            with pytest.raises(RetryLaterError):
                client.get("http://site.example/a", make_source())
        assert len(site.asked) == 1
