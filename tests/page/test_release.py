"""The page of a real release: what publish writes is what the page reads."""

from __future__ import annotations

from pathlib import Path

from pipelines.page import build_page
from pipelines.schema import load_tables
from tests.merge.gold import load_items
from tests.page.test_build import read_data
from tests.publish.steps import publish_items


def test_a_published_release_is_read_whole(tmp_path: Path) -> None:
    release = publish_items(load_items()[:30], tmp_path)
    page = build_page(tmp_path, tmp_path / "page")
    index, health = read_data(page, "index"), read_data(page, "health")
    assert index["events"] == release.manifest["rows"]["events"] > 20
    assert index["release"]["release"] == release.id
    assert health["rows"] == {name: release.manifest["rows"].get(name, 0) for name in load_tables()}
    details = read_data(page, "details-0")
    assert sum(len(event["reports"]) for event in details) == release.manifest["rows"]["reports"]
    assert all(report["pieces"] for event in details for report in event["reports"])
