"""The page as a whole: open the dataset, encode it piece by piece, lay the shell around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.errors import UsageError
from pipelines.page.columns import EventColumns, drop_nan
from pipelines.page.dataset import Dataset, open_dataset
from pipelines.page.details import Details, drop_nulls
from pipelines.page.files import copy_static, read_strings, replace_folder, write_data
from pipelines.page.health import describe_health
from pipelines.page.outlines import cut_outlines
from pipelines.progress import track

Row = dict[str, Any]
Seats = Mapping[tuple[str, str], tuple[float, float]]

COLUMNS_AT_ONCE = 10_000  # events in one file of columns
DETAILS_AT_ONCE = 100  # events in one file of details, loaded when one of them is opened
SHOWN_OF_MANIFEST = ("release", "created_at", "schema_version", "codebook_version", "pipeline_version")


def build_page(
    data_folder: Path, out: Path, *, accuracy: Mapping[str, Any] | None = None, seats: Seats | None = None
) -> Path:
    """Write the page of a data folder (or of one release folder) into `out` and give the path of its index.html.

    `accuracy` is what `communiques evaluate` measured (`Evaluation.to_json()`), `seats` where the seats of the units
    lie (`find_seats`); both may be left out. Raises DataFolderError for a folder that holds no dataset or one of
    another schema, UsageError for an `out` that cannot be written or holds something else.
    """
    dataset = open_dataset(data_folder)
    _refuse_inside(out, dataset.release)
    with replace_folder(out) as folder:
        copy_static(folder)
        _write_events(folder, dataset, seats or {})
        _write_tables(folder, dataset, accuracy)
        write_data(folder, "words", read_strings())
    return out / "index.html"


def _refuse_inside(out: Path, release: Path) -> None:
    """A release never changes: nothing is written into one."""
    if out.resolve().is_relative_to(release):
        raise UsageError(
            f"{out}: lies inside the release {release}, which never changes; name another folder with --out"
        )


def _write_events(folder: Path, dataset: Dataset, seats: Seats) -> None:
    events = dataset.read_rows("events")
    details, columns = Details(dataset), EventColumns()
    for number, some in enumerate(_slice_rows(events, COLUMNS_AT_ONCE)):
        write_data(folder, f"columns-{number}", columns.encode(some))
    slices = track(_slice_rows(events, DETAILS_AT_ONCE), "events, by the hundred", -(-len(events) // DETAILS_AT_ONCE))
    for number, some in enumerate(slices):
        write_data(folder, f"details-{number}", details.describe(some))
    points = [(row["longitude"], row["latitude"]) for row in events if drop_nan(row["latitude"]) is not None]
    named = {(row["country"], unit) for row in events for unit in (row["admin1"], row["admin2"])}
    index = {
        "events": len(events),
        "columns_at_once": COLUMNS_AT_ONCE,
        "details_at_once": DETAILS_AT_ONCE,
        "dictionaries": columns.dictionaries,
        "seats": [[*unit, *point] for unit, point in sorted(seats.items()) if unit in named],
        "release": _describe_release(dataset),
    }
    write_data(folder, "index", index)
    write_data(folder, "outlines", cut_outlines(points))


def _write_tables(folder: Path, dataset: Dataset, accuracy: Mapping[str, Any] | None) -> None:
    write_data(folder, "health", describe_health(dataset, accuracy))
    write_data(folder, "retired", {row["event_id"]: drop_nulls(row) for row in dataset.read_rows("retired")})
    articles = {
        row["article_id"]: row for row in dataset.read_rows("articles", ("article_id", "url", "title", "outlet"))
    }
    totals = [{**articles.get(row["article_id"], {}), **row} for row in dataset.read_rows("totals")]
    write_data(folder, "totals", [drop_nulls(row) for row in totals])


def _slice_rows(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _describe_release(dataset: Dataset) -> Row:
    told = {name: dataset.manifest[name] for name in SHOWN_OF_MANIFEST if name in dataset.manifest}
    return {"folder": dataset.release.name, **told}
