"""Takes the pictures of docs/page.md and docs/command-line.md anew: python -m docs.images.take DATA

DATA is the data folder of `communiques sample`. Needs Chromium and Playwright, as the slow tests do.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from pipelines.catalog.country import load_atlas
from pipelines.cli import main
from pipelines.evaluate import read_measured
from pipelines.page import build_page, find_seats
from pipelines.sample import NOW, list_addresses

EXPLAINED = "ml-2025-07-20-quatre-operations"
HERE = Path(__file__).parent
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
# name -> view, width, height, scheme; {event} is an event on which two outlets differ
PICTURES: dict[str, tuple[str, int, int, Any]] = {
    "page-events": ("#/?lang=en", 1240, 1240, "light"),
    "page-event": ("#/event/{event}?lang=en", 1240, 1300, "dark"),
    "page-health": ("#/health?lang=en", 1240, 1100, "light"),
    "page-phone": ("#/?lang=fr", 390, 1100, "light"),
}
FIND_EVENT = """() => {
  const { column, size } = communiques.store;
  const told = Array.from({ length: size }, (_, i) => i).filter((i) => column.number_of_sources[i] > 1);
  const contested = told.find((i) => communiques.store.word("verification", i) === "contested");
  return column.event_id[contested ?? told[0] ?? 0];
}"""


def take_pictures(index: Path, browser: Browser) -> None:
    """One picture of each view, and one event for all."""
    event = ""
    for name, (view, width, height, scheme) in PICTURES.items():
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, locale="en-GB")
        page.goto(index.as_uri() + view.format(event=event))
        page.wait_for_selector("html[data-ready]")
        page.wait_for_timeout(600)
        event = event or page.evaluate(FIND_EVENT)
        page.screenshot(path=HERE / f"{name}.png")
        page.close()


def take_explanation(data: Path, folder: Path, browser: Browser) -> None:
    """The picture of an article explained, as `communiques explain URL --html FILE` writes it."""
    url = next(url for url, told in list_addresses(NOW).items() if told.name == EXPLAINED)
    main(["explain", url, "--data", str(data), "--html", str(folder / "article.html")])
    page = browser.new_page(viewport={"width": 1000, "height": 1200}, color_scheme="light")
    page.goto((folder / "article.html").as_uri())
    page.screenshot(path=HERE / "explain.png")
    page.close()


def take_all(data: Path) -> None:
    """Build the page, take the pictures, make them small."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        index = build_page(data, Path(folder) / "page", accuracy=read_measured(), seats=find_seats(load_atlas()))
        chromium = shutil.which("chromium") or "chromium"
        with playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS) as browser:
            take_pictures(index, browser)
            take_explanation(data, Path(folder), browser)
    for name in (*PICTURES, "explain"):
        path = HERE / f"{name}.png"
        rare = Image.Quantize.MAXCOVERAGE  # the colours of the marks are few pixels
        Image.open(path).convert("RGB").quantize(256, method=rare).save(path, optimize=True)


if __name__ == "__main__":
    take_all(Path(sys.argv[1]))
