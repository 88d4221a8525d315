"""The events of a release as one file of another format."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipelines.errors import UsageError
from pipelines.export.foreign import load_orders, reorder_rows
from pipelines.export.geojson import write_geojson
from pipelines.export.select import Row, SeatOf, Selection, place_at_seats, select_events
from pipelines.export.sheets import write_csv, write_xlsx
from pipelines.schema import load_tables

FORMATS = ("csv", "xlsx", "geojson", "acled", "ucdp")


def _seat_of_none(_country: str, _admin1: str | None, _admin2: str | None, _day: date) -> None:
    """No seat is known: events without a point stay without one."""


def export_events(
    release: Path, out: Path, form: str, selection: Selection, *, seat_of: SeatOf = _seat_of_none, hxl: bool = False
) -> int:
    """Write the selected events and return how many; the file appears whole or not at all.

    UsageError for an unknown format, an unwritable file, or tags on a format that has no room for them.
    """
    if form not in FORMATS:
        raise UsageError(f"--format {form}: choose one of {', '.join(FORMATS)}")
    if hxl and form not in ("csv", "xlsx"):
        raise UsageError(f"--format {form} has no row for HXL tags; csv and xlsx have")
    aside = out.with_name(f".{out.name}.new")
    try:
        count = _write(aside, form, select_events(release, selection), seat_of, hxl)
        aside.replace(out)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written: {error.strerror}") from error
    finally:
        aside.unlink(missing_ok=True)
    return count


def _write(out: Path, form: str, rows: Iterator[Row], seat_of: SeatOf, hxl: bool) -> int:
    if form == "geojson":
        return write_geojson(out, rows)
    if form in ("acled", "ucdp"):
        names = list(load_orders()[form]["columns"])
        return write_csv(out, names, reorder_rows(place_at_seats(rows, seat_of), form))
    names = [name for name in load_tables()["events"].column_names if name != "geometry"]
    tags = [load_orders()["hxl"].get(name, "") for name in names] if hxl else None
    return (write_csv if form == "csv" else write_xlsx)(out, names, rows, tags)
