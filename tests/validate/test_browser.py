"""The validation summary in a real browser: offline, every rule with its reason, the offending rows, no script run."""

from __future__ import annotations

import pytest

from pipelines.schema.records import Merged
from pipelines.validate import Surroundings, validate_tables, write_summary
from tests.browser import open_browser, open_page
from tests.merge.factories import NOW
from tests.validate.worlds import make_world, spoil_row

pytestmark = pytest.mark.slow
HOSTILE = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The summary of a world with a row that is refused and one that is flagged."""
    world = make_world(8)
    events = spoil_row(world.tables["events"], 1, {"sub_event_type": HOSTILE})
    events = spoil_row(events, 2, {"where_prec": 6, "geo_precision": 3, "latitude": None, "longitude": None})
    around: Surroundings = world.look_around(events=events)
    merged: Merged = world.merged
    validated = validate_tables(world.tables | {"events": events}, merged, around, today=NOW.date())
    path = write_summary(validated, tmp_path_factory.mktemp("validation"), run_id="run-1", now=NOW)
    with open_browser() as browser:
        opened = open_page(browser, viewport={"width": 1200, "height": 900})
        asked = []
        opened.on("request", lambda request: asked.append(request.url))
        opened.goto(path.as_uri())
        opened.screenshot(path=path.with_suffix(".png"), full_page=True)
        opened.asked = asked
        yield opened


def test_it_needs_no_network_and_runs_nothing_of_the_data(page):
    assert [url for url in page.asked if not url.startswith("file:")] == []
    assert "taken" not in page.title()
    assert page.locator("img").count() == 0


def test_every_rule_stands_there_with_its_reason(page):
    text = page.locator("body").inner_text()
    assert "events.sub_event_type_known" in text
    assert "Readers filter on these words." in page.content()
    assert "quarantine" in text


def test_the_offending_rows_are_shown_with_their_values(page):
    assert "onerror" in page.locator("body").inner_text()


def test_it_fits_a_telephone(page):
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
