"""A cheap first look, so that pages that cannot matter never meet the slow extractor."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipelines.models import Page
from pipelines.web import decode_body

_NO_TEXT = re.compile(
    r"<(script|style|noscript|nav|footer|aside)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE
)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title|<h1[^>]*>(.*?)</h1", re.DOTALL | re.IGNORECASE)
_MAX_CHARS = 400_000


def is_worth_reading(page: Page, looks_relevant: Callable[[str], bool]) -> bool:
    """Whether a page's raw text, its navigation left out, has anything that `looks_relevant` looks for."""
    return looks_relevant(glance_text(page))


def glance_text(page: Page) -> str:
    """The page's visible words, roughly and quickly.

    >>> from datetime import UTC, datetime
    >>> body = b"<p>Une patrouille</p><nav>Sport</nav>"
    >>> glance_text(Page("lefaso", "u", "u", datetime(2026, 5, 1, tzinfo=UTC), 200, (), body, "")).strip()
    'Une patrouille'
    """
    from html import unescape

    content_type = next((value for name, value in page.headers if name.lower() == "content-type"), "")
    html = decode_body(page.body, content_type)[:_MAX_CHARS]
    title = " ".join(part for found in _TITLE.findall(html[:100_000]) for part in found)
    return unescape(f"{title} {_NO_TEXT.sub(' ', html)}")
