"""The archive in the tools that others use to show one: pywb serves it, Chromium reads it, a backfill asks it."""

from __future__ import annotations

import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.archive import Archive
from pipelines.cli import main
from pipelines.models import Article
from pipelines.run.ingest import ingest_source
from pipelines.run.opening import open_run
from pipelines.sample import NOW, SOURCES, serve_sample
from pipelines.settings import Settings, change_environment
from tests.browser import open_browser, open_page
from tests.flows.stack import find_port

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pywb"), pytest.mark.timeout(600)]

WAYBACK = Path(__file__).parents[2] / ".venv-pywb" / "bin" / "wayback"
STARTUP_SECONDS = 180


@dataclass
class Shown:
    """The sample's archive as pywb shows it."""

    address: str
    articles: list[Article]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    folder = tmp_path_factory.mktemp("pywb")
    articles = visit_sample(folder / "data")
    assert main(["archive", "cdxj", "--out", str(folder / "index.cdxj"), "--data", str(folder / "data")]) == 0
    (folder / "config.yaml").write_text(
        f"collections:\n  sahel:\n    index_paths: {folder}/index.cdxj\n    archive_paths: {folder}/data/archive/\n"
    )
    port = find_port()
    with (folder / "pywb.log").open("wb") as log:
        process = subprocess.Popen([WAYBACK, "-b", "127.0.0.1", "-p", str(port)], cwd=folder, stdout=log, stderr=log)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/sahel/", folder / "pywb.log")
        yield Shown(f"http://127.0.0.1:{port}/sahel", articles)
    finally:
        process.terminate()
        process.wait(timeout=30)


def visit_sample(data: Path) -> list[Article]:
    """An archive of the whole sample site."""
    with serve_sample() as site:
        hosts = {"*.example": ("127.0.0.1", site.port)}
        with open_run(Settings(data=data, sources=SOURCES, hosts=hosts, fixed_now=site.now)) as run:
            for source in run.sources:
                ingest_source(source, client=run.client, archive=run.archive, now=run.started_at)
            return list(run.archive.articles())


def wait_until_ready(address: str, log: Path) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"pywb is not ready: {log.read_text()[-2000:]}")


def test_a_browser_shows_the_archived_page(shown: Shown) -> None:
    with open_browser() as browser:
        page = open_page(browser)
        for article in one_of_each(shown.articles):
            page.goto(f"{shown.address}/{NOW:%Y%m%d%H%M%S}/{article.url}")
            replay = page.frame_locator("#replay_iframe")
            assert spell_plainly(article.title) in spell_plainly(replay.locator("h1, h2").first.inner_text())
            text = spell_plainly(replay.locator("body").inner_text())
            for paragraph in article.body.split("\n\n")[:3]:
                assert spell_plainly(paragraph)[:60] in text


def spell_plainly(text: str) -> str:
    """ASCII alone: one outlet of the sample declares the wrong charset, and a browser believes it, live or replayed."""
    return " ".join(text.encode("ascii", "ignore").decode().split())


def one_of_each(articles: list[Article]) -> list[Article]:
    """The first article of every outlet."""
    return list({article.source_id: article for article in reversed(articles)}.values())


def test_a_backfill_from_a_real_cdx_server(shown: Shown, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    days = [article.published_date for article in shown.articles if article.published_date]
    told = {
        "COMMUNIQUES_DATA": str(tmp_path / "data"),
        "COMMUNIQUES_SOURCES": str(SOURCES),
        "COMMUNIQUES_NOW": NOW.isoformat(),
        "COMMUNIQUES_CDX": f"{shown.address}/cdx",
    }
    span = ("--from", f"{min(days).replace(day=1)}", "--to", f"{NOW.date()}")
    with change_environment(told):
        assert main(["backfill", *span, "--via", "wayback", "--plan"]) == 0
        status = main(["backfill", *span, "--via", "wayback"])
    out = capfd.readouterr().out
    assert status in (0, 1), out  # 1: the sample holds rows that are quarantined by design
    with Archive(tmp_path / "data", now=lambda: NOW, read_only=True) as archive:
        assert {article.url for article in archive.articles()} == {article.url for article in shown.articles}
        assert {article.body for article in archive.articles()} == {article.body for article in shown.articles}
    assert "GAP" in out  # months in which the sample's outlets published nothing
