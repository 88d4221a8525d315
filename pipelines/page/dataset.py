"""The published tables, read from a data folder or from one release of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import DataFolderError
from pipelines.schema import SCHEMA_VERSION, arrow_schema, load_tables

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
NO_DATASET = (
    "{folder}: no published dataset here; name a data folder (with current/) or a release folder with --data, "
    "or make one with: communiques run (or communiques sample)"
)
OLD_SCHEMA = (
    "{folder}: written with schema {found}, this program reads schema {wanted}; use the program that wrote it, "
    "or move releases/ aside and rebuild with: communiques build --all"
)


@dataclass(frozen=True, slots=True)
class Dataset:
    """One release: its folder, its manifest, and where its quarantine lies."""

    release: Path
    manifest: Mapping[str, Any]
    quarantine: Path

    def read_table(self, name: str) -> pa.Table:
        """A table in its own order, partition keys included; empty where the release has no file of it."""
        return _read_folder(self.release / name, name)

    def read_rows(self, name: str, columns: Sequence[str] | None = None) -> list[Row]:
        """The same as plain rows, with some of the columns if not all are wanted."""
        table = self.read_table(name)
        rows: list[Row] = (table.select(columns) if columns else table).to_pylist()
        return rows

    def count_rows(self, name: str) -> int:
        """How many rows a table has, read from the files' footers."""
        from pyarrow import parquet

        return sum(parquet.ParquetFile(path).metadata.num_rows for path in (self.release / name).rglob("*.parquet"))


def open_dataset(folder: Path) -> Dataset:
    """The current release of a data folder, or the release that the folder is; raises DataFolderError."""
    current = folder / "current"
    release = (current if current.is_dir() else folder).resolve()
    if not (release / "manifest.json").is_file() and not (release / "events").is_dir():
        raise DataFolderError(NO_DATASET.format(folder=folder))
    dataset = Dataset(release, _read_manifest(release), _find_quarantine(folder, release))
    _check_schema(dataset)
    return dataset


def _find_quarantine(folder: Path, release: Path) -> Path:
    """Beside current/ and releases/: a release folder that is named by itself lies two levels deeper."""
    return (folder if (folder / "current").is_dir() else release.parent.parent) / "quarantine"


def _read_manifest(release: Path) -> Mapping[str, Any]:
    path = release / "manifest.json"
    if not path.is_file():
        return {}
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataFolderError(f"{path}: cannot be read: {error}; check the release with: communiques verify") from error
    return read if isinstance(read, dict) else {}


def _check_schema(dataset: Dataset) -> None:
    """Refuse columns of another version: silence about a missing column would read as 'not stated'."""
    found = dataset.manifest.get("schema_version")
    if found is not None and str(found) != SCHEMA_VERSION:
        raise DataFolderError(OLD_SCHEMA.format(folder=dataset.release, found=found, wanted=SCHEMA_VERSION))


def _read_folder(folder: Path, name: str) -> pa.Table:
    import pyarrow as pa
    import pyarrow.dataset as parquet

    schema = arrow_schema(name, with_partition=True)
    if not folder.is_dir() or not any(folder.rglob("*.parquet")):
        return schema.empty_table()
    keys = [schema.field(key) for key in load_tables()[name].partition]
    hive = parquet.partitioning(pa.schema(keys), flavor="hive") if keys else None
    try:
        found = parquet.dataset(folder, schema=schema, format="parquet", partitioning=hive)
        for fragment in found.get_fragments():
            _check_columns(Path(fragment.path), fragment.physical_schema, name)
        return _sort_table(found.to_table(), name)
    except (pa.ArrowException, OSError) as error:
        raise DataFolderError(f"{folder}: cannot be read: {error}; check it with: communiques verify") from error


def _check_columns(path: Path, schema: pa.Schema, name: str) -> None:
    missing = [column for column in load_tables()[name].column_names if column not in schema.names]
    if missing:
        found = f"{(schema.metadata or {}).get(b'schema_version', b'?').decode()} (no {', '.join(missing[:3])})"
        raise DataFolderError(OLD_SCHEMA.format(folder=path, found=found, wanted=SCHEMA_VERSION))


def _sort_table(table: pa.Table, name: str) -> pa.Table:
    return table.sort_by([(column, "ascending") for column in load_tables()[name].sort])
