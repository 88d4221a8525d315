"""The live check of one source, on a site that is well and on one that is not."""

from __future__ import annotations

from pipelines.discover import check_source
from pipelines.extract import extract_article
from tests.extract.test_article import OG_DATE, render
from tests.web.serving import make_client, make_source, serve

FEED = "<rss version='2.0'><channel><item><link>http://site.example/1/</link></item></channel></rss>"
SOURCE = make_source(feed="http://site.example/feed/", discover=["feed"])


def check(routes):
    with serve(routes) as site:
        return check_source(
            SOURCE, make_client(site), read=lambda page, link: extract_article(page, None, SOURCE, link)
        )


def test_a_sound_source() -> None:
    article = (200, {"Content-Type": "text/html", "TDM-Reservation": "1"}, render(head=OG_DATE).encode())
    found = check({"/feed/": FEED, "/1/": article})
    assert found.is_sound
    assert (found.robots, found.links, found.tried) == ("allowed", 1, 1)
    assert found.fill == {"title": 1, "body": 1, "date": 1}
    assert found.reservations == ["tdm-reservation: 1"]


def test_an_unreadable_article_is_told() -> None:
    found = check({"/feed/": FEED, "/1/": render()})
    assert not found.is_sound
    assert "no_date" in found.problems[0]
    assert found.fill["date"] == 0


def test_a_dead_feed_is_told() -> None:
    found = check({"/feed/": (500, b"")})
    assert not found.is_sound
    assert "status_500" in found.problems[0]


def test_a_forbidden_site_is_told() -> None:
    found = check({"/robots.txt": b"User-agent: *\nDisallow: /", "/feed/": FEED})
    assert found.robots == "forbidden"
    assert not found.is_sound
