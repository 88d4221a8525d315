"""Removing an address from the archive on request: out of the files, and never fetched again."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from pipelines.archive.records import read_record
from pipelines.archive.warc import Member, lock_file, walk_members
from pipelines.errors import ArchiveError, LockedError

_LIST = "forgotten.txt"


def read_forgotten(folder: Path) -> frozenset[str]:
    """The digests of the addresses that were removed: the list itself must not keep what it forgets."""
    path = folder / _LIST
    return frozenset(path.read_text("utf-8").split()) if path.exists() else frozenset()


def digest_url(url: str) -> str:
    """How an address stands in the list."""
    return sha256(url.encode("utf-8", "replace")).hexdigest()


def forget_urls(folder: Path, urls: frozenset[str], article_ids: frozenset[str]) -> int:
    """Rewrite every file without the records of these addresses and articles; gives the number of records removed."""
    digests = read_forgotten(folder) | {digest_url(url) for url in urls}
    (folder / _LIST).write_text("".join(f"{digest}\n" for digest in sorted(digests)), encoding="utf-8")
    return sum(_rewrite(file, urls, article_ids) for file in sorted(folder.glob("*/*.warc.gz")))


def _rewrite(file: Path, urls: frozenset[str], article_ids: frozenset[str]) -> int:
    """Copy what stays; damaged stretches are left out, for nobody can tell what they hold."""
    stream = lock_file(file)
    if stream is None:
        raise LockedError(f"{file} is being written; try again when no run is under way")
    removed = 0
    fresh = file.with_name(file.name + ".part")
    with stream, fresh.open("wb") as out:
        for member in walk_members(file):
            if not isinstance(member, Member) or _concerns(member, urls, article_ids):
                removed += 1
                continue
            stream.seek(member.offset)
            out.write(stream.read(member.end - member.offset))
        if removed:
            fresh.replace(file)
    fresh.unlink(missing_ok=True)
    return removed


def _concerns(member: Member, urls: frozenset[str], article_ids: frozenset[str]) -> bool:
    try:
        record = read_record(member.plain)
    except ArchiveError:
        return True
    return record.url in urls or record.url.rpartition(":")[2] in article_ids
