"""Arrow schemas of the tables, with the metadata that every Parquet file carries.

The metadata holds neither run nor time, so that equal rows are equal bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from pipelines.schema.tables import CODEBOOK_VERSION, SCHEMA_VERSION, Column, load_tables

if TYPE_CHECKING:
    import pyarrow as pa

LICENCE = "CC BY 4.0"
SOURCE = "communiqués and press reports (see source and source_url); places in part from GeoNames (CC BY 4.0)"
_LONE = re.compile("[\ud800-\udfff]")
PARTITION_TYPES = {"country": "string", "year": "int", "month": "int"}


@cache
def file_metadata() -> Mapping[str, str]:
    """The key=value pairs of every published file."""
    return {
        "schema_version": SCHEMA_VERSION,
        "codebook_version": CODEBOOK_VERSION,
        "pipeline_version": version("communiques"),
        "licence": LICENCE,
        "source": SOURCE,
    }


@cache
def arrow_schema(table: str, with_partition: bool = False) -> pa.Schema:
    """The Arrow schema of a table; with its partition keys as the last columns where they are asked for."""
    import pyarrow as pa

    declared = load_tables()[table]
    fields = [_build_field(column) for column in declared.columns]
    if with_partition:
        fields += [pa.field(name, _arrow_type(PARTITION_TYPES[name]), nullable=False) for name in declared.partition]
    return pa.schema(fields, metadata={"table": table, **file_metadata()})


def table_from_rows(table: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """An Arrow table of plain rows in the table's own order; a value of another type raises pa.ArrowInvalid.

    >>> table_from_rows("retired", []).num_rows
    0
    """
    import pyarrow as pa

    declared = load_tables()[table]
    schema, plain = arrow_schema(table, with_partition=True), list(rows)
    try:
        built = pa.Table.from_pylist(plain, schema=schema)
    except UnicodeEncodeError:
        built = pa.Table.from_pylist([_mend_row(row) for row in plain], schema=schema)
    order = [*declared.partition, *(name for name in declared.sort if name not in declared.partition)]
    return built.sort_by([(name, "ascending") for name in order]) if built.num_rows else built


def _mend_row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: mend_text(value) if isinstance(value, str) else value for name, value in row.items()}


def mend_text(text: str) -> str:
    """Half of a surrogate pair, which no encoding can write, becomes the replacement character; offsets stand."""
    return _LONE.sub("\ufffd", text)


def _build_field(column: Column) -> pa.Field:
    import pyarrow as pa

    metadata = {"meaning": column.meaning, "unit": column.unit, "source": column.source}
    kept = {key: value for key, value in metadata.items() if value}
    return pa.field(column.name, _arrow_type(column.type), nullable=column.is_nullable, metadata=kept)


def _arrow_type(name: str) -> pa.DataType:
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "instant": pa.timestamp("us", tz="UTC"),
        "point": pa.binary(),
    }
    return types[name]
