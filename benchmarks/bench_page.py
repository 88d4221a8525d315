"""How long the page takes to build, to load and to filter with many events: python -m benchmarks.bench_page [EVENTS]

Needs Chromium and Playwright, as the slow tests do. Prints one JSON object; what is asked of 50,000 events is a load
under 3 seconds and a filter under 100 milliseconds, painting included.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from pipelines.page import build_page
from tests.page.conftest import ARGUMENTS
from tests.page.datasets import make_article, make_report, make_source, scatter_events, write_dataset

LOADS = 3
ROUNDS = 3
# (control, value): each is set, measured until the frame after it is painted, and cleared again
FILTERS = [
    ("search", "gao"), ("search", "segou"), ("country", "ML"), ("type", "Battles"), ("actor", "JNIM"),
    ("verification", "contested"), ("from", "2020-01-01"), ("deaths", "5"),
]  # fmt: skip
SET_AND_WAIT = """([name, value]) => new Promise((resolve) => {
  const control = document.getElementById(`filter-${name}`);
  const begun = performance.now();
  control.value = value;
  control.dispatchEvent(new Event(control.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun), 0));
})"""


def build_many(folder: Path, count: int) -> tuple[Path, float]:
    """A page of many events, one report each, and the seconds that building it took."""
    events = scatter_events(count)
    reports = [make_report(event) for event in events]
    tables = {"events": events, "reports": reports, "articles": map(make_article, reports)}
    data = write_dataset(folder / "data", {**tables, "sources": [make_source("Le Fil")]})
    begun = time.perf_counter()
    return build_page(data, folder / "page"), time.perf_counter() - begun


def measure_load(page: Page, index: Path) -> float:
    """Seconds from the request until the page is ready to be used."""
    begun = time.perf_counter()
    page.goto(index.as_uri())
    page.wait_for_selector("html[data-ready]")
    return time.perf_counter() - begun


def measure_filters(page: Page) -> dict[str, float]:
    """Milliseconds of each filter, painting included: the middle of some rounds."""
    page.wait_for_selector(".map-canvas")
    took: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, value in FILTERS:
            for wanted in (value, ""):
                milliseconds = page.evaluate(SET_AND_WAIT, [name, wanted])
                took.setdefault(f"{name}={wanted}", []).append(milliseconds)
                page.wait_for_timeout(50)
    return {name: round(statistics.median(rounds)) for name, rounds in took.items()}


def measure_page(index: Path) -> dict[str, Any]:
    """Load and filters in headless Chromium."""
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or "chromium"
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="fr-FR")
        loads = [measure_load(page, index) for _ in range(LOADS)]
        filters = measure_filters(page)
        browser.close()
    return {"load_s": [round(load, 2) for load in loads], "filter_ms": filters}


def main() -> None:
    """Build, measure, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        index, seconds = build_many(Path(folder), count)
        files = [path for path in index.parent.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        measured = measure_page(index)
    told = {"events": count, "build_s": round(seconds, 1), "files": len(files), "megabytes": round(size / 1e6, 1)}
    slowest, middle = max(measured["filter_ms"].values()), statistics.median(measured["filter_ms"].values())
    print(json.dumps({**told, **measured, "filter_median_ms": middle, "filter_slowest_ms": slowest}, indent=1))


if __name__ == "__main__":
    main()
