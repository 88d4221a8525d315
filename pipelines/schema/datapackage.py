"""`datapackage.json`: the tables by Frictionless's standard, for tools that read no Parquet schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pipelines.schema.arrow import PARTITION_TYPES, file_metadata
from pipelines.schema.tables import Column, Table, load_tables

FIELD_TYPES = {
    "string": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "date": "date",
    "instant": "datetime",
    "point": "any",
}


def build_datapackage(release_id: str, files: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The descriptor of a release; `files` have path, table, bytes and sha256."""
    by_table: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for file in files:
        by_table[file["table"]].append(file)
    return {
        "name": "communiques",
        "version": release_id,
        "title": "Conflict events of the Sahel as told by official communiqués and the press",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        **{key: value for key, value in file_metadata().items() if key.endswith("_version")},
        "resources": [
            _describe_table(table, sorted(by_table[name], key=lambda file: file["path"]))
            for name, table in load_tables().items()
            if by_table[name]
        ],
    }


def _describe_table(table: Table, files: list[Mapping[str, Any]]) -> dict[str, Any]:
    fields = [_describe_column(column) for column in table.columns]
    return {
        "name": table.name,
        "title": table.title,
        "path": [file["path"] for file in files],
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": sum(file["bytes"] for file in files),
        "partition": [{"name": name, "type": FIELD_TYPES[PARTITION_TYPES[name]]} for name in table.partition],
        "schema": {"fields": fields, "primaryKey": list(table.key), "foreignKeys": _list_references(table)},
    }


def _describe_column(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "type": FIELD_TYPES[column.type],
        "description": column.meaning + (f". Missing: {column.nulls}" if column.nulls else ""),
    }
    constraints: dict[str, Any] = {} if column.is_nullable else {"required": True}
    if column.values:
        constraints["enum"] = list(column.values)
    if column.unit:
        described["unit"] = column.unit
    if column.source:
        described["source"] = column.source
    return {**described, "constraints": constraints} if constraints else described


def _list_references(table: Table) -> list[dict[str, Any]]:
    return [
        {"fields": [c.name], "reference": {"resource": c.references, "fields": list(load_tables()[c.references].key)}}
        for c in table.columns
        if c.references
    ]
