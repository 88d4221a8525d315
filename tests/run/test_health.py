"""What `watch` says of a source: each sign alone, from an archive that shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path

import pytest

from pipelines.archive import Archive
from pipelines.models import Article, Issue, Page
from pipelines.run.failures import read_failures, write_failures
from pipelines.run.health import SourceHealth, check_sources
from pipelines.run.ingest import SourceFailedError, ingest_source
from pipelines.run.visits import KEPT_POLLS, note_visit, read_block, read_polls
from tests.extract.test_article import OG_DATE, render
from tests.web.serving import NOW, Clock, Site, make_client, make_source, serve

FEED = make_source(feed="http://site.example/feed", discover=["feed"])
DAY = timedelta(days=1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path, now=lambda: NOW) as opened:
        opened.set_state("site", "last_visit", NOW.isoformat())
        yield opened


def publish(archive: Archive, ages: list[int]) -> None:
    """An article for each number of days ago, fetched on that day."""
    with archive.together():
        for number, age in enumerate(ages):
            at = NOW - age * DAY
            archive.put_article(
                Article(f"{number:016x}", "site", "Le Site", "ML", f"http://site.example/{number}/", "fr", "T", "x", at,
                        at.date(), at, f"{number}")
            )  # fmt: skip


def check(archive: Archive, **expected: object) -> SourceHealth:
    return check_sources([FEED.model_copy(update={"expected": make_source(expected=expected).expected})], archive, NOW)[
        0
    ]


def make_feed(numbers: range) -> str:
    items = "".join(f"<item><link>http://site.example/{n}/</link></item>" for n in numbers)
    return f"<rss version='2.0'><channel>{items}</channel></rss>"


def visit(archive: Archive, site: Site, at: datetime = NOW) -> None:
    client = make_client(site, Clock(seconds=(at - NOW).total_seconds()))
    ingest_source(FEED, client=client, archive=archive, now=at)


STEADY = [1, 2, 3, 4, 5, 6, *range(7, 35)]


def test_a_source_that_is_well(archive: Archive) -> None:
    publish(archive, STEADY)
    found = check(archive)
    assert (found.worries, found.articles_this_week, found.articles_a_week) == ((), 6, 7)
    assert (found.newest_article, found.last_visit) == (NOW.date() - DAY, NOW)


@pytest.mark.parametrize(
    ("ages", "expected", "worry"),
    [
        ([1, 2, *range(7, 35)], {}, "2 articles this week where 7 are usual"),
        ([1, 2, 3, *range(7, 35)], {}, None),  # 43 %
        ([1, 8, 9, 15, 22], {}, None),  # too few to judge
        ([1, *range(7, 15)], {"articles_a_week": 20}, "1 articles this week where 20 are usual"),
        ([50, 51, 52], {"articles_a_week": 20}, "0 articles this week where 20 are usual"),
        ([50, 51, 52], {}, "no article since"),
    ],
)
def test_volume_against_its_mean_and_its_file(
    archive: Archive, ages: list[int], expected: dict[str, float], worry: str | None
) -> None:
    publish(archive, ages)
    found = check(archive, **expected).worries
    assert not found if worry is None else any(told.startswith(worry) for told in found)


def test_a_source_that_is_not_visited(archive: Archive, tmp_path: Path) -> None:
    publish(archive, STEADY)
    archive.set_state("site", "last_visit", (NOW - 3 * DAY).isoformat())
    assert check(archive).worries == ("not visited to its end since 2026-04-28 12:00",)
    with Archive(tmp_path / "new", now=lambda: NOW) as empty:
        assert check(empty).worries == ("never visited to its end",)


@pytest.mark.parametrize(
    ("polls", "share"),
    [
        ([(10, 9), (10, 7), (10, 8)], 0.8),
        ([(10, 1), (10, 2), (10, 10)], 0.2),
        ([(10, 9), (10, 9)], None),
        ([(4, 4), (4, 4), (4, 4)], None),
    ],
)
def test_a_schedule_that_is_too_slow(archive: Archive, polls: list[tuple[int, int]], share: float | None) -> None:
    publish(archive, STEADY)
    for hours, (announced, new) in enumerate(polls, -len(polls)):
        note_visit(archive, "site", NOW + timedelta(hours=hours), announced, new)
    found = check(archive)
    assert found.new_share == share
    assert any("visit more often" in worry for worry in found.worries) == (share == 0.8)


def test_visits_count_what_was_announced_and_what_was_new(tmp_path: Path) -> None:
    pages = {f"/{n}/": render(head=OG_DATE, title=f"Titre {n}") for n in range(30)}
    with serve({"/feed": make_feed(range(8)), **pages}) as site, Archive(tmp_path, now=lambda: NOW) as archive:
        visit(archive, site)
        assert read_polls(archive, "site") == []  # everything is new at the first visit
        site.routes["/feed"] = make_feed(range(2, 10))
        visit(archive, site, NOW + timedelta(hours=1))
        visit(archive, site, NOW + timedelta(hours=2))
        assert [(poll.announced, poll.new) for poll in read_polls(archive, "site")] == [(8, 2), (8, 0)]
        for hours in range(KEPT_POLLS):
            note_visit(archive, "site", NOW + timedelta(hours=3 + hours), 8, 0)
        assert len(read_polls(archive, "site")) == KEPT_POLLS


def test_fields_that_are_found_less_often_than_the_file_says(archive: Archive) -> None:
    publish(archive, STEADY[:16])
    codes = ["no_date"] * 5 + ["empty", "consent_wall"] + ["no_title"]
    issues = [Issue("extract", code, f"http://site.example/x{n}/") for n, code in enumerate(codes)]
    write_failures(archive, "site", settled=(), issues=issues, now=NOW)
    found = check(archive, fill={"title": 1, "body": 0.9, "date": 1})
    assert {name: round(share or 0, 2) for name, share in found.fill.items()} == {
        "title": 0.94, "body": 0.89, "date": 0.76
    }  # fmt: skip
    assert found.worries == ("date found in 76% of the pages where 100% is usual: has the layout changed?",)
    assert check(archive, fill={"date": None}).worries == ()  # nobody has measured what is usual


def keep_robots(archive: Archive, text: str, days: float, status: int = 200) -> None:
    at, url, body = NOW - days * DAY, "http://site.example/robots.txt", text.encode()
    archive.store(Page("site", url, url, at, status, (), body, sha256(body).hexdigest(), kind="robots"))


OPEN, COMMENTED = "User-agent: *\nDisallow: /ecrire/\n", "# 2026\nuser-agent:*\nDisallow: /ecrire/ # no\n"
STRICT, CLOSED = f"{OPEN}Crawl-delay: 60\n", "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("copies", "worries"),
    [
        ([(OPEN, 9)], []),
        ([(OPEN, 9), (OPEN, 2)], []),
        ([(OPEN, 9), (COMMENTED, 2)], []),
        ([(OPEN, 9), (STRICT, 2), (STRICT, 1)], ["http://site.example/robots.txt has changed on 2026-04-29"]),
        ([(OPEN, 20), (STRICT, 10), (STRICT, 1)], []),  # told long ago
        ([(CLOSED, 20)], ["http://site.example/robots.txt forbids http://site.example/feed"]),
    ],
)
def test_changes_of_robots_txt(archive: Archive, copies: list[tuple[str, int]], worries: list[str]) -> None:
    publish(archive, STEADY)
    for text, days in copies:
        keep_robots(archive, text, days)
    assert [worry.partition(":  ")[0].partition(": compare")[0] for worry in check(archive).worries] == worries


def test_a_missing_robots_txt_that_looks_different_each_day_has_not_changed(archive: Archive) -> None:
    publish(archive, STEADY)
    for days in (3, 2, 1):
        keep_robots(archive, f"<html>Introuvable, {days}", days, status=404)
    assert check(archive).worries == ()


# ------------------------------------------------------------------------------------------------ refusals and rest


@pytest.mark.parametrize(
    "refusal",
    [(401, b"no"), (403, b"no"), (403, {"cf-mitigated": "challenge"}, b"Just a moment..."),
     "<title>Just a moment...</title><h1>Just a moment...</h1>"],
)  # fmt: skip
def test_a_source_that_refuses_us_is_marked_and_told(tmp_path: Path, refusal: object) -> None:
    routes = {"/feed": make_feed(range(1, 3)), "/1/": refusal, "/2/": render(head=OG_DATE)}
    with serve(routes) as site, Archive(tmp_path, now=lambda: NOW) as archive:
        visit(archive, site)
        worries = check_sources([FEED], archive, NOW)[0].worries
        assert any(worry.startswith("blocked since 2026-05-01: ") for worry in worries)
        site.routes["/1/"] = render(head=OG_DATE, title="Un autre titre")
        visit(archive, site, NOW + DAY)
        assert read_block(archive, "site") is None
        assert check_sources([FEED], archive, NOW + DAY)[0].blocked == ""


def test_a_site_that_refuses_page_after_page_is_left_alone(tmp_path: Path) -> None:
    routes = {"/feed": make_feed(range(20)), **{f"/{n}/": (403, b"no") for n in range(20)}}
    with serve(routes) as site, Archive(tmp_path, now=lambda: NOW) as archive:
        with pytest.raises(SourceFailedError, match="3 pages in a row were refused") as caught:
            visit(archive, site)
        assert not caught.value.is_passing
        assert len(site.paths()) == 4
        assert check_sources([FEED], archive, NOW)[0].blocked.startswith("blocked since 2026-05-01")


def test_a_feed_that_is_refused_marks_the_source(tmp_path: Path) -> None:
    with serve({"/feed": (403, b"no")}) as site, Archive(tmp_path, now=lambda: NOW) as archive:
        with pytest.raises(SourceFailedError):
            visit(archive, site)
        assert "status_403" in check_sources([FEED], archive, NOW)[0].blocked


def test_a_host_that_asks_for_rest_is_not_asked_by_the_next_run(tmp_path: Path) -> None:
    with serve({"/feed": (429, {"Retry-After": "7200"}, b"")}) as site, Archive(tmp_path, now=lambda: NOW) as archive:
        for hours in (0, 1):
            with pytest.raises(SourceFailedError, match=r"come back|rest") as caught:
                visit(archive, site, NOW + timedelta(hours=hours))
            assert not caught.value.is_passing
        assert site.paths() == ["/feed"]
        site.routes["/feed"] = make_feed(range(0))
        visit(archive, site, NOW + timedelta(hours=3))
        assert site.paths() == ["/feed", "/feed"]
        assert json.loads(archive.state("site")["failures"]) == []


def test_what_a_clock_noted_that_was_wrong_is_not_believed(tmp_path: Path) -> None:
    """A visit and a host's wish a year ahead: without that, nothing would be fetched until then."""
    year, page = timedelta(days=400), render(head=OG_DATE)
    dated = f"<pubDate>{format_datetime(NOW - DAY)}</pubDate></item>"
    with serve({"/feed": make_feed(range(0)), "/0/": page}) as site, Archive(tmp_path, now=lambda: NOW) as archive:
        visit(archive, site, NOW + year)
        site.routes["/feed"] = (429, {"Retry-After": "7200"}, b"")
        with pytest.raises(SourceFailedError, match="come back"):
            visit(archive, site, NOW + year)
        assert check_sources([FEED], archive, NOW)[0].last_visit is None
        write_failures(archive, "site", settled=(), issues=[Issue("extract", "empty", "http://x/")], now=NOW + year)
        site.routes["/feed"] = make_feed(range(1)).replace("</item>", dated)
        visit(archive, site)
        assert site.paths()[-2:] == ["/feed", "/0/"]
        assert check_sources([FEED], archive, NOW)[0].last_visit == NOW
        assert [failure.since for failure in read_failures(archive, "site").values()] == [NOW.isoformat()]
