"""The releases that a data folder keeps: the last ones, the tagged ones, and which of them is current."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from pipelines.errors import UsageError
from pipelines.publish.folder import explain_disk_errors, point_link
from pipelines.publish.manifest import MANIFEST, read_manifest

_TAG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def list_releases(data_folder: Path) -> list[str]:
    """The ids of the releases that are there, oldest first."""
    found = (data_folder / "releases").glob(f"*/{MANIFEST}")
    return sorted(path.parent.name for path in found if not path.parent.name.startswith("."))


def list_tags(data_folder: Path) -> dict[str, str]:
    """The release of every tag."""
    links = sorted((data_folder / "tags").glob("*"))
    return {link.name: link.readlink().name for link in links if link.is_symlink()}


def tag_release(data_folder: Path, tag: str, release_id: str) -> None:
    """Give a release a name, by which it can be cited and is kept; UsageError if the tag names another one."""
    if not _TAG.fullmatch(tag):
        raise UsageError(f"{tag!r} is no tag: letters, digits, dots, dashes and underscores, 64 at most")
    _require(data_folder, release_id)
    taken = list_tags(data_folder).get(tag)
    if taken not in (None, release_id):
        raise UsageError(f"the tag {tag} names {taken}; choose another one, for a citation must not change its meaning")
    with explain_disk_errors(data_folder):
        (data_folder / "tags").mkdir(exist_ok=True)
        point_link(data_folder / "tags" / tag, f"../releases/{release_id}")


def go_back(data_folder: Path, release_id: str) -> None:
    """Let `current` name an earlier release, or a later one again."""
    _require(data_folder, release_id)
    with explain_disk_errors(data_folder):
        point_link(data_folder / "current", f"releases/{release_id}")


def prune_releases(data_folder: Path, keep: int) -> list[str]:
    """Remove all but the last `keep` releases, the tagged ones and the current one; the removed ids are returned."""
    if keep < 1:
        raise UsageError(f"--keep {keep}: at least one release stays")
    releases = list_releases(data_folder)
    current = data_folder / "current"
    kept = {*releases[-keep:], *list_tags(data_folder).values()}
    kept |= {current.readlink().name} if current.is_symlink() else set()
    removed = [release_id for release_id in releases if release_id not in kept]
    with explain_disk_errors(data_folder):
        for release_id in removed:
            folder = data_folder / "releases" / release_id
            (folder / MANIFEST).unlink()  # first, so that a kill leaves no folder that looks whole
            shutil.rmtree(folder)
    return removed


def _require(data_folder: Path, release_id: str) -> None:
    known = list_releases(data_folder)
    if release_id not in known:
        raise UsageError(f"there is no release {release_id!r}; there are {', '.join(known) or 'none'}")
    read_manifest(data_folder / "releases" / release_id)
