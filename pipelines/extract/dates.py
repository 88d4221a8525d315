"""When an article came out: what the page declares, else what its feed said, else what htmldate finds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_EARLIEST = 1995
_MARKED = (
    "//time[@pubdate or contains(@class,'published') or contains(@class,'entry-date')]/@datetime",
    "//time[@itemprop='datePublished']/@datetime",
    "//*[@itemprop='datePublished']/@content",
    "//abbr[contains(@class,'published')]/@title",
    "//article//time[@datetime]/@datetime",
)


def read_published(
    tree: Any, declared: Iterable[str], hint: datetime | None, fetched_at: datetime, zone: ZoneInfo
) -> tuple[datetime | None, date | None]:
    """The instant (None where only the day is known) and the day in the outlet's timezone; (None, None) if unknown."""
    latest = fetched_at + _DAY
    marked = (value for path in _MARKED for value in tree.xpath(path)[:1])
    for words in chain(declared, marked):  # the markup is searched only where the head says nothing
        found = read_stamp(str(words), zone)
        if found and _is_likely(found[1], latest):
            return found
    if hint and _is_likely(hint.astimezone(zone).date(), latest):
        return hint, hint.astimezone(zone).date()
    return None, find_day(tree, latest)


def read_stamp(words: str, zone: ZoneInfo, written: str | None = None) -> tuple[datetime | None, date] | None:
    """Instant and day of a written date; without an offset it is the outlet's own time, without an hour only a day.

    >>> read_stamp("2025-07-20T23:30:00+00:00", ZoneInfo("Africa/Niamey"))[1].isoformat()
    '2025-07-21'
    >>> read_stamp("2025-07-20", ZoneInfo("Africa/Niamey"))
    (None, datetime.date(2025, 7, 20))
    """
    text = re.sub(r"(?<=\d)\s+(?=[+-]\d{2}:?\d{2}$)", "", " ".join(words.split()))
    try:
        moment = datetime.strptime(text, written) if written else datetime.fromisoformat(text)
        has_hour = bool(re.search(r"\d[T ]\d", text)) if not written else "%H" in written
        if not has_hour or (moment.time() == time() and moment.tzinfo is None):
            return None, moment.date()
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
        return moment, moment.astimezone(zone).date()
    except (ValueError, OverflowError):
        return None


def find_day(tree: Any, latest: datetime) -> date | None:
    """The day that htmldate finds in the markup; a day that only stands somewhere in the text is not taken."""
    from htmldate import find_date

    try:
        found = find_date(tree, extensive_search=False, original_date=True, max_date=latest.date().isoformat())
    except (ValueError, OverflowError, RecursionError, TypeError):
        return None
    day = date.fromisoformat(found) if found else None
    return day if day and _is_likely(day, latest) else None


def _is_likely(day: date, latest: datetime) -> bool:
    return day.year >= _EARLIEST and day <= latest.date()
