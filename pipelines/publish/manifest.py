"""What stands in a release: its files with their checksums, and how its rows add up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.errors import DataFolderError
from pipelines.schema import SCHEMA_VERSION
from pipelines.schema.arrow import file_metadata

MANIFEST = "manifest.json"


class FileEntry(NamedTuple):
    """One file of a release."""

    path: str
    table: str
    rows: int
    bytes: int
    sha256: str


def digest_bytes(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_content(entries: Iterable[FileEntry]) -> str:
    """One digest of all files of the datasets: equal datasets have equal digests."""
    lines = sorted(f"{entry.path} {entry.sha256}" for entry in entries)
    return digest_bytes("\n".join(lines).encode())


def build_manifest(
    release_id: str,
    entries: Iterable[FileEntry],
    now: datetime,
    run_id: str,
    parent: str | None,
    extra: Mapping[str, Any],
) -> dict[str, Any]:
    """The manifest of a release as plain JSON."""
    files = sorted(entries)
    tables: dict[str, int] = {}
    for entry in files:
        tables[entry.table] = tables.get(entry.table, 0) + entry.rows
    return {
        "release": release_id,
        "created_at": now.isoformat(),
        "run_id": run_id,
        "parent": parent,
        "content_sha256": digest_content(files),
        **file_metadata(),
        "rows": tables,
        **extra,
        "files": [entry._asdict() for entry in files],
    }


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a release folder; DataFolderError if it is missing, broken or of another schema version."""
    path = folder / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version = manifest["schema_version"]
        list_entries(manifest if version == SCHEMA_VERSION else {"files": ()})
    except FileNotFoundError as error:
        raise DataFolderError(f"{path}: is missing; go back to another release or build again") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataFolderError(f"{path}: cannot be read ({error}); go back to another release or build again") from error
    if version != SCHEMA_VERSION:
        remedy = "use the program that wrote it, or move releases/ aside and build anew from archive and ledger"
        raise DataFolderError(f"{path}: schema version {version}, this program writes {SCHEMA_VERSION}; {remedy}")
    return manifest


def list_entries(manifest: Mapping[str, Any]) -> list[FileEntry]:
    """The files that a manifest lists."""
    return [FileEntry(**entry) for entry in manifest["files"]]
