"""The commands that run a flow: run, ingest, build, backfill."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipelines.cli.conduct import conduct_flow, finish_run
from pipelines.cli.next_steps import greet
from pipelines.cli.options import DAY, engine_options, json_option, shared_options, source_option
from pipelines.cli.planning import show_plan
from pipelines.errors import UsageError
from pipelines.settings import Settings

since_option = click.option(
    "--since", type=DAY, help="Go back to this day of publication [default: since the last run]."
)


@click.command(short_help="Fetch what is new, read it, check it, publish it.")
@source_option
@since_option
@json_option
@engine_options
@shared_options
def run(sources: tuple[str, ...], since: date | None, as_json: bool, settings: Settings) -> int:
    """The scheduled job by hand: ingest what is new, rebuild what it touches, validate, publish.

    A source that fails does not stop the others: the exit status is 1 and the summary says which and why.

    \b
    Examples:
      communiques run
      communiques run --source lefaso --source aib --since 2026-01-01
    """
    greet(settings)
    parameters = {"sources": list(sources) or None, "start": since}
    return finish_run(conduct_flow("pipeline", settings, parameters), as_json=as_json)


@click.command(short_help="The first half of run: fetch and archive what is new.")
@source_option
@since_option
@json_option
@shared_options
def ingest(sources: tuple[str, ...], since: date | None, as_json: bool, settings: Settings) -> int:
    """Fetch, archive and extract what is new; nothing is published until `communiques build`.

    \b
    Example:
      communiques ingest --source lefaso
    """
    greet(settings)
    parameters = {"sources": list(sources) or None, "start": since}
    return finish_run(conduct_flow("ingest", settings, parameters), as_json=as_json)


@click.command(short_help="The second half of run: read, merge, validate, publish.")
@click.option("--from", "start", type=DAY, help="Read articles with events from this day on again.")
@click.option("--to", "end", type=DAY, help="Read articles with events up to this day again.")
@click.option("--all", "everything", is_flag=True, help="Read every article again.")
@json_option
@engine_options
@shared_options
def build(start: date | None, end: date | None, everything: bool, as_json: bool, settings: Settings) -> int:
    """Publish a release of what the archive holds; nothing is fetched.

    Articles that this version has not read yet are read; those with events in the days given are read again. Only
    partitions whose rows change are written.

    \b
    Examples:
      communiques build
      communiques build --from 2025-07-01 --to 2025-07-31
      communiques build --all
    """
    if everything and (start or end):
        raise UsageError("--all reads every article again: leave out --from and --to, or --all")
    if start and end and end < start:
        raise UsageError(f"--to {end} lies before --from {start}: exchange the two")
    parameters = {"start": start, "end": end, "everything": everything}
    return finish_run(conduct_flow("build", settings, parameters), as_json=as_json)


@click.command(short_help="The past: from the sites' own archives, month by month.")
@click.option("--from", "start", type=DAY, required=True, help="First day of publication.")
@click.option("--to", "end", type=DAY, required=True, help="Last day of publication.")
@source_option
@click.option(
    "--via",
    type=click.Choice(["site", "wayback", "warc"]),
    default="site",
    show_default=True,
    help="Where the past is kept.",
)
@click.option(
    "--warc",
    "paths",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help="A WARC file, or a folder of them (repeatable).",
)
@click.option("--plan", is_flag=True, help="Show the windows that are left to do, and fetch nothing.")
@json_option
@engine_options
@shared_options
def backfill(
    start: date, end: date, sources: tuple[str, ...], via: str, paths: tuple[Path, ...], plan: bool, as_json: bool,
    settings: Settings,
) -> int:  # fmt: skip
    """Take in what the sources published between two days, then build.

    A source's month, or a WARC file, is a task that is done once: broken off and started again, the command goes on
    where it was. Wayback is asked unless COMMUNIQUES_CDX names another web archive.

    \b
    Examples:
      communiques backfill --from 2025-01-01 --to 2025-06-30 --source lefaso --plan
      communiques backfill --from 2025-01-01 --to 2025-06-30 --source lefaso --via wayback
      communiques backfill --from 2025-01-01 --to 2025-06-30 --via warc --warc /srv/cc-news
    """
    from pipelines.run.backfill import check_paths, check_span

    check_span(start, end, settings.now().date())
    check_paths(via, paths)
    if plan:
        return show_plan(start, end, sources, via, paths, as_json=as_json, settings=settings)
    parameters = {
        "start": start, "end": end, "sources": list(sources) or None, "via": via,
        "warc": [str(path.absolute()) for path in paths] or None,
    }  # fmt: skip
    summary = conduct_flow("backfill", settings, parameters)
    for window in () if as_json else summary.windows:
        click.echo(window.describe())
    return finish_run(summary, as_json=as_json)
