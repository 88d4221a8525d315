"""A hostile site beside a calm one: what it does is an issue or the source's own failure, and the other's news come.

What single requests, lists, pages and files do to the client, to discovery, to the extraction and to the archive stands
in tests/web/test_hostile.py, tests/discover, tests/extract and tests/archive; here the whole way in meets it.
"""

from __future__ import annotations

import socket
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from pipelines.archive import Archive
from pipelines.catalog.source import Source
from pipelines.discover import spip
from pipelines.models import Article
from pipelines.run.ingest import SourceFailedError, ingest_source
from pipelines.run.summary import SourceSummary
from pipelines.web import Limits
from tests.extract.test_article import OG_DATE, TEXT, render
from tests.web.serving import NOW, Route, Talk, make_client, make_source, serve
from tests.web.test_hostile import drip_body, drip_chunks, drip_headers, fall_silent, flood

QUICK = Limits(connect_s=2, read_s=1, total_s=1.5, attempts=1, max_bytes=6_000_000)
HOSTILE = make_source(feed="http://site.example/feed", discover=["feed"])
CALM = make_source(id="calm", home="http://calm.example/", feed="http://calm.example/feed", discover=["feed"])
GOOD = render(head=OG_DATE)


def make_feed(*items: str) -> str:
    return f"<rss version='2.0'><channel>{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"


FEED = make_feed("<link>http://site.example/bad/</link>", "<link>http://site.example/good/</link>")
CALM_ROUTES: dict[str, Route] = {
    "calm.example/feed": make_feed("<link>http://calm.example/1/</link>"), "calm.example/1/": GOOD
}  # fmt: skip


class Visits:
    """Both sources visited, the hostile one first."""

    def __init__(self, archive: Archive, routes: dict[str, Route], hostile: Source) -> None:
        with serve(CALM_ROUTES | routes) as site:
            client = make_client(site, limits=QUICK)
            self.hostile, self.calm = (
                _visit(source, lambda source=source: ingest_source(source, client=client, archive=archive, now=NOW))
                for source in (hostile, CALM)
            )
            self.asked = [line for line in site.asked if line.startswith("site.example")]
        self.articles: list[Article] = list(archive.articles("site"))

    @property
    def codes(self) -> list[str]:
        """What the hostile source's issues and its own failure are called."""
        told = [issue.code for issue in self.hostile.issues]
        return told + ([self.hostile.error.partition(":")[0]] if self.hostile.error else [])


def _visit(source: Source, work: Callable[[], SourceSummary]) -> SourceSummary:
    try:
        return work()
    except SourceFailedError as error:
        return error.summary


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path, now=lambda: NOW) as opened:
        yield opened


def half_close(talk: Talk) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<html>")
    talk.connection.shutdown(socket.SHUT_WR)
    talk.server.site.stop.wait(3)


def say_raw(data: bytes) -> Route:
    return lambda talk: talk.raw(data)


def lead(to: str) -> Route:
    return (302, {"Location": to}, b"")


def pack_bomb(head: bytes) -> bytes:
    """80 MB in 80 KB."""
    packer = zlib.compressobj(9, wbits=31)
    return packer.compress(head + b" " * 80_000_000) + packer.flush()


def unfold() -> Route:
    return (200, {"Content-Encoding": "gzip"}, pack_bomb(b"<html>"))


def dated(day: str) -> str:
    return render(head=f'<meta property="article:published_time" content="{day}">')


