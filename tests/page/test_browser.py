"""The page in a real browser. Every visit is offline and fails on any message of the console or outside request."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pipelines.page import Chapter, Fact, Word, build_page, render_article
from tests.browser import open_page
from tests.page import datasets
from tests.page.conftest import HOSTILE, Visit

pytestmark = pytest.mark.slow

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
VIEWS = ["#/", "#/event/ev-000001", "#/event/ev-000003", "#/summary", "#/health", "#/about"]


def find_serious(page: Any) -> list[tuple[str, list[str]]]:
    """The serious faults of access that axe finds, with the elements that have them."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({ preload: false })")["violations"]
    serious = [fault for fault in found if fault["impact"] in ("serious", "critical")]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in serious]


def count_rows(page: Any) -> int:
    return int(page.locator("table.events tbody tr").count())


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_stands(visit: Visit, built: Path, view: str) -> None:
    page = visit.open(built, f"{view}?lang=en")
    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()


def test_filters_narrow_headline_table_and_address(visit: Visit, built: Path) -> None:
    page = visit.open(built)
    assert "305 events" in page.locator(".headline").inner_text()
    page.fill("#filter-search", "tessit")
    assert count_rows(page) == 1
    assert page.locator(".headline").inner_text().startswith("1 event of 305")
    assert "search=tessit" in page.url
    page.get_by_role("button", name="Clear the filters").click()
    page.select_option("#filter-country", "BF")
    names = page.locator("tbody .cell-place").all_inner_texts()
    assert names
    assert all("Burkina Faso" in name for name in names)
    assert set(page.locator("#filter-region option").all_inner_texts()) >= {"All", "Sahel (Burkina Faso)"}


def test_accents_do_not_hide_a_place(visit: Visit, built: Path) -> None:
    page = visit.open(built)
    page.fill("#filter-search", "segou")
    assert all("Ségou" in place for place in page.locator("tbody .cell-place").all_inner_texts())
    assert count_rows(page) > 1


def test_dates_and_figures_filter(visit: Visit, built: Path) -> None:
    page = visit.open(built, "#/?lang=en&from=2025-09-10&to=2025-09-10&search=mopti")
    assert page.locator("tbody .cell-date").first.inner_text() == "10 Sept 2025"
    assert count_rows(page) == 1
    page = visit.open(built, "#/?lang=en&deaths=20")
    assert count_rows(page) > 1
    assert all(int(cell.split()[0]) >= 20 for cell in page.locator("tbody .cell-killed").all_inner_texts())


def test_columns_sort_both_ways(visit: Visit, built: Path) -> None:
    page = visit.open(built)
    page.get_by_role("button", name="Killed").click()
    assert page.locator("th.cell-killed").get_attribute("aria-sort") == "descending"
    told = [int(cell.split()[0]) for cell in page.locator("tbody .cell-killed").all_inner_texts()[1:]]
    assert told == sorted(told, reverse=True)
    page.get_by_role("button", name="Place").click()
    page.get_by_role("button", name="Place").click()
    assert page.locator("th.cell-place").get_attribute("aria-sort") == "descending"


def test_the_table_turns_its_pages(visit: Visit, built: Path) -> None:
    page = visit.open(built)
    first = page.locator("table.events").inner_text()
    page.get_by_role("button", name="Next").click()
    assert "Rows 26 to 50 of 305" in page.locator(".pager").inner_text()
    assert page.locator("table.events").inner_text() != first


def test_an_event_tells_everything(visit: Visit, built: Path) -> None:
    page = visit.open(built)
    page.fill("#filter-search", "ev-000001")
    page.get_by_role("link", name="Armed clash").click()
    page.wait_for_selector("article.event")
    assert page.locator("h1").inner_text() == "Armed clash – Niono"
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert {"15 juillet", "à Niono"} <= set(page.locator("blockquote mark").all_inner_texts())
    assert page.locator(".row-differs th").all_text_contents() == ["≠ differs: The day rests on"]
    assert "Killed: 3 → 4" in page.locator(".revisions").inner_text()
    assert "habitants" in page.locator("table.told").first.inner_text()
    page.get_by_role("link", name="← All events").click()
    page.wait_for_selector("table.events")
    assert page.input_value("#filter-search") == "ev-000001"


