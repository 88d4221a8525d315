"""CDXJ, the index that replay tools read: one line a capture, sorted by reversed host, path and time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from pipelines.archive.records import Record, read_record
from pipelines.archive.warc import Member, walk_members
from pipelines.errors import ArchiveError


def export_cdxj(folder: Path, path: Path) -> int:
    """Write the CDXJ of all WARC files under a folder to a file; gives the number of lines."""
    lines = sorted(line for file in sorted(folder.glob("*/*.warc.gz")) for line in _walk_lines(folder, file))
    partial = path.with_name(path.name + ".part")
    partial.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    partial.replace(path)
    return len(lines)


def _walk_lines(folder: Path, file: Path) -> Iterator[str]:
    name = file.relative_to(folder).as_posix()
    for member in walk_members(file):
        if not isinstance(member, Member):
            continue
        try:
            record = read_record(member.plain)
        except ArchiveError:
            continue
        if record.kind in ("response", "revisit", "resource") and record.url.startswith("http"):
            yield _write_line(record, name, member)


def _write_line(record: Record, name: str, member: Member) -> str:
    stamp = "".join(char for char in record.headers.get("warc-date", "")[:19] if char.isdigit())
    http = {key.lower(): value for key, value in record.http_headers}
    is_revisit = record.kind == "revisit"
    fields = {
        "url": record.url,
        "mime": "warc/revisit" if is_revisit else http.get("content-type", "").split(";")[0].strip() or "unk",
        "status": str(record.status),
        "digest": record.headers.get("warc-payload-digest", "").removeprefix("sha1:"),
        "length": str(member.end - member.offset),
        "offset": str(member.offset),
        "filename": name,
    }
    return f"{reverse_url(record.url)} {stamp} {json.dumps(fields, ensure_ascii=False)}"


def reverse_url(url: str) -> str:
    """An address as indexes sort it.

    >>> reverse_url("https://www.lefaso.net/spip.php?article116135")
    'net,lefaso)/spip.php?article116135'
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    place = ",".join(reversed(host.split(".")))
    if parts.port not in (None, 80, 443):
        place += f":{parts.port}"
    path = parts.path.lower() or "/"
    path = path.rstrip("/") or "/"
    query = "&".join(sorted(parts.query.lower().split("&"))) if parts.query else ""
    return f"{place}){path}{f'?{query}' if query else ''}".replace(" ", "%20")
