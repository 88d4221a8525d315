"""The archive as the other stages see it: store, find, read; extractions, readings, windows and state beside."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

from pipelines.archive import index, texts
from pipelines.archive.cdxj import export_cdxj
from pipelines.archive.forgetting import digest_url, forget_urls, read_forgotten
from pipelines.archive.records import read_page, write_note, write_page
from pipelines.archive.scan import ARTICLE, STATE, WINDOW, carry_over, scan_folder
from pipelines.archive.warc import MAX_FILE, WarcWriter, read_record_at
from pipelines.errors import ArchiveError, DataFolderError
from pipelines.models import Article, Capture, Issue, Page, Reading, Window
from pipelines.web import identify_article

_SOFTWARE = f"communiques/{version('communiques')}"


class Archive:
    """The archive in a data folder, as a context manager; may be shared by threads, written by one process.

    Opening it finishes what a killed run began; what was damaged is told in `issues`.
    """

    def __init__(
        self, folder: Path, *, now: Callable[[], datetime], read_only: bool = False, max_file: int = MAX_FILE
    ) -> None:
        self.folder = folder / "archive"
        self.issues: list[Issue] = []
        self._path = folder / "index.sqlite"
        self._now = now
        self._read_only = read_only
        self._max_file = max_file
        self._writers: dict[str, WarcWriter] = {}
        self._lock = threading.RLock()
        self._together = 0
        self._open: sqlite3.Connection | None = None

    def __enter__(self) -> Archive:
        if not self._read_only:
            _prepare_folder(self.folder)
        self._open = index.open_index(self._path, read_only=self._read_only)
        if not self._read_only:
            self.issues = scan_folder(self._open, self.folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._close_writers()
            if self._open:
                self._open.commit()
                self._open.close()
                self._open = None

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._open is None:
            raise DataFolderError(f"{self._path}: the archive is not open")
        return self._open

    def store(self, page: Page) -> Capture:
        """Write a page to its source's WARC file; a body that the archive holds already is only referred to."""
        with self._lock:
            original = self._find_original(page)
            if original:
                page = replace(page, sha256=original.sha256)
            name, offset = self._append(page.source_id, write_page(page, original))
            http = {key.lower(): value for key, value in page.headers}
            capture = Capture(
                page.source_id, page.url, page.fetched_at, page.status, page.sha256, name, offset, page.kind,
                http.get("etag", ""), http.get("last-modified", ""),
            )  # fmt: skip
            capture = carry_over(capture, original) if original else capture
            body = index.find_body(self._connection, original) if original else None
            index.add_capture(self._connection, capture, body or (name, offset))
            self._commit()
            return capture

    def latest(self, url: str, *, probes: bool = False, sha256: str = "") -> Capture | None:
        """The newest capture of an address (with that body); pages only looked at for a date count with `probes`."""
        condition = (
            "url = ? AND (kind <> 'probe' OR ?) AND ? IN ('', sha256) "
            "ORDER BY fetched_at DESC, warc_file DESC, warc_offset DESC LIMIT 1"
        )
        with self._lock:
            return next(index.find_captures(self._connection, condition, (url, probes, sha256)), None)

    def captures(self, source_id: str | None = None, *, kind: str | None = None) -> Iterator[Capture]:
        """All captures (of one source, of one kind), oldest first."""
        condition = "(?1 IS NULL OR source_id = ?1) AND ?2 IN (kind, '') ORDER BY fetched_at, warc_file, warc_offset"
        with self._lock:
            found = list(index.find_captures(self._connection, condition, (source_id, kind or "")))
        yield from found

    def unread(self, source_id: str, since: datetime) -> list[Capture]:
        """The pages fetched after an instant that gave no article, as a kill between the two leaves them."""
        with self._lock:
            return list(index.find_unread(self._connection, source_id, since))

    def read(self, capture: Capture) -> Page:
        """The page of a capture, with its body wherever that lies; ArchiveError if the file is gone or damaged."""
        record = read_record_at(self.folder / capture.warc_file, capture.warc_offset)
        if record.kind != "revisit":
            return replace(read_page(record, record.payload), source_id=capture.source_id, sha256=capture.sha256)
        with self._lock:
            place = index.find_body(self._connection, capture)
        if place is None:
            raise ArchiveError(f"{capture.url}: not in the index; run `communiques archive reindex`")
        original = read_record_at(self.folder / place[0], place[1])
        told = original if capture.status == 304 else record
        page = read_page(told, original.payload)
        return replace(
            page, url=capture.url, fetched_at=capture.fetched_at, sha256=capture.sha256, is_unchanged=True,
            kind=capture.kind, source_id=capture.source_id,
        )  # fmt: skip

    def put_article(self, article: Article) -> bool:
        """Keep what was extracted; False if the newest version that is kept says the same."""
        with self._lock:
            newest = texts.find_newest(self._connection, article.article_id)
            if newest and newest.content_sha256 == article.content_sha256:
                return False
            data = texts.dump_article(article)
            urn, moment = f"{ARTICLE}:{article.article_id}", article.fetched_at or self._now()
            note = write_note(urn, data, moment, source_id=article.source_id, refers_to=article.capture)
            self._append(article.source_id, [note])
            texts.add_article(self._connection, article, data)
            self._commit()
            return True

    def articles(
        self, source_id: str | None = None, *, start: date | None = None, end: date | None = None
    ) -> Iterator[Article]:
        """The newest version of every article, in a fixed order; an undated one lies in every span of days."""
        return texts.walk_articles(self._connection, source_id, start, end)

    def dates(self, source_id: str) -> list[tuple[date | None, datetime | None]]:
        """The day of publication of every article of a source, and when it was first fetched; quick for any number."""
        with self._lock:
            return texts.find_dates(self._connection, source_id)

    def versions(self, article_id: str) -> list[Article]:
        """All versions of an article, oldest first."""
        with self._lock:
            return texts.find_versions(self._connection, article_id)

    def put_reading(self, article: Article, parser: str, reading: Reading) -> None:
        """Keep what a version of the parser read in this version of an article."""
        with self._lock:
            texts.add_reading(self._connection, article, parser, reading)
            self._commit()

    def reading(self, article: Article, parser: str) -> Reading | None:
        """What this version of the parser read in this version of the article, None if it has not yet."""
        with self._lock:
            return texts.find_reading(self._connection, article, parser)

    def mark_window(self, window: Window) -> None:
        """Note that a window was gone through to its end."""
        with self._lock:
            fields = {name: str(value) if isinstance(value, date) else value for name, value in asdict(window).items()}
            self._note(WINDOW, window.source_id, fields, self._now())
            index.add_window(self._connection, window)
            self._commit()

    def windows(self, source_id: str) -> list[Window]:
        """The windows of a source that are done."""
        with self._lock:
            return index.list_windows(self._connection, source_id)

    def state(self, source_id: str) -> dict[str, str]:
        """What a run noted about a source for the next one."""
        with self._lock:
            return index.find_states(self._connection, source_id)

    def set_state(self, source_id: str, name: str, value: str) -> None:
        """Note something about a source; the same value again costs nothing."""
        with self._lock:
            if self.state(source_id).get(name) == value:
                return
            moment = index.follow_state(self._connection, source_id, name, self._now())
            self._note(STATE, source_id, {"source_id": source_id, "name": name, "value": value}, moment)
            index.add_state(self._connection, source_id, name, value, moment)
            self._commit()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write the index once at the end of many puts; what a kill loses is found again in the WARC files."""
        self._together += 1
        try:
            yield
        finally:
            self._together -= 1
            self._commit()

    def reindex(self) -> list[Issue]:
        """Build the index anew from the WARC files alone; gives what was damaged."""
        with self._lock:
            self._close_writers()
            fresh = self._path.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            connection = index.open_index(fresh)
            issues = scan_folder(connection, self.folder)
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.close()
            self.__exit__(None, None, None)
            for suffix in ("-wal", "-shm"):
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)
            fresh.replace(self._path)
            self.__enter__()
            return issues

    def export_cdxj(self, path: Path) -> int:
        """Write the index that replay tools read to a file; gives the number of its lines."""
        return export_cdxj(self.folder, path)

    def forget(self, url: str) -> int:
        """Remove all that is kept of an address, its article included; gives the number of records that are gone.

        Other addresses that had the same body, word for word, lose it too and are fetched anew by the next run.
        """
        with self._lock:
            article_id = identify_article(url)
            rows = self._connection.execute("SELECT DISTINCT url FROM captures WHERE url = ?", (url,)).fetchall()
            versions = texts.find_versions(self._connection, article_id)
            urls = {url, *(str(row[0]) for row in rows), *(version.url for version in versions)}
            urls |= {version.capture.url for version in versions if version.capture}
            self._close_writers()
            removed = forget_urls(self.folder, frozenset(urls), frozenset({article_id}))
            self.reindex()
            return removed

    def is_forgotten(self, url: str) -> bool:
        """Whether an address was removed on request and must not be fetched again."""
        return digest_url(url) in read_forgotten(self.folder)

    def _find_original(self, page: Page) -> Capture | None:
        if page.status == 304:
            original = self.latest(page.url)
            if original is None:
                raise ArchiveError(f"{page.url}: 304, but no copy is in the archive")
            return original
        if not page.body:
            return None
        condition = "sha256 = ? AND body_file = warc_file AND body_offset = warc_offset ORDER BY url = ? DESC LIMIT 1"
        return next(index.find_captures(self._connection, condition, (page.sha256, page.url)), None)

    def _note(self, urn: str, source_id: str, fields: dict[str, object], moment: datetime) -> None:
        data = json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()
        self._append(source_id, [write_note(f"{urn}:{source_id}", data, moment, source_id=source_id)])

    def _append(self, source_id: str, members: list[bytes]) -> tuple[str, int]:
        if self._read_only:
            raise ArchiveError("the archive was opened for reading")
        if source_id not in self._writers:
            self._writers[source_id] = WarcWriter(self.folder / source_id, _SOFTWARE, self._is_whole, self._max_file)
        path, offsets = self._writers[source_id].append(members, self._now())
        name = path.relative_to(self.folder).as_posix()
        size = offsets[-1] + len(members[-1])
        self._connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (name, size))
        return name, offsets[0]

    def _close_writers(self) -> None:
        for writer in self._writers.values():
            writer.close()
        self._writers.clear()

    def _is_whole(self, path: Path) -> bool:
        """Whether the index knows all that a file holds: only then may it be appended to."""
        asked = (path.relative_to(self.folder).as_posix(),)
        row = self._connection.execute("SELECT size FROM files WHERE path = ?", asked).fetchone()
        return row is not None and int(row[0]) == path.stat().st_size

    def _commit(self) -> None:
        if not self._together:
            self._connection.commit()


def _prepare_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataFolderError(f"{folder}: {error.strerror}; choose another folder by --data") from error
