"""The documentation as a site: built strictly, asking nobody outside, and what is generated is fresh."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from tests.docs.blocks import ROOT
from tests.docs.codebook import EXAMPLES, render_codebook
from tests.docs.commands import render_commands

pytestmark = pytest.mark.xdist_group("documentation")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder]
    told = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def test_it_loads_nothing_from_outside(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        tree = html.fromstring(page.read_text(encoding="utf-8"))
        loaded = tree.xpath("//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        for address in loaded:
            assert "//" not in address, f"{page.name} loads {address}"
            path = address.split("?")[0]
            own = site / path[1:] if path.startswith("/") else page.parent / path
            assert own.resolve().is_file(), f"{page.name} loads {address}"


def test_what_is_said_to_the_tests_stays_out(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert not re.search(r"<!-- (not run|gives|status): ", page.read_text(encoding="utf-8")), page.name


def test_the_codebook_is_fresh() -> None:
    assert (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8") == render_codebook(), f"make docs ({EXAMPLES})"


def test_the_page_of_commands_is_fresh() -> None:
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == render_commands(), "make docs"


@pytest.mark.slow
def test_it_opens_from_a_disk_and_is_searched_without_a_net(site: Path) -> None:
    from tests.browser import open_browser, open_page

    asked: list[str] = []
    complaints: list[str] = []
    with open_browser() as browser:
        page = open_page(browser, offline=True, viewport={"width": 1280, "height": 900})
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto((site / "tutorial.html").as_uri())
        page.get_by_placeholder("Search").first.fill("neutralised")
        page.wait_for_selector(".md-search-result__item")
        assert "Codebook" in page.locator(".md-search-result__list").inner_text()
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []
