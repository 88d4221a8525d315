"""A release: a folder that never changes, which `current` names from one moment to the next.

It is built aside (`releases/.building`), unchanged files are hard links into the release before, everything is on the
disk before one rename gives it its name and another lets `current` point to it. A kill at any moment leaves `current`
as it was, or as it is to be. The caller holds the lock of the data folder.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.errors import ReleaseRefusedError
from pipelines.publish.build import NO_FACTS
from pipelines.publish.folder import explain_disk_errors, link_file, point_link, sync_folder, sync_tree, write_file
from pipelines.publish.lookups import build_lookups
from pipelines.publish.manifest import (
    MANIFEST,
    FileEntry,
    build_manifest,
    digest_bytes,
    digest_content,
    list_entries,
    read_manifest,
)
from pipelines.publish.partition import Part, write_parts
from pipelines.publish.values import Facts
from pipelines.schema.datapackage import build_datapackage
from pipelines.schema.dictionary import render_readme
from pipelines.schema.records import Release, Tables, Validated

BUILDING = ".building"


def publish_release(
    validated: Validated, data_folder: Path, run_id: str, *, now: datetime, facts: Facts = NO_FACTS
) -> Release:
    """Publish the tables as a new release; the current one is returned if not a byte of them has changed.

    ReleaseRefusedError if a release rule said no, DataFolderError if the folder cannot be written.
    """
    refuse_release(validated)
    releases = data_folder / "releases"
    with explain_disk_errors(data_folder):
        releases.mkdir(parents=True, exist_ok=True)
        before = find_current(data_folder)
        known = {entry.path: entry for entry in list_entries(read_manifest(before))} if before else {}
        building = releases / BUILDING
        shutil.rmtree(building, ignore_errors=True)
        tables = validated.tables | build_lookups(validated.tables, facts)
        entries = _lay_out(tables, building, before, known)
        if before and digest_content(entries) == digest_content(known.values()):
            shutil.rmtree(building)
            return Release(before.name, before, (), read_manifest(before), is_new=False)
        return _finish(building, entries, known, validated, before, run_id, now)


def refuse_release(validated: Validated) -> None:
    """ReleaseRefusedError with every release rule that said no."""
    if not validated.release_ok:
        told = "; ".join(f"{r.name}: {', '.join(value for _, value in r.examples)}" for r in validated.refusals)
        raise ReleaseRefusedError(f"nothing was published, the last release stands: {told}")


def find_current(data_folder: Path) -> Path | None:
    """The folder that `current` names, None before the first release."""
    link = data_folder / "current"
    return link.resolve(strict=True) if link.exists() else None


def _lay_out(tables: Tables, building: Path, before: Path | None, known: Mapping[str, FileEntry]) -> list[FileEntry]:
    parts = (part for name in sorted(tables) for part in write_parts(name, tables[name]))
    return [_place_part(part, building, before, known) for part in parts]


def _place_part(part: Part, building: Path, before: Path | None, known: Mapping[str, FileEntry]) -> FileEntry:
    """Link the part if the release before holds the same bytes, else write it."""
    entry = FileEntry(part.path, part.table, part.rows, len(part.data), digest_bytes(part.data))
    old = before / part.path if before and known.get(part.path) == entry else None
    if old is not None and old.is_file() and old.stat().st_size == entry.bytes:
        link_file(old, building / part.path)
    else:
        write_file(building / part.path, part.data)
    return entry


def _finish(
    building: Path,
    entries: list[FileEntry],
    known: Mapping[str, FileEntry],
    validated: Validated,
    before: Path | None,
    run_id: str,
    now: datetime,
) -> Release:
    release_id = name_release(entries, now)
    extra = {"counts": dict(validated.counts), "expectations": _summarise(validated)}
    manifest = build_manifest(release_id, entries, now, run_id, before.name if before else None, extra)
    _write_json(building / MANIFEST, manifest)
    _write_json(building / "datapackage.json", build_datapackage(release_id, [entry._asdict() for entry in entries]))
    write_file(building / "README.md", render_readme(release_id).encode())
    sync_tree(building)
    folder = building.with_name(release_id)
    if folder.exists():
        shutil.rmtree(folder)  # the same content, laid out within the same second by a run that was killed
    building.rename(folder)
    sync_folder(folder.parent)
    point_link(folder.parent.parent / "current", f"releases/{release_id}")
    return Release(release_id, folder, _list_changed(entries, known), manifest, is_new=True)


def name_release(entries: Iterable[FileEntry], now: datetime) -> str:
    """The moment and the beginning of the content's digest, so that releases sort by time."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{digest_content(entries)[:10]}"


def _list_changed(entries: Iterable[FileEntry], known: Mapping[str, FileEntry]) -> tuple[str, ...]:
    """Partition files that are new, differ or are gone."""
    now = {entry.path: entry for entry in entries}
    return tuple(sorted(path for path in now.keys() | known.keys() if now.get(path) != known.get(path)))


def _summarise(validated: Validated) -> list[dict[str, Any]]:
    return [
        {"table": r.table, "name": r.name, "severity": r.severity, "rows": r.rows, "failed": r.count}
        for r in validated.results
    ]


def _write_json(path: Path, content: Any) -> None:
    write_file(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
