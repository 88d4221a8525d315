"""Warnings as `qc_flags`: the row is published, and says which rules it did not meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pipelines.schema import load_tables
from pipelines.schema.records import Tables
from pipelines.validate.quarantine import Failure

if TYPE_CHECKING:
    import pyarrow as pa


def flag_events(tables: Tables, warnings: Iterable[Failure]) -> Tables:
    """The tables with the warnings' names in `qc_flags`: of the event, and of the report that it is about."""
    flags: dict[str, set[str]] = defaultdict(set)  # by event or report id
    for warning in warnings:
        table = tables[warning.table]
        for key in ("event_id", "report_id") if load_tables()[warning.table].of_event else ("event_id",):
            if key in table.column_names:
                flags[table.column(key)[warning.position].as_py()].add(warning.rule)
    flagged = {
        name: _add_flags(tables[name], key, flags) for name, key in (("events", "event_id"), ("reports", "report_id"))
    }
    return {**tables, **flagged} if flags else tables


def _add_flags(table: pa.Table, key: str, flags: Mapping[str, set[str]]) -> pa.Table:
    import pyarrow as pa

    old = table.column("qc_flags").to_pylist()
    ids = table.column(key).to_pylist()
    new = [_join(flag, flags.get(id_, ())) for flag, id_ in zip(old, ids, strict=True)]
    place = table.column_names.index("qc_flags")
    return table.set_column(place, table.schema.field("qc_flags"), pa.array(new, pa.string()))


def _join(old: str | None, more: Iterable[str]) -> str | None:
    return "; ".join(sorted({*(old.split("; ") if old else ()), *more})) or None
