"""Pages whose article is known: our own, and those of two public benchmarks where somebody has them on disk."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipelines.catalog.source import Source, load_sources
from pipelines.models import Page
from pipelines.sample import NOW, SOURCES, serve_sample
from pipelines.sample.article import read_articles
from pipelines.sample.outlets import address_article, read_outlets
from pipelines.web import Client


@dataclass(frozen=True, slots=True)
class Known:
    """A page and what a perfect extraction gives; None where nobody says."""

    page: Page
    source: Source
    body: str
    title: str | None = None
    day: date | None = None
    author: str | None = None


def list_own() -> Iterator[Known]:
    """The articles of the sample site as its four kinds of software show them, less those that are built to be faulty.

    The sources' selectors are left out: the generic way is what is measured.
    """
    outlets = {outlet.outlet_id: outlet for outlet in read_outlets()}
    with serve_sample(faults=frozenset()) as site:
        client = Client(now=lambda: NOW, resolve=site.resolve, sleep=_hurry)
        for source in load_sources(folder=SOURCES).values():
            bare = source.model_copy(update={"selectors": ()})
            outlet = outlets[source.id]
            for article in read_articles(NOW):
                url = outlet.home + address_article(outlet, article)
                is_open = client.robots(url, source).allows(url)
                if article.outlet == source.id and is_open and not article.is_undated:
                    page = client.get(url, source)
                    body = article.text.partition("\n\n")[2]
                    yield Known(page, bare, body, article.title, article.published.astimezone(source.zone).date())


def _hurry(_seconds: float) -> None:
    """The sample site needs no pauses."""


def list_public(folder: Path) -> Iterator[Known]:
    """The pages of a clone of article-extraction-benchmark, or of Fundus' tests/resources/parser/test_data."""
    truth = folder / "ground-truth.json"
    return _list_bodies(folder, json.loads(truth.read_text("utf-8"))) if truth.exists() else _list_fundus(folder)


def _list_bodies(folder: Path, truth: Mapping[str, Any]) -> Iterator[Known]:
    for name, told in sorted(truth.items()):
        html = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield _make_known(html, str(told.get("url") or "https://site.example/a"), NOW, str(told["articleBody"]))


def _list_fundus(folder: Path) -> Iterator[Known]:
    """Where a publisher has as many versions of its layout as pages, the one and the other in order belong together."""
    for info in sorted(folder.glob("*/meta.info")):
        pages = json.loads(info.read_text("utf-8"))
        for file in sorted(info.parent.glob("*.json")):
            versions = list(json.loads(file.read_text("utf-8")).values())
            names = sorted(name for name in pages if name.rpartition("_20")[0] == file.stem)
            for name, told in zip(names, versions, strict=False) if len(names) == len(versions) else ():
                html = gzip.decompress((info.parent / name).read_bytes())
                taken = datetime.fromisoformat(pages[name]["crawl_date"]).replace(tzinfo=UTC)
                yield _make_known(html, pages[name]["url"], taken, **_read_fundus(told))


def _read_fundus(told: Mapping[str, Any]) -> dict[str, Any]:
    body = told.get("body") or {}
    parts = [body.get("summary", []), *(s["headline"] + s["paragraphs"] for s in body.get("sections", []))]
    day = told.get("publishing_date")
    return {
        "body": "\n\n".join(line for part in parts for line in part),
        "title": told.get("title"),
        "day": datetime.fromisoformat(day).date() if day else None,
        "author": "; ".join(told.get("authors") or []) or None,
    }


def _make_known(html: bytes, url: str, taken: datetime, body: str, **told: Any) -> Known:
    page = Page("site", url, url, taken, 200, (("Content-Type", "text/html"),), html, "")
    source = Source.model_validate(
        {"id": "site", "name": "site", "country": "XX", "kind": "press", "home": url, "discover": ["sitemap"]}
    )
    return Known(page, source, body, **told)
