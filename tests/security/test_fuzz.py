"""Whatever comes in ends in a result or in a word of ours, never in a crash: pages, YAML, WARC files and feeds, drawn.

A drawing that once failed stays below as an `example`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines.archive import Archive
from pipelines.catalog.corrections import load_corrections
from pipelines.catalog.source import SHIPPED, Source, Way, load_sources
from pipelines.discover.feeds import parse_feed
from pipelines.discover.listings import parse_listing
from pipelines.discover.lists import Lists
from pipelines.discover.sitemaps import _parse_map, _unpack
from pipelines.discover.warc_files import find_damage, read_warc
from pipelines.errors import CommuniquesError, ExtractError
from pipelines.extract import extract_article
from pipelines.models import Page
from pipelines.run.knowledge import Knowledge, load_knowledge, read_article

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SOURCE = Source.model_validate(
    {"id": "site", "name": "Le Site", "country": "BF", "kind": "press", "home": "https://site.example/",
     "discover": ["feed"], "feed": "https://site.example/feed/"}
)  # fmt: skip


def fuzz(examples: int) -> settings:
    """So many drawings, however long one takes on a busy machine."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


WORDS = st.sampled_from(
    ("Dix terroristes ont été tués lundi à Gao", "le 31 février 2025", "le lundi 20 juillet", "deux pick-up détruits,",
     "selon l'état-major.", "\u202e", "\x00", "«", "»", "’", "&#0;", "&nbsp;", "1 000 000 000 000", "deux cent mille",
     "dans la nuit du 31 au 1er", "entre Gao et Ménaka", "0", "-1", "𝟙𝟚", "e\u0301", "\ud7ff", "\n\n", "•",
     "1/2/25", "24h00")
)  # fmt: skip
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=20)), max_size=25).map(" ".join)
TAGS = st.sampled_from(
    ("p", "div", "h1", "article", "table", "script", "time", "a", "template", "svg", "title", "style")
)
HTML = st.recursive(
    TEXTS, lambda inner: st.builds("<{0} class='entry {1}'>{2}</{0}>".format, TAGS, WORDS, inner), max_leaves=8
)
STAMPS = st.one_of(
    st.sampled_from(("2025-07-20T10:00:00Z", "0025-01-01", "9999-12-31T23:59:59+14:00", "2025-13-45", "NaN", "")),
    st.text(max_size=12),
)  # fmt: skip
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), STAMPS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(("@type", "@graph", "datePublished", "headline", "author", "name", "x")), inner
        ),
    ),
    max_leaves=8,
)


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return load_knowledge()


@contextmanager
def ends_in_ours(*names: str) -> Iterator[None]:
    """Nothing but an error of ours may come out, and it names these."""
    words = ""
    try:
        yield
    except CommuniquesError as error:
        words = str(error) or "nothing"
    assert not words or all(name in words for name in names)


def make_page(body: bytes, kind: str = "text/html; charset=utf-8", url: str = "https://site.example/a/") -> Page:
    return Page("site", url, url, NOW, 200, (("Content-Type", kind),), body, sha256(body).hexdigest())


def read_page(body: bytes, kind: str) -> None:
    """From the bytes to the reports; every span of a report is where it says that it is."""
    try:
        article = extract_article(make_page(body, kind), None, SOURCE)
    except ExtractError:
        return
    reading = read_article(article, knowledge())
    for report in reading.reports:
        for span in report.evidence:
            assert article.text[span.start : span.end] == span.text


@fuzz(40)
@given(HTML, JSON, STAMPS, st.sampled_from(("utf-8", "latin-1", "utf-16", "cp1252", "x-unknown", "")))
def test_a_page_of_tags(html: str, data: Any, stamp: str, charset: str) -> None:
    head = f'<meta property="article:published_time" content="{stamp}">'
    head += f'<script type="application/ld+json">{json.dumps(data)}</script>'
    page = f"<html lang=fr><head>{head}</head><body><article><h1>Mali</h1>{html}</article></body></html>"
    read_page(page.encode("utf-8", "surrogatepass"), f"text/html; charset={charset}")


@fuzz(60)
@given(st.binary(max_size=400), st.sampled_from(("text/html", "text/html; charset=utf-7", "\x00", "image/png")))
@example(b'<?xml version="1.0" encoding="utf-8"?><html><body><p>Dix morts.</p></body></html>', "text/html")
def test_a_page_of_bytes(body: bytes, kind: str) -> None:
    read_page(body, kind)
    read_page(b"<html><body><article><p>" + body * 5, kind)


@lru_cache(maxsize=1)
def list_declared() -> list[str]:
    return [path.read_text("utf-8") for path in sorted(SHIPPED.rglob("*.yml"))[::6]]


ODD = ("http://[", "file:///etc/passwd", "javascript:x", "https://u:p@h/", "Europe/Nowhere", "(((", "a[", "../x")
VALUES = st.one_of(JSON, st.sampled_from(ODD))


