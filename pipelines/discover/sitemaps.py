"""Sitemaps: indexes, plain and compressed, with `lastmod` and Google News' publication dates."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin

from lxml import etree

from pipelines.catalog.source import Way
from pipelines.discover.lists import Lists, Span, WayFailedError
from pipelines.discover.moments import read_day_in_path, read_moment
from pipelines.errors import FetchError
from pipelines.models import Link

_MAX_MAPS = 500
_MAX_BYTES = 60_000_000  # the protocol's own limit is 50 MB
_USUAL = ("wp-sitemap.xml", "sitemap_index.xml", "sitemap.xml")
_NOT_ARTICLES = re.compile(r"(?:taxonom|users|author|categor|tag|posts-page|page-sitemap|attachment|image|video)", re.I)
# An article that was touched up later than this is found in the window of the change.
_GRACE = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class _Entry:
    url: str
    is_map: bool
    lastmod: str = ""
    published: str = ""
    title: str = ""


def walk_sitemaps(lists: Lists, way: Way, span: Span) -> Iterator[Link]:
    """The addresses in the site's sitemaps whose day, as far as one is given, lies in the span."""
    queue = _list_roots(lists, way)
    seen = set(queue)
    answered = False
    while queue and len(seen) <= _MAX_MAPS:
        url = queue.pop(0)
        entries = _read_map(lists, url)
        if entries is None:
            continue
        answered = True
        for entry in entries:
            if not entry.is_map:
                if link := _make_link(lists, way, entry, span):
                    yield link
            elif entry.url not in seen and _may_hold(lists, entry, span):
                seen.add(entry.url)
                queue.append(entry.url)
        if _is_usual(url):
            queue = [address for address in queue if not _is_usual(address)]  # one usual map is enough
    if not answered:
        raise WayFailedError("unsupported", f"{lists.source.home}: no sitemap")


def _list_roots(lists: Lists, way: Way) -> list[str]:
    home = lists.source.home
    if way.url:
        return [way.url]
    named = [url for url in lists.client.robots(home, lists.source).sitemaps if lists.source.covers(url)]
    return list(dict.fromkeys(named)) or [urljoin(home, "/" + name) for name in _USUAL]


def _is_usual(url: str) -> bool:
    return url.rsplit("/", 1)[-1] in _USUAL


def _read_map(lists: Lists, url: str) -> Iterator[_Entry] | None:
    """What a sitemap lists, None if there is none at the address."""
    page = lists.ask(url, "sitemap")
    if page.status != 200:
        return None
    body = _unpack(page.body, url)
    return _parse_map(body) if re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", body[:20000]) else None


def _unpack(body: bytes, url: str) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(body, _MAX_BYTES)
    except zlib.error as error:
        raise FetchError("bad_encoding", f"{url}: {error}") from error
    if unpacker.unconsumed_tail:
        raise FetchError("too_large", f"{url}: more than {_MAX_BYTES} bytes unpacked")
    return plain


def _parse_map(body: bytes) -> Iterator[_Entry]:
    """The entries of a map, one by one and each freed after use; entities are never expanded."""
    parser = etree.XMLPullParser(
        events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    for start in range(0, len(body), 65536):
        parser.feed(body[start : start + 65536])
        for _, element in parser.read_events():
            name = _local(element)
            if name in ("url", "sitemap"):
                texts = {_local(child): (child.text or "").strip() for child in element.iter()}
                yield _Entry(
                    texts.get("loc", ""), name == "sitemap", texts.get("lastmod", ""),
                    texts.get("publication_date", ""), texts.get("title", ""),
                )  # fmt: skip
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]


def _local(element: etree._Element) -> str:
    # not by QName, which refuses the names that a damaged map may hold
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _may_hold(lists: Lists, entry: _Entry, span: Span) -> bool:
    if not lists.source.covers(entry.url) or _NOT_ARTICLES.search(entry.url.rsplit("/", 1)[-1]):
        return False
    changed = read_moment(entry.lastmod, lists.source.zone)
    return not (changed and span.start and changed.date() < span.start)


def _make_link(lists: Lists, way: Way, entry: _Entry, span: Span) -> Link | None:
    zone = lists.source.zone
    changed = read_moment(entry.lastmod, zone)
    published = read_moment(entry.published, zone) or read_day_in_path(entry.url, zone)
    if not published and changed:
        day = changed.astimezone(zone).date()
        if (span.start and day < span.start) or (span.end and day > span.end + _GRACE):
            return None
    return lists.make_link(way, entry.url, published=published, title=entry.title, modified=changed)
