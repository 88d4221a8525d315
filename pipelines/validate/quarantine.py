"""Failing rows out of the tables: a whole event with all that hangs on it, or the single row elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipelines.schema import load_tables
from pipelines.schema.records import Tables
from pipelines.validate.engine import Finding
from pipelines.validate.rows import Rows

if TYPE_CHECKING:
    import pyarrow as pa

SHOWN = 200  # characters of a value


class Failure(NamedTuple):
    """One row that a rule refused, with the values that it showed."""

    table: str
    position: int
    rule: str
    value: str


def list_failures(findings: Iterable[Finding], rows: Mapping[str, Rows]) -> list[Failure]:
    """The failing rows of all findings, with the values that their rules show."""
    failures = []
    for finding in findings:
        rule = finding.rule
        columns = [rows[rule.table].values(name) for name in rule.shows if name in rows[rule.table].table.column_names]
        for position in finding.positions:
            shown = ", ".join(f"{column[position]}"[:SHOWN] for column in columns)
            failures.append(Failure(rule.table, position, rule.name, shown))
    return failures


Reasons = dict[int, tuple[str, str]]  # row -> expectations, values


def split_tables(tables: Tables, failures: Sequence[Failure]) -> tuple[Tables, Tables]:
    """The tables without the refused rows, and the quarantine: the refused rows with `expectation` and `value`.

    An event goes with all that hangs on it, for a failure in any of its rows or in an article that reports it; the
    totals of a refused article go with it, and a refused event's latest revisions wait until it is published.
    """
    reasons = _list_reasons(failures)
    if reasons:
        _follow_articles(tables, reasons)
        _follow_events(tables, reasons)
    clean = {name: _drop_rows(table, reasons.get(name, {})) for name, table in tables.items()}
    quarantine = {name: _with_reasons(tables[name], reasons[name]) for name in sorted(reasons)}
    return _drop_revisions(clean, quarantine), quarantine


def _list_reasons(failures: Iterable[Failure]) -> dict[str, Reasons]:
    found: dict[str, dict[int, list[Failure]]] = defaultdict(lambda: defaultdict(list))
    for failure in failures:
        found[failure.table][failure.position].append(failure)
    return {
        name: {
            position: ("; ".join(f.rule for f in own), "; ".join(f.value for f in own))
            for position, own in rows.items()
        }
        for name, rows in found.items()
    }


def _follow_articles(tables: Tables, reasons: dict[str, Reasons]) -> None:
    """A refused article takes its totals and its reports along."""
    ids = tables["articles"].column("article_id").to_pylist()
    refused = {ids[position]: reason for position, reason in reasons.get("articles", {}).items()}
    for name in ("totals", "reports") if refused else ():
        _follow(tables, reasons, name, "article_id", refused)


def _follow_events(tables: Tables, reasons: dict[str, Reasons]) -> None:
    """A refused row takes its event along, and the event all its rows."""
    hanging = ["events", *(name for name, table in load_tables().items() if table.of_event)]
    refused: dict[str, tuple[str, str]] = {}
    for name in hanging:
        if name in reasons:
            ids = tables[name].column("event_id").to_pylist()
            for position in sorted(reasons[name]):
                refused.setdefault(ids[position], reasons[name][position])
    for name in hanging if refused else ():
        _follow(tables, reasons, name, "event_id", refused)


def _follow(
    tables: Tables, reasons: dict[str, Reasons], name: str, key: str, refused: Mapping[str, tuple[str, str]]
) -> None:
    own = {p: refused[id_] for p, id_ in enumerate(tables[name].column(key).to_pylist()) if id_ in refused}
    if own:
        reasons[name] = own | reasons.get(name, {})


def _drop_revisions(clean: Tables, quarantine: Tables) -> Tables:
    if "events" not in quarantine:
        return clean
    events = quarantine["events"]
    held = set(zip(events.column("event_id").to_pylist(), events.column("event_version").to_pylist(), strict=True))
    table = clean["revisions"]
    versions = zip(table.column("event_id").to_pylist(), table.column("event_version").to_pylist(), strict=True)
    return {**clean, "revisions": _drop_rows(table, {p: ("", "") for p, key in enumerate(versions) if key in held})}


def _drop_rows(table: pa.Table, refused: Reasons) -> pa.Table:
    import pyarrow as pa

    if not refused:
        return table
    return table.filter(pa.array([position not in refused for position in range(table.num_rows)]))


def _with_reasons(table: pa.Table, refused: Reasons) -> pa.Table:
    import pyarrow as pa

    positions = sorted(refused)
    kept = table.take(pa.array(positions))
    kept = kept.append_column("expectation", pa.array([refused[p][0] for p in positions], pa.string()))
    return kept.append_column("value", pa.array([refused[p][1] for p in positions], pa.string()))
