"""One writer at a time on a data folder, and a data folder that can be written at all."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.errors import DataFolderError, LockedError


@contextmanager
def hold_folder(data: Path) -> Iterator[None]:
    """Keep other runs off the data folder while the block lasts; the system lets go when the process ends, however.

    Raises DataFolderError when the folder cannot be made or written, LockedError when another run holds it.
    """
    handle = _open_lock(data)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            owner = os.pread(handle, 100, 0).decode("utf-8", "replace").strip()
            raise LockedError(f"{data}: process {owner or 'unknown'} is writing here; wait until it ends") from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


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
