"""A cheap first look, so that pages that cannot matter never meet the slow extractor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from pipelines.models import Page
from pipelines.web import decode_body

_FURNITURE = re.compile(r"<(script|style|noscript|nav|footer|aside|!--)", re.IGNORECASE)
# A tag ends before the next one begins: so the search stays linear on markup that never closes anything.
_TAG = re.compile(r"<[^<>]*>")
_MAX_CHARS = 400_000


def is_worth_reading(page: Page, looks_relevant: Callable[[str], bool]) -> bool:
    """Whether a page's raw text, its navigation left out, has anything that `looks_relevant` looks for."""
    return looks_relevant(glance_text(page))


def glance_text(page: Page) -> str:
    """The page's visible words, roughly and quickly.

    >>> from datetime import UTC, datetime
    >>> body = b"<title>Djibo</title><nav>Sport</nav><p>Une patrouille</p>"
    >>> glance_text(Page("lefaso", "u", "u", datetime(2026, 5, 1, tzinfo=UTC), 200, (), body, "")).split()
    ['Djibo', 'Une', 'patrouille']
    """
    content_type = next((value for name, value in page.headers if name.lower() == "content-type"), "")
    html = decode_body(page.body, content_type)[:_MAX_CHARS]
    return unescape(_TAG.sub(" ", "".join(_walk_content(html))))


def _walk_content(html: str) -> Iterator[str]:
    """The markup between scripts, styles, comments and navigation."""
    unclosed: set[str] = set()
    at = 0
    while found := _FURNITURE.search(html, at):
        name = found[1]  # closed as it was opened: lower-casing the whole page would cost more than all the rest
        closer = "-->" if name == "!--" else f"</{name}"
        end = -1 if name in unclosed else html.find(closer, found.end())
        if end < 0:
            unclosed.add(name)
            yield html[at : found.end()]
            at = found.end()
            continue
        yield html[at : found.start()]
        at = end + 3 if name == "!--" else end  # the closing tag goes with the other tags
    yield html[at:]
