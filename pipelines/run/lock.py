"""One writer at a time on a data folder, and a data folder that can be written at all."""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import gethostname

from pipelines.errors import DataFolderError, LockedError

LOG = logging.getLogger(__name__)
POLL_SECONDS = 0.5
NOTE_BYTES = 400
LEAST_FREE = 20 * 2**20  # bytes: Prefect's own history takes some of them
TIME = "%Y-%m-%dT%H:%M:%SZ"


class FolderLock:
    """A held data folder; a long run may lend it to those who wait for it."""

    def __init__(self, data: Path, handle: int) -> None:
        self._data = data
        self._handle = handle

    def is_wanted(self) -> bool:
        """Whether another run waits for the folder."""
        with _open_queue(self._data) as queue:
            return not _try_lock(queue, fcntl.LOCK_EX)

    def lend(self) -> None:
        """Let those who wait have the folder, one after the other, and take it back when they are done."""
        with _open_queue(self._data) as queue:
            os.ftruncate(self._handle, 0)
            fcntl.flock(self._handle, fcntl.LOCK_UN)
            fcntl.flock(queue, fcntl.LOCK_EX)  # when nobody waits any more
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        self.sign()

    def sign(self) -> None:
        """Say who holds the folder, for those who find it held."""
        with _explain(self._data):
            os.ftruncate(self._handle, 0)
            os.pwrite(self._handle, f"{os.getpid()} on {gethostname()} since {datetime.now(UTC):{TIME}}\n".encode(), 0)


@contextmanager
def hold_folder(data: Path, *, patience_s: float = 0.0) -> Iterator[FolderLock]:
    """Keep other runs off the data folder while the block lasts; the system lets go when the process ends, however.

    Raises DataFolderError when the folder cannot be made or written, LockedError when another run holds it and has
    not let go after `patience_s` seconds.
    """
    handle = _open_lock(data)
    try:
        _wait_for_lock(handle, data, patience_s)
        _warn_of_crash(handle, data)
        lock = FolderLock(data, handle)
        lock.sign()
        try:
            yield lock
        finally:
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _wait_for_lock(handle: int, data: Path, patience_s: float) -> None:
    if _try_lock(handle, fcntl.LOCK_EX):
        return
    end = time.monotonic() + patience_s
    with _open_queue(data) as queue:
        _try_lock(queue, fcntl.LOCK_SH)  # in vain only while a lender looks whether anybody waits
        while not _try_lock(handle, fcntl.LOCK_EX):
            if time.monotonic() >= end:
                owner = describe_owner(_read_note(handle), datetime.now(UTC))
                raise LockedError(f"{data}: {owner} writes here; start again when it has ended")
            time.sleep(POLL_SECONDS)
            _try_lock(queue, fcntl.LOCK_SH)


def _try_lock(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _open_queue(data: Path) -> Iterator[int]:
    """The file that everyone who waits for the folder holds a shared lock on."""
    with _explain(data):
        handle = os.open(data / ".queue", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        yield handle
    finally:
        os.close(handle)


def _warn_of_crash(handle: int, data: Path) -> None:
    """A note of a run that holds the folder no longer was left by one that was killed; it stands in nobody's way."""
    note = _read_note(handle)
    if note:
        LOG.warning("%s: %s ended before it was done; going on", data, describe_owner(note, datetime.now(UTC)))


def _read_note(handle: int) -> str:
    return os.pread(handle, NOTE_BYTES, 0).decode("utf-8", "replace").strip()


def describe_owner(note: str, now: datetime) -> str:
    """Who holds a folder by the note in its lock, and for how long.

    >>> describe_owner("812 on host since 2026-05-01T10:00:00Z", datetime(2026, 5, 1, 12, 5, tzinfo=UTC))
    'process 812 on host, for 2:05:00 (since 2026-05-01T10:00:00Z),'
    """
    who, _, since = note.partition(" since ")
    try:
        seconds = round((now - datetime.fromisoformat(since)).total_seconds())
    except ValueError:
        return "another process"
    return f"process {who}, for {timedelta(seconds=max(0, seconds))} (since {since}),"


def _open_lock(data: Path) -> int:
    os.umask(os.umask(0o022) | 0o022)  # what a run writes, nobody else may change, whatever the shell allows
    with _explain(data):
        data.mkdir(parents=True, exist_ok=True)
        return os.open(data / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


@contextmanager
def _explain(data: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        remedy = "name a folder that you may write with --data" if error.errno != errno.ENOSPC else "free some space"
        raise DataFolderError(f"{data}: cannot be written ({error.strerror}); {remedy}") from error


def check_folder(data: Path) -> None:
    """Make sure that a data folder can be written and has room, before anything is started; DataFolderError if not."""
    os.close(_open_lock(data))
    free = shutil.disk_usage(data).free
    if free < LEAST_FREE:
        raise DataFolderError(
            f"{data}: the disk is full ({free // 2**20} MB are free, a run needs {LEAST_FREE // 2**20}); "
            "make room or name another folder with --data; what is published stands unchanged"
        )
