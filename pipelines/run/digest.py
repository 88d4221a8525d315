"""A run as a page of Markdown that a person reads: what came of it, its sources, its quarantine, its newest events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pipelines.publish import find_current
from pipelines.run.events import HEADINGS, list_events
from pipelines.run.summary import BuildSummary, RunSummary, SourceSummary
from pipelines.settings import Settings

NEWEST = 20


def describe_run(summary: RunSummary, settings: Settings) -> str:
    """The whole page."""
    parts = [f"# Run {summary.run_id}", summary.describe() or "Nothing to do."]
    if summary.build:
        parts += [*_describe_build(summary.build), *_describe_events(settings.data)]
    if summary.sources:
        parts += ["## Sources", draw_table(SOURCE_HEADINGS, map(_describe_source, summary.sources))]
    if summary.build:
        parts += ["## Quarantine", _describe_quarantine(summary.build)]
    parts += ["## What it took", draw_table(("measure", "value"), _describe_metrics(summary.metrics))]
    return "\n\n".join([*parts, "## Files", *_list_links(settings)])


SOURCE_HEADINGS = ("source", "links", "fetched", "unchanged", "failed", "articles", "without article", "error")


def _describe_source(source: SourceSummary) -> Sequence[object]:
    counts = (source.links, source.fetched, source.unchanged, source.failed, source.articles, source.unreadable)
    return (source.source_id, *counts, source.error or "")


def _describe_build(build: BuildSummary) -> Iterator[str]:
    yield (
        f"**{build.events} events** told by {build.reports} reports, and {build.totals} totals, in {build.articles} "
        f"articles ({build.newly_read} newly read); {build.communiques} of them are communiqués. "
        f"{len(build.changed_partitions)} partitions changed."
    )


def _describe_events(data: Path) -> Iterator[str]:
    current = find_current(data)
    if current:
        events = list(list_events(current))
        yield f"## Newest events ({min(NEWEST, len(events))} of {len(events)})"
        yield draw_table(HEADINGS, reversed(events[-NEWEST:]))


def _describe_quarantine(build: BuildSummary) -> str:
    if not build.quarantined:
        return "No row."
    return draw_table(("dataset", "rule", "rows"), build.quarantined)


def _describe_metrics(metrics: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    yield from ((name.replace("_", " "), f"{value:,.10g}") for name, value in metrics.items())


def _list_links(settings: Settings) -> Iterator[str]:
    """Where the pages beside the dataset are: under the address at which they are served, else on the disk."""
    pages = {
        "Validation report": "validation/summary.html",
        "Data Docs of Great Expectations": "validation/data-docs/index.html",
        "Release": "current/README.md",
        "Metrics for Prometheus": "metrics.prom",
    }
    base = settings.pages.rstrip("/") or settings.data.absolute().as_uri()
    yield "\n".join(f"- [{name}]({base}/{path})" for name, path in pages.items() if (settings.data / path).exists())


def draw_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table of Markdown; what would break it or be read as markup is made harmless.

    >>> print(draw_table(("a", "b"), [(1, "x|<y>")]))
    | a | b |
    |---|---|
    | 1 | x\\|&lt;y&gt; |
    """
    lines = [headings, *rows]
    drawn = [f"| {' | '.join(_spell_cell(cell) for cell in line)} |" for line in lines]
    return "\n".join([drawn[0], "|" + "---|" * len(headings), *drawn[1:]])


def _spell_cell(cell: object) -> str:
    words = " ".join(str(cell).split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for sign in "\\|[]*_`":
        words = words.replace(sign, f"\\{sign}")
    return words
