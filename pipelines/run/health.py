"""How the sources are, from what is stored: visited lately, as much as usual, still readable, still open to us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from statistics import median

from pipelines.archive import Archive
from pipelines.catalog.source import FIELDS, FieldName, Source
from pipelines.run.failures import Failure, read_failures
from pipelines.run.robots_watch import find_robots_worries
from pipelines.run.visits import Poll, read_block, read_last_visit, read_polls

SMALLEST_SHARE = 0.4  # of its own mean: fewer articles are a broken feed, not a quiet week
FEWEST_TO_JUDGE = 5  # articles a week, below which a quiet week says nothing
WEEKS = 4
PATIENCE = timedelta(days=2)
MOST_NEW = 0.7  # of what a visit finds announced: with more, the list rolls over between visits
FEWEST_POLLS = 3
FEWEST_PAGES = 10  # below which a share of filled fields says nothing
TOLERANCE = 0.1  # by which a field may be filled less often than its file says
_WEEK = timedelta(days=7)
_UNFILLED: Mapping[FieldName, frozenset[str]] = {
    "title": frozenset({"no_title"}),
    "body": frozenset({"empty", "too_short", "teaser_only", "consent_wall"}),
    "date": frozenset({"no_date"}),
}


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One source on one day; `worries` is empty for a source that is well. None where there is nothing to measure."""

    source_id: str
    last_visit: datetime | None = None
    newest_article: date | None = None
    articles_this_week: int = 0
    articles_a_week: float = 0.0  # mean of the four weeks before
    new_share: float | None = None  # of what the visits of this week found announced, in the middle one
    fill: Mapping[FieldName, float | None] = field(default_factory=dict)  # share of pages that have it, in four weeks
    open_failures: int = 0
    blocked: str = ""
    worries: tuple[str, ...] = ()


def check_sources(sources: Sequence[Source], archive: Archive, now: datetime) -> list[SourceHealth]:
    """The health of each source; nobody is asked."""
    return [_check_source(source, archive, now) for source in sources]


def _check_source(source: Source, archive: Archive, now: datetime) -> SourceHealth:
    dates = archive.dates(source.id)
    days = [day for day, _ in dates if day]
    today, before = now.date(), now.date() - _WEEK
    this_week = sum(before < day <= today for day in days)
    mean = sum(before - WEEKS * _WEEK < day <= before for day in days) / WEEKS
    failures = list(read_failures(archive, source.id).values())
    recent = sum(fetched is not None and fetched > now - WEEKS * _WEEK for _, fetched in dates)
    block = read_block(archive, source.id)
    measured = SourceHealth(
        source.id, read_last_visit(archive, source.id, now), max(days, default=None), this_week, mean,
        measure_news(read_polls(archive, source.id), now), measure_fill(recent, failures, now), len(failures),
        f"blocked since {block.since[:10]}: {block.code}: {block.detail}" if block else "",
    )  # fmt: skip
    worries = [*_list_worries(source, measured, now, len(days)), *find_robots_worries(source, archive, now)]
    return replace(measured, worries=tuple(worries))


def measure_news(polls: Sequence[Poll], now: datetime) -> float | None:
    """The middle share of news in what the visits of a week found announced; None for too few visits.

    >>> from datetime import UTC
    >>> polls = [Poll(f"2026-05-01T0{hour}:00:00+00:00", 10, new) for hour, new in ((1, 9), (2, 2), (3, 8))]
    >>> measure_news(polls, datetime(2026, 5, 1, 12, tzinfo=UTC))
    0.8
    """
    recent = [poll for poll in polls if datetime.fromisoformat(poll.at) > now - _WEEK]
    shares = [poll.new / poll.announced for poll in recent if poll.announced >= FEWEST_TO_JUDGE]
    return median(shares) if len(shares) >= FEWEST_POLLS else None


def measure_fill(articles: int, failures: Sequence[Failure], now: datetime) -> dict[FieldName, float | None]:
    """The share of the pages of four weeks in which each field was found; None for too few pages.

    >>> failure = Failure("u", "extract", "no_date", "", "2026-04-30T00:00:00+00:00")
    >>> from datetime import UTC
    >>> measure_fill(9, [failure], datetime(2026, 5, 1, tzinfo=UTC))
    {'title': None, 'body': None, 'date': 0.9}
    """
    since = now - WEEKS * _WEEK
    codes = [failure.code for failure in failures if datetime.fromisoformat(failure.since) > since]
    pages = {name: articles + sum(code in unfilled for code in codes) for name, unfilled in _UNFILLED.items()}
    return {name: articles / pages[name] if pages[name] >= FEWEST_PAGES else None for name in FIELDS}


def _list_worries(source: Source, found: SourceHealth, now: datetime, articles: int) -> Iterator[str]:
    if found.blocked:
        yield found.blocked
    if found.last_visit is None:
        yield "never visited to its end"
    elif now - found.last_visit > PATIENCE:
        yield f"not visited to its end since {found.last_visit:%Y-%m-%d %H:%M}"
    yield from _list_shortfalls(source, found, now)
    if found.new_share is not None and found.new_share >= MOST_NEW:
        yield f"{found.new_share:.0%} of what is announced is new at each visit: visit more often, or items are missed"
    for name, usual in source.expected.fill.items():
        share = found.fill.get(name)
        if usual is not None and share is not None and share < usual - TOLERANCE:
            yield f"{name} found in {share:.0%} of the pages where {usual:.0%} is usual: has the layout changed?"
    if found.open_failures > max(articles, FEWEST_TO_JUDGE):
        yield f"{found.open_failures} pages gave no article, {articles} did"


def _list_shortfalls(source: Source, found: SourceHealth, now: datetime) -> Iterator[str]:
    """Fewer articles than the source's own mean, or than its file says: a mean forgets what broke a month ago."""
    usual = max(found.articles_a_week, source.expected.articles_a_week or 0)
    if usual >= FEWEST_TO_JUDGE and found.articles_this_week < SMALLEST_SHARE * usual:
        yield f"{found.articles_this_week} articles this week where {usual:.0f} are usual"
    elif found.newest_article and now.date() - found.newest_article > WEEKS * _WEEK:
        yield f"no article since {found.newest_article}"
