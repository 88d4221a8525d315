"""What a run did, in counts that add up: the manifest of the run, and the words and exit status that follow from it."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines.models import Issue
from pipelines.progress import Step, tell_step

LOG = logging.getLogger(__name__)
ATTENTION = 1
REFUSED = 3


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What one source gave in one run: links = fetched + unchanged + failed.

    fetched = articles + unreadable + passed_over (pages of WARC files that a first look or the days left out).
    """

    source_id: str
    links: int = 0
    fetched: int = 0
    unchanged: int = 0
    failed: int = 0
    articles: int = 0
    unreadable: int = 0
    passed_over: int = 0
    issues: tuple[Issue, ...] = ()
    error: str | None = None  # why the source as a whole failed

    def describe(self) -> str:
        """One line for the log."""
        counts = f"{self.links} links, {self.fetched} fetched, {self.unchanged} unchanged, {self.failed} failed"
        return f"{self.source_id}: {counts}" + (f"; source failed: {self.error}" if self.error else "")


@dataclass(frozen=True, slots=True)
class WindowSummary:
    """What one window of the past gave; `gap` says what is missing of it, "" for nothing."""

    source_id: str
    start: date
    end: date
    via: str
    links: int
    fetched: int
    articles: int
    gap: str = ""

    def describe(self) -> str:
        """One line for the terminal."""
        told = f"{self.source_id}  {self.start} to {self.end}  {self.links} links, {self.articles} articles"
        return told + (f"  GAP: {self.gap}" if self.gap else "")


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What one build made: articles = relevant + irrelevant, reports = published + quarantined."""

    articles: int = 0
    newly_read: int = 0
    relevant: int = 0
    communiques: int = 0
    events: int = 0
    reports: int = 0
    totals: int = 0
    issues: int = 0
    expectations: int = 0
    quarantined: tuple[tuple[str, str, int], ...] = ()  # dataset, reason, rows
    newly_quarantined: int = 0
    unreadable: int = 0  # articles on which the reader itself failed
    release_id: str | None = None
    changed_partitions: tuple[str, ...] = ()
    refusal: str | None = None  # the release rule that said no
    validation: str | None = None  # the page that shows every rule and the rows that did not meet it
    mirror_error: str | None = None  # why the bucket does not hold the release


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run: what each source gave, and what was built of it."""

    run_id: str
    started_at: datetime
    finished_at: datetime
    sources: tuple[SourceSummary, ...] = ()
    build: BuildSummary | None = None
    windows: tuple[WindowSummary, ...] = ()
    metrics: Mapping[str, float] = field(default_factory=dict)  # what it took, by Meter.read

    @property
    def failed_sources(self) -> tuple[SourceSummary, ...]:
        """The sources that failed as a whole."""
        return tuple(source for source in self.sources if source.error)

    @property
    def is_degraded(self) -> bool:
        """Whether the rest went on, but a person should look: a source or the reader failed, rows were refused anew."""
        build = self.build
        is_build_degraded = build and (build.unreadable or build.newly_quarantined or build.mirror_error)
        return bool(self.failed_sources or is_build_degraded)

    @property
    def is_mostly_failed(self) -> bool:
        """Whether more than half of the sources failed."""
        return 2 * len(self.failed_sources) > len(self.sources)

    @property
    def is_refused(self) -> bool:
        """Whether a release rule refused what was built."""
        return bool(self.build and self.build.refusal)

    @property
    def exit_status(self) -> int:
        """3 refused; 1 when something new in this run wants a person's look; else 0."""
        if self.is_refused:
            return REFUSED
        return ATTENTION if self.is_degraded else 0

    def describe(self) -> str:
        """What a person should know, in one or a few lines."""
        lines = [source.describe() for source in self.failed_sources]
        if self.sources and not lines:
            lines.append(f"{len(self.sources)} sources, {sum(s.fetched for s in self.sources)} pages fetched")
        gaps = sum(bool(window.gap) for window in self.windows)
        lines += [f"{len(self.windows)} windows, {gaps} of them with gaps"] if self.windows else []
        return "; ".join([*lines, *self._describe_build()])

    def _describe_build(self) -> list[str]:
        build = self.build
        if build is None:
            return []
        page = [f"validation: {build.validation}"] if build.validation else []
        if build.refusal:
            return [f"nothing published: {build.refusal}", *page]
        rows = sum(count for _, _, count in build.quarantined)
        lines = [f"{build.events} events of {build.articles} articles, {rows} rows in quarantine"]
        lines += [f"{build.newly_quarantined} of them new"] if build.newly_quarantined else []
        lines += [f"{build.unreadable} articles could not be read"] if build.unreadable else []
        return lines + ([f"not mirrored: {build.mirror_error}"] if build.mirror_error else []) + page

    def to_json(self) -> dict[str, Any]:
        """The manifest of the run."""
        return asdict(self)


def write_manifest(summary: RunSummary, data: Path) -> Path:
    """Keep the manifest of the run as `runs/<run id>.json` in the data folder."""
    folder = data / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    partial, path = folder / f"{summary.run_id}.json.part", folder / f"{summary.run_id}.json"
    partial.write_text(json.dumps(summary.to_json(), ensure_ascii=False, indent=1, default=str), encoding="utf-8")
    partial.replace(path)
    return path


def read_last_manifest(data: Path) -> dict[str, Any] | None:
    """The newest run's manifest, None when there was no run yet."""
    found = sorted((data / "runs").glob("*.json"))
    return dict(json.loads(found[-1].read_text(encoding="utf-8"))) if found else None


def tell_progress(done: int, total: int, seconds: float) -> None:
    """Say how far a backfill has come and when it will be done if it goes on like that."""
    tell_step(Step("windows or files", done, total, is_over=done == total))
    left = timedelta(seconds=round(seconds / done * (total - done)))
    LOG.info("%d of %d windows or files done, %.1f a minute, about %s left", done, total, 60 * done / seconds, left)
