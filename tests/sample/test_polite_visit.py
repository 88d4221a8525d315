"""The project's own client at the sample site: names, rules and faults mean to it what they are meant to mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.catalog.source import Source, load_sources
from pipelines.discover import discover_links
from pipelines.errors import ExtractError, FetchError, ForbiddenError, RetryLaterError
from pipelines.extract import extract_article
from pipelines.models import Article, Capture, Page
from pipelines.sample import EXPECTED_FAULTS, NOW, SOURCES, SampleSite, list_addresses, serve_sample
from pipelines.web import Client, Limits

SOURCE_LIST = load_sources(folder=SOURCES)


def make_client(site: SampleSite) -> tuple[Client, list[float]]:
    """A client that never sleeps but notes how long it would have."""
    pauses: list[float] = []
    client = Client(
        now=lambda: datetime(2026, 3, 2, 6, tzinfo=UTC),
        resolve=site.resolve,
        sleep=pauses.append,
        monotonic=lambda: sum(pauses),  # no other time passes
        limits=Limits(attempts=1),
    )
    return client, pauses


def read_page(page: Page, source: Source) -> Article:
    capture = Capture(source.id, page.url, page.fetched_at, page.status, page.sha256, "sample.warc.gz", 0)
    return extract_article(page, capture, source)


def find_source(url: str) -> Source:
    return next(source for source in SOURCE_LIST.values() if source.covers(url))


def test_every_article_is_read_as_it_was_written_but_for_the_expected_faults():
    met: set[tuple[str, str]] = set()
    with serve_sample() as site:
        client, _ = make_client(site)
        for url, told in list_addresses(NOW).items():
            source = find_source(url)
            try:
                article = read_page(client.get(url, source), source)
            except (FetchError, ExtractError) as error:
                met.add((url, error.code))
                continue
            assert article.text.split() == told.text.split(), url
            assert article.published_date == told.published.date(), url
    assert met == {(fault.url, fault.code) for fault in EXPECTED_FAULTS}


@pytest.mark.parametrize("source", SOURCE_LIST.values(), ids=lambda source: source.id)
def test_the_declared_ways_lead_to_every_article(source: Source):
    with serve_sample() as site:
        client, _ = make_client(site)
        links = discover_links(
            source, client, since=None, until=None, is_known=lambda url: False, keep=lambda page: None
        )
        found = {link.url for link in links}
    assert found == {url for url, told in list_addresses(NOW).items() if told.outlet == source.id}


def test_what_robots_forbid_is_never_asked_for():
    with serve_sample() as site:
        client, _ = make_client(site)
        forbidden = [fault for fault in EXPECTED_FAULTS if fault.code == "robots"]
        for fault in forbidden:
            with pytest.raises(ForbiddenError):
                client.get(fault.url, SOURCE_LIST[fault.source_id])
        assert {entry.path for entry in site.requests} == {"/robots.txt"}


def test_the_crawl_delay_is_kept():
    with serve_sample() as site:
        client, pauses = make_client(site)
        source = SOURCE_LIST["etat-major-modele"]
        for _ in range(3):
            client.get(source.home, source)
        assert [round(pause, 3) for pause in pauses if pause > source.min_delay_s] == [0.3, 0.3]


def test_large_pages_and_refusals_are_named():
    with serve_sample(faults=frozenset({"oversized", "too_many_requests"})) as site:
        client, _ = make_client(site)
        stadium = next(url for url in list_addresses(NOW) if "stade-malien" in url)
        with pytest.raises(FetchError, match="too_large"):
            client.get(stadium, find_source(stadium))
        with pytest.raises((RetryLaterError, ForbiddenError)):
            client.get(SOURCE_LIST["fleuve-quotidien"].home, SOURCE_LIST["fleuve-quotidien"])
