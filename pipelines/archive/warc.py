"""WARC files on disk: appended to by one process at a time, rotated by size, and walked member by member."""

from __future__ import annotations

import fcntl
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pipelines.archive.records import Record, read_record, write_info
from pipelines.errors import ArchiveError, DataFolderError

MAX_FILE = 1_000_000_000  # bytes, the size that the WARC standard advises
_MAX_MEMBER = 100_000_000
_PIECE = 1 << 20


class WarcWriter:
    """Appends gzip members to the newest file of one source that no other process holds, else to a new one."""

    def __init__(self, folder: Path, software: str, is_whole: Callable[[Path], bool], max_file: int = MAX_FILE) -> None:
        self._folder = folder
        self._software = software
        self._is_whole = is_whole
        self._max_file = max_file
        self._stream: BinaryIO | None = None
        self._path: Path | None = None

    def append(self, members: list[bytes], moment: datetime) -> tuple[Path, list[int]]:
        """Write members to the end of the file; gives the file and the offset of each."""
        stream, path = self._open(moment)
        offsets = []
        at = stream.seek(0, os.SEEK_END)
        for member in members:
            offsets.append(at)
            at += len(member)
        try:
            stream.write(b"".join(members))
            stream.flush()
        except OSError as error:
            raise DataFolderError(f"{path}: cannot be written: {error.strerror}; make room or choose --data") from error
        return path, offsets

    def close(self) -> None:
        """Give the file back, with everything on the disk."""
        if self._stream:
            os.fsync(self._stream.fileno())
            self._stream.close()
        self._stream = self._path = None

    def _open(self, moment: datetime) -> tuple[BinaryIO, Path]:
        if self._stream and self._path and self._stream.tell() < self._max_file:
            return self._stream, self._path
        self.close()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            newest = max(self._folder.glob("*.warc.gz"), default=None)
            self._stream, self._path = (newest and self._reopen(newest)) or self._create(moment)
        except OSError as error:
            raise DataFolderError(f"{self._folder}: {error.strerror}; choose another folder by --data") from error
        return self._stream, self._path

    def _reopen(self, path: Path) -> tuple[BinaryIO, Path] | None:
        if not 0 < path.stat().st_size < self._max_file or not (stream := lock_file(path)):
            return None
        if not self._is_whole(path):
            stream.close()
            return None
        return stream, path

    def _create(self, moment: datetime) -> tuple[BinaryIO, Path]:
        for serial in range(10_000):
            path = self._folder / f"{self._folder.name}-{moment:%Y%m%d%H%M%S}-{serial:04d}.warc.gz"
            try:
                path.touch(exist_ok=False)
            except FileExistsError:
                continue
            if stream := lock_file(path):
                stream.write(write_info(path.name, self._software, moment))
                stream.flush()
                return stream, path
        raise DataFolderError(f"{self._folder}: no free name for a new file")


def lock_file(path: Path) -> BinaryIO | None:
    """The file opened for appending and locked for this process, None if another one holds it."""
    stream = path.open("r+b")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stream.close()
        return None
    stream.seek(0, os.SEEK_END)
    return stream


@dataclass(frozen=True, slots=True)
class Member:
    """One gzip member: where it lies and what is in it."""

    offset: int
    end: int
    plain: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of a file that is no record. `is_tail`: nothing sound follows, as after a kill in mid-write."""

    offset: int
    end: int
    reason: str
    is_tail: bool


def walk_members(path: Path, start: int = 0) -> Iterator[Member | Damage]:
    """Every member from an offset on; what cannot be read is stepped over to the next member and told."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        at = start
        while at < size:
            try:
                member = read_member(stream, at)
            except (ArchiveError, zlib.error) as error:
                following = _find_member(stream, at + 1)
                yield Damage(at, following or size, str(error), is_tail=following is None)
                at = following or size
                continue
            yield member
            at = member.end


def read_member(stream: BinaryIO, offset: int) -> Member:
    """The member that begins at an offset; ArchiveError or zlib.error if none ends there as it should."""
    stream.seek(offset)
    unpacker = zlib.decompressobj(wbits=31)
    parts: list[bytes] = []
    size = read = 0
    while not unpacker.eof:
        piece = stream.read(_PIECE)
        if not piece:
            raise ArchiveError(f"cut off at byte {offset + read}")
        read += len(piece)
        parts.append(unpacker.decompress(piece, _MAX_MEMBER - size))
        size += len(parts[-1])
        if unpacker.unconsumed_tail:
            raise ArchiveError(f"a record of more than {_MAX_MEMBER} bytes")
    return Member(offset, offset + read - len(unpacker.unused_data), b"".join(parts))


def read_record_at(path: Path, offset: int) -> Record:
    """The record at an offset of a file; ArchiveError if the file is gone or damaged there."""
    try:
        with path.open("rb") as stream:
            return read_record(read_member(stream, offset).plain)
    except zlib.error as error:
        raise ArchiveError(f"{path} at byte {offset}: {error}") from error
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror or error}; bring the file back or reindex") from error


def _find_member(stream: BinaryIO, start: int) -> int | None:
    """Where the next sound member begins, None if there is none."""
    at = start
    while True:
        stream.seek(at)
        piece = stream.read(_PIECE)
        if len(piece) < 18:
            return None
        found = piece.find(b"\x1f\x8b\x08")
        if found < 0:
            at += max(1, len(piece) - 2)
            continue
        try:
            return read_member(stream, at + found).offset
        except (ArchiveError, zlib.error):
            at += found + 1
