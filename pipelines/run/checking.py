"""A live look at one source: one article found, fetched and extracted, nothing kept."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from pipelines.catalog.source import Source
from pipelines.discover import discover_links
from pipelines.errors import ExtractError, FetchError
from pipelines.extract import extract_article
from pipelines.fetch import fetch_page
from pipelines.models import Capture, Page
from pipelines.run.opening import make_client
from pipelines.settings import Settings


class Checked(NamedTuple):
    """How a source answered."""

    is_well: bool
    words: str


def check_source(source: Source, settings: Settings) -> Checked:
    """Ask a source for its newest article; what is wrong is told, not raised."""
    client = make_client(settings)
    try:
        found = discover_links(source, client, since=None, until=None, is_known=_know_nothing, keep=_keep_nothing)
        for link in islice(found, 1):
            page = fetch_page(link, source, client)
            article = extract_article(page, _describe_capture(page), source, link)
            told = f"{article.published_date} {article.title!r}, {len(article.body)} characters"
            return Checked(True, f"{told}, {client.requests} requests")
    except (FetchError, ExtractError) as error:
        return Checked(False, str(error))
    return Checked(False, "announces no article")


def _know_nothing(_url: str) -> bool:
    return False


def _keep_nothing(_page: Page) -> None:
    return None


def _describe_capture(page: Page) -> Capture:
    return Capture(page.source_id, page.url, page.fetched_at, page.status, page.sha256, "", 0)
