"""The commands that give the published data on: page, export."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipelines.cli.next_steps import NOTHING_PUBLISHED
from pipelines.cli.options import DAY, json_option, shared_options, tell
from pipelines.errors import UsageError
from pipelines.settings import Settings

FORMATS = ("csv", "xlsx", "geojson", "acled", "ucdp")


@click.command(short_help="The web page: map, timeline, table, evidence, health.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="The folder to write [default: DATA/page]."
)
@click.option(
    "--accuracy",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What `communiques evaluate --out FILE` wrote [default: as measured on the shipped gold set].",
)
@json_option
@shared_options
def page(out: Path | None, accuracy: Path | None, as_json: bool, settings: Settings) -> int:
    """Write the published data as a web page that opens from a disk, without a server and without the internet.

    \b
    Examples:
      communiques page --out site
      communiques page --data data/sample
      communiques page --accuracy measured.json
    """
    from pipelines.catalog.country import load_atlas
    from pipelines.evaluate import read_measured
    from pipelines.page import build_page, find_seats

    seats = find_seats(load_atlas(settings.catalog, settings.gazetteer))
    measured = read_measured(accuracy) if accuracy else read_measured()
    index = build_page(settings.data, out or settings.data / "page", accuracy=measured, seats=seats)
    tell({"index": str(index)}, str(index), as_json=as_json)
    return 0


@click.command(short_help="For those who do not read Parquet.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), required=True, help="acled and ucdp are their column orders."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option("--country", metavar="CC", help="Only events in this country (ISO2).")
@click.option("--from", "start", type=DAY, help="Only events from this day on.")
@click.option("--to", "end", type=DAY, help="Only events up to this day.")
@click.option("--hxl", is_flag=True, help="A row of HXL tags under the names (csv, xlsx).")
@json_option
@shared_options
def export(
    form: str, out: Path, country: str | None, start: date | None, end: date | None, hxl: bool, as_json: bool,
    settings: Settings,
) -> int:  # fmt: skip
    """Write the published events as one file: a sheet, a map layer, or another data set's column order.

    \b
    Examples:
      communiques export --format csv --out events.csv --country ML --from 2025-01-01
      communiques export --format geojson --out events.geojson
    """
    from pipelines.catalog.country import load_atlas
    from pipelines.export import Selection, export_events
    from pipelines.page import find_seats
    from pipelines.publish import find_current

    current = find_current(settings.data)
    if current is None:
        raise UsageError(NOTHING_PUBLISHED.format(data=settings.data))
    seats = find_seats(load_atlas(settings.catalog, settings.gazetteer))

    def find_seat(iso2: str, admin1: str | None, admin2: str | None, _day: date) -> tuple[float, float] | None:
        return seats.get((iso2, admin2 or "")) or seats.get((iso2, admin1 or ""))

    selection = Selection(country.upper() if country else None, start, end)
    count = export_events(current, out, form, selection, seat_of=find_seat, hxl=hxl)
    tell({"events": count, "file": str(out)}, f"{count} events in {out}", as_json=as_json)
    return 0
