"""One link to one page: conditional requests, and statuses that are no page."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.archive import Archive
from pipelines.discover import discover_links
from pipelines.errors import FetchError, ForbiddenError
from pipelines.extract import extract_article
from pipelines.fetch import fetch_page
from pipelines.models import Capture, Link
from tests.web.serving import NOW, Clock, Route, Talk, make_client, make_source, serve

LINK = Link("site", "http://site.example/1/")
SOURCE = make_source()


def make_capture(days: int, sha256: str = "x") -> Capture:
    return Capture("site", LINK.url, NOW - timedelta(days=days), 200, sha256, "f", 0, etag='"1"', last_modified="hier")


def answer_304(talk: Talk) -> None:
    asked = talk.headers.get("If-None-Match")
    talk.answer(304 if asked else 200, {}, b"" if asked else b"news")


def test_an_unchanged_page_costs_a_304_and_once_a_week_a_page() -> None:
    with serve({"/1/": answer_304}) as site:
        clients = [make_client(site, Clock(seconds=86400 * day)) for day in range(7)]
        pages = [fetch_page(LINK, SOURCE, client, make_capture(1)) for client in clients]
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


POST = "<p>Une unité du détachement de Nouna a déjoué une embuscade dimanche matin, a annoncé l'état-major.</p>"


def test_a_text_from_the_interface_is_not_asked_for_again(tmp_path: Path) -> None:
    posts = [
        {"id": 1, "link": LINK.url, "date_gmt": "2026-04-30T10:00:00", "modified_gmt": "2026-04-30T10:00:00",
         "title": {"rendered": "Kossi &#8211; une embuscade déjouée"},
         "content": {"rendered": POST, "protected": False}}
    ]  # fmt: skip
    source = make_source(discover=[{"by": "wordpress", "url": "http://site.example/posts", "take_content": True}])

    class Posts(dict[str, Route]):
        def get(self, key: str, default: object = None) -> object:  # type: ignore[override]  # one answer for all
            return json.dumps(posts) if key.startswith("/posts?") else super().get(key, default)

    with serve(Posts()) as site, Archive(tmp_path, now=lambda: NOW) as archive:
        client = make_client(site)
        links = discover_links(
            source, client, since=None, until=None, is_known=lambda url: archive.latest(url) is not None,
            keep=archive.store, shelf=archive,
        )  # fmt: skip
        [link] = links
        capture = archive.store(fetch_page(link, source, client))
        assert len(site.paths()) == 1
        again = fetch_page(link, source, client, archive.latest(link.url))
        assert again.is_unchanged
        archive.store(again)
        article = extract_article(archive.read(capture), capture, source)
        before = list(archive.captures())
        assert archive.reindex() == []
        assert list(archive.captures()) == before
    assert article.title == "Kossi – une embuscade déjouée"
    assert article.body == POST[3:-4]
    assert str(article.published_date) == "2026-04-30"
