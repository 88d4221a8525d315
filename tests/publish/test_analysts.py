"""The openings of docs/analysts.md that are no code block: which tools there are, and what QGIS is given."""

import shutil
import subprocess
from datetime import date

import pytest

from pipelines.export import Selection, export_events
from tests.docs.blocks import read_blocks
from tests.merge.factories import make_when, told_item
from tests.publish.steps import publish_items
from tests.validate.worlds import make_item


@pytest.fixture
def folder(tmp_path, monkeypatch):
    july = told_item("july", "Cinq terroristes tués à Niono.", when=make_when(date(2025, 7, 15)), tolls=[(5,)])
    release = publish_items([*(make_item(number) for number in range(4)), july], tmp_path / "data")
    export_events(release.path, tmp_path / "events.geojson", "geojson", Selection())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_are_openings_for_every_tool():
    text = "\n".join(block.text for block in read_blocks("docs/analysts.md"))
    assert all(f"import {name}" in text for name in ("pandas", "duckdb", "polars", "geopandas"))
    assert "read.csv(" in text


@pytest.mark.slow
def test_ogr_reads_the_geojson_that_qgis_is_given(folder):
    ogrinfo = shutil.which("ogrinfo")
    assert ogrinfo, "ogrinfo is missing (see tests/system-packages.txt)"
    done = subprocess.run([ogrinfo, "-so", "-al", "events.geojson"], capture_output=True, text=True, timeout=120)
    assert "Feature Count: 5" in done.stdout
    assert "Geometry: Point" in done.stdout
