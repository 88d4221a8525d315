"""WARC files that others crawled (CC-NEWS and the like): the pages of declared sources in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipelines.catalog.source import Source
from pipelines.errors import UsageError
from pipelines.models import Page
from pipelines.web import canonicalise_url

_MAX_BYTES = 20_000_000


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
    """The HTML pages of these sources in one file, in its order; a file cut in the middle gives what is before the cut.

    A page's `fetched_at` is the day of that crawl, which is not the day of publication.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    hosts = {host: source for source in sources for host in source.hosts}

    def is_wanted(record: Any) -> bool:
        return _find_source(str(record.headers.get("WARC-Target-URI", "")), hosts) is not None

    with path.open("rb") as stream:
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
                yield page


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
    headers = tuple((str(name), str(value)) for name, value in http.items())
    body = record.reader.read(_MAX_BYTES)
    return Page(source.id, address, address, _settle(taken), 200, headers, body, sha256(body).hexdigest())


def _settle(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