PAGES: dict[str, tuple[Route, str | None]] = {
    "slow drip": (drip_body, "timeout"),
    "slow drip of headers": (drip_headers, "timeout"),
    "slow drip of chunks": (drip_chunks, "timeout"),
    "silence in the middle": (fall_silent, "timeout"),
    "endless body": (flood, "too_large"),
    "gzip bomb": (unfold(), "too_large"),
    "redirect loop": (lead("http://site.example/bad/"), "too_many_redirects"),
    "redirect to this machine": (lead("http://127.0.0.1/"), "foreign_host"),
    "redirect to a metadata address": (lead("http://169.254.169.254/latest/"), "foreign_host"),
    "redirect to a file": (lead("file:///etc/passwd"), "scheme"),
    "a length too long": (say_raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n<p>"), "incomplete"),
    "a length below zero": (say_raw(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n<p>"), "no_title"),
    "a length that is none": (say_raw(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n<p>"), "no_title"),
    "a connection closed on one side": (half_close, "incomplete"),
    "no answer": (say_raw(b""), "unreachable"),
    "a server error": ((500, b""), "status_500"),
    "a thousand levels": (render("<div>" * 1500 + TEXT, head=OG_DATE), "any"),
    "year 0025": (dated("0025-07-20T10:00:00Z"), "no_date"),
    "year 9999": (dated("9999-12-31T23:59:59+00:00"), "no_date"),
    "nothing but NULs": ("\x00" * 5000, "empty"),
    "names with line ends and NULs": (
        (200, {"Content-Type": "text/html", "ETag": '"a\tb"', "X-\x01": "y"},
         render(title="Une\n embuscade\x00 déjouée", head=OG_DATE).encode()),
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PAGES)
def test_a_page_is_an_issue_and_the_rest_comes(archive: Archive, case: str) -> None:
    route, code = PAGES[case]
    seen = Visits(
        archive, {"/feed": FEED, "/bad/": route, "/good/": render(head=OG_DATE, title="La bonne page")}, HOSTILE
    )
    assert "http://site.example/good/" in {article.url for article in seen.articles}
    assert seen.codes == ([code] if code and code != "any" else seen.codes[:1] if code else [])
    assert len(seen.articles) + len(seen.hostile.issues) == 2
    assert seen.calm.articles == 1
    for article in seen.articles:
        assert "\x00" not in article.text
        assert "\n" not in article.title


def pour(talk: Talk) -> None:
    """A feed of 100 MB, if it is let."""
    talk.raw(b"HTTP/1.1 200 OK\r\n\r\n<rss version='2.0'><channel>")
    for _ in range(100):
        talk.raw(b"<item><link>http://site.example/good/</link></item>" * 20_000)


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "a" * 10}">' for n in range(10))
XML_BOMB = f"<?xml version='1.0'?><!DOCTYPE rss [{ENTITIES}]>" + make_feed(
    "<title>&a9;</title><link>http://site.example/good/</link>"
)
FEEDS: dict[str, tuple[Route, str | None]] = {
    "100 MB": (pour, "too_large"),
    "larger than any feed": (make_feed(f"<title>{'x' * 5_500_000}</title>"), "too_large"),
    "gzip bomb": (unfold(), "too_large"),
    "slow drip": (drip_chunks, "timeout"),
    "a 429 storm": ((429, {"Retry-After": "86400"}, b""), "status_429"),
    "an end of rest in the year 9999": ((429, {"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}, b""), "status_429"),
    "a million levels": ("<rss version='2.0'><channel><item>" + "<a>" * 1_000_000, "not_a_feed"),
    "rubbish": (b"\x00\xff" * 50_000, "not_a_feed"),
    "a page": ("<html><body>Bienvenue</body></html>", "not_a_feed"),
    "refused": ((403, b"no"), "status_403"),
    "XML bomb": (XML_BOMB, None),
    "odd days": (make_feed(
        "<link>http://site.example/good/</link><pubDate>Mon, 01 Jan 0025 00:00:00 GMT</pubDate>",
        "<link>http://site.example/good/?b</link><pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate>",
    ), None),
    "names with line ends and NULs": (make_feed(
        "<link>http://site.example/go\nod/</link><title>a&#0;\n\nb</title><guid>\x00</guid>"
    ), None),
}  # fmt: skip


@pytest.mark.parametrize("case", FEEDS)
def test_a_feed_fails_alone(archive: Archive, case: str) -> None:
    route, code = FEEDS[case]
    seen = Visits(archive, {"/feed": route, "/good/": GOOD, "/good/?b": GOOD}, HOSTILE)
    assert seen.codes == ([code] if code else [])
    assert bool(seen.hostile.error) == bool(code)
    assert bool(seen.articles) == (code is None)
    assert len(seen.asked) <= 4
    assert seen.calm.articles == 1


INDEX = "<sitemapindex><sitemap><loc>http://site.example/sitemap.xml</loc></sitemap></sitemapindex>"
DAYS = "<urlset><url><loc>http://site.example/good/</loc><lastmod>{}</lastmod></url></urlset>"
SITEMAPS: dict[str, tuple[Route, str | None]] = {
    "itself": (INDEX, None),
    "a bomb inside": (pack_bomb(b"<urlset>"), "too_large"),
    "cut off": ("<urlset><url><loc>http://site.example/go", None),
    "year 0025": (DAYS.format("0025-01-01"), None),
    "year 9999": (DAYS.format("9999-12-31T23:59:59+00:00"), None),
    "line ends": (DAYS.format("\n2026-04-20\n").replace("good", "go\nod"), None),
}


@pytest.mark.parametrize("case", SITEMAPS)
def test_a_sitemap_ends(archive: Archive, case: str) -> None:
    route, code = SITEMAPS[case]
    source = make_source(discover=[{"by": "sitemap", "url": "http://site.example/sitemap.xml"}])
    seen = Visits(archive, {"/sitemap.xml": route, "/good/": GOOD}, source)
    assert seen.codes == ([code] if code else [])
    assert len(seen.asked) <= 3
    assert seen.calm.articles == 1


@pytest.mark.parametrize("day", ["2020-01-01", ""])
def test_ids_without_end_are_not_walked(archive: Archive, day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed that announces nothing but article 999999999, on a site whose old articles have a day or none at all."""
    monkeypatch.setattr(spip, "_MOST_PROBES", 60)
    way = {"by": "spip", "url": "http://site.example/spip.php?article{id}"}
    source = make_source(feed="http://site.example/feed", discover=["feed"], history=[way])

    class Everything(dict[str, Route]):
        def get(self, key: str, default: Route | None = None) -> Route | None:
            number = key.partition("article")[2]
            if not number:
                return super().get(key, default)
            return (404, b"") if day and int(number) > 5000 else dated(day)

    routes = Everything({"/feed": make_feed("<link>http://site.example/spip.php?article999999999</link>")})
    with serve(routes) as site:
        client = make_client(site, limits=QUICK)
        with suppress(SourceFailedError):
            ingest_source(
                source, client=client, archive=archive, now=NOW, since=date(2026, 4, 1), until=date(2026, 4, 30)
            )
        assert len(site.asked) < 100
