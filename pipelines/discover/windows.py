"""The past in windows of a month, each a task that is done once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from pipelines.catalog.source import Source
from pipelines.models import Window

_DAY = timedelta(days=1)


def plan_windows(
    source: Source, start: date, end: date, done: Iterable[Window] = (), *, via: str = "site"
) -> list[Window]:
    """The months between two days, both included, newest first, less the days that are done.

    >>> from pipelines.catalog.source import load_sources
    >>> for window in plan_windows(load_sources()["aib"], date(2025, 6, 20), date(2025, 8, 3)):
    ...     print(window.start, window.end)
    2025-08-01 2025-08-03
    2025-07-01 2025-07-31
    2025-06-20 2025-06-30
    """
    first = max(start, source.earliest or start)
    spans = [(w.start, w.end) for w in done if w.source_id == source.id and w.via == via]
    windows = [
        Window(source.id, low, high, via) for month in _list_months(first, end) for low, high in _subtract(month, spans)
    ]
    return sorted(windows, key=lambda window: window.start, reverse=True)


def _list_months(start: date, end: date) -> Iterable[tuple[date, date]]:
    low = start
    while low <= end:
        following = date(low.year + low.month // 12, low.month % 12 + 1, 1) if low < date(9999, 12, 1) else date.max
        yield low, min(end, following - _DAY)
        low = following


def _subtract(span: tuple[date, date], done: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """What is left of a span of days.

    >>> _subtract((date(2025, 7, 1), date(2025, 7, 31)), [(date(2025, 7, 10), date(2025, 7, 31))])
    [(datetime.date(2025, 7, 1), datetime.date(2025, 7, 9))]
    """
    left = [span]
    for start, end in done:
        pieces = []
        for low, high in left:
            if end < low or start > high:
                pieces.append((low, high))
                continue
            if low < start:
                pieces.append((low, start - _DAY))
            if high > end:
                pieces.append((end + _DAY, high))
        left = pieces
    return left
