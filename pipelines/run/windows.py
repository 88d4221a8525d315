"""What a window of the past will cost, and what it gave, with what is missing of it named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from pipelines.archive import Archive
from pipelines.catalog.source import Source
from pipelines.models import Window
from pipelines.run.summary import SourceSummary, WindowSummary

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Cost:
    """The requests of a window and their time by the host's delay; None where nothing tells how many articles."""

    requests: int | None
    seconds: float | None

    def describe(self) -> str:
        """In words.

        >>> Cost(121, 605.0).describe(), Cost(None, None).describe()
        ('about 121 requests, 0:10:05', 'requests not known')
        """
        if self.requests is None or self.seconds is None:
            return "requests not known"
        return f"about {self.requests} requests, {timedelta(seconds=round(self.seconds))}"


def estimate_cost(source: Source, window: Window, done: Iterable[Window], *, delay_s: float = 0.0) -> Cost:
    """What a window will cost, by what the windows gave that are done, else by what its file says is usual.

    >>> from pipelines.catalog.source import load_sources
    >>> from datetime import date
    >>> july, june = (Window("aib", date(2025, n, 1), date(2025, n, 30), "site", n * 10) for n in (7, 6))
    >>> estimate_cost(load_sources()["aib"], july, [june])
    Cost(requests=61, seconds=305.0)
    """
    known = [w for w in done if w.via == window.via]
    days, found = sum(_count_days(w) for w in known), sum(w.found for w in known)
    usual = source.expected.articles_a_week
    a_day = found / days if days else usual / DAYS_A_WEEK if usual is not None else None
    if a_day is None:
        return Cost(None, None)
    lists = len(source.hosts) if window.via == "wayback" else 1
    requests = lists + round(a_day * _count_days(window))
    return Cost(requests, requests * max(source.min_delay_s, delay_s))


def add_costs(planned: Sequence[tuple[Source, Window]], costs: Sequence[Cost], *, one_host: bool) -> Cost:
    """The cost of all windows of which one is known; sources are asked side by side, unless it is one host for all."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for (source, _), cost in zip(planned, costs, strict=True):
        seconds["" if one_host else source.id] += cost.seconds or 0
    return Cost(sum(cost.requests or 0 for cost in costs), max(seconds.values(), default=0))


def summarise_window(source: Source, window: Window, summary: SourceSummary, archive: Archive) -> WindowSummary:
    """What a window gave; its gap is an error, pages that did not come, or that nobody knows an article of it."""
    gap = summary.error or ""
    if not gap and summary.failed:
        gap = f"{summary.failed} pages could not be had"
    if not gap and not summary.links and not _holds_any(archive, source, window):
        gap = "no article was found"
    return WindowSummary(
        source.id, window.start, window.end, window.via, summary.links, summary.fetched, summary.articles, gap
    )


def _holds_any(archive: Archive, source: Source, window: Window) -> bool:
    return any(article.published_date for article in archive.articles(source.id, start=window.start, end=window.end))


def _count_days(window: Window) -> int:
    return (window.end - window.start).days + 1
