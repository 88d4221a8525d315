"""Recorded pages: what `communiques record` kept of a source is read again, and gives what it gave."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.catalog.source import Source, load_sources
from pipelines.cli import main
from pipelines.extract import extract_article
from pipelines.models import Link, Page
from pipelines.sample import NOW, SOURCES, list_addresses, serve_sample
from pipelines.settings import change_environment

FOLDER = Path(__file__).parent / "recorded"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
DECLARED = {**load_sources(folder=SOURCES), **load_sources()}


def read_recording(folder: Path, source: Source) -> tuple[dict[str, object], dict[str, object]]:
    """What a recorded page gives now, and what it gave when it was recorded."""
    expected = json.loads((folder / f"{source.id}.json").read_text(encoding="utf-8"))
    body = (folder / f"{source.id}.html").read_bytes()
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    url = expected["url"]
    page = Page(source.id, url, url, datetime(2026, 3, 2, tzinfo=UTC), 200, headers, body, "")
    article = extract_article(page, None, source, Link(source.id, url))
    told = {"url": article.url, "title": article.title, "published_date": str(article.published_date)}
    return {**told, "paragraphs": len(article.body.split("\n\n"))}, expected


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_page_gives_what_it_gave(name: str) -> None:
    told, expected = read_recording(FOLDER, DECLARED[name])
    assert told == expected


def test_every_kind_of_sample_site_is_recorded() -> None:
    assert set(NAMES) >= set(load_sources(folder=SOURCES))


def test_a_page_is_recorded_from_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole workflow: an empty folder, a source file, one command, and a test that reads the page."""
    monkeypatch.chdir(tmp_path)
    url = next(url for url, told in list_addresses(NOW).items() if told.name == "ml-2025-07-20-quatre-operations")
    (tmp_path / "mycatalog" / "sources").mkdir(parents=True)
    (tmp_path / "mycatalog" / "sources" / "relais.yml").write_text(
        "name: Le Relais\ncountry: ML\nkind: press\nhome: http://courrier-du-delta.example/\n"
        "discover: [wordpress]\nallow_private: true\nmin_delay_s: 0.02\n",
        encoding="utf-8",
    )
    with serve_sample() as site, change_environment({"COMMUNIQUES_HOSTS": f"*.example=127.0.0.1:{site.port}"}):
        assert main(["record", "relais", url, "--catalog", "mycatalog", "--out", "recorded"]) == 0
    told, expected = read_recording(tmp_path / "recorded", load_sources(tmp_path / "mycatalog")["relais"])
    assert told == expected
    assert expected["url"] == url
    prose = list_addresses(NOW)[url].body.split(".")[0]
    assert prose not in (tmp_path / "recorded" / "relais.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mycatalog", "recorded"]
