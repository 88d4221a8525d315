"""Pages, windows and articles as WARC/1.1 records, and back."""

from __future__ import annotations

import re
import zlib
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlsplit

from pipelines.errors import ArchiveError
from pipelines.models import Capture, Page
from pipelines.web import list_reservations

# Bodies are kept decoded, so these headers no longer describe what lies in the file; they are kept under another name.
_TRANSPORT = ("content-encoding", "transfer-encoding", "content-length")
_ASIDE = "X-Archive-Orig-"
_SOURCE, _KIND, _SHA256, _FINAL, _RESERVED = (
    f"Communiques-{name}" for name in ("Source", "Kind", "Sha256", "Final-URI", "Reservations")
)
_NO_TOKEN = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_GZIP_LEVEL = 6
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_SAME_BODY = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOTE_TYPE = "application/vnd.communiques+json"


@dataclass(frozen=True, slots=True)
class Record:
    """One WARC record as read: its own headers, the HTTP part if it has one, and the payload."""

    kind: str  # warcinfo | request | response | revisit | metadata | resource
    headers: dict[str, str]  # names in lower case
    status: int
    http_headers: tuple[tuple[str, str], ...]
    payload: bytes

    @property
    def url(self) -> str:
        """The address that the record is about."""
        return self.headers.get("warc-target-uri", "")


def write_page(page: Page, original: Capture | None) -> list[bytes]:
    """The response (or, if `original` holds the same body, revisit) and the request of a page, each a gzip member.

    A page that came out of a site's interface, without a request of its own, is a resource record.
    """
    facts = {"WARC-Date": write_instant(page.fetched_at), _SOURCE: page.source_id, _KIND: page.kind}
    reserved = "; ".join(list_reservations(page)) if page.body else ""
    told = {
        **facts,
        _RESERVED: reserved,
        _SHA256: page.sha256,
        **({_FINAL: page.final_url} if page.final_url != page.url else {}),
    }
    if page.kind == "resource" and not original:
        content_type = next((value for name, value in page.headers if name.lower() == "content-type"), "text/html")
        return [_write("resource", page.url, page.body, {**told, "Content-Type": content_type}, None, content_type)]
    head = (f"{page.status} {_name_status(page.status)}", _set_aside(page, is_revisit=original is not None), "HTTP/1.1")
    if original:
        answer = _write("revisit", page.url, b"", told | _refer_to(page, original), head)
    else:
        answer = _write("response", page.url, page.body, told, head)
    asked = (f"GET {_write_target(page.final_url)} HTTP/1.1", _name_host(page), "")
    return [answer, _write("request", page.url, b"", facts, asked)]


def _refer_to(page: Page, original: Capture) -> dict[str, str]:
    # SHA-1 is what the field holds by custom; our own digest of the body stands beside it.
    digest = b32encode(sha1(page.body, usedforsecurity=False).digest()).decode()
    return {
        "WARC-Profile": _NOT_MODIFIED if page.status == 304 else _SAME_BODY,
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": write_instant(original.fetched_at),
        "WARC-Payload-Digest": f"sha1:{digest}" if page.body else "",
    }


def write_note(
    urn: str, data: bytes, moment: datetime, *, source_id: str = "", refers_to: Capture | None = None
) -> bytes:
    """A metadata record that holds JSON: an extracted article, a finished window."""
    facts = {"WARC-Date": write_instant(moment), _SOURCE: source_id, "Content-Type": NOTE_TYPE}
    if refers_to:
        facts |= {
            "WARC-Refers-To-Target-URI": refers_to.url,
            "WARC-Refers-To-Date": write_instant(refers_to.fetched_at),
        }
    return _write("metadata", urn, data, facts, None, NOTE_TYPE)


def write_info(filename: str, software: str, moment: datetime) -> bytes:
    """The warcinfo record that a file begins with."""
    fields = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    facts = {"WARC-Date": write_instant(moment), "WARC-Filename": filename}
    return _write("warcinfo", "", fields, facts, None, "application/warc-fields")


