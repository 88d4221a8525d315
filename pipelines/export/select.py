"""Events of a release by country and day, as plain rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.errors import DataFolderError
from pipelines.schema import arrow_schema, load_tables

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
SeatOf = Callable[[str, str | None, str | None, date], tuple[float, float] | None]


class Selection(NamedTuple):
    """Which events: of one country or all, on days from `start` to `end`, both included."""

    country: str | None = None
    start: date | None = None
    end: date | None = None


def select_events(release: Path, selection: Selection) -> Iterator[Row]:
    """The events in order of their days, with `year` but without the geometry's bytes.

    DataFolderError for a file that cannot be read or that lacks columns of this version's schema.
    """
    import pyarrow as pa

    folder = release / "events"
    if not folder.is_dir():
        return
    try:
        table = _read_events(folder, selection)
    except (pa.ArrowException, OSError) as error:
        raise DataFolderError(f"{folder}: cannot be read: {error}; check it with: communiques verify") from error
    for batch in table.sort_by([("date_start", "ascending"), ("event_id", "ascending")]).to_batches():
        yield from batch.to_pylist()


def _read_events(folder: Path, selection: Selection) -> pa.Table:
    import pyarrow as pa
    import pyarrow.dataset as ds

    full = arrow_schema("events", with_partition=True)
    keys = pa.schema([full.field(name) for name in load_tables()["events"].partition])
    events = ds.dataset(folder, schema=full, partitioning=ds.partitioning(keys, flavor="hive"))
    for fragment in events.get_fragments():
        missing = set(load_tables()["events"].column_names) - set(fragment.physical_schema.names)
        if missing:  # read as it is, it would say "not stated"
            raise DataFolderError(f"{fragment.path}: has no {min(missing)}; build anew with: communiques build")
    columns = [name for name in full.names if name not in ("geometry", "month")]
    return events.to_table(columns=columns, filter=_build_filter(selection))


def _build_filter(selection: Selection) -> Any:
    import pyarrow.dataset as ds

    conditions = []
    if selection.country:
        conditions.append(ds.field("country") == selection.country)
    if selection.start:
        conditions.append(ds.field("date_end") >= selection.start)
    if selection.end:
        conditions.append(ds.field("date_start") <= selection.end)
    whole = None
    for condition in conditions:
        whole = condition if whole is None else whole & condition
    return whole


def place_at_seats(rows: Iterator[Row], seat_of: SeatOf) -> Iterator[Row]:
    """Events that are known to a unit only, put at the unit's seat; their precision columns say so."""
    for row in rows:
        if row["latitude"] is None:
            seat = seat_of(row["country"], row["admin1"], row["admin2"], row["date_start"])
            row = row | {"latitude": seat[0], "longitude": seat[1]} if seat else row
        yield row