def test_a_retired_event_leads_to_its_successor(visit: Visit, built: Path) -> None:
    page = visit.open(built, "#/event/ev-000009?lang=en")
    assert "no longer live" in page.locator("article").inner_text()
    page.get_by_role("link", name="ev-000001").click()
    page.wait_for_selector("h1:has-text('Niono')")


def test_an_unknown_event_is_said_to_be_unknown(visit: Visit, built: Path) -> None:
    page = visit.open(built, "#/event/%E0%A4%A?lang=en")
    assert "no event with this number" in page.locator("article").inner_text()


def test_the_language_changes_in_place(visit: Visit, built: Path) -> None:
    page = visit.open(built, "#/?lang=en&country=ML")
    page.get_by_role("link", name="FR", exact=True).click()
    page.wait_for_selector("h2:has-text('Chronologie')")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert "événements" in page.locator(".headline").inner_text()
    assert page.input_value("#filter-country") == "ML"


@pytest.mark.parametrize("view", ["#/", "#/event/ev-000001", "#/summary", "#/health"])
def test_no_word_of_the_page_is_missing(visit: Visit, built: Path, view: str) -> None:
    """A word that is not found is shown by its path: `event.where`."""
    for language in ("fr", "en"):
        text = visit.open(built, f"{view}?lang={language}").locator("body").inner_text()
        assert not re.search(r"\b(headline|filters|map|timeline|table|event|summary|health|field)\.\w+", text)


def test_a_region_is_no_dot(visit: Visit, built: Path) -> None:
    page = visit.open(built, "#/?lang=en&search=ev-000003")
    assert "Mopti, Mali" in page.locator(".areas").inner_text()
    spots = "communiques.spots.gather(communiques.selected.fitting, 'events').map((group) => group.spot.kind)"
    assert page.evaluate(spots) == ["area"]


def test_the_map_opens_a_place(visit: Visit, built: Path) -> None:
    page = visit.open(built, "#/event/ev-000002?lang=en")
    page.get_by_role("button", name="Show on the map").click()
    page.wait_for_selector(".popup")
    assert "Tessit" in page.locator(".popup").inner_text()
    page.locator(".popup a").click()
    page.wait_for_selector("h1:has-text('Tessit')")


def test_dragging_over_the_timeline_chooses_a_period(visit: Visit, built: Path) -> None:
    page = visit.open(built)
    chart = page.locator(".timeline-chart svg")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box
    page.mouse.move(box["x"] + 300, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 500, box["y"] + 50)
    page.mouse.up()
    page.wait_for_url("**from=**")
    assert "" < page.input_value("#filter-from") < page.input_value("#filter-to")


def test_hostile_words_stay_words(visit: Visit, built: Path) -> None:
    page = visit.open(built, "#/?lang=en&search=onerror")
    assert HOSTILE in page.locator("tbody .cell-place").first.text_content()
    page.locator("tbody .cell-event a").first.click()
    page.wait_for_selector("article.event")
    assert page.title() != "owned"
    assert page.locator("img").count() == 0
    assert HOSTILE in page.locator("blockquote").first.text_content()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.evaluate("window.innerWidth"), "a long title makes the page wider than the window"


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_of_access(visit: Visit, built: Path, view: str, scheme: Any) -> None:
    visit.page.emulate_media(color_scheme=scheme)
    page = visit.open(built, f"{view}?lang=en")
    page.wait_for_timeout(200)
    assert find_serious(page) == []


