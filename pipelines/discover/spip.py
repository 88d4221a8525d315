"""SPIP's sequential ids: the span's first and last article are found by halving, then every id between is a link."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from pipelines.catalog.source import Way
from pipelines.discover.lists import Lists, Span, WayFailedError
from pipelines.discover.moments import read_moment
from pipelines.errors import FetchError
from pipelines.models import Link, Page
from pipelines.web import decode_body

# Ids follow the time of writing, not of publication: texts that lay in a drawer are met by a wider search.
_SLACK_DAYS = timedelta(days=3)
_NEIGHBOURS = 12  # how many missing or undated ids in a row are stepped over while searching
_DATES = (
    re.compile(r'"datePublished"\s*:\s*"([^"]+)"'),
    re.compile(r"""(?:article:published_time|DC\.date[^"']*|date)["']\s+content=["']([^"']+)""", re.I),
    re.compile(r"""<time[^>]+datetime=["']([^"']+)""", re.I),
    re.compile(r"""<abbr[^>]+class=["']published["'][^>]+title=["']([^"']+)""", re.I),
)

Published = Callable[[int], date | None]


def walk_ids(lists: Lists, way: Way, span: Span, newest: int) -> Iterator[Link]:
    """The addresses of all ids that may have been published in the span, oldest first; `newest` is the highest id."""

    def ask_day(number: int) -> date | None:
        return _read_day(lists, _ask_page(lists, _write_address(way, number)))

    low, high = 1, newest
    if span.end and span.end < date.max - _SLACK_DAYS:
        high = find_last(ask_day, low, high, span.end + _SLACK_DAYS)
    if span.start and span.start > date.min + _SLACK_DAYS:
        low = find_last(ask_day, low, high, span.start - _SLACK_DAYS - timedelta(days=1)) + 1
    for number in range(low, high + 1):
        if link := lists.make_link(way, _write_address(way, number)):
            yield link


def find_newest(way: Way, links: list[Link]) -> int:
    """The highest id among links; WayFailedError if none has one."""
    head, _, tail = (way.url or "").partition("{id}")
    pattern = re.compile(re.escape(head.split("://")[-1].removeprefix("www.")) + r"(\d{1,9})" + re.escape(tail))
    ids = [int(found[1]) for link in links if (found := pattern.search(link.url))]
    if not ids:
        raise WayFailedError("unsupported", f"no announced address is of the form {way.url}")
    return max(ids)


def find_last(ask_day: Published, low: int, high: int, day: date) -> int:
    """The highest id whose article is not younger than `day` (one below `low` if all are), by halving.

    >>> find_last(lambda number: date(2025, 1, 1) + timedelta(days=number), 1, 300, date(2025, 2, 1))
    31
    """
    best = low - 1
    while low <= high:
        middle = (low + high) // 2
        found, published = _ask_near(ask_day, middle, low)
        if published is None or published <= day:
            best = max(best, middle)
            low = middle + 1
        else:
            high = found - 1
    return best


def _ask_near(ask_day: Published, number: int, low: int) -> tuple[int, date | None]:
    """The day of an id, or of the nearest lower one that has one."""
    for candidate in range(number, max(low, number - _NEIGHBOURS) - 1, -1):
        if published := ask_day(candidate):
            return candidate, published
    return number, None


def _ask_page(lists: Lists, url: str) -> Page | None:
    """A page of the search; what the archive holds is not asked for again."""
    capture = lists.shelf.latest(url, probes=True) if lists.shelf else None
    if capture and lists.shelf:
        return lists.shelf.read(capture)
    try:
        page = lists.ask(url, "probe")
    except FetchError as error:
        if error.code.startswith("status_"):
            return None
        raise
    return page if page.status == 200 else None


def _read_day(lists: Lists, page: Page | None) -> date | None:
    text = decode_body(page.body) if page else ""
    for pattern in _DATES:
        found = pattern.search(text)
        if found and (moment := read_moment(found[1], lists.source.zone)):
            return moment.astimezone(lists.source.zone).date()
    return None


def _write_address(way: Way, number: int) -> str:
    return (way.url or "").replace("{id}", str(number))
