"""From WARC files to the index: the tail that a killed run left behind, or everything anew."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from pipelines.archive.index import add_capture, add_state, add_window, find_captures
from pipelines.archive.records import Record, read_instant, read_record
from pipelines.archive.texts import add_article, load_article
from pipelines.archive.warc import Damage, lock_file, walk_members
from pipelines.errors import ArchiveError
from pipelines.models import Capture, Issue, Window
from pipelines.progress import track

ARTICLE, WINDOW, STATE = (f"urn:communiques:{name}" for name in ("article", "window", "state"))


def scan_folder(connection: sqlite3.Connection, folder: Path) -> list[Issue]:
    """Bring the index up to date with all files of the archive; a torn last record is cut off and kept aside."""
    known = dict(connection.execute("SELECT path, size FROM files").fetchall())
    issues = []
    paths = sorted(folder.glob("*/*.warc.gz"))
    for path in track(paths, "WARC files", len(paths)):
        name = path.relative_to(folder).as_posix()
        size = path.stat().st_size
        if size == known.get(name):
            continue
        start = known.get(name, 0)
        if size < start:
            _forget_file(connection, name)
            start = 0
        issues += _scan_file(connection, path, name, start)
        connection.commit()
    return issues


def _scan_file(connection: sqlite3.Connection, path: Path, name: str, start: int) -> list[Issue]:
    stream = lock_file(path)
    if stream is None:
        return []  # another process is writing it, and indexes what it writes
    issues, end = [], start
    with stream:
        for found in walk_members(path, start):
            if isinstance(found, Damage):
                issues.append(_tell(name, found, path.parent.name))
                if found.is_tail:
                    _set_aside(path, found)
                    break
                end = found.end
                continue
            try:
                index_record(connection, read_record(found.plain), name, found.offset, path.parent.name)
            except ArchiveError as error:
                issues.append(_tell(name, Damage(found.offset, found.end, str(error), False), path.parent.name))
            end = found.end
    connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (name, end))
    return issues


def index_record(connection: sqlite3.Connection, record: Record, name: str, offset: int, source_id: str) -> None:
    """Note what one record says; requests and the like say nothing that the index keeps."""
    if record.kind in ("response", "resource", "revisit"):
        _index_page(connection, record, name, offset, source_id)
    elif record.kind == "metadata" and record.url.startswith(ARTICLE):
        add_article(connection, load_article(record.payload), record.payload)
    elif record.kind == "metadata" and record.url.startswith((WINDOW, STATE)):
        _index_note(connection, record)


def _index_page(connection: sqlite3.Connection, record: Record, name: str, offset: int, source_id: str) -> None:
    capture = describe_capture(record, name, offset, source_id)
    body = (name, offset)
    if record.kind == "revisit":
        original = _find_original(connection, record, capture)
        body = (original.warc_file, original.warc_offset)
        capture = carry_over(capture, original)
    add_capture(connection, capture, body)


def carry_over(capture: Capture, original: Capture) -> Capture:
    """A revisit's capture with what it has from the page that it refers to: digest, and after a 304 the validators."""
    if capture.status != 304:
        return replace(capture, sha256=original.sha256)
    etag, last_modified = capture.etag or original.etag, capture.last_modified or original.last_modified
    return replace(capture, sha256=original.sha256, etag=etag, last_modified=last_modified)


def describe_capture(record: Record, name: str, offset: int, source_id: str) -> Capture:
    """Where a record's page lies and what its headers say of it."""
    http = {key.lower(): value for key, value in record.http_headers}
    return Capture(
        source_id=record.headers.get("communiques-source") or source_id,
        url=record.url,
        fetched_at=read_instant(record.headers.get("warc-date", "")),
        status=200 if record.kind == "resource" else record.status,
        sha256=record.headers.get("communiques-sha256") or sha256(record.payload).hexdigest(),
        warc_file=name,
        warc_offset=offset,
        kind=record.headers.get("communiques-kind") or "article",
        etag=http.get("etag", ""),
        last_modified=http.get("last-modified", ""),
    )


def _find_original(connection: sqlite3.Connection, record: Record, capture: Capture) -> Capture:
    asked = (
        record.headers.get("warc-refers-to-target-uri", capture.url),
        capture.fetched_at.isoformat(timespec="microseconds"),
    )
    # A clock that was set back between the two makes the original seem the younger one.
    condition = "url = ? AND body_file = warc_file AND body_offset = warc_offset"
    same = f"{condition} ORDER BY sha256 = '{capture.sha256}' DESC, fetched_at <= ? DESC, fetched_at DESC LIMIT 1"
    if not capture.sha256.isalnum():
        raise ArchiveError(f"{capture.url}: no digest")
    original = next(find_captures(connection, same, asked), None)
    if original is None:
        raise ArchiveError(f"{capture.url}: the page that this revisit refers to is not in the archive")
    return original


def _index_note(connection: sqlite3.Connection, record: Record) -> None:
    try:
        note = json.loads(record.payload)
        if record.url.startswith(WINDOW):
            days = (date.fromisoformat(note["start"]), date.fromisoformat(note["end"]))
            add_window(connection, Window(note["source_id"], *days, note["via"], note["found"]))
        else:
            moment = read_instant(record.headers.get("warc-date", ""))
            add_state(connection, note["source_id"], note["name"], note["value"], moment)
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveError(f"{record.url}: not a note of ours: {error}") from error


def _forget_file(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("DELETE FROM captures WHERE warc_file = ?", (name,))
    connection.execute("DELETE FROM files WHERE path = ?", (name,))


def _set_aside(path: Path, damage: Damage) -> None:
    """Move a torn tail into a file beside the archive's, so that the next record begins where a record should."""
    with path.open("r+b") as stream:
        stream.seek(damage.offset)
        path.with_name(f"{path.name}.torn-{damage.offset}").write_bytes(stream.read())
        stream.truncate(damage.offset)


def _tell(name: str, damage: Damage, source_id: str) -> Issue:
    code = "torn_record" if damage.is_tail else "damaged_record"
    return Issue(
        "archive", code, detail=f"{name} bytes {damage.offset}-{damage.end}: {damage.reason}", source_id=source_id
    )
