"""What to do next, by what stands in the data folder: for those who start the command for the first time."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.settings import Settings

NO_DATA = (
    "{data}: no data of communiques here; name the folder with --data, or begin with: communiques sample "
    "(an embedded site, nothing to configure) or communiques run --source ID"
)
NOTHING_PUBLISHED = "{data}: nothing was published here yet; publish with: communiques run (or communiques build)"
FIRST_RUN = "first run in {data}: as far back as the sources' announcements go, one polite request at a time"
NO_CONTACT = "COMMUNIQUES_CONTACT is not set: give an address or a page that a site's owner can turn to"
FIRST = """There is no data in {data} yet. Next:
  communiques sample                                the whole job on an embedded sample site
  communiques sources                               the news sites that are declared
  export COMMUNIQUES_CONTACT=you@example.org        whom a site's owner may turn to
  communiques check lefaso                          whether a site can be read from here
  communiques run --source lefaso                   fetch, read, check and publish what is new"""
SAMPLE = """The sample's data lie in {data}. Next:
  communiques page --data {data} --out page         map, timeline, table and evidence: open page/index.html
  communiques status --data {data}                  what stands there"""
UNPUBLISHED = """{data} holds archived pages, and nothing is published. Next:
  communiques build                                 read, merge, check and publish them"""
PUBLISHED = """{data} holds a published dataset. Next:
  communiques status                                the last run, the release, quarantine
  communiques page --out page                       map, timeline, table and evidence
  communiques run                                   what is new since the last run"""


def find_next_steps(settings: Settings) -> str:
    """A few commands that make sense now."""
    data = settings.data
    sample = data / "sample"
    if _is_published(data):
        return PUBLISHED.format(data=data)
    if (data / "index.sqlite").exists():
        return UNPUBLISHED.format(data=data)
    return SAMPLE.format(data=sample) if _is_published(sample) else FIRST.format(data=data)


def greet(settings: Settings) -> None:
    """Tell whoever starts a run on an empty folder what it will do, and what sites should know."""
    if (settings.data / "index.sqlite").exists():
        return
    click.echo(FIRST_RUN.format(data=settings.data), err=True)
    if not settings.contact:
        click.echo(NO_CONTACT, err=True)


def _is_published(data: Path) -> bool:
    return (data / "current").is_symlink()
