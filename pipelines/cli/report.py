"""What a run left behind, for a person: counts, the events as a table, where the files are, how to read them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipelines.run.summary import BuildSummary

COLUMNS = {  # heading -> narrowest and widest
    "date": (10, 10),
    "place": (12, 20),
    "region": (8, 16),
    "what": (12, 26),
    "against or by": (12, 32),
    "dead": (4, 4),
    "neutralised": (11, 11),
    "materiel": (8, 36),
    "outlets": (7, 7),
}
SPARED = ("outlets", "materiel", "region", "against or by", "what")  # left out where there is no room, in this order
GAP = 2  # blanks between two columns


def show_counts(built: BuildSummary, failures: Sequence[str]) -> None:
    """Articles, communiqués, events, quarantine, and the pages that gave no article."""
    click.echo(f"articles seen          {built.articles}")
    click.echo(f"communiqués found      {built.communiques} (and {built.relevant} articles on security)")
    click.echo(f"events published       {built.events}, told by {built.reports} reports; {built.totals} totals beside")
    rows = sum(count for _, _, count in built.quarantined)
    click.echo(f"rows quarantined       {rows}")
    for dataset, reason, count in built.quarantined:
        click.echo(f"                       {count} of {dataset}: {reason}")
    if built.unreadable:
        click.echo(f"articles unreadable    {built.unreadable}: the reader broke on them, see issues")
    click.echo(f"pages without article  {len(failures)}")
    for line in failures:
        click.echo(f"                       {line}")


def show_events(release: Path) -> None:
    """The published events, newest last, as a table that fits the terminal."""
    from rich.table import Table

    from pipelines.cli.console import open_console
    from pipelines.run.events import list_events

    console = open_console()
    shown = fit_columns(console.width)
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for heading, width in shown.items():
        table.add_column(heading, no_wrap=True, overflow="ellipsis", width=width)
    for row in list_events(release):
        table.add_row(*(cell for heading, cell in zip(COLUMNS, row, strict=True) if heading in shown))
    console.print(table)


def fit_columns(room: int) -> dict[str, int]:
    """The columns that have room, each as wide as there is room for; those that say least are left out first.

    >>> fit_columns(80)
    {'date': 10, 'place': 12, 'what': 14, 'against or by': 17, 'dead': 4, 'neutralised': 11}
    """
    shown = {heading: narrowest for heading, (narrowest, _) in COLUMNS.items()}
    for heading in SPARED:
        if sum(shown.values()) + GAP * len(shown) > room:
            del shown[heading]
    for _ in range(room - sum(shown.values()) - GAP * len(shown)):
        tight = [heading for heading in shown if shown[heading] < COLUMNS[heading][1]]
        if tight:
            shown[min(tight, key=lambda heading: shown[heading] / COLUMNS[heading][1])] += 1
    return shown


def show_files(data: Path) -> None:
    """Where everything is, and the lines that read it."""
    current = data / "current"
    click.echo(f"""
datasets    {current}  (events, reports, tolls, materiel, totals, articles, issues ...)
quarantine  {data / "quarantine"}
validation  {data / "validation" / "summary.html"}  (every rule, its reason, the rows that did not meet it)
archive     {data / "archive"}  (the raw responses, WARC)
map         communiques page --data {data} --out page  (then open page/index.html)

    import pandas as pd
    events = pd.read_parquet("{current / "events"}")
    print(events[["date_start", "admin1", "location", "sub_event_type", "best", "neutralised"]])
""")
