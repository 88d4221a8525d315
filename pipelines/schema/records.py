"""What passes between merging, building tables, validating and publishing.

    (Article, Reading)* ─merge→ Merged ─build→ tables ─validate→ Validated ─publish→ Release

A `LedgerRow` is one line of the identity ledger: a plain JSON object whose key `row` names its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pipelines.models import Article, Event, Issue, Reading, Report, Total

if TYPE_CHECKING:
    import pyarrow as pa

LedgerRow = dict[str, Any]
Tables = dict[str, "pa.Table"]
Severity = Literal["critical", "warning", "info"]


class ReadArticle(NamedTuple):
    """An article with what was read out of it."""

    article: Article
    reading: Reading


class FiledIssue(NamedTuple):
    """An issue with the partition that it belongs to: seat of the outlet, day of publication or of the fetch."""

    issue: Issue
    country: str
    day: date


@dataclass(frozen=True, slots=True)
class Revision:
    """One changed value of one published event, as text."""

    event_id: str
    version: int
    changed_at: datetime
    field: str
    old: str | None
    new: str | None
    reason: str
    run_id: str


@dataclass(frozen=True, slots=True)
class History:
    """What the ledger knows of one published event: its last values as JSON values, and when they came to be."""

    version: int
    values: Mapping[str, Any]
    reports: frozenset[str]  # article ids of the last version
    updated_at: datetime
    run_id: str
    pipeline_version: str
    codebook_version: str


@dataclass(frozen=True, slots=True)
class Retired:
    """An event that is no longer live."""

    event_id: str
    superseded_by: str | None
    reason: str
    retired_at: datetime


class ExplainedTotal(NamedTuple):
    """A total with the sum of the incidents that it covers, None if that cannot be told."""

    total: Total
    explained: int | None


@dataclass(frozen=True, slots=True)
class Merged:
    """All events of all readings, with what merging adds to the ledger and what it made of the rest.

    `totals` are the readings' totals and the roll-ups that finer incidents explain; `duplicates` maps an article to
    the earlier one with nearly the same text; `retired` and the histories are the ledger's, the new rows included.
    """

    items: tuple[ReadArticle, ...]  # the readings after corrections
    events: tuple[Event, ...]
    reports: Mapping[str, Report]  # by report id
    totals: tuple[ExplainedTotal, ...]
    duplicates: Mapping[str, str]
    retired: tuple[Retired, ...]
    ledger_rows: tuple[LedgerRow, ...]
    histories: Mapping[str, History] = field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()
    issues: tuple[Issue, ...] = ()
    explained: tuple[str, ...] = ()  # ids of reports that became totals


@dataclass(frozen=True, slots=True)
class Result:
    """What one expectation said: `count` of `rows` failed; `examples` are (key, value) of some of them."""

    table: str
    name: str
    reason: str
    severity: Severity
    is_met: bool
    rows: int
    count: int
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Validated:
    """The tables that may be published, the rows that may not, and every expectation's result.

    A quarantine table has the columns of its dataset and `expectation`, `value` and `partition` keys beside them.
    """

    tables: Tables
    quarantine: Tables
    results: tuple[Result, ...]
    release_ok: bool
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def refusals(self) -> tuple[Result, ...]:
        """The release rules that refused."""
        return tuple(r for r in self.results if r.table == "release" and r.severity == "critical" and not r.is_met)


@dataclass(frozen=True, slots=True)
class Release:
    """A published release: `changed` are the partition files that differ from the release before."""

    id: str
    path: Path
    changed: tuple[str, ...]
    manifest: Mapping[str, Any]
    is_new: bool
