"""The past as web archives hold it: their CDX server lists captures, the link says where the copy is shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from pipelines.catalog.source import Source
from pipelines.discover.foreign import choose_way, may_be_article
from pipelines.discover.lists import Lists
from pipelines.errors import FetchError
from pipelines.models import Link, Page
from pipelines.web import Client, WebArchive, identify_article

# An article may be captured for the first time long after it came out.
_LATE = timedelta(days=60)
_LIMIT = 50_000


def discover_captures(
    source: Source,
    client: Client,
    archive: WebArchive,
    *,
    since: date,
    until: date,
    is_known: Callable[[str], bool],
    keep: Callable[[Page], object],
) -> Iterator[Link]:
    """Links to the pages of a source that a web archive took between the two days or up to 60 days later.

    Raises FetchError("cdx_truncated") after the last link where the archive has more than it tells at once.
    """
    seen: set[str] = set()
    lists = Lists(source, client, keep)
    for host in sorted(source.hosts):
        rows = _ask_rows(archive.for_source(source), client, host, since, until + _LATE, keep)
        for row in rows:
            link = _make_link(lists, archive, row)
            if link is None or (article_id := identify_article(link.url)) in seen:
                continue
            seen.add(article_id)
            if not is_known(link.url):
                yield link
        if len(rows) >= _LIMIT:
            raise FetchError("cdx_truncated", f"{host} {since} to {until}: more than {_LIMIT} captures")


def _ask_rows(
    archive: WebArchive, client: Client, host: str, since: date, until: date, keep: Callable[[Page], object]
) -> list[Mapping[str, Any]]:
    query = [
        ("url", host), ("matchType", "domain"), ("output", "json"), ("from", f"{since:%Y%m%d}"),
        ("to", f"{until:%Y%m%d}"), ("filter", "statuscode:200"), ("filter", "mimetype:text/html"),
        ("collapse", "urlkey"), ("limit", str(_LIMIT)),
    ]  # fmt: skip
    url = f"{archive.cdx}{'&' if '?' in archive.cdx else '?'}{urlencode(query)}"
    page = client.get(url, archive, kind="api")
    if page.status != 200:
        raise FetchError(f"status_{page.status}", url)
    keep(page)
    return read_rows(page.body)


def read_rows(body: bytes) -> list[Mapping[str, Any]]:
    """The captures in an answer, as Wayback writes them (one table) and as pywb does (one object a line).

    >>> read_rows(b'[["timestamp","original"],["20250720101500","https://lefaso.net/"]]')
    [{'timestamp': '20250720101500', 'original': 'https://lefaso.net/'}]
    >>> read_rows(b'{"timestamp": "20250720101500", "url": "https://lefaso.net/"}')
    [{'timestamp': '20250720101500', 'url': 'https://lefaso.net/'}]
    """
    text = body.decode("utf-8", "replace").strip()
    try:
        if text.startswith("["):
            names, *rows = json.loads(text) or [[]]
            return [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]
        return [row for line in text.splitlines() if isinstance(row := json.loads(line), dict)]
    except (ValueError, TypeError, RecursionError) as error:
        raise FetchError("not_a_cdx", f"{text[:100]!r}") from error


def _make_link(lists: Lists, archive: WebArchive, row: Mapping[str, Any]) -> Link | None:
    """The link of a capture, None for a row that lies: another host, an impossible time, no article's address."""
    original, timestamp = str(row.get("original") or row.get("url") or ""), str(row.get("timestamp") or "")
    if _read_timestamp(timestamp) is None:
        return None
    link = lists.make_link(choose_way(lists.source), original)
    if link is None or not may_be_article(lists.source, link.url):
        return None
    return Link(link.source_id, link.url, replay=archive.address(timestamp, original))


def _read_timestamp(words: str) -> datetime | None:
    try:
        return datetime.strptime(words, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
