"""RSS and Atom."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.catalog.source import Way
from pipelines.discover.lists import Lists, Span, WayFailedError, check_size
from pipelines.discover.moments import settle_moment
from pipelines.errors import FetchError
from pipelines.models import Link, Page

_UTC = ZoneInfo("UTC")
_MAX_ITEMS = 5000
_MAX_DEPTH = 1000  # pieces of HTML that somebody forgot to escape lie not so deep
_MARKS = re.compile(rb"</|/>|<[A-Za-z]")


def read_feed(lists: Lists, way: Way) -> list[Link]:
    """What the feed announces now, in its own order; FetchError if it cannot be had or is no feed."""
    url = way.url or lists.source.feed or lists.source.home
    page = lists.ask(url, "feed")
    if not 200 <= page.status < 300:
        raise FetchError(f"status_{page.status}", url)
    return list(parse_feed(lists, way, page))


def walk_feed(lists: Lists, way: Way, span: Span) -> Iterator[Link]:
    """The feed's older pages (`?paged=2` …), as far back as the span reaches."""
    url = way.url or lists.source.feed
    if not url:
        raise WayFailedError("unsupported", f"{lists.source.id} has no feed")
    seen: set[str] = set()
    for number in range(1, way.max_pages + 1):
        page = lists.ask(f"{url}{'&' if '?' in url else '?'}paged={number}" if number > 1 else url, "feed")
        if not 200 <= page.status < 300:
            if number == 1:
                raise WayFailedError("unsupported", f"{url}: status {page.status}")
            return
        links = [link for link in parse_feed(lists, way, page) if link.url not in seen]
        seen.update(link.url for link in links)
        yield from links
        days = [day for link in links if (day := lists.day_of(link))]
        if not links or (days and span.start and max(days) < span.start):
            return


def parse_feed(lists: Lists, way: Way, page: Page) -> Iterator[Link]:
    """The links in a feed's bytes; FetchError: `not_a_feed` for a page that is none, `too_large`."""
    import feedparser

    check_size(page)
    if _is_bottomless(page.body):
        raise FetchError("not_a_feed", f"{page.url}: more than {_MAX_DEPTH} elements inside each other")
    # Declared entities are how a small feed becomes a large one; no feed that we know needs any.
    body = _drop_doctype(page.body)
    headers = {"content-type": {name.lower(): value for name, value in page.headers}.get("content-type", "")}
    try:
        parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False, response_headers=headers)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise FetchError("not_a_feed", f"{page.url}: {error}") from error  # it has no error of its own for damage
    if not parsed.get("version") and not parsed.entries:
        raise FetchError("not_a_feed", page.url)
    for entry in parsed.entries[:_MAX_ITEMS]:
        if link := _read_entry(lists, way, page.final_url, entry):
            yield link


def _is_bottomless(body: bytes) -> bool:
    """Whether elements lie deeper in each other than in any feed: what reads feeds takes the square of the depth."""
    depth = 0
    first, *others = body.split(b"<![CDATA[")
    for part in (first, *(other.partition(b"]]>")[2] for other in others)):
        for mark in _MARKS.finditer(part):
            depth += 1 if mark[0] not in (b"</", b"/>") else -1
            if depth > _MAX_DEPTH:
                return True
    return False


def _drop_doctype(body: bytes) -> bytes:
    start = body.find(b"<!DOCTYPE", 0, 2000)
    if start < 0:
        return body
    inner, end = body.find(b"[", start), body.find(b">", start)
    if 0 <= inner < end:
        end = body.find(b">", body.find(b"]", inner))
    return body[:start] + body[end + 1 :] if end >= 0 else b""


def _read_entry(lists: Lists, way: Way, base: str, entry: Any) -> Link | None:
    address = str(entry.get("link") or entry.get("id") or "")
    published = _read_struct(entry.get("published_parsed") or dict.get(entry, "updated_parsed"))
    contents = [str(part.get("value", "")) for part in entry.get("content", [])]
    return lists.make_link(
        way,
        address,
        base,
        published=published,
        title=str(entry.get("title", "")),
        content=max(contents, key=len, default="") or None,
        modified=_read_struct(dict.get(entry, "updated_parsed")),
    )


def _read_struct(parsed: Any) -> datetime | None:
    try:
        return settle_moment(datetime.fromtimestamp(calendar.timegm(parsed), UTC), _UTC) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None
