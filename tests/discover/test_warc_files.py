"""Pages out of WARC files that others crawled."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines.archive import Archive
from pipelines.discover import list_warcs, read_warc
from pipelines.errors import UsageError
from pipelines.models import Page
from tests.web.serving import NOW, make_source

SOURCE = make_source(mirrors=["miroir.example"])


def write_warc(path: Path, pages: list[tuple[str, bytes, str]], *, version: str = "1.0") -> Path:
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=path.suffix == ".gz", warc_version=version)
        for url, body, kind in pages:
            head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url, "response", payload=BytesIO(body), length=len(body), http_headers=head,
                warc_headers_dict={"WARC-Date": "2025-07-21T08:00:00Z"},
            )  # fmt: skip
            writer.write_record(record)
    return path


PAGES = [
    ("http://site.example/1/?utm_source=x", b"<p>un</p>", "text/html"),
    ("https://autre.example/1/", b"<p>autre</p>", "text/html"),
    ("https://www.site.example/2/", b"<p>deux</p>", "text/html; charset=utf-8"),
    ("https://miroir.example/3/", b"<p>trois</p>", "text/html"),
    ("https://site.example/logo.png", b"\x89PNG", "image/png"),
    ("http://[", b"<p>x</p>", "text/html"),
]


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_the_pages_of_declared_sources(tmp_path: Path, name: str) -> None:
    pages = list(read_warc(write_warc(tmp_path / name, PAGES), [SOURCE]))
    assert [(page.url, page.body) for page in pages] == [
        ("http://site.example/1/", b"<p>un</p>"),
        ("https://www.site.example/2/", b"<p>deux</p>"),
        ("https://miroir.example/3/", b"<p>trois</p>"),
    ]
    assert pages[0].fetched_at == datetime(2025, 7, 21, 8, tzinfo=UTC)
    assert pages[0].source_id == "site"


def test_they_can_be_archived(tmp_path: Path) -> None:
    page = next(read_warc(write_warc(tmp_path / "a.warc.gz", PAGES), [SOURCE]))
    with Archive(tmp_path / "data", now=lambda: NOW) as archive:
        assert archive.read(archive.store(page)).body == page.body


@pytest.mark.parametrize("cut", [1, 100, 300])
def test_a_file_cut_in_the_middle_gives_what_is_before(tmp_path: Path, cut: int) -> None:
    file = write_warc(
        tmp_path / "a.warc.gz", [(f"http://site.example/{n}/", b"x" * 500, "text/html") for n in range(9)]
    )
    file.write_bytes(file.read_bytes()[:-cut])
    pages = list(read_warc(file, [SOURCE]))
    assert 7 <= len(pages) <= 9


@pytest.mark.parametrize(
    "data", [b"", b"rubbish", b"\x1f\x8b\x08rubbish", b"WARC/1.0\r\nContent-Length: 99999999\r\n\r\n"]
)
def test_rubbish_gives_nothing(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(data)
    assert list(read_warc(file, [SOURCE])) == []


def test_wrong_lengths_do_not_hang(tmp_path: Path) -> None:
    file = write_warc(tmp_path / "a.warc", PAGES[:3])
    file.write_bytes(file.read_bytes().replace(b"Content-Length: 5", b"Content-Length: 9"))
    assert len(list(read_warc(file, [SOURCE]))) <= 2


def test_our_own_archive_can_be_read_back(tmp_path: Path) -> None:
    body = "<p>été</p>".encode()
    url, headers = "http://site.example/1/", (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    page = Page("site", url, url, NOW, 200, headers, body, sha256(body).hexdigest())
    with Archive(tmp_path, now=lambda: NOW) as archive:
        archive.store(page)
    [file] = list_warcs([tmp_path])
    assert [found.body for found in read_warc(file, [SOURCE])] == [body]


def test_paths_without_a_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=str(tmp_path)):
        list_warcs([tmp_path])
