"""A release in numbers: one row, on which the suite `release` decides."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from pipelines.schema.records import Merged, Tables
from pipelines.validate.parameters import load_limits


def count_readings(merged: Merged) -> dict[str, int]:
    """How many articles, reports, totals, issues and figures the readings hold."""
    readings = [item.reading for item in merged.items]
    reports = [report for reading in readings for report in reading.reports]
    told = [report for report in reports if report.report_id not in set(merged.explained)]
    return {
        "articles": len(readings),
        "relevant": sum(reading.is_security for reading in readings),
        "reports": len(reports),
        "explained": len(reports) - len(told),
        "totals": len(merged.totals),
        "issues": sum(len(reading.issues) for reading in readings) + len(merged.issues),
        "figures": sum(len(r.tolls) + len(r.contested) + len(r.materiel) for r in told),
    }


def measure_release(
    tables: Tables, quarantine: Tables, read: Mapping[str, int], page_issues: int, events_before: int | None
) -> dict[str, float]:
    """The numbers that the release rules look at; shares of few rows count as nothing."""
    rows = {name: table.num_rows for name, table in tables.items()}
    held = {name: table.num_rows for name, table in quarantine.items()}
    figures = sum(part.get(name, 0) for part in (rows, held) for name in ("tolls", "materiel"))
    live = set(tables["events"].column("event_id").to_pylist())
    return {
        "lost_articles": read["articles"] - rows["articles"] - held.get("articles", 0),
        "lost_reports": read["reports"] - read["explained"] - rows["reports"] - held.get("reports", 0),
        "lost_totals": read["totals"] - rows["totals"] - held.get("totals", 0),
        "lost_issues": read["issues"] + page_issues - rows["issues"],
        "lost_figures": read["figures"] - figures,
        **_check_retired(tables, live | _ids(quarantine)),
        "quarantine_share": _share(held.get("events", 0), rows["events"] + held.get("events", 0), 0.0),
        "unresolved_place_share": _share(_count(tables, "where_prec", lambda v: v >= 6), rows["events"], 0.0),
        "volume_ratio": _share(rows["events"], events_before or 0, 1.0),
        "relevant_share": _share(read["relevant"], read["articles"], 1.0),
        "party_share": _share(_count(tables, "actor1", bool) or _count(tables, "actor2", bool), rows["events"], 1.0),
    }


def _ids(quarantine: Tables) -> set[str]:
    return set(quarantine["events"].column("event_id").to_pylist()) if "events" in quarantine else set()


def _check_retired(tables: Tables, known: Collection[str]) -> dict[str, float]:
    retired = tables["retired"].column("event_id").to_pylist()
    successors = {by for by in tables["retired"].column("superseded_by").to_pylist() if by}
    return {
        "retired_live": len(set(retired) & set(known)),
        "lost_successors": len(successors - set(known) - set(retired)),
    }


def _count(tables: Tables, column: str, holds: Callable[[Any], bool]) -> int:
    return sum(holds(value) for value in tables["events"].column(column).to_pylist())


def _share(part: int, whole: int, otherwise: float) -> float:
    return part / whole if whole >= load_limits()["enough_rows"] else otherwise