def read_record(plain: bytes) -> Record:
    """The record in one uncompressed gzip member; ArchiveError if its parts or lengths do not fit."""
    from fastwarc.warc import ArchiveIterator

    record = next(iter(ArchiveIterator(BytesIO(plain), parse_http=True)), None)
    if record is None:
        raise ArchiveError("a record without a WARC header")
    headers = {name.lower(): value for name, value in record.headers.items()}
    kind = str(headers.get("warc-type", "")).lower()
    end = plain.find(b"\r\n\r\n") + 4
    if len(plain) - end < int(headers.get("content-length", "0") or 0):
        raise ArchiveError(f"the record of {headers.get('warc-target-uri', '?')} is shorter than it says")
    http: Any = record.http_headers if record.is_http_parsed else None
    pairs = tuple(_put_back(http.items())) if http is not None and kind in ("response", "revisit") else ()
    status = int(http.status_code or 0) if http is not None and kind in ("response", "revisit") else 0
    return Record(kind, headers, status, pairs, record.reader.read())


def read_page(record: Record, body: bytes) -> Page:
    """The page of a response or revisit record, with the body that belongs to it."""
    headers = record.headers
    return Page(
        source_id=headers.get(_SOURCE.lower(), ""),
        url=record.url,
        final_url=headers.get(_FINAL.lower(), record.url),
        fetched_at=read_instant(headers.get("warc-date", "")),
        status=200 if record.kind == "resource" else record.status,
        headers=record.http_headers or (("Content-Type", headers.get("content-type", "")),),
        body=body,
        sha256=headers.get(_SHA256.lower(), ""),
        is_unchanged=record.kind == "revisit",
        kind=headers.get(_KIND.lower(), "article"),
    )


def write_instant(moment: datetime) -> str:
    """An instant as WARC/1.1 writes it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read_instant(words: str) -> datetime:
    """The instant in a WARC-Date; ArchiveError if it is none."""
    try:
        return datetime.fromisoformat(words).astimezone(UTC)
    except ValueError as error:
        raise ArchiveError(f"WARC-Date {words[:40]!r} is no instant") from error


def _write(
    kind: str, url: str, payload: bytes, facts: dict[str, str],
    http: tuple[str, Iterable[tuple[str, str]], str] | None, content_type: str = "",
) -> bytes:  # fmt: skip
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    plain = BytesIO()
    writer = WARCWriter(plain, gzip=False, warc_version="1.1")
    head = None
    if http:
        lines = [(_NO_TOKEN.sub("-", name), _NOT_ASCII.sub(_encode, _tidy(value))) for name, value in http[1] if name]
        head = StatusAndHeaders(http[0], lines, protocol=http[2], is_http_request=kind == "request")
    tidy = {name: _tidy(value) for name, value in facts.items() if value}
    record = writer.create_warc_record(
        _tidy(url), kind, payload=BytesIO(payload), length=len(payload), warc_content_type=content_type,
        warc_headers_dict=tidy, http_headers=head,
    )  # fmt: skip
    writer.write_record(record)
    packer = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return packer.compress(plain.getvalue()) + packer.flush()


def _encode(found: re.Match[str]) -> str:
    """Characters that are not ASCII in a header as percent signs, in which warcio fails where a ";" stands before."""
    return quote(found.group(), errors="replace")


def _set_aside(page: Page, *, is_revisit: bool) -> list[tuple[str, str]]:
    pairs = [(_ASIDE + name if name.lower() in _TRANSPORT else name, value) for name, value in page.headers]
    return pairs if is_revisit else [*pairs, ("Content-Length", str(len(page.body)))]


def _put_back(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    for name, value in pairs:
        if name.lower().startswith(_ASIDE.lower()):
            yield name[len(_ASIDE) :], value
        elif name.lower() not in _TRANSPORT:
            yield name, value


def _tidy(value: str) -> str:
    """A header's text on one line; what a hostile site puts into a name or an address must not become a record."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", value).encode("utf-8", "replace").decode().strip()


def _name_status(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def _write_target(url: str) -> str:
    parts = urlsplit(url)
    return quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe="%/:@!$&'()*+,;=~-._?[]")


def _name_host(page: Page) -> list[tuple[str, str]]:
    return [("Host", urlsplit(page.final_url).netloc), *page.request_headers]
