"""The commands that only look: sources, check, status, watch, verify."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.cli.next_steps import NO_DATA, NOTHING_PUBLISHED
from pipelines.cli.options import echo_json, json_option, shared_options
from pipelines.errors import UsageError
from pipelines.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.catalog.source import Source
    from pipelines.models import Article, Link, Page

ATTENTION = 1


@click.command(short_help="The declared news sites.")
@json_option
@shared_options
def sources(as_json: bool, settings: Settings) -> int:
    """List the sources that `communiques run` takes, with those of --catalog.

    \b
    Example:
      communiques sources --json | jq -r '.[] | select(.country == "ML") | .id'
    """
    from pipelines.run.opening import choose_sources

    declared = choose_sources(settings)
    if as_json:
        echo_json([source.model_dump(mode="json", exclude_none=True) for source in declared])
        return 0
    for source in declared:
        seen = f"seen to work on {source.verified}" if source.verified else "not verified live"
        click.echo(f"{source.id:24} {source.country}  {source.kind:10} {source.home}  ({seen})")
    return 0


@click.command(short_help="Ask sources live whether they can be read.")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@json_option
@shared_options
def check(ids: tuple[str, ...], as_json: bool, settings: Settings) -> int:
    """Ask the live sites, politely: robots.txt, their announcements, the newest articles. Nothing is kept.

    \b
    Example:
      communiques check lefaso aib
    """
    from pipelines.discover import check_source
    from pipelines.extract import extract_article
    from pipelines.run.opening import choose_sources, make_client

    def read_from(source: Source) -> Callable[[Page, Link], Article]:
        return lambda page, link: extract_article(page, None, source, link)

    found = [
        check_source(source, make_client(settings), read=read_from(source)) for source in choose_sources(settings, ids)
    ]
    if as_json:
        echo_json([{**asdict(seen), "is_sound": seen.is_sound} for seen in found])
    for seen in () if as_json else found:
        filled = ", ".join(f"{name} {share:.0%}" for name, share in seen.fill.items())
        told = "; ".join(seen.problems) or "sound"
        click.echo(f"{seen.source_id:24} {seen.links} links, {seen.tried} read ({filled or 'none'}): {told}")
    return 0 if all(seen.is_sound for seen in found) else ATTENTION


@click.command(short_help="The last run, the release, quarantine, disk.")
@json_option
@shared_options
def status(as_json: bool, settings: Settings) -> int:
    """Show what stands in the data folder.

    \b
    Example:
      communiques status --data /srv/communiques
    """
    from pipelines.publish import find_current, read_refused
    from pipelines.run.meter import measure_archive
    from pipelines.run.summary import read_last_manifest

    data = _need_folder(settings.data)
    current = find_current(data)
    answer: dict[str, Any] = {
        "data": str(data),
        "release": current.name if current else None,
        "last_run": read_last_manifest(data),
        "quarantined": len(read_refused(data / "quarantine")),
        "free_bytes": shutil.disk_usage(data).free,
        "archive_bytes": measure_archive(data),
    }
    if as_json:
        echo_json(answer)
    else:
        _show_status(answer)
    return 0


def _show_status(answer: dict[str, Any]) -> None:
    run = answer["last_run"]
    click.echo(f"data        {answer['data']}")
    click.echo(f"release     {answer['release'] or 'none yet'}")
    click.echo(f"last run    {run['run_id']} ended {run['finished_at']}" if run else "last run    none yet")
    for source in run["sources"] if run else ():
        told = f"failed: {source['error']}" if source["error"] else f"{source['fetched']} fetched"
        click.echo(f"            {source['source_id']}: {told}")
    click.echo(f"quarantine  {answer['quarantined']} rows")
    click.echo(f"archive     {answer['archive_bytes'] / 1e6:.1f} MB; free disk {answer['free_bytes'] / 1e9:.1f} GB")


@click.command(short_help="The health of every source, from what is stored.")
@json_option
@shared_options
def watch(as_json: bool, settings: Settings) -> int:
    """Judge the sources: visited lately, as many articles as usual, fields filled as usual, a schedule that keeps up,
    robots.txt as it was, nobody refusing us. The exit status is 1 for a worry.

    \b
    Example:
      communiques watch --json      # with what was measured, to be written under `expected:` of a source's file
    """
    from pipelines.run.health import check_sources
    from pipelines.run.opening import choose_sources, open_to_look

    with open_to_look(settings) as archive:
        found = check_sources(choose_sources(settings), archive, settings.now())
    if as_json:
        echo_json([asdict(health) for health in found])
    else:
        for health in found:
            told = "; ".join(health.worries) or "well"
            click.echo(f"{health.source_id:24} {health.articles_this_week:5} this week  {told}")
    return ATTENTION if any(health.worries for health in found) else 0


@click.command(short_help="Manifest against files, and the promises of the published data.")
@json_option
@shared_options
def verify(as_json: bool, settings: Settings) -> int:
    """Check every file of the current release against its checksum, and its rows against each other.

    \b
    Example:
      communiques verify --data /srv/communiques
    """
    from pipelines.publish import find_current, verify_release

    current = find_current(_need_folder(settings.data))
    if current is None:
        raise UsageError(NOTHING_PUBLISHED.format(data=settings.data))
    problems = verify_release(current)
    if as_json:
        echo_json({"release": current.name, "problems": problems})
    else:
        for problem in problems:
            click.echo(problem)
        click.echo(f"{current.name}: {len(problems)} problems" if problems else f"{current.name}: sound")
    return ATTENTION if problems else 0


def _need_folder(data: Path) -> Path:
    if not (data / "index.sqlite").exists() and not (data / "current").is_symlink():
        raise UsageError(NO_DATA.format(data=data))
    return data
