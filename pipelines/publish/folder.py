"""Files and folders as a release needs them: written through to the disk, linked where unchanged, swapped by rename."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.errors import DataFolderError


@contextmanager
def explain_disk_errors(folder: Path) -> Iterator[None]:
    """A full disk or a read-only folder as a DataFolderError with its remedy."""
    try:
        yield
    except OSError as error:
        remedy = "make room or choose another folder with --data; what was published before stands unchanged"
        raise DataFolderError(f"{error.filename or folder}: {error.strerror}; {remedy}") from error


def write_file(path: Path, data: bytes) -> None:
    """Write a new file and have it on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, data: bytes) -> None:
    """Write a file aside and put it in its place at once."""
    aside = path.with_name(f".{path.name}.new")
    write_file(aside, data)
    aside.replace(path)
    sync_folder(path.parent)


def link_file(source: Path, target: Path) -> None:
    """A hard link, or a copy where the file system has none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
        with target.open("rb") as file:
            os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have a folder's entries on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Have the entries of a folder and of all folders in it on the disk."""
    for path, _, _ in os.walk(folder, topdown=False):
        sync_folder(Path(path))


def point_link(link: Path, target: str) -> None:
    """Let a symlink name another folder, at once."""
    aside = link.with_name(f".{link.name}.new")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    aside.replace(link)
    sync_folder(link.parent)
