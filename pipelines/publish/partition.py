"""Partitions of a table as Parquet bytes: equal rows give equal bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.schema import arrow_schema, load_tables

if TYPE_CHECKING:
    import pyarrow as pa


class Part(NamedTuple):
    """One partition file to be: its path below the release, its rows, its bytes."""

    table: str
    path: str
    rows: int
    data: bytes


def write_parts(name: str, table: pa.Table) -> Iterator[Part]:
    """The files of a table, which is sorted by its partition keys; a table without keys is one file, even if empty."""
    keys = load_tables()[name].partition
    if not keys:
        yield Part(name, f"{name}/part-0.parquet", table.num_rows, encode_rows(name, table))
        return
    values = list(zip(*(table.column(key).to_pylist() for key in keys), strict=True))
    start = 0
    for place, group in groupby(values):
        rows = sum(1 for _ in group)
        path = "/".join(f"{key}={value}" for key, value in zip(keys, place, strict=True))
        part = table.slice(start, rows)
        yield Part(name, f"{name}/{path}/part-0.parquet", rows, encode_rows(name, part))
        start += rows


def encode_rows(name: str, table: pa.Table) -> bytes:
    """Rows as one Parquet file: the declared columns without the partition keys, zstd, statistics on."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema(name)
    rows = table.select(schema.names).cast(schema)
    if name == "events":
        geo = json.dumps(describe_geometry(rows), sort_keys=True)
        rows = rows.replace_schema_metadata({**schema.metadata, b"geo": geo.encode()})
    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd", write_statistics=True, row_group_size=65536)
    return bytes(sink.getvalue())


def describe_geometry(rows: pa.Table) -> dict[str, Any]:
    """GeoParquet 1.1 metadata: WKB points, longitude first; without a coordinate system it means WGS84."""
    import pyarrow.compute as pc

    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if rows.column("latitude").null_count < rows.num_rows:
        ranges = [pc.min_max(rows.column(name)).as_py() for name in ("longitude", "latitude")]
        column["bbox"] = [axis[end] for end in ("min", "max") for axis in ranges]
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
