"""WARC files that others crawled (CC-NEWS and the like): the pages of declared sources in them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from pipelines.catalog.source import Source
from pipelines.discover.foreign import may_be_article
from pipelines.errors import UsageError
from pipelines.models import Page
from pipelines.web import canonicalise_url

_MAX_BYTES = 20_000_000
_PIECE = 1 << 20


def list_warcs(paths: Iterable[Path]) -> list[Path]:
    """The WARC files that the paths name, those inside folders included; UsageError for a path that has none.

    >>> list_warcs([Path("/no/such/folder")])
    Traceback (most recent call last):
    pipelines.errors.UsageError: /no/such/folder: no WARC file (*.warc or *.warc.gz) here
    """
    found: list[Path] = []
    for path in paths:
        files = [path] if path.is_file() else sorted([*path.rglob("*.warc.gz"), *path.rglob("*.warc")])
        if not files:
            raise UsageError(f"{path}: no WARC file (*.warc or *.warc.gz) here")
        found += files
    return list(dict.fromkeys(found))


def read_warc(path: Path, sources: Iterable[Source]) -> Iterator[Page]:
    """The HTML pages of these sources in one file, in its order, that may be articles; a file cut in the middle gives
    what is before the cut.

    A page's `fetched_at` is the day of that crawl, which is not the day of publication.
    """
    return (page for _, page in walk_warc(path, sources))


def walk_warc(path: Path, sources: Iterable[Source], start: int = 0) -> Iterator[tuple[int, Page]]:
    """The pages as `read_warc` gives them from the record at byte `start` on, each with the byte of its own record."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    hosts = {host: source for source in sources for host in source.hosts}

    def is_wanted(record: Any) -> bool:
        return _find_source(str(record.headers.get("WARC-Target-URI", "")), hosts) is not None

    with path.open("rb") as stream:
        stream.seek(start)
        records = iter(
            ArchiveIterator(
                stream, record_types=WarcRecordType.response, parse_http=True, func_filter=is_wanted,
                max_content_length=_MAX_BYTES, auto_decode="all",
            )
        )  # fmt: skip
        while True:
            try:
                record = next(records, None)
                page = _make_page(record, hosts) if record is not None else None
            except (OSError, ValueError, EOFError):
                return  # what follows a broken record cannot be told from rubbish
            if record is None:
                return
            if page:
                yield int(record.stream_pos), page


def find_damage(path: Path) -> str | None:
    """Why a WARC file cannot be read to its end, None for a whole one; needs little memory, whatever is in it."""
    with path.open("rb") as stream:
        if stream.read(2) == b"\x1f\x8b":
            stream.seek(0)
            return _find_torn_member(stream)
        stream.seek(0)
        return _find_torn_record(stream, path.stat().st_size)


def _find_torn_member(stream: BinaryIO) -> str | None:
    unpacker, rest = zlib.decompressobj(wbits=31), b""
    is_open = False
    try:
        while piece := rest or stream.read(_PIECE):
            is_open = True
            unpacker.decompress(piece, _PIECE)
            rest = unpacker.unconsumed_tail
            if unpacker.eof:
                rest, unpacker, is_open = unpacker.unused_data, zlib.decompressobj(wbits=31), False
    except zlib.error as error:
        return f"damaged before byte {stream.tell()}: {error}"
    return f"cut off at byte {stream.tell()}" if is_open else None


def _find_torn_record(stream: BinaryIO, size: int) -> str | None:
    while stream.tell() < size:
        at, length = stream.tell(), None
        if not stream.readline(100).startswith(b"WARC/"):
            return f"no record at byte {at}"
        while (line := stream.readline(_PIECE)).strip():
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length" and value.strip().isdigit():
                length = int(value)
        if length is None or stream.tell() + length > size:
            return f"cut off in the record at byte {at}"
        stream.seek(length, 1)
        stream.seek(-len(stream.read(4).lstrip(b"\r\n")), 1)  # records part by two empty lines, more or less
    return None


def _find_source(url: str, hosts: Mapping[str, Source]) -> Source | None:
    try:
        host = (urlsplit(url.strip("<>")).hostname or "").removeprefix("www.")
    except ValueError:
        return None
    return hosts.get(host)


def _make_page(record: Any, hosts: Mapping[str, Source]) -> Page | None:
    url = str(record.headers.get("WARC-Target-URI", "")).strip("<>")
    source = _find_source(url, hosts)
    http = record.http_headers
    taken = record.record_date
    if source is None or http is None or http.status_code != 200 or taken is None or not source.covers(url):
        return None
    if "html" not in str(record.http_content_type or "text/html"):
        return None
    address = canonicalise_url(url)
    if not may_be_article(source, address):
        return None
    headers = tuple((str(name), str(value)) for name, value in http.items())
    body = record.reader.read(_MAX_BYTES)
    return Page(source.id, address, address, _settle(taken), 200, headers, body, sha256(body).hexdigest())


def _settle(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
