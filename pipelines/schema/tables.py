"""The tables as they are declared in `tables/*.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import yaml

SCHEMA_VERSION = "1"  # changes when a column is added, removed or retyped
CODEBOOK_VERSION = "2026.1"  # changes when a rule for filling a column changes

ColumnType = Literal["string", "int", "float", "bool", "date", "instant", "point"]


class Column(NamedTuple):
    """One published column. `nulls` says what a missing value means; None where there is none."""

    name: str
    type: ColumnType
    meaning: str
    unit: str | None = None
    source: str | None = None
    values: tuple[str | int, ...] | None = None
    nulls: str | None = None
    references: str | None = None

    @property
    def is_nullable(self) -> bool:
        """Whether a value may be missing."""
        return self.nulls is not None


class Table(NamedTuple):
    """One dataset: its columns in order, what names a row, how files and rows are arranged.

    `of_event` tables hang on an event by `event_id`: they share its partition, and its quarantine.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    sort: tuple[str, ...]
    partition: tuple[str, ...]
    partition_of: str | None
    of_event: bool
    untracked: frozenset[str]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns in their order."""
        return tuple(column.name for column in self.columns)


@cache
def load_tables() -> Mapping[str, Table]:
    """All tables by name.

    >>> load_tables()["events"].partition
    ('country', 'year', 'month')
    """
    folder = files("pipelines.schema") / "tables"
    groups = _read_yaml(folder / "groups.yml")
    declared: dict[str, Any] = {}
    for name in ("events", "reports", "tolls", "materiel", "totals", "articles", "issues", "retired", "revisions"):
        declared[name] = _read_yaml(folder / f"{name}.yml")
    declared |= _read_yaml(folder / "lookups.yml")
    return MappingProxyType({name: _build_table(name, entry, groups) for name, entry in declared.items()})


def _read_yaml(path: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def _build_table(name: str, entry: Mapping[str, Any], groups: Mapping[str, Any]) -> Table:
    return Table(
        name=name,
        title=entry["title"],
        columns=tuple(_build_columns(entry["columns"], groups)),
        key=_as_tuple(entry["key"]),
        sort=_as_tuple(entry["sort"]),
        partition=_as_tuple(entry["partition"]),
        partition_of=entry.get("partition_of"),
        of_event=entry.get("of_event", False),
        untracked=frozenset(entry.get("untracked", ())),
    )


def _as_tuple(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _build_columns(declared: Mapping[str, Any], groups: Mapping[str, Any]) -> Iterator[Column]:
    for name, entry in declared.items():
        if entry == "group":
            yield from _build_columns(groups[name], groups)
        else:
            values = tuple(entry["values"]) if "values" in entry else None
            yield Column(name=name, **{**entry, "values": values})
