"""Instants as feeds, sitemaps and listing pages write them; what is no plausible instant is none."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_DAY_IN_PATH = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?:/|$)")
_YEARS = range(1990, 2100)


def read_moment(words: str, zone: ZoneInfo, written: str | None = None) -> datetime | None:
    """An instant in UTC from ISO 8601 (or the given strptime format); without an offset it is the zone's own time.

    >>> str(read_moment("2025-07-20T23:30:00", ZoneInfo("Africa/Niamey")))
    '2025-07-20 22:30:00+00:00'
    >>> read_moment("0025-07-20", ZoneInfo("UTC")) is None
    True
    """
    text = " ".join(words.split())
    try:
        moment = datetime.strptime(text, written) if written else datetime.fromisoformat(text)
    except ValueError:
        return None
    return settle_moment(moment, zone)


def settle_moment(moment: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant in UTC, None for a year in which no web page was written."""
    if moment.year not in _YEARS:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def read_day_in_path(url: str, zone: ZoneInfo) -> datetime | None:
    """Noon of the day that an address carries, as WordPress writes it.

    >>> str(read_day_in_path("https://burkina24.com/2025/07/20/djibo/", ZoneInfo("Africa/Ouagadougou")))
    '2025-07-20 12:00:00+00:00'
    """
    found = _DAY_IN_PATH.search(url)
    if not found:
        return None
    year, month, day = map(int, found.groups())
    try:
        return settle_moment(datetime(year, month, day, 12), zone)
    except ValueError:
        return None
