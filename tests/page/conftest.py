"""A built page and a browser that visits it, cut off from the net."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines.page import build_page
from tests.browser import open_browser, open_page
from tests.page import datasets

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = (
    "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\u202e\u2066txt"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of the story, three hundred events more, and one with hostile words."""
    story = datasets.tell_story()
    hostile = datasets.make_event(900_001, location=HOSTILE, evidence=HOSTILE, actor1=HOSTILE, event_id=HOSTILE)
    more = [*datasets.scatter_events(300), hostile]
    for number, event in enumerate(more[:-1]):
        event["event_id"] = f"many-{number}"
    reports = [datasets.make_report(event) for event in more]
    long_title = datasets.make_article(reports[-1], title=HOSTILE + "x" * 10_000)
    tables = {**story, "events": [*story["events"], *more], "reports": [*story["reports"], *reports]}
    tables["articles"] = [*story["articles"], long_title]
    folder = tmp_path_factory.mktemp("page")
    seats = {("ML", "Mopti"): (14.49, -4.19)}
    return build_page(datasets.write_dataset(folder / "data", tables), folder / "page", seats=seats)


class Visit:
    """A page in a browser without a net, and everything that it complained of or asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, index: Path, hash_: str = "#/?lang=en") -> Page:
        """Open a view and wait until it stands."""
        self.page.goto(f"{index.as_uri()}{hash_}")
        self.page.wait_for_selector("html[data-ready]")
        return self.page


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    page = open_page(browser, viewport={"width": 1280, "height": 900}, locale="en-GB", offline=True)
    visit = Visit(page)
    yield visit
    page.context.close()
    assert visit.complaints == []
    assert [url for url in visit.asked if not url.startswith(("file:", "data:"))] == []
