"""The past from a web archive: an answer as Wayback gives it, one as pywb gives it, and answers that lie."""

from __future__ import annotations

import json
from datetime import date

import pytest

from pipelines.discover import discover_captures
from pipelines.errors import FetchError, ForbiddenError
from pipelines.fetch import fetch_page
from pipelines.models import Link
from pipelines.web import WebArchive
from tests.web.serving import Route, Site, make_client, make_source, serve

ARCHIVE = WebArchive(
    cdx="http://archive.example/cdx", replay="http://archive.example/web/{timestamp}id_/{url}", min_delay_s=0,
    allow_private=True,
)  # fmt: skip
SOURCE = make_source(discover=[{"by": "listing", "url": "http://site.example/", "pattern": r"/\d+/$"}])


class Index(dict):
    """Routes of a web archive whose CDX server answers every query alike."""

    def __init__(self, answer: Route, **others: Route) -> None:
        super().__init__(others)
        self.answer = answer

    def get(self, key: str, default=None):
        return self.answer if key.startswith("archive.example/cdx?") else super().get(key, default)


def find(site: Site, known=()) -> list[Link]:
    found = discover_captures(
        SOURCE, make_client(site), ARCHIVE, since=date(2025, 7, 1), until=date(2025, 7, 31),
        is_known=set(known).__contains__, keep=lambda page: None,
    )  # fmt: skip
    return list(found)


ROWS = [
    ("20250720101500", "http://site.example/1/"),
    ("20250721101500", "https://www.site.example:443/1/?utm_source=x"),
    ("20250722101500", "http://site.example/2/"),
]
WAYBACK_ANSWER = json.dumps([["timestamp", "original"], *ROWS])
PYWB_ANSWER = "\n".join(json.dumps({"timestamp": stamp, "url": url}) for stamp, url in ROWS)


@pytest.mark.parametrize("answer", [WAYBACK_ANSWER, PYWB_ANSWER])
def test_captures_become_links_to_copies(answer: str) -> None:
    copy = (200, {"Content-Type": "text/html"}, b"<p>la copie</p>")
    with serve(Index(answer, **{"/web/20250720101500id_/http://site.example/1/": copy})) as site:
        links = find(site, known=["http://site.example/2/"])
        assert [link.url for link in links] == ["http://site.example/1/"]
        page = fetch_page(links[0], SOURCE, make_client(site), archive=ARCHIVE)
        assert (page.source_id, page.url, page.body) == ("site", "http://site.example/1/", b"<p>la copie</p>")
        assert not any(line.startswith("site.example") for line in site.asked)


def test_the_query_names_host_and_days() -> None:
    with serve(Index("[]")) as site:
        assert find(site) == []
        query = site.paths()[0]
    for part in ("url=site.example", "from=20250701", "to=20250929", "statuscode%3A200"):
        assert part in query


LIES = [
    ("20250720101500", "http://autre.example/1/"),
    ("20250720101500", "http://127.0.0.1/1/"),
    ("99999999999999", "http://site.example/1/"),
    ("", "http://site.example/1/"),
    ("20250720101500", "http://site.example/logo.png"),
    ("20250720101500", "http://site.example/"),
    ("20250720101500", "http://["),
    ("20250720101500", "not an address"),
]


@pytest.mark.parametrize("row", LIES)
def test_rows_that_lie_are_passed_over(row: tuple[str, str]) -> None:
    with serve(Index(json.dumps([["timestamp", "original"], row]))) as site:
        assert find(site) == []


@pytest.mark.parametrize("answer", ["<html>", "[[", '{"a"', "[" * 10_000])
def test_answers_that_are_none(answer: str) -> None:
    with serve(Index(answer)) as site, pytest.raises(FetchError, match="not_a_cdx"):
        find(site)


@pytest.mark.parametrize("answer", ["[]", "", "[[]]", "[1, 2]", '{"timestamp": null}', "3"])
def test_answers_without_a_capture(answer: str) -> None:
    with serve(Index(answer)) as site:
        assert find(site) == []


def test_a_copy_that_leads_elsewhere_is_not_followed() -> None:
    away = (302, {"Location": "http://site.example/1/"}, b"")
    path = "/web/20250720101500id_/http://site.example/1/"
    with serve(Index("[]", **{path: away})) as site:
        link = Link("site", "http://site.example/1/", replay=f"http://archive.example{path}")
        with pytest.raises(ForbiddenError):
            fetch_page(link, SOURCE, make_client(site), archive=ARCHIVE)


def test_an_archive_that_fails_says_so() -> None:
    with serve(Index((404, b"no"))) as site, pytest.raises(FetchError, match="status_404"):
        find(site)
