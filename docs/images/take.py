"""Takes the pictures of docs/page.md anew: python docs/images/take.py DATA [ACCURACY.json]

DATA is the data folder of `communiques sample`, ACCURACY.json what `communiques evaluate DIR --json` wrote. Needs
Chromium and Playwright, as the slow tests do; makes the files smaller where pngquant is at hand.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from pipelines.catalog.country import load_atlas
from pipelines.page import build_page, find_seats

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


def main(data: Path, accuracy: Path | None = None) -> None:
    """Build the page, take the pictures, make them small."""
    measured = json.loads(accuracy.read_text(encoding="utf-8")) if accuracy else None
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        index = build_page(data, Path(folder) / "page", accuracy=measured, seats=find_seats(load_atlas()))
        chromium = shutil.which("chromium") or "chromium"
        with playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS) as browser:
            take_pictures(index, browser)
    if shutil.which("pngquant"):
        subprocess.run(["pngquant", "--force", "--ext", ".png", "--strip", *map(str, HERE.glob("*.png"))], check=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
