"""The index: where each capture lies, which windows are done, what was extracted and read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines.errors import DataFolderError
from pipelines.models import Capture, Window

_FORMAT = 3
_SCHEMA = """
CREATE TABLE captures (
    warc_file TEXT, warc_offset INTEGER, source_id TEXT, url TEXT, fetched_at TEXT, status INTEGER, sha256 TEXT,
    kind TEXT, etag TEXT, last_modified TEXT, body_file TEXT, body_offset INTEGER,
    PRIMARY KEY (warc_file, warc_offset)) WITHOUT ROWID;
CREATE INDEX captures_by_url ON captures (url, fetched_at);
CREATE INDEX captures_by_body ON captures (sha256);
CREATE INDEX captures_by_source ON captures (source_id, fetched_at);
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER);
CREATE TABLE windows (source_id TEXT, via TEXT, start TEXT, end TEXT, found INTEGER,
    PRIMARY KEY (source_id, via, start, end));
CREATE TABLE articles (article_id TEXT, content_sha256 TEXT, source_id TEXT, url TEXT, published_date TEXT,
    fetched_at TEXT, body_sha256 TEXT, data BLOB, PRIMARY KEY (article_id, content_sha256)) WITHOUT ROWID;
CREATE INDEX articles_by_body ON articles (body_sha256);
CREATE INDEX articles_by_source ON articles (source_id, published_date);
CREATE TABLE readings (article_id TEXT, content_sha256 TEXT, parser TEXT, data BLOB,
    PRIMARY KEY (article_id, content_sha256)) WITHOUT ROWID;
CREATE TABLE states (source_id TEXT, name TEXT, value TEXT, noted_at TEXT, PRIMARY KEY (source_id, name)) WITHOUT ROWID;
"""
_CAPTURE = "source_id, url, fetched_at, status, sha256, warc_file, warc_offset, kind, etag, last_modified"


def open_index(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """The index's connection, made if there is none; DataFolderError if the file is not ours or torn.

    An index of an earlier format is thrown away: the scan that follows makes it anew from the WARC files.
    """
    try:
        connection = _connect(path, read_only=read_only)
        if not read_only and 0 < _read_format(connection) < _FORMAT:
            connection.close()
            for suffix in ("", "-wal", "-shm"):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
            connection = _connect(path, read_only=False)
        _check_format(connection, path)
    except sqlite3.Error as error:
        raise DataFolderError(
            f"{path}: {error}; move the file away and run `communiques archive reindex`, it is made anew"
        ) from error
    return connection


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if read_only:
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    connection = sqlite3.connect(path, check_same_thread=False, timeout=60)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _read_format(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check_format(connection: sqlite3.Connection, path: Path) -> None:
    found = _read_format(connection)
    if found == _FORMAT:
        return
    if found or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        connection.close()
        raise DataFolderError(
            f"{path}: an index of another version; move it away and run `communiques archive reindex`"
        )
    connection.executescript(_SCHEMA)
    connection.execute(f"PRAGMA user_version = {_FORMAT}")
    connection.commit()


def add_capture(connection: sqlite3.Connection, capture: Capture, body: tuple[str, int]) -> None:
    """Note a capture and the file and offset where its body lies (its own, or the one that a revisit refers to)."""
    row = (*_write_capture(capture), *body)
    command = f"INSERT OR REPLACE INTO captures ({_CAPTURE}, body_file, body_offset) VALUES ({_marks(row)})"  # noqa: S608 - constants
    connection.execute(command, row)


def find_captures(connection: sqlite3.Connection, where: str, values: tuple[Any, ...]) -> Iterator[Capture]:
    """The captures that fit a condition, as the condition orders them."""
    for row in connection.execute(f"SELECT {_CAPTURE} FROM captures WHERE {where}", values):  # noqa: S608 - constants
        yield _read_capture(row)


def find_unread(connection: sqlite3.Connection, source_id: str, since: datetime) -> Iterator[Capture]:
    """The captures of articles' pages after an instant from whose body no article was made, oldest first."""
    condition = (
        "source_id = ? AND fetched_at > ? AND kind IN ('article', 'resource') AND body_file = warc_file "
        "AND body_offset = warc_offset AND NOT EXISTS (SELECT 1 FROM articles WHERE body_sha256 = captures.sha256) "
        "ORDER BY fetched_at, warc_file, warc_offset"
    )
    moment = since.astimezone(UTC).isoformat(timespec="microseconds") if since.year > 1 else ""
    return find_captures(connection, condition, (source_id, moment))


def find_body(connection: sqlite3.Connection, capture: Capture) -> tuple[str, int] | None:
    """File and offset of the response that holds a capture's body."""
    asked = (capture.warc_file, capture.warc_offset)
    found = connection.execute(
        "SELECT body_file, body_offset FROM captures WHERE warc_file = ? AND warc_offset = ?", asked
    )
    row = found.fetchone()
    return (str(row[0]), int(row[1])) if row else None


def add_window(connection: sqlite3.Connection, window: Window) -> None:
    """Note a window that was gone through."""
    row = (window.source_id, window.via, window.start.isoformat(), window.end.isoformat(), window.found)
    connection.execute("INSERT OR REPLACE INTO windows VALUES (?, ?, ?, ?, ?)", row)


def list_windows(connection: sqlite3.Connection, source_id: str) -> list[Window]:
    """The windows of a source that are done, oldest first."""
    rows = connection.execute(
        "SELECT source_id, start, end, via, found FROM windows WHERE source_id = ? ORDER BY start, end, via",
        (source_id,),
    )
    return [Window(r[0], date.fromisoformat(r[1]), date.fromisoformat(r[2]), r[3], r[4]) for r in rows]


def add_state(connection: sqlite3.Connection, source_id: str, name: str, value: str, moment: datetime) -> None:
    """Note what a run left about a source for the next one, unless something younger is known."""
    row = (source_id, name, value, moment.astimezone(UTC).isoformat(timespec="microseconds"))
    connection.execute(
        "INSERT INTO states VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value, "
        "noted_at = excluded.noted_at WHERE excluded.noted_at >= noted_at",
        row,
    )


def follow_state(connection: sqlite3.Connection, source_id: str, name: str, now: datetime) -> datetime:
    """When to note something: now, but after what stands there, which may be later if the clock was set back since."""
    asked = "SELECT noted_at FROM states WHERE source_id = ? AND name = ?"
    row = connection.execute(asked, (source_id, name)).fetchone()
    return max(now, datetime.fromisoformat(row[0]) + timedelta(microseconds=1)) if row else now


def find_states(connection: sqlite3.Connection, source_id: str) -> dict[str, str]:
    """What runs left about a source."""
    rows = connection.execute("SELECT name, value FROM states WHERE source_id = ?", (source_id,))
    return {str(name): str(value) for name, value in rows}


def _marks(row: tuple[Any, ...]) -> str:
    return ", ".join("?" * len(row))


def _write_capture(capture: Capture) -> tuple[Any, ...]:
    fetched_at = capture.fetched_at.astimezone(UTC).isoformat(timespec="microseconds")
    return (
        capture.source_id, capture.url, fetched_at, capture.status, capture.sha256, capture.warc_file,
        capture.warc_offset, capture.kind, capture.etag, capture.last_modified,
    )  # fmt: skip


def _read_capture(row: tuple[Any, ...]) -> Capture:
    return Capture(row[0], row[1], datetime.fromisoformat(row[2]), *row[3:])
