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


def split_tables(tables: Tables, failures: Sequence[Failure]) -> tuple[Tables, Tables]:
    """The tables without the refused rows, and the quarantine: the refused rows with `expectation` and `value`.

    A row that hangs on a refused event goes with it, and the event goes with any refused row that hangs on it.
    """
    reasons = _spread_over_events(tables, failures)
    clean, quarantine = {}, {}
    for name, table in tables.items():
        refused = reasons.get(name, {})
        clean[name] = _drop_rows(table, refused)
        if refused:
            quarantine[name] = _with_reasons(table, refused)
    return clean, quarantine


Reasons = dict[int, tuple[str, str]]  # row -> expectation, value


def _spread_over_events(tables: Tables, failures: Sequence[Failure]) -> dict[str, Reasons]:
    own: dict[str, Reasons] = defaultdict(dict)
    for failure in failures:
        expectation, value = own[failure.table].get(failure.position, ("", ""))
        joined = "; ".join(part for part in (expectation, failure.rule) if part)
        own[failure.table][failure.position] = (joined, "; ".join(part for part in (value, failure.value) if part))
    hanging = [name for name, table in load_tables().items() if table.of_event]
    events: dict[str, tuple[str, str]] = {}
    for name in ("events", *hanging):
        ids = tables[name].column("event_id").to_pylist() if own.get(name) else []
        for position, reason in own.get(name, {}).items():
            events.setdefault(ids[position], reason)
    for name in ("events", *hanging) if events else ():
        for position, event_id in enumerate(tables[name].column("event_id").to_pylist()):
            if event_id in events:
                own[name].setdefault(position, events[event_id])
    return own


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
