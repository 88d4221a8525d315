"""Whether a release is what its manifest says, and whether its rows keep what the dataset promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.publish.manifest import MANIFEST, FileEntry, digest_bytes, list_entries, read_manifest
from pipelines.schema import arrow_schema, load_tables

BESIDE = frozenset({MANIFEST, "datapackage.json", "README.md"})


def verify_release(folder: Path) -> list[str]:
    """Everything that is wrong with a release folder, one sentence each; DataFolderError if it has no manifest."""
    entries = list_entries(read_manifest(folder))
    problems = [*_check_files(folder, entries), *_check_strays(folder, entries)]
    return problems or list(_check_rows(folder, entries))


def _check_files(folder: Path, entries: list[FileEntry]) -> Iterator[str]:
    for entry in entries:
        path = folder / entry.path
        if not path.is_file():
            yield f"{entry.path}: is missing"
        elif path.stat().st_size != entry.bytes or digest_bytes(path.read_bytes()) != entry.sha256:
            yield f"{entry.path}: differs from its checksum"


def _check_strays(folder: Path, entries: list[FileEntry]) -> Iterator[str]:
    known = {entry.path for entry in entries} | BESIDE
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in known:
            yield f"{name}: is not in the manifest"


def _check_rows(folder: Path, entries: list[FileEntry]) -> Iterator[str]:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in load_tables()}
    for entry in entries:
        yield from _read_part(folder, entry, rows[entry.table])
    for name, table in load_tables().items():
        keys = Counter(tuple(row[key] for key in table.key) for row in rows[name])
        yield from (f"{name}: {key} stands {count} times" for key, count in keys.items() if count > 1)
    yield from _check_references(rows)
    live = {row["event_id"] for row in rows["events"]}
    yield from (f"retired: {row['event_id']} is live" for row in rows["retired"] if row["event_id"] in live)


def _read_part(folder: Path, entry: FileEntry, rows: list[dict[str, Any]]) -> Iterator[str]:
    import pyarrow.parquet as pq

    table = pq.ParquetFile(folder / entry.path).read()
    declared = load_tables()[entry.table]
    if not table.schema.equals(arrow_schema(entry.table)):
        yield f"{entry.path}: has other columns than the schema"
        return
    if table.num_rows != entry.rows:
        yield f"{entry.path}: has {table.num_rows} rows, not {entry.rows}"
    needed = {*declared.key, *(c.name for c in declared.columns if c.references), "superseded_by", "date_start"}
    part = table.select([name for name in table.column_names if name in needed]).to_pylist()
    place = dict(piece.split("=") for piece in entry.path.split("/")[1:-1])
    yield from _check_place(entry, part, place)
    rows += [row | ({"country": place["country"]} if "country" in place else {}) for row in part]


def _check_place(entry: FileEntry, part: list[dict[str, Any]], place: dict[str, str]) -> Iterator[str]:
    if entry.table != "events":
        return
    for row in part:
        day = row["date_start"]
        if (str(day.year), str(day.month)) != (place["year"], place["month"]):
            yield f"{entry.path}: {row['event_id']} begins on {day}"


def _check_references(rows: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    for name, table in load_tables().items():
        for column in table.columns:
            if column.references:
                target = load_tables()[column.references]
                known = {row[target.key[0]] for row in rows[target.name]}
                missing = {row[column.name] for row in rows[name]} - known - {None}
                yield from (f"{name}.{column.name}: {value} is not in {target.name}" for value in sorted(missing))
