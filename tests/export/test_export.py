"""Every export is read back by another program and compared with the Parquet rows."""

import csv
import json
from dataclasses import replace
from datetime import date

import geopandas
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipelines.errors import DataFolderError, UsageError
from pipelines.export import FORMATS, Selection, export_events
from pipelines.export.cells import write_cell
from tests.merge.factories import make_when, make_where, told_item
from tests.publish.steps import publish_items
from tests.validate.worlds import make_item

ALL = Selection()
HOSTILE = ["=1+1", "+33", "-cmd", "@sum", "\t=x", "a\nb", "a\r\nb", 'l\'Est; "x", y', "\x07bell"]


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    items = [make_item(number) for number in range(6)]
    unit = make_where(None, None, None, relation="admin1", place=None)
    items.append(told_item("unit", "Attaque dans la région.", where=unit, when=make_when(date(2025, 7, 16))))
    items.append(
        told_item("bf", "Attaque à Djibo.", where=make_where("Djibo", 14.1, -1.63, country="BF", admin1="Soum"))
    )
    for number, text in enumerate(HOSTILE):
        item = told_item(
            f"h{number}", "Attaque à X.", where=make_where(text), when=make_when(date(2025, 1, 1 + number))
        )
        items.append(item._replace(article=replace(item.article, outlet=text)))
    return publish_items(items, tmp_path_factory.mktemp("data")).path


@pytest.fixture(scope="module")
def events(release):
    frame = pd.read_parquet(release / "events")
    return frame.sort_values(["date_start", "event_id"]).reset_index(drop=True)


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_has_every_row_on_one_line_and_no_formula(release, events, tmp_path):
    out = tmp_path / "events.csv"
    assert export_events(release, out, "csv", ALL) == len(events)
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert out.read_text(encoding="utf-8").count("\n") == len(events) + 1
    rows = read_csv(out)
    assert [row["event_id"] for row in rows] == list(events.event_id)
    assert [float(row["longitude"]) for row in rows if row["longitude"]] == list(events.longitude.dropna())
    texts = [value for row in rows for name, value in row.items() if name not in ("latitude", "longitude")]
    assert not [text for text in texts if text[:1] in "=+-@\t\r" and text]
    frame = pd.read_csv(out)
    assert list(frame.columns) == [
        name for name in events.columns if name not in ("geometry", "country", "year", "month")
    ]


def test_xlsx_keeps_text_as_text(release, events, tmp_path):
    out = tmp_path / "events.xlsx"
    export_events(release, out, "xlsx", ALL)
    sheet = openpyxl.load_workbook(out)["events"]
    names = [cell.value for cell in sheet[1]]
    rows = [dict(zip(names, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert [row["event_id"] for row in rows] == list(events.event_id)
    assert "=1+1" in {row["location"] for row in rows}
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n", "d", "inlineStr"}
    assert rows[0]["date_start"].date() == events.date_start[0]


def test_geojson_is_read_as_points(release, events, tmp_path):
    out = tmp_path / "events.geojson"
    export_events(release, out, "geojson", ALL)
    frame = geopandas.read_file(out)
    assert list(frame.event_id) == list(events.event_id)
    assert frame.geometry.isna().sum() == events.latitude.isna().sum() == 1
    assert frame.geometry.x[0] == events.longitude[0]
    assert json.loads(out.read_text(encoding="utf-8"))["type"] == "FeatureCollection"


@pytest.mark.parametrize(
    ("form", "first", "last", "width"), [("acled", "event_id_cnty", "timestamp", 31), ("ucdp", "id", "gwnob", 49)]
)
def test_foreign_orders_write_zero_for_what_is_not_stated_and_the_seat_for_units(
    release, events, tmp_path, form, first, last, width
):
    out = tmp_path / "foreign.csv"
    seats = {"Ségou": (13.43, -6.26)}
    export_events(release, out, form, ALL, seat_of=lambda country, admin1, admin2, day: seats.get(admin1))
    rows = read_csv(out)
    names = list(rows[0])
    assert (names[0], names[-1], len(names)) == (first, last, width)
    assert [row[first] for row in rows] == list(events.event_id)
    figure = "fatalities" if form == "acled" else "best"
    assert [int(row[figure]) for row in rows] == list(events.best.fillna(0))
    assert all(row["latitude"] for row in rows)
    assert {row["country"] for row in rows} == {"Mali", "Burkina Faso"}


@pytest.mark.parametrize(
    ("selection", "count"),
    [
        (Selection(country="BF"), 1),
        (Selection(start=date(2025, 7, 16)), 2),
        (Selection(start=date(2025, 7, 16), end=date(2025, 7, 16)), 1),
        (Selection(end=date(2024, 1, 7)), 1),
        (Selection(country="NE"), 0),
        (Selection(country="'; drop table"), 0),
    ],
)
@pytest.mark.parametrize("form", FORMATS)
def test_selection(release, tmp_path, selection, count, form):
    assert export_events(release, tmp_path / "out", form, selection) == count


def test_hxl_tags_stand_below_the_names(release, tmp_path):
    out = tmp_path / "events.csv"
    export_events(release, out, "csv", Selection(country="BF"), hxl=True)
    tags = read_csv(out)[0]
    assert (tags["event_id"], tags["latitude"], tags["notes"]) == ("#event+id", "#geo+lat", "")
    with pytest.raises(UsageError, match="HXL"):
        export_events(release, out, "geojson", ALL, hxl=True)


def test_wrong_use_is_told_and_leaves_nothing(release, tmp_path):
    with pytest.raises(UsageError, match="choose one of"):
        export_events(release, tmp_path / "x", "pdf", ALL)
    with pytest.raises(UsageError, match="cannot be written"):
        export_events(release, tmp_path / "none" / "x.csv", "csv", ALL)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", ["garbage", "older"])
def test_a_damaged_or_older_partition_is_told_and_leaves_nothing(tmp_path, damage):
    release = publish_items([make_item(1)], tmp_path / "data")
    path = next((release.path / "events").rglob("*.parquet"))
    older = pq.ParquetFile(path).read().drop_columns(["claimant"])
    path.unlink()
    if damage == "garbage":
        path.write_bytes(b"garbage")
    else:
        pq.write_table(older, path)
    with pytest.raises(DataFolderError, match="cannot be read" if damage == "garbage" else "has no claimant"):
        export_events(release.path, tmp_path / "out.csv", "csv", ALL)
    assert not (tmp_path / "out.csv").exists()


def test_a_release_without_events_gives_an_empty_file(tmp_path):
    release = publish_items([], tmp_path / "data")
    for form in FORMATS:
        assert export_events(release.path, tmp_path / f"out.{form}", form, ALL) == 0


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", " =1", "\t=1", "\r=1"])
def test_no_text_begins_like_a_formula(text):
    assert write_cell(text)[0] == "'" or write_cell(text).strip()[0] not in "=+-@"
