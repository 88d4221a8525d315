"""The commands that work on a data folder, on what the sample's first run left behind."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.sample import NOW, SOURCES, list_addresses, serve_sample
from pipelines.settings import change_environment
from tests.end_to_end.conftest import World

pytestmark = pytest.mark.xdist_group("end_to_end")

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def communiques(world: World, capfd: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run a command on a copy of the sample's data, with the site up; gives status and standard output."""

    def run(*arguments: object) -> tuple[int, str]:
        status = main([str(argument) for argument in arguments])
        return status, capfd.readouterr().out

    with serve_sample() as site:
        told = {
            "COMMUNIQUES_DATA": str(world.data),
            "COMMUNIQUES_SOURCES": str(SOURCES),
            "COMMUNIQUES_HOSTS": f"*.example=127.0.0.1:{site.port}",
            "COMMUNIQUES_NOW": site.now.isoformat(),
        }
        with change_environment(told):
            yield run


def find_url(name: str) -> str:
    return next(url for url, told in list_addresses(NOW).items() if told.name == name)


def test_status_watch_verify(communiques: Run, world: World) -> None:
    status, told = communiques("status", "--json")
    assert status == 0
    assert json.loads(told)["release"] == (world.data / "current").resolve().name
    status, told = communiques("watch", "--json")
    assert status == 0
    assert [health["worries"] for health in json.loads(told)] == [[], [], [], []]
    assert communiques("verify")[0] == 0
    part = next((world.data / "current").resolve().glob("events/**/*.parquet"))
    part.write_bytes(b"garbage")
    status, told = communiques("verify", "--json")
    assert status == 1
    assert "differs from its checksum" in told


def test_the_index_is_rebuilt_from_the_archive(communiques: Run, world: World) -> None:
    events = world.read("events")
    (world.data / "index.sqlite").write_bytes(b"torn")
    status, told = communiques("archive", "reindex")
    assert (status, told) == (0, told)
    assert "41 articles" in told
    world.run("build")
    assert world.read("events") == events
    assert communiques("archive", "cdxj", "--out", world.data / "index.cdxj")[0] == 0
    lines = (world.data / "index.cdxj").read_text().splitlines()
    assert lines == sorted(lines)


def test_an_article_is_forgotten_for_good(communiques: Run, world: World) -> None:
    url = find_url("ml-2025-07-20-quatre-operations")
    assert communiques("forget", url)[0] == 0
    assert url not in {row["url"] for row in world.read("articles")} or world.run("build")
    world.run()
    assert url not in {row["url"] for row in world.read("articles")}
    assert communiques("explain", url)[0] == 2


def test_an_article_is_explained_from_the_archive(communiques: Run, world: World, tmp_path: Path) -> None:
    page = tmp_path / "article.html"
    status, told = communiques("explain", find_url("ml-2025-07-20-quatre-operations"), "--html", page)
    assert status == 0
    assert "Event 4" in told
    assert "État-major général des armées" in told
    assert "<mark" in page.read_text(encoding="utf-8")
    assert "Published" in told
    published = {row["event_id"] for row in world.read("events")}
    assert sum(event in told for event in published) == 4


def test_a_page_without_article_is_explained(communiques: Run, world: World) -> None:
    missing = next(row for row in world.read("issues") if row["code"] == "soft_404")
    status, told = communiques("explain", missing["quote"])
    assert status == 0
    assert "Why no article" in told
    assert "extract soft_404" in told
    assert communiques("explain", "https://lefaso.net/never-seen")[0] == 2


def test_exports_hold_the_events(communiques: Run, world: World, tmp_path: Path) -> None:
    events = world.read("events")
    assert communiques("export", "--format", "csv", "--out", tmp_path / "events.csv")[0] == 0
    with (tmp_path / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(events)
    assert communiques("export", "--format", "geojson", "--country", "ne", "--out", tmp_path / "ne.geojson")[0] == 0
    found = json.loads((tmp_path / "ne.geojson").read_text(encoding="utf-8"))["features"]
    assert len(found) == sum(row["country"] == "NE" for row in events)
    assert communiques("page", "--out", tmp_path / "site")[0] == 0
    assert (tmp_path / "site" / "index.html").is_file()


def test_sources_are_checked_and_recorded_live(communiques: Run, tmp_path: Path) -> None:
    status, told = communiques("check", "courrier-du-delta", "--json")
    assert status == 0
    assert json.loads(told)[0]["fill"] == {"title": 1.0, "body": 1.0, "date": 1.0}
    url = find_url("ml-2025-07-20-quatre-operations")
    assert communiques("record", "courrier-du-delta", url, "--out", tmp_path)[0] == 0
    assert json.loads((tmp_path / "courrier-du-delta.json").read_text(encoding="utf-8"))["url"] == url
    recorded = (tmp_path / "courrier-du-delta.html").read_text(encoding="utf-8")
    assert list_addresses(NOW)[url].body.split(".")[0] not in recorded


def test_the_watch_flow_gives_a_table(world: World) -> None:
    outcome = world.run("watch")
    assert outcome.state.name == "Completed"
    assert [health.source_id for health in outcome.result] == sorted(health.source_id for health in outcome.result)
    empty = World(world.data.parent / "nothing").run("watch")
    assert empty.state.name == "Failed"
    assert "nothing was fetched here yet" in str(empty.result)


def test_backfill_shows_its_plan_and_fetches_nothing(communiques: Run) -> None:
    days = ("--from", "2025-06-15", "--to", "2025-08-10")
    status, told = communiques("backfill", *days, "--source", "courrier-du-delta", "--plan", "--json")
    assert status == 0
    assert [(window["start"], window["end"]) for window in json.loads(told)] == [
        ("2025-08-01", "2025-08-10"),
        ("2025-07-01", "2025-07-31"),
        ("2025-06-15", "2025-06-30"),
    ]
