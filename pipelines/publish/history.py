"""Versions of an event: what changed since it was last published, and since when its values stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from pipelines.schema import CODEBOOK_VERSION, load_tables
from pipelines.schema.arrow import file_metadata, mend_text
from pipelines.schema.records import History, LedgerRow, Revision, Validated


def track_values(row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an event that make a version, as JSON values; missing ones are left out."""
    table = load_tables()["events"]
    names = [name for name in table.column_names if name not in table.untracked]
    return {name: _as_json(row[name]) for name in names if row.get(name) is not None}


def _as_json(value: Any) -> Any:
    if isinstance(value, str):
        return mend_text(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def date_event(
    row: Mapping[str, Any], history: History | None, first_seen_at: datetime, now: datetime, run_id: str
) -> dict[str, Any]:
    """The columns that say which version this is and since when, of a row whose values are complete."""
    version = {"first_seen_at": first_seen_at}
    if history is not None and dict(history.values) == track_values(row):
        return {
            **version,
            "event_version": history.version,
            "updated_at": history.updated_at,
            "run_id": history.run_id,
            "pipeline_version": history.pipeline_version,
            "codebook_version": history.codebook_version,
        }
    return {
        **version,
        "event_version": history.version + 1 if history else 1,
        "updated_at": max(now, history.updated_at) if history else first_seen_at,  # clocks have been set back before
        "run_id": run_id,
        "pipeline_version": file_metadata()["pipeline_version"],
        "codebook_version": CODEBOOK_VERSION,
    }


def list_changes(row: Mapping[str, Any], articles: Iterable[str], history: History | None) -> list[Revision]:
    """The values that differ from the last published version, each as a revision."""
    if history is None:
        return []
    new, old = track_values(row), history.values
    reason = explain_change(frozenset(articles), history.reports)
    version, at, run_id = row["event_version"], row["updated_at"], row["run_id"]
    return [
        Revision(row["event_id"], version, at, name, _as_text(old, name), _as_text(new, name), reason, run_id)
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]


def explain_change(articles: frozenset[str], before: frozenset[str]) -> str:
    """Why values may have changed: another article, one less, or the same ones read anew."""
    if articles - before:
        return "new_report"
    return "report_withdrawn" if before - articles else "reading_changed"


def _as_text(values: Mapping[str, Any], name: str) -> str | None:
    return None if values.get(name) is None else str(values[name])


def list_version_rows(validated: Validated, histories: Mapping[str, History]) -> list[LedgerRow]:
    """The ledger's rows for the events whose values are published for the first time or changed."""
    articles: dict[str, set[str]] = {}
    for report in validated.tables["reports"].select(["event_id", "article_id"]).to_pylist():
        articles.setdefault(report["event_id"], set()).add(report["article_id"])
    rows = []
    for row in validated.tables["events"].to_pylist():
        history = histories.get(row["event_id"])
        if history is None or history.version != row["event_version"]:
            rows.append(_write_version(row, sorted(articles[row["event_id"]]), history))
    return rows


def _write_version(row: Mapping[str, Any], articles: list[str], history: History | None) -> LedgerRow:
    new, old = track_values(row), history.values if history else {}
    return {
        "row": "version",
        "event_id": row["event_id"],
        "version": row["event_version"],
        "at": row["updated_at"].isoformat(),
        "run_id": row["run_id"],
        "pipeline_version": row["pipeline_version"],
        "codebook_version": row["codebook_version"],
        "reason": explain_change(frozenset(articles), history.reports) if history else "new_event",
        "articles": articles,
        "values": {name: new.get(name) for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)},
    }
