"""One source, from its announcements to archived pages and stored articles; item errors become issues."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from pipelines.archive import Archive
from pipelines.catalog.source import Source
from pipelines.discover import discover_captures, discover_links
from pipelines.errors import CommuniquesError, ExtractError, FetchError, ForbiddenError, RetryLaterError
from pipelines.extract import extract_article
from pipelines.fetch import fetch_page
from pipelines.models import Capture, Issue, Link, Page
from pipelines.progress import track
from pipelines.run.failures import read_failures, write_failures
from pipelines.run.journal import name_source
from pipelines.run.summary import SourceSummary
from pipelines.run.visits import (
    MOST_REFUSALS,
    REFUSALS,
    check_rest,
    note_refusals,
    note_rest,
    note_visit,
    read_last_visit,
)
from pipelines.web import WAYBACK, Client, WebArchive, identify_article

LOG = logging.getLogger(__name__)
PROGRESS_EVERY = 25
NO_FAULT = "not_there"  # a guessed address that leads nowhere
OUT_OF_TIME = "out_of_time"
_NEVER = datetime.min.replace(tzinfo=UTC)
_NEVER = datetime.min.replace(tzinfo=UTC)
OVERLAP = timedelta(days=3)  # what a site publishes under a day that was over when it was last visited


class SourceFailedError(CommuniquesError):
    """A source that failed as a whole; what it gave until then is in `summary`."""

    def __init__(self, summary: SourceSummary, cause: FetchError) -> None:
        super().__init__(f"{summary.source_id}: {summary.error}")
        self.summary = summary
        is_no = isinstance(cause, ForbiddenError | RetryLaterError) or cause.code in (*REFUSALS, OUT_OF_TIME)
        self.is_passing = not is_no


@dataclass(slots=True)
class _Visit:
    """One visit to a source, with what it has given so far. `before` is when the last whole visit began."""

    source: Source
    client: Client
    archive: Archive
    before: datetime
    copies: WebArchive | None = None  # the web archive that is asked instead of the site
    minutes: int | None = None  # how long the visit may take
    begun: float = 0.0  # on the monotonic clock
    counts: Counter[str] = field(default_factory=Counter)
    settled: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    unread: dict[str, Capture] = field(default_factory=dict)  # pages that a killed visit fetched and did not read
    polled: Counter[str] = field(default_factory=Counter)  # what the source's lists of news hold: `announced`, `new`
    refusals: int = 0  # in a row

    def knows(self, url: str) -> bool:
        """Whether an earlier visit that went to its end has met the page: only then older ones can be left out."""
        capture = self.archive.latest(url)
        return capture is not None and capture.fetched_at <= self.before

    def holds(self, url: str) -> bool:
        """Whether the archive has the page or its article, from whatever visit and however its address was spelt."""
        return self.archive.latest(url) is not None or bool(self.archive.versions(identify_article(url)))

    def has_done(self, link: Link) -> bool:
        """Whether this visit, or one that was broken off, has dealt with the page already."""
        if self.archive.is_forgotten(link.url) or any(issue.quote == link.url for issue in self.issues):
            return True
        if link.url in self.unread:
            return False
        capture = self.archive.latest(link.url)
        if capture is None or (link.modified_hint and link.modified_hint > capture.fetched_at):
            return False
        return capture.fetched_at > self.before

    def check_time(self) -> None:
        """Break the visit off, between two pages, when it has had its time."""
        if self.minutes and time.monotonic() - self.begun > self.minutes * 60:
            told = f"{self.minutes} minutes (COMMUNIQUES_VISIT) are over, the next run goes on here"
            raise FetchError(OUT_OF_TIME, told)

    def count(self, *names: str) -> None:
        """Count a page, and tell now and then how many there were."""
        self.counts.update(names)
        if "links" in names and self.counts["links"] % PROGRESS_EVERY == 0:
            LOG.info("%s: %d pages so far", self.source.id, self.counts["links"])

    def file_issue(self, stage: str, error: FetchError | ExtractError, url: str) -> None:
        self.issues.append(Issue(stage, error.code, quote=url, detail=error.detail, source_id=self.source.id))
        self.refusals = self.refusals + 1 if error.code in REFUSALS else 0
        if self.refusals >= MOST_REFUSALS and not self.copies:
            raise ForbiddenError("blocked", f"{self.refusals} pages in a row were refused, the last one {url}")

    def close(self, now: datetime, error: FetchError | None = None) -> SourceSummary:
        issues, told = tuple(self.issues), str(error) if error else None
        write_failures(self.archive, self.source.id, settled=self.settled, issues=issues, now=now)
        if not self.copies:  # a web archive's refusals are not the site's
            note_refusals(self.archive, self.source.id, now, issues, error)
            if isinstance(error, RetryLaterError) and error.code != "retry_later":
                note_rest(self.archive, self.source.id, error)
        summary = SourceSummary(self.source.id, **self.counts, issues=issues, error=told)
        LOG.log(logging.WARNING if error else logging.INFO, "%s", summary.describe())
        return summary


def ingest_source(
    source: Source,
    *,
    client: Client,
    archive: Archive,
    now: datetime,
    since: date | None = None,
    until: date | None = None,
    copies: WebArchive | None = None,
    minutes: int | None = None,
) -> SourceSummary:
    """Discover, fetch, archive and extract: what is new (since a day), or with `until` a window of the past, from the
    site or from the `copies` that a web archive took.

    Raises SourceFailedError when the source itself fails (its lists, its robots.txt, its host), refuses one page after
    the other, asked for rest that is not over, or has not come to its end after so many `minutes`.
    """
    before, begun = read_last_visit(archive, source.id, now) or _NEVER, time.monotonic()
    with name_source(source.id):
        return _go_through(_Visit(source, client, archive, before, copies, minutes, begun), now, since, until)


def _go_through(visit: _Visit, now: datetime, since: date | None, until: date | None) -> SourceSummary:
    source, archive = visit.source, visit.archive
    told = read_failures(archive, source.id)
    visit.unread = {page.url: page for page in archive.unread(source.id, visit.before) if page.url not in told}
    try:
        if not visit.copies:
            check_rest(archive, source.id, visit.client.now())
        for link in track(_find_links(visit, since, until), source.id):
            _ingest_link(visit, link)
        for url in list(visit.unread):
            _ingest_link(visit, Link(source.id, url))
    except FetchError as error:
        raise SourceFailedError(visit.close(now, error), error) from error
    if until is None:
        note_visit(archive, source.id, now, visit.polled["announced"], visit.polled["new"])
    return visit.close(now)


def _find_links(visit: _Visit, since: date | None, until: date | None) -> Iterator[Link]:
    """What the source announces; without an `until` also what could not be had the last time."""
    archive, source = visit.archive, visit.source
    if until is None:
        failures = read_failures(archive, source.id).values()
        yield from (Link(source.id, failure.url) for failure in failures if failure.is_passing)
        since = since or _look_back(visit.before)
    if visit.copies and since and until:
        yield from discover_captures(
            source, visit.client, visit.copies, since=since, until=until, is_known=visit.holds, keep=archive.store
        )
        return
    yield from discover_links(
        source,
        visit.client,
        since=since,
        until=until,
        is_known=visit.knows,
        keep=archive.store,
        shelf=archive,
        polled=visit.polled,
    )


def _look_back(before: datetime) -> date | None:
    """The day from which on news may have been missed, None for a source that was never visited."""
    return (before - OVERLAP).date() if before.year > 1 else None


def _ingest_link(visit: _Visit, link: Link) -> None:
    """One link: its page archived first, then read; what goes wrong with it stays its own affair."""
    visit.check_time()
    if visit.has_done(link):
        return
    if capture := visit.unread.pop(link.url, None):
        visit.count("links", "fetched")
        _read_page(visit, visit.archive.read(capture), capture, link)
        return
    try:
        previous = visit.archive.latest(link.url)
        page = fetch_page(link, visit.source, visit.client, previous, archive=visit.copies or WAYBACK)
    except RetryLaterError:
        raise
    except FetchError as error:
        if error.code != NO_FAULT:
            visit.count("links", "failed")
            visit.file_issue("fetch", error, link.url)
        return
    visit.count("links", "unchanged" if page.is_unchanged else "fetched")
    _keep_page(visit, page, link)


def _keep_page(visit: _Visit, page: Page, link: Link) -> None:
    capture = visit.archive.store(page)
    if not page.is_unchanged:
        _read_page(visit, page, capture, link)


def _read_page(visit: _Visit, page: Page, capture: Capture, link: Link) -> None:
    try:
        visit.archive.put_article(extract_article(page, capture, visit.source, link))
        visit.count("articles")
        visit.refusals = 0
        visit.settled.append(link.url)
    except ExtractError as error:
        visit.count("unreadable")
        visit.file_issue("extract", error, link.url)
