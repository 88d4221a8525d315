"""The one entry: links in the order in which a source announces them, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from pipelines.catalog.source import Source, Way
from pipelines.discover.feeds import read_feed, walk_feed
from pipelines.discover.listings import walk_listing
from pipelines.discover.lists import Lists, Shelf, Span, WayFailedError
from pipelines.discover.sitemaps import walk_sitemaps
from pipelines.discover.spip import find_newest, walk_ids
from pipelines.discover.wordpress import walk_changes, walk_posts
from pipelines.errors import FetchError
from pipelines.models import Link, Page
from pipelines.web import Client, identify_article

IsKnown = Callable[[str], bool]


def discover_links(
    source: Source,
    client: Client,
    *,
    since: date | None,
    until: date | None,
    is_known: IsKnown,
    keep: Callable[[Page], object],
    shelf: Shelf | None = None,
    polled: Counter[str] | None = None,
) -> Iterator[Link]:
    """The links to pages that are new, or that their source says have changed since `shelf` last saw them.

    Without `until` these are news: every way under `discover` is asked, and if the lists no longer reach back to what
    is known, the ways under `history` are asked from `since` on. With `until` it is a window of the past, both days
    included: the first way under `history` that the site offers. `keep` archives the lists that were fetched; `polled`
    counts what the lists of news held: `announced`, and how many of these were `new`.
    Raises FetchError after the last link where a list could not be had.
    """
    lists = Lists(source, client, keep, shelf, until)
    span = Span(since, until)
    was_known = _remember(is_known)
    counted = Counter[str]() if polled is None else polled
    found = _find_news(lists, span, was_known, counted) if until is None else _walk_history(lists, span, was_known)
    seen: set[str] = set()
    for link in found:
        article_id = identify_article(link.url)
        if article_id in seen:
            continue
        is_new = not was_known(link.url) and span.holds(lists.day_of(link))
        if is_new or _has_changed(link, shelf):
            seen.add(article_id)  # a known one may come again, from a list that tells that it has changed
            yield link


def _remember(is_known: IsKnown) -> IsKnown:
    """What was known before this run: the links that it has just yielded are fetched while it goes on."""
    before: dict[str, bool] = {}

    def was_known(url: str) -> bool:
        if url not in before:
            before[url] = is_known(url)
        return before[url]

    return was_known


def _find_news(lists: Lists, span: Span, is_known: IsKnown, polled: Counter[str]) -> Iterator[Link]:
    failures: list[FetchError] = []
    for way in lists.source.discover:
        links: list[Link] = []
        try:
            for link in _walk_news(lists, way, span, is_known):
                links.append(link)
                polled.update(["announced"] if is_known(link.url) else ["announced", "new"])
                yield link
            yield from _fill_gap(lists, way, links, span, is_known)
        except FetchError as error:
            failures.append(error)
    if failures:
        raise failures[0]


def _walk_news(lists: Lists, way: Way, span: Span, is_known: IsKnown) -> Iterable[Link]:
    if way.by == "feed":
        return read_feed(lists, way)
    if way.by == "wordpress":
        return walk_changes(lists, way, span.start)
    return _walk_way(lists, way, span, is_known)


def _fill_gap(lists: Lists, way: Way, links: list[Link], span: Span, is_known: IsKnown) -> Iterator[Link]:
    """What was published between the last run and the oldest link of a feed that has rolled over since."""
    if way.by != "feed" or span.start is None or not lists.source.history or not links:
        return
    days = sorted(day for link in links if (day := lists.day_of(link)))
    older_half = sorted(links, key=lambda link: str(link.published_hint or ""))[: (len(links) + 1) // 2]
    if any(is_known(link.url) for link in older_half) or (days and days[0] < span.start):
        return
    end = days[0] if days else None
    yield from _walk_history(lists, Span(span.start, end), is_known, links)


def _walk_history(lists: Lists, span: Span, is_known: IsKnown, links: Iterable[Link] = ()) -> Iterator[Link]:
    for way in lists.source.history:
        try:
            yield from _walk_way(lists, way, span, is_known, list(links))
            return
        except WayFailedError:
            continue
    raise FetchError("no_history", f"{lists.source.id}: none of its ways to the past is open")


def _walk_way(lists: Lists, way: Way, span: Span, is_known: IsKnown, links: list[Link] | None = None) -> Iterable[Link]:
    if way.by == "wordpress":
        return walk_posts(lists, way, span)
    if way.by == "sitemap":
        return walk_sitemaps(lists, way, span)
    if way.by == "listing":
        # In the past, a page whose links are all known is no reason to stop: older ones may be missing.
        return walk_listing(lists, way, span, is_known if span.end is None else lambda url: False)  # noqa: ARG005
    if way.by == "spip":
        return walk_ids(lists, way, span, find_newest(way, links or _read_announced(lists)))
    return walk_feed(lists, way, span)


def _read_announced(lists: Lists) -> list[Link]:
    feeds = [way for way in lists.source.discover if way.by == "feed"]
    if not feeds:
        raise WayFailedError("unsupported", f"{lists.source.id}: spip needs a feed that tells the newest id")
    return read_feed(lists, feeds[0])


def _has_changed(link: Link, shelf: Shelf | None) -> bool:
    capture = shelf.latest(link.url) if shelf and link.modified_hint else None
    return bool(capture and link.modified_hint and link.modified_hint > capture.fetched_at)
