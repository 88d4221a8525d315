"""One link to one page: conditional requests, and statuses that are no page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipelines.errors import FetchError, ForbiddenError
from pipelines.fetch import fetch_page
from pipelines.models import Capture, Link
from tests.web.serving import NOW, Talk, make_client, make_source, serve

LINK = Link("site", "http://site.example/1/")
SOURCE = make_source()


def make_capture(days: int, sha256: str = "x") -> Capture:
    return Capture("site", LINK.url, NOW - timedelta(days=days), 200, sha256, "f", 0, etag='"1"', last_modified="hier")


def answer_304(talk: Talk) -> None:
    asked = talk.headers.get("If-None-Match")
    talk.answer(304 if asked else 200, {}, b"" if asked else b"news")


def test_an_unchanged_page_costs_a_304_and_once_a_week_a_page() -> None:
    with serve({"/1/": answer_304}) as site:
        pages = [fetch_page(LINK, SOURCE, make_client(site), make_capture(days)) for days in range(7)]
        assert site.headers[-1].get("If-Modified-Since", "hier") == "hier"
    assert sorted(page.status for page in pages) == [200] + [304] * 6
    assert all(page.sha256 == "x" for page in pages if page.status == 304)


def test_a_page_that_comes_again_is_known_by_its_body() -> None:
    with serve({"/1/": "news"}) as site:
        first = fetch_page(LINK, SOURCE, make_client(site))
        assert not first.is_unchanged
        assert fetch_page(LINK, SOURCE, make_client(site), make_capture(1, first.sha256)).is_unchanged


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "blocked"), (403, "blocked"), (404, "status_404"), (410, "status_410"), (500, "status_500")],
)
def test_statuses(status: int, code: str) -> None:
    with serve({"/1/": (status, b"")}) as site, pytest.raises(FetchError) as caught:
        fetch_page(LINK, SOURCE, make_client(site))
    assert caught.value.code == code
    assert isinstance(caught.value, ForbiddenError) == (code == "blocked")


def test_a_guess_that_leads_nowhere_is_no_fault() -> None:
    with serve({}) as site, pytest.raises(FetchError, match="not_there"):
        fetch_page(Link("site", LINK.url, is_guess=True), SOURCE, make_client(site))
