"""WARC files that others crawled, CC-NEWS and the like: the pages of declared sources, looked at, archived, read.

A file is done once for a source and a span of days. Nothing is asked for. What cannot matter, or lies outside the days,
stays where it is, in the file; an article that the archive holds from the same body is left alone, so a run that was
killed goes on where it stopped.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pipelines.archive import Archive
from pipelines.catalog.source import Source
from pipelines.discover import list_warcs
from pipelines.models import Issue, Page, Window
from pipelines.run.computing import Compute, compute_here
from pipelines.run.failures import write_failures
from pipelines.run.judging import Found, Judged, Leg, judge_leg, unpack_page
from pipelines.run.knowledge import Rules
from pipelines.run.summary import SourceSummary, tell_progress
from pipelines.web import identify_article

LOG = logging.getLogger(__name__)
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


def import_files(
    jobs: Sequence[WarcJob], *, archive: Archive, now: datetime, rules: Rules, compute: Compute = compute_here
) -> list[tuple[SourceSummary, ...]]:
    """Take over the pages of files; a source's `error` names what of a file could not be read.

    Each file is judged leg by leg where `compute` says, all files side by side; what comes back is written here, in an
    order that depends on nothing but the files.
    """
    imports = [[_Import(source, window) for source, window in job.windows] for job in jobs]
    open_legs = [(number, _begin(job, rules)) for number, job in enumerate(jobs)]
    closed: dict[int, tuple[SourceSummary, ...]] = {}
    started = time.monotonic()
    while open_legs:
        following = []
        for (number, leg), found in zip(open_legs, compute(judge_leg, [leg for _, leg in open_legs]), strict=True):
            _take_over(leg, found, {entry.source.id: entry for entry in imports[number]}, archive)
            if found.following is not None:
                following.append((number, leg._replace(start=found.following)))
                continue
            damage = found.damage and f"{leg.path.name} is {found.damage}; what lies before was read"
            closed[number] = tuple(entry.close(archive, now, damage) for entry in imports[number])
            tell_progress(len(closed), len(jobs), time.monotonic() - started)
        open_legs = following
    return [closed[number] for number in range(len(jobs))]


def _begin(job: WarcJob, rules: Rules) -> Leg:
    days = {source.id: (window.start, window.end) for source, window in job.windows}
    return Leg(job.path.absolute(), days, tuple(source for source, _ in job.windows), rules)


def _take_over(leg: Leg, found: Found, imports: Mapping[str, _Import], archive: Archive) -> None:
    """Write what a leg found that the archive has no article of yet, and count."""
    for source_id, count in found.passed_over.items():
        imports[source_id].counts.update({"links": count, "fetched": count, "passed_over": count})
    for page in found.other_days:
        is_known = _is_known(page, archive)
        imports[page.source_id].counts.update(("links", *(("unchanged",) if is_known else ("fetched", "passed_over"))))
    with archive.together():
        for judged in found.kept:
            if not archive.is_forgotten(judged.page.url):
                _keep_judged(judged, imports[judged.page.source_id], archive)
    if found.following is not None:
        LOG.info("%s: %d pages so far", leg.path.name, sum(entry.counts["links"] for entry in imports.values()))


def _is_known(page: Page, archive: Archive) -> bool:
    """Whether the archive has an article from this body."""
    versions = archive.versions(identify_article(page.url))
    return any(version.capture and version.capture.sha256 == page.sha256 for version in versions)


def _keep_judged(judged: Judged, entry: _Import, archive: Archive) -> None:
    if _is_known(judged.page, archive):
        entry.counts.update(("links", "unchanged"))
        return
    entry.counts.update(("links", "fetched"))
    page = unpack_page(judged.page)
    capture = archive.latest(page.url, sha256=page.sha256) or archive.store(page)
    if judged.issue:
        entry.counts["unreadable"] += 1
        entry.issues.append(judged.issue)
    elif judged.article:
        archive.put_article(replace(judged.article, capture=capture))
        entry.counts["articles"] += 1
        entry.settled.append(page.url)
