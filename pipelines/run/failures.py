"""Pages that did not come or gave no article: kept as state of their source, tried again, and told as issues."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from pipelines.archive import Archive
from pipelines.catalog.source import SHIPPED, Source, load_sources
from pipelines.models import Issue
from pipelines.schema.records import FiledIssue
from pipelines.settings import Settings

STATE = "failures"
MAX_TRIES = 5


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that is missing from the dataset, and why."""

    url: str
    stage: str
    code: str
    detail: str
    since: str  # ISO instant of the first failure
    tries: int = 1

    @property
    def is_passing(self) -> bool:
        """Whether another try may help: the host stumbled, it did not say no."""
        refused = self.code.startswith("status_4") or self.code in ("robots", "blocked", "too_large", "private_address")
        return self.stage == "fetch" and not refused and self.tries < MAX_TRIES


def read_failures(archive: Archive, source_id: str) -> dict[str, Failure]:
    """The open failures of a source by address."""
    words = archive.state(source_id).get(STATE)
    return {entry["url"]: Failure(**entry) for entry in json.loads(words)} if words else {}


def write_failures(
    archive: Archive, source_id: str, *, settled: Iterable[str], issues: Iterable[Issue], now: datetime
) -> None:
    """Forget the failures of pages that have come since, note new ones, count tries of the old.

    A failure of a day that is not yet, which a clock noted that was wrong, is one of now.
    """
    failures = read_failures(archive, source_id)
    for url in settled:
        failures.pop(url, None)
    for issue in issues:
        failures[issue.quote] = _count_try(failures.get(issue.quote), issue, now)
    latest = now.isoformat()
    ordered = [asdict(replace(failures[url], since=min(failures[url].since, latest))) for url in sorted(failures)]
    archive.set_state(source_id, STATE, json.dumps(ordered, ensure_ascii=False))


def _count_try(before: Failure | None, issue: Issue, now: datetime) -> Failure:
    if before is None:
        return Failure(issue.quote, issue.stage, issue.code, issue.detail, now.isoformat())
    tries = before.tries + before.is_passing
    return replace(before, stage=issue.stage, code=issue.code, detail=issue.detail, tries=tries)


def file_failures(archive: Archive, sources: Iterable[Source]) -> Iterator[FiledIssue]:
    """Every open failure as an issue row, filed under the seat of its outlet and the day of the first failure."""
    for source in sources:
        for failure in read_failures(archive, source.id).values():
            issue = Issue(failure.stage, failure.code, failure.url, failure.detail, source_id=source.id)
            yield FiledIssue(issue, source.country, datetime.fromisoformat(failure.since).date())


def list_open_failures(settings: Settings) -> list[Failure]:
    """The open failures of all declared sources of a data folder."""
    sources = load_sources(settings.catalog, settings.sources or SHIPPED)
    with Archive(settings.data, now=settings.now, read_only=True) as archive:
        return [failure for name in sources for failure in read_failures(archive, name).values()]
