"""Listing pages, page by page, for sites that have nothing better."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup
from lxml import etree
from lxml.html import HTMLParser, document_fromstring, tostring

from pipelines.catalog.source import Way
from pipelines.discover.lists import Lists, Span, WayFailedError, check_size
from pipelines.discover.moments import read_moment
from pipelines.errors import FetchError
from pipelines.models import Link, Page
from pipelines.web import decode_body

_MAX_ITEMS = 1000  # announcements on one page


def walk_listing(lists: Lists, way: Way, span: Span, is_known: Callable[[str], bool]) -> Iterator[Link]:
    """The links on a listing's pages, until a page has nothing that is new or nothing as young as the span."""
    seen: set[str] = set()
    for count in range(way.max_pages if "{" in (way.url or "") else 1):
        page = lists.ask(_write_address(way, count), "listing")
        if not 200 <= page.status < 300:
            if count == 0:
                raise WayFailedError(f"status_{page.status}", page.url)
            return
        links = [link for link in parse_listing(lists, way, page) if link.url not in seen]
        seen.update(link.url for link in links)
        if count == 0 and not links:
            raise FetchError("empty_listing", f"{page.url}: no link fits {way.links!r} and {way.pattern!r}")
        yield from links
        if not links or all(is_known(link.url) for link in links) or _is_too_old(lists, links, span):
            return


def parse_listing(lists: Lists, way: Way, page: Page) -> Iterator[Link]:
    """The links on one listing page, in its order."""
    soup = _parse_page(page)
    base = soup.find("base", href=True)
    root = str(base["href"]) if base else page.final_url
    for item in soup.select(way.items, limit=_MAX_ITEMS) if way.items else [soup]:
        anchors = item.select(way.links, limit=_MAX_ITEMS)
        for anchor in anchors[:1] if way.items else anchors:
            link = lists.make_link(
                way, str(anchor.get("href") or ""), root,
                published=_read_date(lists, way, item) if way.items else None, title=anchor.get_text(" "),
            )  # fmt: skip
            if link:
                yield link


def _parse_page(page: Page) -> BeautifulSoup:
    """The page as a soup, no deeper than lxml's own parser allows: one of a hundred thousand levels takes hours."""
    check_size(page)
    content_type = next((value for name, value in page.headers if name.lower() == "content-type"), "")
    text = decode_body(page.body, content_type).replace("\x00", "").encode("utf-8", "replace")
    try:
        tree = document_fromstring(text, parser=HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return BeautifulSoup("", "lxml")
    return BeautifulSoup(tostring(tree, encoding="unicode"), "lxml")


def _write_address(way: Way, count: int) -> str:
    number = str(way.first + count * way.step)
    return (way.url or "").replace("{page}", number).replace("{offset}", number)


def _read_date(lists: Lists, way: Way, item: Any) -> datetime | None:
    found = item.select_one(way.date or "time[datetime]")
    if found is None:
        return None
    words = found.get_text(" ") if way.date_format else str(found.get("datetime") or found.get("title") or "")
    return read_moment(words, lists.source.zone, way.date_format)


def _is_too_old(lists: Lists, links: list[Link], span: Span) -> bool:
    days = [day for link in links if (day := lists.day_of(link))]
    return bool(days and span.start and max(days) < span.start)
