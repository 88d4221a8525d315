"""Releases: what is written, what is linked, what stands when something goes wrong."""

import json
import os
import shutil
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import geopandas
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from pipelines.errors import DataFolderError, ReleaseRefusedError, UsageError
from pipelines.publish import (
    find_current,
    go_back,
    list_releases,
    list_tags,
    prune_releases,
    publish_release,
    tag_release,
    verify_release,
    write_quarantine,
)
from pipelines.schema import arrow_schema, load_tables
from pipelines.schema.records import Result, Validated
from tests.merge.factories import NOW, make_when, make_where, told_item
from tests.publish.steps import publish_items
from tests.validate.worlds import make_item

DAY = timedelta(days=1)


def items(size=8):
    return [make_item(number) for number in range(size)]


def snapshot(folder):
    """Every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_pandas_duckdb_and_polars_read_the_same_rows(tmp_path):
    publish_items(items(), tmp_path)
    folder = tmp_path / "current" / "events"
    frame = pd.read_parquet(folder)
    rows = duckdb.sql(
        f"select event_id, country, year, month from read_parquet('{folder}/**/*.parquet', hive_partitioning=true)"
    )
    lazy = pl.scan_parquet(f"{folder}/**/*.parquet", hive_partitioning=True).collect()
    assert len(frame) == 8
    assert sorted(frame["event_id"]) == sorted(row[0] for row in rows.fetchall()) == sorted(lazy["event_id"])
    assert rows.types[2:] == ["BIGINT", "BIGINT"]
    assert lazy["month"].to_list()[0] in range(1, 13)
    assert set(frame["country"].astype(str)) == {"ML"}


def test_duckdb_touches_one_partition_for_one_month(tmp_path):
    publish_items(items(20), tmp_path)
    rows = f"read_parquet('{tmp_path}/current/events/**/*.parquet', hive_partitioning=true)"
    query = f"""explain analyze select count(*) from {rows}
                where country = 'ML' and year = 2024 and month = 2"""
    plan = duckdb.sql(query).fetchall()[0][1]
    assert "Scanning Files: 1/5" in plan


def test_geopandas_and_duckdb_read_the_points(tmp_path):
    publish_items(items(), tmp_path)
    path = next((tmp_path / "current" / "events").rglob("*.parquet"))
    frame = geopandas.read_parquet(path)
    assert frame.crs == "OGC:CRS84"
    assert (frame.geometry.x[0], frame.geometry.y[0]) == (-5.993, 14.2526)
    geo = json.loads(pq.read_schema(path).metadata[b"geo"])
    assert geo["columns"]["geometry"]["bbox"] == [-5.993, 14.2526, -5.993, 14.2526]
    assert duckdb.sql(f"select typeof(geometry) from '{path}'").fetchall()[0][0].startswith("GEOMETRY")


def test_a_partition_without_any_point_is_read_too(tmp_path):
    where = make_where(None, None, None, relation="admin1", place=None)
    publish_items([told_item("a", "Attaque dans la région.", where=where)], tmp_path)
    frame = geopandas.read_parquet(next((tmp_path / "current" / "events").rglob("*.parquet")))
    assert frame.geometry.isna().all()


def test_every_file_has_the_declared_schema_and_metadata(tmp_path):
    publish_items(items(), tmp_path)
    for path in (tmp_path / "current").rglob("*.parquet"):
        table = path.relative_to(tmp_path / "current").parts[0]
        file = pq.ParquetFile(path)
        assert file.schema_arrow.names == list(load_tables()[table].column_names)
        assert file.schema_arrow.equals(arrow_schema(table))
        metadata = file.schema_arrow.metadata
        assert {b"schema_version", b"pipeline_version", b"codebook_version", b"licence", b"source"} <= metadata.keys()
        assert not {b"run_id", b"created_at"} & metadata.keys()
        assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_a_run_with_nothing_new_makes_no_release(tmp_path):
    first = publish_items(items(), tmp_path)
    before = snapshot(tmp_path)
    again = publish_items(items()[::-1], tmp_path, now=NOW + DAY, run_id="run-2")
    assert (again.id, again.changed, again.is_new) == (first.id, (), False)
    assert snapshot(tmp_path) == before


def test_only_touched_partitions_are_new_and_the_others_are_links(tmp_path):
    first = publish_items(items(), tmp_path)
    late = told_item("late", "Attaque à Niono.", when=make_when(date(2024, 1, 30)), day=date(2024, 2, 1))
    second = publish_items([*items(), late], tmp_path, now=NOW + DAY, run_id="run-2")
    assert "events/country=ML/year=2024/month=1/part-0.parquet" in second.changed
    assert "events/country=ML/year=2024/month=2/part-0.parquet" not in second.changed
    same = "events/country=ML/year=2024/month=2/part-0.parquet"
    assert (first.path / same).samefile(second.path / same)
    assert second.manifest["parent"] == first.id
    assert verify_release(second.path) == []
    assert verify_release(first.path) == []


def test_a_changed_value_makes_a_version_and_a_revision(tmp_path):
    one = told_item("a", "Douze terroristes tués à Niono.", tolls=[(12,)])
    publish_items([one], tmp_path)
    other = told_item("b", "Douze terroristes tués à Niono.", tolls=[(12,)])
    publish_items([one, other], tmp_path, now=NOW + DAY, run_id="run-2")
    publish_items([one, other], tmp_path, now=NOW + 2 * DAY, run_id="run-3")
    event = pd.read_parquet(tmp_path / "current" / "events").iloc[0]
    assert (event.event_version, event.run_id) == (2, "run-2")
    assert (event.first_seen_at, event.updated_at) == (pd.Timestamp(NOW), pd.Timestamp(NOW + DAY))
    revisions = pd.read_parquet(tmp_path / "current" / "revisions")
    row = revisions[revisions.field == "number_of_articles"].iloc[0]
    assert (row.old, row.new, row.reason, row.event_version) == ("1", "2", "new_report", 2)


def test_archive_and_ledger_give_the_same_rows_again(tmp_path):
    one = told_item("a", "Douze terroristes tués à Niono.", tolls=[(12,)])
    other = told_item("b", "Douze terroristes tués à Niono.", tolls=[(12,)])
    publish_items([one], tmp_path)
    publish_items([one, other], tmp_path, now=NOW + DAY, run_id="run-2")
    before = {path: data for path, data in snapshot(tmp_path / "current").items() if path.endswith(".parquet")}
    shutil.rmtree(tmp_path / "releases")
    (tmp_path / "current").unlink()
    publish_items([other, one], tmp_path, now=NOW + 9 * DAY, run_id="run-9")
    assert {p: data for p, data in snapshot(tmp_path / "current").items() if p.endswith(".parquet")} == before


def test_a_refused_release_leaves_everything_as_it_was(tmp_path):
    publish_items(items(), tmp_path)
    before = snapshot(tmp_path)
    result = Result("release", "release.volume_steady", "because", "critical", False, 1, 1, (("volume_ratio", "0.1"),))
    with pytest.raises(ReleaseRefusedError, match=r"release\.volume_steady: 0\.1"):
        publish_release(Validated({}, {}, (result,), release_ok=False), tmp_path, "run-2", now=NOW)
    assert snapshot(tmp_path) == before


def test_verify_names_what_is_wrong(tmp_path):
    release = publish_items(items(), tmp_path)
    path = release.path / "events/country=ML/year=2024/month=1/part-0.parquet"
    good = path.read_bytes()
    path.write_bytes(b"garbage")
    assert verify_release(release.path) == [
        "events/country=ML/year=2024/month=1/part-0.parquet: differs from its checksum"
    ]
    path.unlink()
    assert verify_release(release.path) == ["events/country=ML/year=2024/month=1/part-0.parquet: is missing"]
    path.write_bytes(good)
    (release.path / "stray.txt").write_text("x")
    assert verify_release(release.path) == ["stray.txt: is not in the manifest"]


@pytest.mark.parametrize("damage", ["garbage", "missing"])
def test_a_damaged_partition_is_written_anew(tmp_path, damage):
    release = publish_items(items(), tmp_path)
    path = release.path / "events/country=ML/year=2024/month=1/part-0.parquet"
    path.unlink()
    if damage == "garbage":
        path.write_bytes(b"x")
    late = told_item("late", "Attaque à Niono.", when=make_when(date(2024, 5, 30)), day=date(2024, 6, 1))
    assert verify_release(publish_items([*items(), late], tmp_path, now=NOW + DAY).path) == []


@pytest.mark.parametrize(
    ("manifest", "told"),
    [("{", "cannot be read"), ("[]", "cannot be read"), ('{"schema_version": "0", "files": []}', "schema version 0")],
)
def test_a_manifest_that_is_broken_or_of_another_version_is_refused_with_the_remedy(tmp_path, manifest, told):
    release = publish_items(items(), tmp_path)
    (release.path / "manifest.json").write_text(manifest)
    with pytest.raises(DataFolderError, match=told):
        publish_items(items(), tmp_path, now=NOW + DAY)
    with pytest.raises(DataFolderError, match=told):
        verify_release(release.path)


def test_a_folder_without_a_manifest_is_no_release(tmp_path):
    with pytest.raises(DataFolderError, match="is missing"):
        verify_release(tmp_path)


def test_keep_prunes_all_but_the_last_the_tagged_and_the_current(tmp_path):
    releases = [publish_items(items(size), tmp_path, now=NOW + size * DAY) for size in range(1, 6)]
    names = [release.id for release in releases]
    assert list_releases(tmp_path) == names
    tag_release(tmp_path, "v1", names[0])
    go_back(tmp_path, names[1])
    assert find_current(tmp_path).name == names[1]
    assert prune_releases(tmp_path, 2) == [names[2]]
    assert list_releases(tmp_path) == [names[0], names[1], names[3], names[4]]
    assert list_tags(tmp_path) == {"v1": names[0]}
    assert all(verify_release(tmp_path / "releases" / name) == [] for name in list_releases(tmp_path))


def test_going_back_and_tags_say_what_is_wrong(tmp_path):
    release = publish_items(items(2), tmp_path)
    other = publish_items(items(3), tmp_path, now=NOW + DAY)
    tag_release(tmp_path, "v1", release.id)
    tag_release(tmp_path, "v1", release.id)
    for wrong in (
        lambda: go_back(tmp_path, "../.."),
        lambda: tag_release(tmp_path, "../x", release.id),
        lambda: tag_release(tmp_path, "v1", other.id),
        lambda: prune_releases(tmp_path, 0),
    ):
        with pytest.raises(UsageError):
            wrong()


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path):
    (tmp_path / "releases").write_text("a file where a folder should be")
    with pytest.raises(DataFolderError, match="choose another folder"):
        publish_items(items(1), tmp_path)


def test_a_full_disk_leaves_the_last_release(tmp_path, monkeypatch):
    first = publish_items(items(), tmp_path)

    def fail(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises((DataFolderError, OSError), match="No space left"):
        publish_items(items(9), tmp_path, now=NOW + DAY)
    monkeypatch.undo()
    assert find_current(tmp_path).name == first.id
    assert verify_release(first.path) == []
    assert verify_release(publish_items(items(9), tmp_path, now=NOW + DAY).path) == []


def test_hard_links_are_copies_where_there_are_none(tmp_path, monkeypatch):
    publish_items(items(), tmp_path)

    def refuse(*paths):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert verify_release(publish_items(items(9), tmp_path, now=NOW + DAY).path) == []


def test_the_quarantine_holds_what_is_refused_now_and_tells_what_is_new(tmp_path):
    release = publish_items(items(2), tmp_path)
    table = Validated({}, {}, (), True)
    assert table.release_ok
    assert release.is_new
    import pyarrow as pa

    from pipelines.merge import Ledger, merge_readings
    from pipelines.publish import build_tables

    events = build_tables(merge_readings(items(2), Ledger(), now=NOW), now=NOW, run_id="r")["events"]
    held = events.append_column("expectation", pa.array(["x", "x"])).append_column("value", pa.array(["1", "2"]))
    assert len(write_quarantine({"events": held}, tmp_path)) == 2
    assert write_quarantine({"events": held}, tmp_path) == frozenset()
    assert len(pd.read_parquet(tmp_path / "quarantine" / "events")) == 2
    assert write_quarantine({}, tmp_path) == frozenset()
    assert list((tmp_path / "quarantine").rglob("*")) == []


def test_values_that_look_like_paths_stay_inside(tmp_path):
    data = tmp_path / "data"
    item = told_item("a", "Attaque à Niono.", where=make_where(country="../../x"))
    item = item._replace(article=replace(item.article, outlet_country="/etc", outlet="=1+1"))
    release = publish_items([item], data)
    assert (release.path / "events/country=XX/year=2025/month=7/part-0.parquet").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_text_that_no_encoding_can_write_is_published_with_a_mark(tmp_path):
    item = told_item("a", "Attaque à Niono \ud83d près du marché.")
    publish_items([item], tmp_path)
    assert "\ufffd" in pd.read_parquet(tmp_path / "current" / "events").iloc[0].evidence


def test_a_clock_that_was_set_back_leaves_the_history_in_order(tmp_path):
    one = told_item("a", "Douze terroristes tués à Niono.", tolls=[(12,)])
    other = told_item("b", "Douze terroristes tués à Niono.", tolls=[(12,)])
    publish_items([one], tmp_path)
    publish_items([one, other], tmp_path, now=NOW - 400 * DAY, run_id="run-2")
    event = pd.read_parquet(tmp_path / "current" / "events").iloc[0]
    assert (event.event_version, event.updated_at) == (2, pd.Timestamp(NOW))
    again = publish_items([one, other], tmp_path, now=NOW - 300 * DAY, run_id="run-3")
    assert not again.is_new
