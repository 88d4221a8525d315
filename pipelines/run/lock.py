"""One writer at a time on a data folder, and a data folder that can be written at all."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipelines.errors import DataFolderError, LockedError

POLL_SECONDS = 0.5


@contextmanager
def hold_folder(data: Path, *, patience_s: float = 0.0) -> Iterator[None]:
    """Keep other runs off the data folder while the block lasts; the system lets go when the process ends, however.

    Raises DataFolderError when the folder cannot be made or written, LockedError when another run holds it and has
    not let go after `patience_s` seconds.
    """
    handle = _open_lock(data)
    try:
        _wait_for_lock(handle, data, patience_s)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _wait_for_lock(handle: int, data: Path, patience_s: float) -> None:
    end = time.monotonic() + patience_s
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() >= end:
                owner = os.pread(handle, 100, 0).decode("utf-8", "replace").strip() or "unknown"
                raise LockedError(f"{data}: process {owner} writes here; start again when it has ended") from error
        time.sleep(POLL_SECONDS)


def _open_lock(data: Path) -> int:
    try:
        data.mkdir(parents=True, exist_ok=True)
        return os.open(data / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        remedy = "name a folder that you may write with --data" if error.errno != errno.ENOSPC else "free some space"
        raise DataFolderError(f"{data}: cannot be written ({error.strerror}); {remedy}") from error


def check_folder(data: Path) -> None:
    """Make sure that a data folder can be written, before anything is started; raises DataFolderError if not."""
    os.close(_open_lock(data))