def test_everything_works_by_keyboard(visit: Visit, built: Path) -> None:
    page = visit.open(built)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.focus("table.events tbody a")
    page.keyboard.press("Enter")
    page.wait_for_selector("article.event")


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_wider_than_a_phone(visit: Visit, built: Path, view: str) -> None:
    visit.page.set_viewport_size({"width": 375, "height": 800})
    page = visit.open(built, view)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_printing_leaves_the_controls_away(visit: Visit, built: Path) -> None:
    visit.page.emulate_media(media="print")
    page = visit.open(built)
    assert not page.locator(".filters-box").is_visible()
    assert page.locator("table.events").is_visible()
    assert page.pdf()[:4] == b"%PDF"


def test_an_empty_dataset_says_so(visit: Visit, tmp_path: Path) -> None:
    page = visit.open(build_page(datasets.write_dataset(tmp_path / "data", {"events": []}), tmp_path / "page"))
    assert "no event yet" in page.locator(".headline").inner_text()
    for view in ("Summaries", "Data health", "How to read this", "Events"):
        page.get_by_role("link", name=view, exact=True).click()
        page.wait_for_selector(f"a[aria-current=page]:has-text('{view}')")
        assert page.locator("h1").count() == 1


def test_without_points_or_figures_the_page_stands(visit: Visit, tmp_path: Path) -> None:
    bare = dict.fromkeys(
        ("latitude", "longitude", "low", "best", "high", "fatalities", "deaths_a", "location", "actor1")
    )
    event = datasets.make_event(1, geo_precision=3, where_prec=4, **bare)
    tables = {"events": [event], "reports": [datasets.make_report(event)]}
    page = visit.open(build_page(datasets.write_dataset(tmp_path / "data", tables), tmp_path / "page"))
    assert "1 event" in page.locator(".headline").inner_text()
    assert "Ségou, Mali" in page.locator(".areas").inner_text()
    page.locator("table.events a").click()
    page.wait_for_selector("article.event")
    assert "No point: the event is known to an area only" in page.locator("article").inner_text()


def test_a_country_without_outline_has_a_plain_graticule(visit: Visit, tmp_path: Path) -> None:
    """One event in the middle of an ocean: the map is lines of degrees, table and timeline carry the page."""
    event = datasets.make_event(1, country="XX", country_name="Nowhere", latitude=-40.0, longitude=-130.0)
    tables = {"events": [event], "reports": [datasets.make_report(event)]}
    page = visit.open(build_page(datasets.write_dataset(tmp_path / "data", tables), tmp_path / "page"))
    assert count_rows(page) == 1
    assert page.locator(".timeline-chart rect").count() >= 1
    page.wait_for_selector(".map-canvas")
    count = """() => {
      const canvas = document.querySelector(".map-canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    }"""
    assert page.evaluate(count) > 2, "sea, lines and a disc"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_explained_article_has_no_serious_fault_of_access(visit: Visit, tmp_path: Path, scheme: Any) -> None:
    words = [Word("date", "15 juillet", 3), Word("place", "Niono", 17), Word("figure", "trois", 24)]
    facts = [Fact(word.kind, "a value", word, "a reason") for word in words]
    chapters = [Chapter("Event 1", facts, "Le 15 juillet, à Niono, trois morts."), Chapter("Passed over", facts[:1])]
    text = render_article("Niono", "Le 15 juillet, à Niono, trois morts.", chapters, origin="https://fil.example/1")
    (tmp_path / "article.html").write_text(text, encoding="utf-8")
    visit.page.emulate_media(color_scheme=scheme)
    visit.page.goto((tmp_path / "article.html").as_uri())
    assert find_serious(visit.page) == []


def test_a_page_without_its_data_says_so(browser: Any, tmp_path: Path) -> None:
    index = build_page(datasets.write_dataset(tmp_path / "data", datasets.tell_story()), tmp_path / "page")
    (index.parent / "data" / "columns-0.js").unlink()
    page = open_page(browser, locale="en-GB")
    page.goto(index.as_uri())
    page.wait_for_selector("[role=alert]")
    assert "could not be loaded" in page.locator("main").inner_text()
    page.context.close()
