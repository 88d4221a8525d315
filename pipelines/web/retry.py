"""When to try again: Retry-After as hosts write it, and a growing, jittered pause where they say nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from pipelines.web.limits import Limits

TRY_AGAIN_STATUSES = frozenset({408, 502, 503, 504})
TRY_AGAIN_CODES = frozenset({"timeout", "unreachable", "incomplete", "dns"})
LONGEST_REST = timedelta(days=1)


def read_retry_after(value: str, now: datetime) -> timedelta | None:
    """How long a Retry-After header asks to wait, at most a day; None if there is none or it says nothing.

    >>> now = datetime(2026, 5, 1, 12, tzinfo=UTC)
    >>> [str(read_retry_after(value, now)) for value in ("120", "Fri, 01 May 2026 12:00:30 GMT", "bientôt")]
    ['0:02:00', '0:00:30', 'None']
    """
    word = value.strip()
    if word.isascii() and word.isdigit():
        return min(timedelta(seconds=min(int(word[:9]), 86400)), LONGEST_REST)
    try:
        moment = parsedate_to_datetime(word)
    except (TypeError, ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta(0)), LONGEST_REST)


def grow_pause(attempt: int, limits: Limits, chance: float) -> float:
    """The pause in seconds after the n-th failed attempt; `chance` (0 to 1) spreads it between half and all of it.

    >>> [grow_pause(n, Limits(backoff_s=4, backoff_max_s=10), 1.0) for n in (1, 2, 3)]
    [4.0, 8.0, 10.0]
    """
    whole = min(limits.backoff_s * 2.0 ** (attempt - 1), limits.backoff_max_s)
    return whole * (0.5 + chance / 2)
