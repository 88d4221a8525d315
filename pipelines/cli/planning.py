"""What a backfill would do, shown before it does anything: windows, requests, time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.cli.options import echo_json
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.run.opening import OpenRun


def show_plan(
    start: date,
    end: date,
    sources: Sequence[str],
    via: str,
    paths: Sequence[Path],
    *,
    as_json: bool,
    settings: Settings,
) -> int:
    """Show what is left to do, and fetch nothing."""
    from pipelines.run.opening import open_run

    with open_run(settings, sources) as run:
        entries, total = _plan_files(run, start, end, paths) if paths else _plan_windows(run, start, end, via)
    if as_json:
        echo_json(entries)
        return 0
    for entry in entries:
        click.echo("  ".join(str(entry[name]) for name in ("source", "file", "start", "end", "cost") if name in entry))
    click.echo(total)
    return 0


def _plan_windows(run: OpenRun, start: date, end: date, via: str) -> tuple[list[dict[str, Any]], str]:
    from pipelines.run.backfill import plan_backfill
    from pipelines.run.opening import choose_web_archive
    from pipelines.run.windows import add_costs, estimate_cost

    planned = plan_backfill(run.sources, start, end, run.archive, via=via)
    delay = choose_web_archive(run.settings).min_delay_s if via == "wayback" else 0.0
    done = {source.id: run.archive.windows(source.id) for source in run.sources}
    costs = [estimate_cost(source, window, done[source.id], delay_s=delay) for source, window in planned]
    entries = [
        {"source": source.id, "start": window.start, "end": window.end, "via": via, "requests": cost.requests,
         "seconds": cost.seconds, "cost": cost.describe()}
        for (source, window), cost in zip(planned, costs, strict=True)
    ]  # fmt: skip
    total = add_costs(planned, costs, one_host=via == "wayback")
    unknown = sum(cost.requests is None for cost in costs)
    told = f"{len(planned)} windows to go through, {total.describe()}"
    return entries, told + (f" and {unknown} windows of which nothing tells how much they hold" if unknown else "")


def _plan_files(run: OpenRun, start: date, end: date, paths: Sequence[Path]) -> tuple[list[dict[str, Any]], str]:
    from pipelines.run.warc_files import plan_files

    jobs = plan_files(run.sources, start, end, run.archive, paths)
    entries = [
        {"file": str(job.path), "start": start, "end": end, "via": "warc", "sources": len(job.windows), "requests": 0,
         "bytes": (size := job.path.stat().st_size), "cost": f"{size / 1e6:.1f} MB for {len(job.windows)} sources"}
        for job in jobs
    ]  # fmt: skip
    total = sum(job.path.stat().st_size for job in jobs)
    return entries, f"{len(jobs)} files to go through, {total / 1e6:.1f} MB, no requests"