@fuzz(40)
@given(st.integers(0, 3), st.data())
def test_a_source_file_with_a_changed_key(tmp_path: Path, number: int, data: st.DataObject) -> None:
    keys = yaml.safe_load(list_declared()[number])
    keys[data.draw(st.sampled_from([*keys, "unknown", "selectors", "history"]))] = data.draw(VALUES)
    (tmp_path / "site.yml").write_text(yaml.safe_dump(keys, allow_unicode=True), encoding="utf-8")
    load_or_say(tmp_path)


@fuzz(60)
@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))))
@example(b"a: &x [*x]")
@example(b"!!python/object/apply:os.system ['true']")
@example(b"\xff\xfe")
@example(b"? [a, b]\n: c")
def test_a_source_file_of_anything(tmp_path: Path, words: bytes) -> None:
    (tmp_path / "site.yml").write_bytes(words)
    load_or_say(tmp_path)


def load_or_say(folder: Path) -> None:
    with ends_in_ours("site.yml"):
        load_sources(folder=folder)


@fuzz(40)
@given(VALUES)
def test_corrections_of_anything(tmp_path: Path, value: Any) -> None:
    (tmp_path / "corrections.yml").write_text(yaml.safe_dump({"corrections": value}), encoding="utf-8")
    with ends_in_ours("corrections.yml"):
        load_corrections(tmp_path)


@lru_cache(maxsize=2)
def write_crawl(*, packed: bool) -> bytes:
    stream = BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    for number in range(3):
        body = f"<html><p>{number}</p></html>".encode()
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://site.example/{number}/", "response", payload=BytesIO(body), length=len(body), http_headers=head
        )
        writer.write_record(record)
    return stream.getvalue()


def spoil(data: bytes, changes: list[tuple[int, bytes]]) -> bytes:
    """The bytes with some of them overwritten, some put in between."""
    for place, piece in changes:
        at = place % (len(data) + 1)
        data = data[:at] + piece + data[at + (len(piece) if place % 2 else 0) :]
    return data


CHANGES = st.lists(st.tuples(st.integers(0, 10_000), st.binary(min_size=1, max_size=12)), min_size=1, max_size=4)


@fuzz(80)
@given(st.booleans(), CHANGES, st.integers(0, 3000))
def test_a_spoilt_warc_file(tmp_path: Path, packed: bool, changes: list[tuple[int, bytes]], cut: int) -> None:
    file = tmp_path / ("a.warc.gz" if packed else "a.warc")
    file.write_bytes(spoil(write_crawl(packed=packed), changes)[: cut + 200])
    assert len(list(read_warc(file, [SOURCE]))) <= 3
    find_damage(file)


@fuzz(40)
@given(CHANGES)
def test_a_spoilt_file_of_our_own_archive(tmp_path_factory: Any, changes: list[tuple[int, bytes]]) -> None:
    folder = tmp_path_factory.mktemp("spoilt")
    with Archive(folder, now=lambda: NOW) as archive:
        for number in range(3):
            archive.store(make_page(f"<p>{number}</p>".encode(), url=f"https://site.example/{number}/"))
    file = next((folder / "archive").rglob("*.warc.gz"))
    file.write_bytes(spoil(file.read_bytes(), changes))
    (folder / "index.sqlite").unlink()
    with Archive(folder, now=lambda: NOW) as archive:
        for capture in archive.captures():
            with ends_in_ours():
                archive.read(capture)
        archive.store(make_page(b"<p>new</p>", url="https://site.example/new/"))
    with Archive(folder, now=lambda: NOW) as archive:
        assert archive.latest("https://site.example/new/")


FEED = (
    b'<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    b"<title>Le Site</title><item><title>Un</title><link>https://site.example/1/</link>"
    b"<pubDate>Sun, 20 Jul 2025 10:00:00 +0000</pubDate><content:encoded>x</content:encoded></item></channel></rss>"
)
MAP = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://site.example/1/</loc></url></urlset>'


@fuzz(60)
@given(CHANGES)
@example([(5, b"\x00")])  # a listing that is a feed: the HTML parser told everybody so on stderr
@example([(55, b"\x81"), (650, b"\x85")])  # a name of an element that feedparser could not take apart
def test_spoilt_lists(changes: list[tuple[int, bytes]]) -> None:
    lists: Any = Lists(SOURCE, SimpleNamespace(), list)
    for parse in (parse_feed, parse_listing):
        with ends_in_ours():
            for link in parse(lists, Way(by="feed"), make_page(spoil(FEED, changes), "application/rss+xml")):
                assert SOURCE.covers(link.url)
    with ends_in_ours():
        list(_parse_map(_unpack(spoil(MAP, changes), "https://site.example/sitemap.xml")))


@pytest.mark.parametrize("day", [date(25, 1, 1), date(9999, 12, 31)])
def test_a_day_that_no_press_has_printed_is_none(day: date) -> None:
    page = f'<meta property="article:published_time" content="{day.isoformat()}"><p>Dix morts à Gao.</p>' * 3
    read_page(page.encode(), "text/html")
