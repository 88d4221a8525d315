"""From a link to its page: one conditional request, and the statuses that are no page named as errors."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from html import escape

from pipelines.catalog.source import Source
from pipelines.errors import FetchError, ForbiddenError
from pipelines.models import Capture, Link, Page
from pipelines.web import WAYBACK, Client, WebArchive, ask_for_change


def fetch_page(
    link: Link,
    source: Source,
    client: Client,
    previous: Capture | None = None,
    *,
    archive: WebArchive = WAYBACK,
) -> Page:
    """The page that a link leads to, or the copy of it in a web archive; `is_unchanged` if it is what `previous` holds.

    Raises FetchError with `status_404` and the like, `not_there` for a guessed address that leads nowhere,
    ForbiddenError("blocked") for 401, 403 and challenge pages.
    """
    if link.is_whole:
        return _write_page(link, source, client.now(), previous)
    if link.replay:
        page = replace(client.get(link.replay, archive.for_source(source)), url=link.url)
    else:
        page = client.get(link.url, source, headers=ask_for_change(previous, client.now(), hours=24), kind="article")
    if page.status == 304 and previous:
        return replace(page, sha256=previous.sha256)
    if page.status in (401, 403):
        raise ForbiddenError("blocked", f"{link.url}: status {page.status}")
    if link.is_guess and page.status in (404, 410):
        raise FetchError("not_there", link.url)
    if not 200 <= page.status < 300:
        raise FetchError(f"status_{page.status}", link.url)
    return replace(page, is_unchanged=previous is not None and previous.sha256 == page.sha256)


def _write_page(link: Link, source: Source, now: datetime, previous: Capture | None) -> Page:
    """The page that a site's interface gave word for word, kept as a resource: nothing was asked for it alone."""
    published = link.published_hint.isoformat() if link.published_hint else ""
    html = (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(link.title_hint)}</title>'
        f'<link rel="canonical" href="{escape(link.url)}">'
        f'<meta property="article:published_time" content="{published}"></head>'
        f"<body><article><h1>{escape(link.title_hint)}</h1>{link.content_html}</article></body></html>"
    )
    digest = sha256(html.encode("utf-8", "replace")).hexdigest()
    return Page(
        source_id=source.id,
        url=link.url,
        final_url=link.url,
        fetched_at=now,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=html.encode("utf-8", "replace"),
        sha256=digest,
        is_unchanged=previous is not None and previous.sha256 == digest,
        kind="resource",
    )
