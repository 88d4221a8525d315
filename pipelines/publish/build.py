"""All tables of a release out of what merging gave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from pipelines.publish.history import list_changes
from pipelines.publish.rows import (
    Toldest,
    build_article_row,
    build_event_row,
    build_issue_rows,
    build_materiel_rows,
    build_report_rows,
    build_toll_rows,
    build_total_rows,
    file_issues,
    file_under,
)
from pipelines.publish.values import Facts
from pipelines.schema import load_tables, table_from_rows
from pipelines.schema.records import FiledIssue, Merged, Retired, Revision, Tables

Row = dict[str, Any]
NO_FACTS = Facts(inter_of=lambda _: None, country_of=lambda _: None, admin_version=lambda *_: None)


def build_tables(
    merged: Merged, *, now: datetime, run_id: str, issues: Iterable[FiledIssue] = (), facts: Facts = NO_FACTS
) -> Tables:
    """Every table but the lookups, partition keys as last columns; `issues` are those of pages that gave no article."""
    items = sorted(merged.items, key=lambda item: item.article.article_id)
    told: Toldest = {item.article.article_id: item for item in items}
    rows = _build_event_tables(merged, told, facts, now, run_id)
    own = (FiledIssue(issue, "", date.min) for issue in merged.issues)
    rows |= {
        "totals": list(build_total_rows(merged.totals, told)),
        "articles": [build_article_row(item, merged.duplicates) for item in items],
        "issues": list(build_issue_rows([*file_issues(items), *own, *issues])),
        "retired": [_build_retired_row(row) for row in merged.retired],
    }
    return {name: table_from_rows(name, rows[name]) for name in load_tables() if name in rows}


def _build_event_tables(
    merged: Merged, told: Toldest, facts: Facts, now: datetime, run_id: str
) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {name: [] for name in ("events", "reports", "tolls", "materiel", "revisions")}
    revisions = list(merged.revisions)
    for event in merged.events:
        row = build_event_row(event, merged, told, facts, now, run_id)
        place = {key: row[key] for key in ("country", "year", "month")}
        rows["events"].append(row)
        rows["reports"] += build_report_rows(event, place, merged, told, facts)
        rows["tolls"] += build_toll_rows(event, place, merged.reports)
        rows["materiel"] += build_materiel_rows(event, place, merged.reports)
        revisions += list_changes(row, event.article_ids, merged.histories.get(event.event_id))
    rows["revisions"] = [_build_revision_row(revision) for revision in revisions]
    return rows


def _build_revision_row(revision: Revision) -> Row:
    place = file_under(None, revision.changed_at.date())
    return {
        "event_id": revision.event_id,
        "event_version": revision.version,
        "changed_at": revision.changed_at,
        "field": revision.field,
        "old": revision.old,
        "new": revision.new,
        "reason": revision.reason,
        "run_id": revision.run_id,
        "year": place["year"],
        "month": place["month"],
    }


def _build_retired_row(row: Retired) -> Row:
    return {
        "event_id": row.event_id,
        "superseded_by": row.superseded_by,
        "reason": row.reason,
        "retired_at": row.retired_at,
    }
