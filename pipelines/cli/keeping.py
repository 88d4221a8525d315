"""The commands that tend the data folder: archive reindex."""

from __future__ import annotations

import click

from pipelines.cli.options import shared_options
from pipelines.errors import UsageError
from pipelines.settings import Settings


@click.group(short_help="The index rebuilt from the archive.")
def archive() -> None:
    """Tend the archive of raw responses."""


@archive.command(short_help="Build the index anew from the WARC files.")
@shared_options
def reindex(settings: Settings) -> int:
    """Build index.sqlite anew from the archived files alone; the exit status is 1 if some of them are damaged.

    \b
    Example:
      communiques archive reindex --data /srv/communiques
    """
    from pipelines.archive import Archive
    from pipelines.run.lock import hold_folder

    if not (settings.data / "archive").is_dir():
        raise UsageError(f"{settings.data}: no archive here; name the data folder with --data")
    with hold_folder(settings.data), Archive(settings.data, now=settings.now) as opened:
        issues = opened.reindex()
        pages, articles = sum(1 for _ in opened.captures()), sum(1 for _ in opened.articles())
    for issue in issues:
        click.echo(f"{issue.code}: {issue.detail}")
    click.echo(f"{pages} pages, {articles} articles")
    return 1 if issues else 0
