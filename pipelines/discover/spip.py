"""SPIP's sequential ids: the span's first and last article are found by halving, then every id between is a link."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from pipelines.catalog.source import Way
from pipelines.discover.lists import Lists, Span, WayFailedError
from pipelines.discover.moments import read_moment
from pipelines.errors import FetchError
from pipelines.models import Link, Page
from pipelines.web import decode_body

# Ids follow the time of writing, not of publication: texts that lay in a drawer are met by a wider search.
_SLACK = timedelta(days=3)
_MOST_IDS = 50_000  # in one span: a site that names more has led the search astray
_MOST_PROBES = 600  # pages that are looked at to find the first and the last id of a span; an honest site takes fifty
_LONGEST_LEAP = 10_000  # between the two highest ids announced: a higher one is a slip or a trap
_NEIGHBOURS = 5  # how many missing or undated ids in a row are stepped over while searching
_DATES = (
    re.compile(r'"datePublished"\s*:\s*"([^"]+)"'),
    re.compile(r"""(?:article:published_time|DC\.date[^"']*|date)["']\s+content=["']([^"']+)""", re.I),
    re.compile(r"""<time[^>]{1,200}datetime=["']([^"']+)""", re.I),
    re.compile(r"""<abbr[^>]{1,99}class=["']published["'][^>]{1,99}title=["']([^"']+)""", re.I),
)

Published = Callable[[int], date | None]


def walk_ids(lists: Lists, way: Way, span: Span, newest: int) -> Iterator[Link]:
    """The addresses of all ids that may have been published in the span, oldest first; `newest` is the highest id."""

    asked: list[int] = []

    @cache
    def ask_day(number: int) -> date | None:
        asked.append(number)
        if len(asked) > _MOST_PROBES:
            raise FetchError("too_many_ids", f"{way.url}: no order in {_MOST_PROBES} pages below {newest}")
        return _read_day(lists, _ask_page(lists, _write_address(way, number)))

    high = newest
    if span.end and span.end < date.max - _SLACK:
        high = find_last(ask_day, newest, span.end + _SLACK)
    low = find_first(ask_day, high, span.start - _SLACK) if span.start and span.start > date.min + _SLACK else 1
    if high - low >= _MOST_IDS:
        raise FetchError("too_many_ids", f"{way.url}: {low} to {high} for {span.start} to {span.end}")
    for number in range(low, high + 1):
        if link := lists.make_link(way, _write_address(way, number)):
            yield replace(link, is_guess=True)


def find_newest(way: Way, links: list[Link]) -> int:
    """The highest id among links that is not far above all others; WayFailedError if none has one.

    >>> way = Way(by="spip", url="https://lefaso.net/spip.php?article{id}")
    >>> urls = [f"https://lefaso.net/spip.php?article{number}" for number in (116135, 116140, 999999999)]
    >>> find_newest(way, [Link("lefaso", url) for url in urls])
    116140
    """
    head, _, tail = (way.url or "").partition("{id}")
    pattern = re.compile(re.escape(head.split("://")[-1].removeprefix("www.")) + r"(\d{1,9})" + re.escape(tail))
    ids = sorted(int(found[1]) for link in links if (found := pattern.search(link.url)))
    if not ids:
        raise WayFailedError("unsupported", f"no announced address is of the form {way.url}")
    while len(ids) > 1 and ids[-1] - ids[-2] > _LONGEST_LEAP:
        ids.pop()
    return ids[-1]


def find_last(ask_day: Published, newest: int, day: date) -> int:
    """The highest id whose article is not younger than `day`; where ids have no day, rather one too high.

    >>> find_last(lambda number: date(2025, 1, 1) + timedelta(days=number), 300, date(2025, 2, 1))
    31
    """
    low, high = _leap_back(ask_day, newest, day)
    while low < high:
        middle = (low + high + 1) // 2
        published = _ask_near(ask_day, middle, high)
        low, high = (low, middle - 1) if published and published > day else (middle, high)
    return low


def find_first(ask_day: Published, newest: int, day: date) -> int:
    """The lowest id whose article is not older than `day`; a stretch without any article, and with none below it,
    counts as older.

    >>> find_first(lambda number: date(2025, 1, 1) + timedelta(days=number), 300, date(2025, 2, 1))
    31
    """
    low, high = _leap_back(ask_day, newest, day - timedelta(days=1))
    while low < high:
        middle = (low + high) // 2
        published, at = _ask_near(ask_day, middle, high), middle
        if published is None:
            published, at = _ask_below(ask_day, middle, low)
        low, high = (low, at) if published and published >= day else (at + 1, high)
    return low


def _leap_back(ask_day: Published, newest: int, day: date) -> tuple[int, int]:
    """Two ids between which the day `day` ends, by steps that double: what is asked for mostly lies near the end.

    Steps into nothing go on: there may be older articles below a gap. With none down to the first id, all is above it.
    """
    upper, step, gap = newest, 1, None
    while newest - step > 1:
        candidate = newest - step
        published = _ask_near(ask_day, candidate, upper)
        if published and published <= day:
            return candidate, upper
        upper, gap = (candidate, None) if published else (upper, gap or candidate)
        step *= 2
    if gap is None:
        return 1, upper
    published, at = _ask_below(ask_day, gap, 1)
    if published is None:
        return gap, upper
    return (at, upper) if published <= day else (1, at)


def _ask_near(ask_day: Published, number: int, high: int) -> date | None:
    """The day of an id, or of the nearest higher one that has one."""
    for candidate in range(number, min(high, number + _NEIGHBOURS) + 1):
        if published := ask_day(candidate):
            return published
    return None


def _ask_below(ask_day: Published, number: int, low: int) -> tuple[date | None, int]:
    """The day of a lower id that has one, and that id: looked for by steps that double, down from the id and up from
    `low`, and at every sixteenth between them; the id itself if there is none."""
    steps = [2**power - 1 for power in range((number - low).bit_length())]
    spread = [low + (number - low) * part // 16 for part in range(1, 16)]
    for candidate in dict.fromkeys([*(number - 1 - step for step in steps), *(low + step for step in steps), *spread]):
        if low <= candidate < number and (published := ask_day(candidate)):
            return published, candidate
    return None, number


def _ask_page(lists: Lists, url: str) -> Page | None:
    """A page of the search; what the archive holds is not asked for again."""
    _, kept = lists.recall(url, probes=True)
    if kept:
        return kept
    try:
        page = lists.ask(url, "probe")
    except FetchError as error:
        if error.code.startswith("status_"):
            return None
        raise
    return page if page.status == 200 else None


def _read_day(lists: Lists, page: Page | None) -> date | None:
    text = decode_body(page.body)[:200_000] if page else ""
    for pattern in _DATES:
        found = pattern.search(text)
        if found and (moment := read_moment(found[1], lists.source.zone)):
            return moment.astimezone(lists.source.zone).date()
    return None


def _write_address(way: Way, number: int) -> str:
    return (way.url or "").replace("{id}", str(number))
