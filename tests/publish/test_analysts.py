"""The openings of docs/analysts.md run as they stand there."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from pipelines.export import Selection, export_events
from tests.merge.factories import make_when, told_item
from tests.publish.steps import publish_items
from tests.validate.worlds import make_item

PAGE = (Path(__file__).parents[2] / "docs" / "analysts.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.S)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    july = told_item("july", "Cinq terroristes tués à Niono.", when=make_when(date(2025, 7, 15)), tolls=[(5,)])
    release = publish_items([*(make_item(number) for number in range(4)), july], tmp_path / "data")
    for form in ("csv", "geojson"):
        export_events(release.path, tmp_path / f"events.{form}", form, Selection())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("code", blocks("python"), ids=range(len(blocks("python"))))
def test_the_python_openings_run(folder, code):
    names = {}
    exec(compile(code, "analysts.md", "exec"), names)
    answers = [value for name, value in names.items() if hasattr(value, "shape") and not name.startswith("_")]
    assert answers
    assert all(len(answer) for answer in answers)


def test_there_are_openings_for_every_tool():
    text = "\n".join(blocks("python"))
    assert all(f"import {name}" in text for name in ("pandas", "duckdb", "polars", "geopandas"))


@pytest.mark.slow
def test_the_r_opening_runs_with_base_r(folder):
    rscript = shutil.which("Rscript")
    assert rscript, "Rscript is missing (see tests/system-packages.txt)"
    for code in blocks("r"):
        done = subprocess.run([rscript, "-e", code], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        assert "Ségou" in done.stdout


@pytest.mark.slow
def test_ogr_reads_the_geojson_that_qgis_is_given(folder):
    ogrinfo = shutil.which("ogrinfo")
    assert ogrinfo, "ogrinfo is missing (see tests/system-packages.txt)"
    done = subprocess.run([ogrinfo, "-so", "-al", "events.geojson"], capture_output=True, text=True, timeout=120)
    assert "Feature Count: 5" in done.stdout
    assert "Geometry: Point" in done.stdout
