"""WordPress' own interface: by windows of days for the past, by day of change for what is new."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode, urljoin

from pipelines.catalog.source import Way
from pipelines.discover.lists import Lists, Span, WayFailedError
from pipelines.discover.moments import read_moment
from pipelines.errors import FetchError
from pipelines.models import Link, Page

_PER_PAGE = 100
_FIELDS = "id,link,date,date_gmt,modified,modified_gmt,title"
_DAY = timedelta(days=1)


def walk_posts(lists: Lists, way: Way, span: Span) -> Iterator[Link]:
    """The posts of a span of days, oldest first; WayFailedError if the site keeps its interface closed."""
    asked = {"orderby": "date", "order": "asc"}
    # Both bounds are exclusive and in the site's own time, whatever that is: a day more on each side.
    if span.start:
        asked["after"] = _write_day(span.start - _DAY)
    if span.end:
        asked["before"] = _write_day(span.end + 2 * _DAY)
    for posts in _turn_pages(lists, way, asked):
        yield from _read_posts(lists, way, posts)


def walk_changes(lists: Lists, way: Way, since: date | None) -> Iterator[Link]:
    """The posts that are new or were changed since a day (the latest hundred if none is given), newest change first."""
    asked = {"orderby": "modified", "order": "desc"}
    if since:
        asked["modified_after"] = _write_day(since - _DAY)
    for posts in _turn_pages(lists, way, asked):
        links = list(_read_posts(lists, way, posts))
        yield from links
        changes = [link.modified_hint.date() for link in links if link.modified_hint]
        # An old WordPress ignores modified_after and would give its whole history.
        if since is None or (changes and min(changes) < since - _DAY):
            return


def _turn_pages(lists: Lists, way: Way, asked: Mapping[str, str]) -> Iterator[list[Any]]:
    base, page, posts = _ask_first(lists, way, asked)
    for number in range(2, way.max_pages + 2):
        yield posts
        if number > _count_pages(page) or len(posts) < _PER_PAGE:
            return
        page = lists.ask(_write_query(base, way, asked, number), "api")
        if page.status == 400:
            return  # rest_post_invalid_page_number: past the last page
        answer = _read_json(page)
        if page.status != 200 or not isinstance(answer, list):
            raise FetchError("wordpress_broke_off", f"{page.url}: status {page.status}, no list of posts")
        posts = answer


def _ask_first(lists: Lists, way: Way, asked: Mapping[str, str]) -> tuple[str, Page, list[Any]]:
    """The first page, at the usual address or at the one that works without pretty addresses."""
    home = lists.source.home
    usual = (urljoin(home, "wp-json/wp/v2/posts"), urljoin(home, "?rest_route=/wp/v2/posts"))
    for base in (way.url,) if way.url else usual:
        page = lists.ask(_write_query(base, way, asked, 1), "api")
        posts = _read_json(page)
        if page.status == 200 and isinstance(posts, list):
            return base, page, posts
    raise WayFailedError("unsupported", f"{home}: no open WordPress interface")


def _write_query(base: str, way: Way, asked: Mapping[str, str], number: int) -> str:
    fields = _FIELDS + (",content" if way.take_content else "")
    query = {**asked, "per_page": str(_PER_PAGE), "page": str(number), "_fields": fields}
    return f"{base}{'&' if '?' in base else '?'}{urlencode(query, safe=',:/')}"


def _read_json(page: Page) -> Any:
    try:
        return json.loads(page.body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None


def _count_pages(page: Page) -> int:
    header = next((value for name, value in page.headers if name.lower() == "x-wp-totalpages"), "")
    return int(header) if header.isascii() and header.isdigit() else 10**6


def _read_posts(lists: Lists, way: Way, posts: list[Any]) -> Iterator[Link]:
    for post in posts:
        if isinstance(post, Mapping) and (link := _read_post(lists, way, post)):
            yield link


def _read_post(lists: Lists, way: Way, post: Mapping[str, Any]) -> Link | None:
    content = _rendered(post, "content") or None
    link = lists.make_link(
        way,
        str(post.get("link") or ""),
        published=_read_time(lists, post, "date"),
        title=unescape(_rendered(post, "title")),
        content=content,
        modified=_read_time(lists, post, "modified"),
    )
    is_open = not (isinstance(post.get("content"), Mapping) and post["content"].get("protected"))
    return replace(link, is_whole=way.take_content and is_open and content is not None) if link else None


def _read_time(lists: Lists, post: Mapping[str, Any], name: str) -> datetime | None:
    if exact := read_moment(f"{post.get(f'{name}_gmt') or ''}Z", lists.source.zone):
        return exact
    return read_moment(str(post.get(name) or ""), lists.source.zone)


def _rendered(post: Mapping[str, Any], name: str) -> str:
    part = post.get(name)
    return str(part.get("rendered", "")) if isinstance(part, Mapping) else ""


def _write_day(day: date) -> str:
    return datetime.combine(day, time()).isoformat()
