"""The past of a source: windows of a month, each gone through once and then noted as done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby, zip_longest
from pathlib import Path

from pipelines.archive import Archive
from pipelines.catalog.source import Source
from pipelines.discover import plan_windows
from pipelines.errors import UsageError
from pipelines.models import Window
from pipelines.run.failures import read_failures
from pipelines.run.ingest import ingest_source
from pipelines.run.summary import SourceSummary, WindowSummary
from pipelines.run.warc_files import WarcJob
from pipelines.run.windows import summarise_window
from pipelines.web import WAYBACK, Client, WebArchive

LONGEST_YEARS = 30

WindowDone = tuple[WindowSummary, SourceSummary]


def check_order(start: date | None, end: date | None) -> None:
    """Refuse a span that ends before it begins."""
    if start and end and end < start:
        raise UsageError(f"the span ends on {end}, before it begins on {start}: exchange the two")


def check_span(start: date | None, end: date | None, today: date) -> None:
    """Refuse a span that is empty, lies in the future or is longer than any archive, saying which."""
    check_order(start, end)
    for day, verb in ((start, "begins"), (end, "ends")):
        if day and day > today:
            raise UsageError(f"the span {verb} on {day}, but today is {today}: nothing is published there yet")
    if start and (end or today) - start > timedelta(days=366 * LONGEST_YEARS):
        raise UsageError(f"{start} to {end or today} is more than {LONGEST_YEARS} years: no source goes back so far")


def plan_backfill(
    sources: Sequence[Source], start: date, end: date, archive: Archive, *, via: str = "site"
) -> list[tuple[Source, Window]]:
    """The windows that are not done yet, newest first; the sources take turns, so that their hosts do."""
    lanes = [
        [(source, window) for window in plan_windows(source, start, end, archive.windows(source.id), via=via)]
        for source in sources
    ]
    return [entry for turn in zip_longest(*lanes) for entry in turn if entry is not None]


def split_turns(planned: Sequence[tuple[Source, Window]]) -> list[list[tuple[Source, Window]]]:
    """The plan in turns of at most one window a source, between which a run that waits may come first."""
    turns: list[list[tuple[Source, Window]]] = []
    for source, window in planned:
        if not turns or any(source.id == other.id for other, _ in turns[-1]):
            turns.append([])
        turns[-1].append((source, window))
    return turns


def backfill_window(
    source: Source, window: Window, *, client: Client, archive: Archive, now: datetime, copies: WebArchive = WAYBACK
) -> SourceSummary:
    """Ingest one window; it is done once it lies in the past and no page of it is worth another try.

    `copies` is the web archive that windows by `wayback` ask.
    """
    summary = ingest_source(
        source, client=client, archive=archive, now=now, since=window.start, until=window.end,
        copies=copies if window.via == "wayback" else None,
    )  # fmt: skip
    failures = read_failures(archive, source.id)
    is_open = any(failures[issue.quote].is_passing for issue in summary.issues)
    if window.end < now.date() and not is_open:
        archive.mark_window(replace(window, found=summary.links))
    return summary


def check_paths(via: str, paths: Sequence[Path]) -> Sequence[Path]:
    """The paths of a backfill from WARC files; UsageError where there should be some, or none."""
    if via == "warc" and not paths:
        raise UsageError("via warc needs files or folders to read: name them with --warc (parameter warc)")
    if via != "warc" and paths:
        raise UsageError(f"WARC files are read via warc, not via {via}: add --via warc or leave them out")
    return paths


def name_windows(
    planned: Sequence[tuple[Source, Window]], summaries: Sequence[SourceSummary], archive: Archive
) -> list[WindowDone]:
    """What each window gave, with its gap named."""
    return [
        (summarise_window(source, window, summary, archive), summary)
        for (source, window), summary in zip(planned, summaries, strict=True)
    ]


def name_files(
    jobs: Sequence[WarcJob], summaries: Sequence[Sequence[SourceSummary]], archive: Archive
) -> list[WindowDone]:
    """What each source got out of each file; a source that a file has nothing of is no gap and is left out."""
    done = []
    for job, found in zip(jobs, summaries, strict=True):
        windows = [(source, replace(window, via=job.path.name)) for source, window in job.windows]
        done += name_windows(windows, found, archive)
    return [(window, summary) for window, summary in done if summary.links or summary.error]


def join_summaries(summaries: Iterable[SourceSummary]) -> tuple[SourceSummary, ...]:
    """One summary a source out of those of its windows."""
    ordered = sorted(summaries, key=lambda summary: summary.source_id)
    return tuple(_add_up(list(group)) for _, group in groupby(ordered, key=lambda summary: summary.source_id))


def _add_up(parts: Sequence[SourceSummary]) -> SourceSummary:
    return SourceSummary(
        parts[0].source_id,
        links=sum(part.links for part in parts),
        fetched=sum(part.fetched for part in parts),
        unchanged=sum(part.unchanged for part in parts),
        failed=sum(part.failed for part in parts),
        articles=sum(part.articles for part in parts),
        unreadable=sum(part.unreadable for part in parts),
        passed_over=sum(part.passed_over for part in parts),
        issues=tuple(issue for part in parts for issue in part.issues),
        error=next((part.error for part in parts if part.error), None),
    )
