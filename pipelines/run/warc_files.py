"""WARC files that others crawled, CC-NEWS and the like: the pages of declared sources, looked at, archived, read.

A file is a task that is done once for a source and a span of days. Nothing is asked for. What cannot matter, or lies
outside the days, stays where it is, in the file; an article that the archive holds from the same body is left alone, so
a run that was killed goes on where it stopped.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pipelines.archive import Archive
from pipelines.catalog.source import Source
from pipelines.discover import find_damage, list_warcs, read_warc
from pipelines.models import Issue, Page, Window
from pipelines.run.failures import write_failures
from pipelines.run.judging import Judge, Judged
from pipelines.run.summary import SourceSummary
from pipelines.web import identify_article

LOG = logging.getLogger(__name__)
PROGRESS_EVERY = 1000
_HEAD = 1 << 16


class WarcJob(NamedTuple):
    """One file, and for each source that has not had it yet the days that are wanted."""

    path: Path
    windows: tuple[tuple[Source, Window], ...]


def plan_files(
    sources: Sequence[Source], start: date, end: date, archive: Archive, paths: Iterable[Path]
) -> list[WarcJob]:
    """The files that are not done yet for these sources and days; UsageError for a path without a WARC file."""
    done = {source.id: archive.windows(source.id) for source in sources}
    jobs = []
    for path in list_warcs(paths):
        via = f"warc:{_fingerprint(path)}"
        windows = [(source, Window(source.id, start, end, via)) for source in sources]
        left = tuple(entry for entry in windows if not _is_done(entry[1], done[entry[0].id]))
        if left:
            jobs.append(WarcJob(path, left))
    return jobs


def _fingerprint(path: Path) -> str:
    """What tells a file from others wherever it lies: its size, and its beginning, in which its own id stands."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    return sha256(f"{path.stat().st_size} ".encode() + head).hexdigest()[:16]


def _is_done(window: Window, done: Iterable[Window]) -> bool:
    return any(w.via == window.via and w.start <= window.start and window.end <= w.end for w in done)


@dataclass(slots=True)
class _Import:
    """What one source has got out of one file so far."""

    source: Source
    window: Window
    counts: Counter[str] = field(default_factory=Counter)
    settled: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def close(self, archive: Archive, now: datetime, damage: str | None) -> SourceSummary:
        write_failures(archive, self.source.id, settled=self.settled, issues=self.issues, now=now)
        if not damage:
            archive.mark_window(Window(self.source.id, self.window.start, self.window.end, self.window.via))
        return SourceSummary(self.source.id, **self.counts, issues=tuple(self.issues), error=damage)


def import_file(job: WarcJob, *, archive: Archive, now: datetime, judge: Judge) -> tuple[SourceSummary, ...]:
    """Take over the pages of one file; a source's `error` names what of the file could not be read."""
    imports = {source.id: _Import(source, window) for source, window in job.windows}
    for judged in judge(_list_pages(job.path, imports, archive)):
        _keep_judged(judged, imports[judged.page.source_id], archive)
    damage = find_damage(job.path)
    told = f"{job.path.name} is {damage}; what lies before was read" if damage else None
    return tuple(entry.close(archive, now, told) for entry in imports.values())


def _list_pages(path: Path, imports: Mapping[str, _Import], archive: Archive) -> Iterator[Page]:
    """The pages of a file from whose bodies the archive has no article."""
    for number, page in enumerate(read_warc(path, [entry.source for entry in imports.values()]), 1):
        if number % PROGRESS_EVERY == 0:
            LOG.info("%s: %d pages so far", path.name, number)
        if archive.is_forgotten(page.url):
            continue
        versions = archive.versions(identify_article(page.url))
        is_known = any(version.capture and version.capture.sha256 == page.sha256 for version in versions)
        imports[page.source_id].counts.update(("links", "unchanged" if is_known else "fetched"))
        if not is_known:
            yield page


def _keep_judged(judged: Judged, entry: _Import, archive: Archive) -> None:
    page, article, window = judged.page, judged.article, entry.window
    is_wanted = article and article.published_date and window.start <= article.published_date <= window.end
    if not is_wanted and not judged.issue:
        entry.counts["passed_over"] += 1
        return
    capture = archive.latest(page.url, sha256=page.sha256) or archive.store(page)
    if judged.issue:
        entry.counts["unreadable"] += 1
        entry.issues.append(judged.issue)
    elif article:
        archive.put_article(replace(article, capture=capture))
        entry.counts["articles"] += 1
        entry.settled.append(page.url)
