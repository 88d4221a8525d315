"""`communiques page` and `export` on datasets that lack something: they say so, and what can be made is made."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from pyarrow import parquet

from tests.page import datasets
from tests.page.test_build import read_data

BARE = dict.fromkeys(("latitude", "longitude", "low", "best", "high", "fatalities", "deaths_a", "location", "actor1"))
WORLDS = {
    "empty dataset": [],
    "one event": [datasets.make_event(1)],
    "no coordinates, no figures": [datasets.make_event(1, geo_precision=3, where_prec=4, **BARE)],
    "a country without geometry": [
        datasets.make_event(1, country="XX", country_name="Nowhere", latitude=-60.0, longitude=-140.0)
    ],
    "one day of eight years ago": [datasets.make_event(1, day=date(2018, 1, 1), date_end=date(2018, 1, 1))],
}


def write_world(folder: Path, events: list[datasets.Row]) -> Path:
    tables = {"events": events, "reports": [datasets.make_report(event) for event in events]}
    return datasets.write_dataset(folder / "data", tables)


@pytest.mark.parametrize("name", WORLDS)
def test_the_page_and_the_exports_stand(communiques, tmp_path, name):
    events = WORLDS[name]
    write_world(tmp_path, events)
    answer = communiques("page", "--out", "page", "--json")
    assert answer.status == 0
    index = tmp_path / json.loads(answer.out)["index"]
    assert read_data(index, "index")["events"] == len(events)
    for form in ("csv", "xlsx", "geojson", "acled", "ucdp"):
        answer = communiques("export", "--format", form, "--out", f"events.{form}", "--json")
        assert answer.status == 0, answer.err
        told = json.loads(answer.out)["events"]
        assert told == len(events) or (form == "ucdp" and told <= len(events))


def test_the_measured_accuracy_stands_on_every_page(communiques, tmp_path):
    write_world(tmp_path, WORLDS["one event"])
    assert communiques("page", "--out", "page").status == 0
    shipped = read_data(tmp_path / "page" / "index.html", "health")["accuracy"]
    assert set(shipped["metrics"]["event_f1"]) == {"all", "building", "checking"}
    measured = {"metrics": {"event_f1": {"all": {"value": 0.5, "low": 0.4, "high": 0.6}}}, "confusions": {"x": []}}
    (tmp_path / "measured.json").write_text(json.dumps(measured), encoding="utf-8")
    assert communiques("page", "--out", "page", "--accuracy", "measured.json").status == 0
    own = read_data(tmp_path / "page" / "index.html", "health")["accuracy"]
    assert own == {"metrics": measured["metrics"]}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"metrics": {"beauty": {}}}'])
def test_a_file_that_measures_nothing_is_refused(communiques, tmp_path, content):
    write_world(tmp_path, [])
    (tmp_path / "measured.json").write_text(content, encoding="utf-8")
    answer = communiques("page", "--accuracy", "measured.json")
    assert answer.status == 2
    assert "measured.json" in answer.err
    assert "communiques evaluate DIR --out FILE" in answer.err


@pytest.mark.parametrize("command", [("page", "--out", "out"), ("export", "--format", "csv", "--out", "out")])
def test_what_is_no_dataset_is_told_with_the_remedy(communiques, tmp_path, command):
    answer = communiques(*command)
    assert answer.status == 2
    assert "published" in answer.err
    assert "communiques run" in answer.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", [("page", "--out", "out"), ("export", "--format", "csv", "--out", "out")])
def test_an_older_schema_is_told_with_the_remedy(communiques, tmp_path, command):
    """A release whose files lack a column of this version: read as it is, it would say "not stated"."""
    data = datasets.write_dataset(tmp_path / "data", datasets.tell_story(), schema_version="0")
    for path in (data / "current" / "events").rglob("*.parquet"):
        parquet.write_table(parquet.ParquetFile(path).read().drop_columns(["where_prec"]), path)
    answer = communiques(*command)
    assert answer.status == 2
    assert str(data.name) in answer.err
    assert "communiques build" in answer.err
    assert not (tmp_path / "out").exists()
