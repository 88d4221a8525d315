"""Disks that are full or read-only, folders of other versions, names that no folder should have."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.errors import DataFolderError
from pipelines.publish import find_current, read_refused
from pipelines.publish.folder import explain_disk_errors
from pipelines.schema import SCHEMA_VERSION
from tests.merge.factories import NOW, make_where, told_item
from tests.publish.steps import publish_items
from tests.publish.test_release import DAY, items, snapshot

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize(("what", "told"), [("full", "No space left on device"), ("readonly", "Read-only file system")])
def test_a_disk_that_takes_nothing_leaves_the_last_release(tmp_path, what, told):
    command = ["unshare", "--map-root-user", "--mount", sys.executable, "-m", "tests.publish.disks", what, tmp_path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert told in done.stdout


def test_a_disk_error_names_the_file_and_the_remedy(tmp_path):
    told = "x/part-0.parquet: No space left on device; make room"
    with pytest.raises(DataFolderError, match=told), explain_disk_errors(tmp_path):
        raise OSError(28, "No space left on device", "x/part-0.parquet")


def test_a_release_one_schema_version_older_is_refused_with_the_remedy_and_stays(tmp_path):
    release = publish_items(items(2), tmp_path)
    path = release.path / "manifest.json"
    old = json.loads(path.read_text()) | {"schema_version": str(int(SCHEMA_VERSION) - 1), "files": [{"name": "x"}]}
    path.write_text(json.dumps(old))
    before = snapshot(tmp_path)
    with pytest.raises(DataFolderError, match="move releases/ aside and build anew"):
        publish_items(items(2), tmp_path, now=NOW + DAY)
    assert snapshot(tmp_path / "releases") == {
        name.removeprefix("releases/"): data for name, data in before.items() if name.startswith("releases/")
    }
    (tmp_path / "releases").rename(tmp_path / "releases-old")
    again = publish_items(items(2), tmp_path, now=NOW + DAY)
    assert again.manifest["content_sha256"] == release.manifest["content_sha256"]


def test_a_quarantine_of_another_version_or_of_garbage_holds_nothing(tmp_path):
    for number, rows in enumerate([{"event_id": ["ev1"], "expectation": ["x"]}, {"other": [1]}]):
        folder = tmp_path / "events" / f"country=ML/year=2024/month={number + 1}"
        folder.mkdir(parents=True)
        pq.write_table(pa.table(rows), folder / "part-0.parquet")
    (tmp_path / "events" / "country=ML/year=2025/month=1").mkdir(parents=True)
    (tmp_path / "events" / "country=ML/year=2025/month=1/part-0.parquet").write_bytes(b"garbage")
    assert read_refused(tmp_path) == {("events", "ev1", "x")}


@pytest.mark.parametrize("country", ["Côte d'Ivoire", "CI'", "c/i", "%43I"])
def test_a_country_that_is_no_code_makes_no_folder_of_its_own(tmp_path, country):
    item = told_item("a", "Attaque à N'Djamena.", where=make_where("N'Djamena", country=country))
    item = item._replace(article=replace(item.article, outlet_country=country))
    publish_items([item], tmp_path)
    folder = find_current(tmp_path) / "events"
    assert [path.name for path in folder.iterdir()] == ["country=XX"]
    asked = duckdb.sql(f"select location from '{folder}/**/*.parquet' where location = 'N''Djamena'").fetchall()
    assert asked == [("N'Djamena",)]
    assert pd.read_parquet(folder).location.tolist() == ["N'Djamena"]
