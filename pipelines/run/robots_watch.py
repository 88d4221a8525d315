"""Has a site's robots.txt changed lately, and does it still let us in?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from pipelines.archive import Archive
from pipelines.catalog.source import Source
from pipelines.errors import ArchiveError
from pipelines.models import Capture, Page
from pipelines.web import list_rules, read_robots

NEWS_FOR = timedelta(days=7)  # how long a change is told


def find_robots_worries(source: Source, archive: Archive, now: datetime) -> Iterator[str]:
    """What a person should know of a source's robots.txt files, from the copies that the archive holds."""
    copies: defaultdict[str, list[Capture]] = defaultdict(list)
    for capture in archive.captures(source.id, kind="robots"):
        if source.covers(capture.url):
            copies[capture.url].append(capture)
    for url, captures in sorted(copies.items()):
        newest = _read(archive, captures[-1])
        if newest and not read_robots(newest.status, newest.body).allows(source.feed or source.home):
            yield f"{url} forbids {source.feed or source.home}"
        if changed := _find_change(archive, captures, now - NEWS_FOR):
            yield f"{url} has changed on {changed:%Y-%m-%d}: compare the copies, and the site's terms"


def _find_change(archive: Archive, captures: list[Capture], since: datetime) -> datetime | None:
    """When the rules were last seen to differ from those before, if that is not long ago."""
    for earlier, later in reversed(list(pairwise(captures))):
        if later.fetched_at <= since:
            return None
        if earlier.sha256 == later.sha256 and earlier.status == later.status:
            continue
        pages = _read(archive, earlier), _read(archive, later)
        if pages[0] and pages[1] and _rules(pages[0]) != _rules(pages[1]):
            return later.fetched_at
    return None


def _rules(page: Page) -> tuple[str, ...]:
    return list_rules(page.status, page.body)


def _read(archive: Archive, capture: Capture) -> Page | None:
    try:
        return archive.read(capture)
    except ArchiveError:
        return None  # its file was removed or damaged: nothing can be said of that copy
