"""How much of a site's time and of our memory one request may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and counts; the defaults suit slow West African hosts and a small machine."""

    connect_s: float = 15.0
    read_s: float = 30.0
    total_s: float = 120.0
    max_bytes: int = 20_000_000  # after decompression
    max_robots_bytes: int = 512_000
    redirects: int = 5
    attempts: int = 3
    backoff_s: float = 5.0
    backoff_max_s: float = 60.0
    too_many_delay_s: float = 30.0  # after a 429 that names no time
    patience_s: float = 10.0  # a Retry-After up to this long is waited for, a longer one is handed back
    max_crawl_delay_s: float = 120.0
    robots_age_s: float = 24 * 3600
    strikes: int = 3  # failures in a row after which a host is left alone for the rest of the run
