"""What a page reserves against machine use: recorded with the fetch, so that it can be told later what was said."""

from __future__ import annotations

import re

from pipelines.models import Page

_HEADERS = frozenset({"tdm-reservation", "tdm-policy", "content-usage", "x-robots-tag"})
_META = re.compile(r"<meta\b[^<>]{1,500}>", re.IGNORECASE)
_NAME = re.compile(r"""\bname\s*=\s*["']?(tdm-reservation|tdm-policy|robots)["'\s]""", re.IGNORECASE)
_CONTENT = re.compile(r"""\bcontent\s*=\s*["']([^"'<>]{1,200})""", re.IGNORECASE)
_NO_AI = re.compile(r"\b(?:noai|noimageai)\b", re.IGNORECASE)


def list_reservations(page: Page) -> list[str]:
    """The reservations in a page's headers and meta tags, in a fixed order.

    >>> from datetime import UTC, datetime
    >>> headers, body = (("TDM-Reservation", "1"),), b'<meta name="robots" content="noai, follow">'
    >>> list_reservations(Page("aib", "u", "u", datetime(2026, 5, 1, tzinfo=UTC), 200, headers, body, ""))
    ['robots: noai, follow', 'tdm-reservation: 1']
    """
    found = {f"{name.lower()}: {value}" for name, value in page.headers if name.lower() in _HEADERS}
    for tag in _META.findall(page.body[:50_000].decode("latin-1")):
        name, content = _NAME.search(tag), _CONTENT.search(tag)
        if name and content and (name[1].lower() != "robots" or _NO_AI.search(content[1])):
            found.add(f"{name[1].lower()}: {content[1]}")
    return sorted(found)
