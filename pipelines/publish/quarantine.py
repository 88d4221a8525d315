"""The quarantine folder: refused rows with their expectations, beside the releases and never inside them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.publish.folder import explain_disk_errors, replace_file
from pipelines.schema import load_tables
from pipelines.schema.records import Tables

if TYPE_CHECKING:
    import pyarrow as pa

Refused = tuple[str, str, str]  # dataset, key, expectation


def write_quarantine(quarantine: Tables, data_folder: Path) -> frozenset[Refused]:
    """Let the folder hold these rows and no others; what was not refused before is returned.

    Only events and rows that hang on none count as refused: the others follow their event.
    """
    folder = data_folder / "quarantine"
    with explain_disk_errors(data_folder):
        before = read_refused(folder)
        kept = set()
        for name in sorted(quarantine):
            for path, part in _split_parts(name, quarantine[name]):
                kept.add(folder / path)
                _write_part(folder / path, part)
        _remove_others(folder, kept)
    return frozenset(_list_refused(quarantine)) - before


def read_refused(folder: Path) -> frozenset[Refused]:
    """What the quarantine folder holds; a file that cannot be read, or of another schema, holds nothing."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found: set[Refused] = set()
    for path in sorted(folder.rglob("part-0.parquet")):
        name = path.relative_to(folder).parts[0]
        try:
            found.update(_list_refused({name: pq.ParquetFile(path).read()}))
        except (OSError, KeyError, pa.ArrowInvalid):
            continue
    return frozenset(found)


def _list_refused(tables: Tables) -> Iterator[Refused]:
    for name, table in tables.items():
        declared = load_tables()[name]
        if not declared.of_event:
            keys, reasons = table.column(declared.key[0]).to_pylist(), table.column("expectation").to_pylist()
            yield from ((name, key, reason) for key, reason in zip(keys, reasons, strict=True))


def _split_parts(name: str, table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    keys = load_tables()[name].partition
    values = list(zip(*(table.column(key).to_pylist() for key in keys), strict=True))
    start = 0
    for place, group in groupby(values):
        rows = sum(1 for _ in group)
        path = "/".join(f"{key}={value}" for key, value in zip(keys, place, strict=True))
        yield f"{name}/{path}/part-0.parquet", table.slice(start, rows).drop_columns(list(keys))
        start += rows


def _write_part(path: Path, part: pa.Table) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(part, sink, compression="zstd")
    data = bytes(sink.getvalue())
    if not path.is_file() or path.read_bytes() != data:
        replace_file(path, data)


def _remove_others(folder: Path, kept: set[Path]) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                shutil.rmtree(path)
        elif path not in kept:
            path.unlink()
