"""How the sources are: when they were last visited, what they gave, and what of it is no good sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pipelines.archive import Archive
from pipelines.catalog.source import Source
from pipelines.run.failures import read_failures
from pipelines.run.ingest import LAST_VISIT

SMALLEST_SHARE = 0.4  # of its own mean: fewer articles are a broken feed, not a quiet week
FEWEST_TO_JUDGE = 5  # articles a week, below which a quiet week says nothing
WEEKS = 4
PATIENCE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One source on one day; `worries` is empty for a source that is well."""

    source_id: str
    last_visit: datetime | None
    newest_article: date | None
    articles_this_week: int
    articles_a_week: float  # mean of the four weeks before
    open_failures: int
    worries: tuple[str, ...]


def check_sources(sources: Sequence[Source], archive: Archive, now: datetime) -> list[SourceHealth]:
    """The health of each source, from what is stored; nobody is asked."""
    return [_check_source(source, archive, now) for source in sources]


def _check_source(source: Source, archive: Archive, now: datetime) -> SourceHealth:
    today = now.date()
    days = [article.published_date for article in archive.articles(source.id) if article.published_date]
    this_week = sum(today - timedelta(days=7) < day <= today for day in days)
    before = today - timedelta(days=7)
    mean = sum(before - timedelta(days=7 * WEEKS) < day <= before for day in days) / WEEKS
    words = archive.state(source.id).get(LAST_VISIT)
    visited = datetime.fromisoformat(words) if words else None
    failures = read_failures(archive, source.id).values()
    refused = sum(failure.code == "blocked" for failure in failures)
    worries = [f"blocked: {refused} pages were refused to us"] if refused else []
    worries += _list_worries(visited, now, this_week, mean, len(failures), len(days))
    return SourceHealth(source.id, visited, max(days, default=None), this_week, mean, len(failures), tuple(worries))


def _list_worries(
    visited: datetime | None, now: datetime, this_week: int, mean: float, failures: int, articles: int
) -> Iterator[str]:
    if visited is None:
        yield "never visited to its end"
    elif now - visited > PATIENCE:
        yield f"not visited to its end since {visited:%Y-%m-%d %H:%M}"
    if mean >= FEWEST_TO_JUDGE and this_week < SMALLEST_SHARE * mean:
        yield f"{this_week} articles this week where {mean:.0f} are usual"
    if failures > max(articles, FEWEST_TO_JUDGE):
        yield f"{failures} pages gave no article, {articles} did"
