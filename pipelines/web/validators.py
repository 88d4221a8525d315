"""Conditional requests: what a server gave to tell its pages apart, given back to it, but not always."""

from __future__ import annotations

from datetime import datetime
from zlib import crc32

from pipelines.models import Capture

_ROUND = 7


def ask_for_change(capture: Capture | None, now: datetime, *, hours: int) -> dict[str, str]:
    """The headers that ask for a page only if it is not the one that we have.

    Left out for one period of `hours` in seven, each address at a time of its own: some servers keep their validators
    when the page changes.

    >>> from datetime import UTC
    >>> days = [datetime(2026, 5, day, tzinfo=UTC) for day in range(1, 8)]
    >>> held = Capture("aib", "https://www.aib.media/feed/", days[0], 200, "", "", 0, etag='"7"')
    >>> asked = [bool(ask_for_change(held, day, hours=24)) for day in days]
    >>> asked.count(True), asked.count(False)
    (6, 1)
    """
    period = int(now.timestamp() // (3600 * hours))
    if capture is None or (period + crc32(capture.url.encode("utf-8", "replace"))) % _ROUND == 0:
        return {}
    asked = {"If-None-Match": capture.etag, "If-Modified-Since": capture.last_modified}
    return {name: value for name, value in asked.items() if value}
