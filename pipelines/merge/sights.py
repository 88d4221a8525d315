"""One report as merging looks at it: day, place, parties, figures and words made comparable."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pipelines.merge.rules import Rules
from pipelines.models import Article, Materiel, Reading, Report, Toll
from pipelines.schema.records import ReadArticle
from pipelines.text import fold


class Interval(NamedTuple):
    """How many people a report may mean; an open one ends where another figure would be far larger."""

    low: float
    high: float
    is_open: bool


_WORD = re.compile(r"\w+")


@dataclass(frozen=True, eq=False)
class Sight:
    """A report with its article; `key` orders all sights, `first`/`last` are ordinal days or None if unknown."""

    key: str
    article: Article
    reading: Reading
    report: Report
    country: str
    first: int | None
    last: int | None
    is_exact: bool
    is_recent: bool  # no day is told, but there is one on which it was published
    window: tuple[int, int]  # ordinal days between which the incident lies
    figures: Mapping[tuple[str, str], Interval]
    things: frozenset[tuple[str, str, int]]
    text_group: str = ""

    @cached_property
    def word_pairs(self) -> frozenset[int]:
        """The evidence's pairs of neighbouring words, as numbers."""
        words = _WORD.findall(fold(" ".join(span.text for span in self.report.evidence)))
        return frozenset(zlib.crc32(f"{a} {b}".encode("utf-8", "surrogatepass")) for a, b in pairwise(words))


def build_sights(items: Iterable[ReadArticle], duplicates: Mapping[str, str], rules: Rules) -> list[Sight]:
    """One sight a report, in the order of their keys."""
    sights = []
    for article, reading in items:
        group = duplicates.get(article.article_id, article.article_id)
        for number, report in enumerate(reading.reports):
            sights.append(_build_sight(article, reading, report, number, group, rules))
    return sorted(sights, key=lambda sight: sight.key)


def _build_sight(article: Article, reading: Reading, report: Report, number: int, group: str, rules: Rules) -> Sight:
    when = report.when
    first = when.start.toordinal() if when.start else None
    last = when.end.toordinal() if when.end else first
    is_exact = first is not None and last is not None and last - first < rules.longest_exact_days
    is_exact = is_exact and when.precision not in ("month", "unknown")
    published = article.published_date.toordinal() if article.published_date else 0
    return Sight(
        key=f"{article.article_id}#{number:04d}",
        article=article,
        reading=reading,
        report=report,
        country=report.where.country or "XX",
        first=first,
        last=last,
        is_exact=is_exact,
        is_recent=first is None and published > 0 and report.event_clarity == 1,
        window=(first or 0, last or 0) if is_exact else (published - rules.recent_days, published),
        figures=_collect_figures(report.tolls, rules),
        things=_collect_things(report.materiel),
        text_group=group,
    )


def _collect_figures(tolls: Iterable[Toll], rules: Rules) -> dict[tuple[str, str], Interval]:
    """Sums of the tolls without subsets by (group of outcomes, side)."""
    sums: dict[tuple[str, str], Interval] = {}
    for toll in tolls:
        if toll.subset_of is None:
            key = (rules.outcome_groups.get(toll.outcome, toll.outcome), toll.side)
            low, high, is_open = sums.get(key, Interval(0, 0, False))
            least, most = toll.figure.low or 0, toll.figure.high
            if most is None:
                most = round(least * rules.figures["far_ratio"] + rules.figures["far_difference"])
            sums[key] = Interval(low + least, high + most, is_open or toll.figure.high is None)
    return sums


def _collect_things(things: Iterable[Materiel]) -> frozenset[tuple[str, str, int]]:
    return frozenset((thing.category, thing.status, thing.quantity) for thing in things if thing.quantity)
