"""Asking a source for its lists (feeds, sitemaps, listing pages, interfaces): conditionally, and kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from pipelines.catalog.source import Source, Way
from pipelines.errors import ArchiveError, FetchError
from pipelines.models import Capture, Link, Page
from pipelines.web import Client, ask_for_change, canonicalise_url


class WayFailedError(FetchError):
    """A way that this site does not offer; the next one is tried."""


MAX_LIST = 5_000_000  # bytes of a feed or a listing page: the largest honest ones are a tenth of it


def check_size(page: Page) -> None:
    """Raise FetchError("too_large") for a list that no site means: what reads it needs many times as much memory."""
    if len(page.body) > MAX_LIST:
        raise FetchError("too_large", f"{page.url}: {len(page.body)} bytes, more than {MAX_LIST} of a feed or listing")


class Shelf(Protocol):
    """What discovery asks of the archive."""

    def latest(self, url: str, *, probes: bool = False) -> Capture | None:
        """The newest capture of an address; `probes` counts pages that were only looked at for their date."""
        ...

    def read(self, capture: Capture) -> Page:
        """The page of a capture."""
        ...


@dataclass(frozen=True, slots=True)
class Span:
    """Days of publication in the source's own timezone, both ends included; None is open."""

    start: date | None = None
    end: date | None = None

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in the span; a day that is not known may.

        >>> Span(date(2025, 7, 1)).holds(date(2025, 6, 30)), Span().holds(None)
        (False, True)
        """
        return day is None or ((self.start is None or day >= self.start) and (self.end is None or day <= self.end))


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of one source."""

    source: Source
    client: Client
    keep: Callable[[Page], object]
    shelf: Shelf | None = None
    settled_by: date | None = None  # the past: a copy that is younger than this day has all that is looked for

    def ask(self, url: str, kind: str) -> Page:
        """The list at an address, from the archive where the site says that it has not changed.

        The archived body is read again then: a run that was killed may have left some of its links undone.
        """
        capture, kept = self.recall(url)
        if kept and self.settled_by and kept.fetched_at.date() > self.settled_by:
            return kept
        page = self.client.get(url, self.source, ask_for_change(capture, self.client.now(), hours=1), kind)
        if page.status == 304 and kept:
            return kept
        if 200 <= page.status < 300:
            self.keep(page)
        return page

    def recall(self, url: str, *, probes: bool = False) -> tuple[Capture, Page] | tuple[None, None]:
        """What the archive holds of an address, if it can still be read."""
        capture = self.shelf.latest(url, probes=probes) if self.shelf else None
        if capture is None or self.shelf is None:
            return None, None
        try:
            return capture, self.shelf.read(capture)
        except ArchiveError:
            return None, None  # its file is gone or damaged: the page is asked for as if it were new

    def make_link(
        self, way: Way, url: str, base: str = "", *, published: datetime | None = None, title: str = "",
        content: str | None = None, modified: datetime | None = None,
    ) -> Link | None:  # fmt: skip
        """A link of this source, None for an address that is foreign, no web address, or not of the way's pattern."""
        if not url.strip():
            return None
        try:
            address = canonicalise_url(url, base or self.source.home)
        except ValueError:
            return None
        if not self.source.covers(address) or not way.matches(address):
            return None
        return Link(self.source.id, address, published, " ".join(title.split()), content, modified)

    def day_of(self, link: Link) -> date | None:
        """The day on which an announcement says that the article came out, in the source's timezone."""
        return link.published_hint.astimezone(self.source.zone).date() if link.published_hint else None
