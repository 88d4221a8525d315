"""Downloading a dump: the real client against a server on loopback, nothing beyond it."""

import io
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from pipelines.errors import ConfigError, FetchError, ForbiddenError, UsageError
from pipelines.gazetteer import download_country
from pipelines.gazetteer.download import GeoNamesSite
from pipelines.web.client import Client
from tests.gazetteer.test_dump import line


def zipped(*lines: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("ML.txt", "\n".join(lines))
        archive.writestr("readme.txt", "about")
    return buffer.getvalue()


class _Handler(BaseHTTPRequestHandler):
    pages: ClassVar[dict[str, bytes]] = {
        "/dump/ML.zip": zipped(line()),
        "/dump/BF.zip": b"<html>busy</html>",
        "/dump/TD.zip": zipped("torn"),
    }
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        body = self.pages.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[GeoNamesSite]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield GeoNamesSite(f"http://127.0.0.1:{server.server_port}/dump/", allow_private=True, min_delay_s=0)
    server.shutdown()
    server.server_close()


@pytest.fixture
def client() -> Client:
    return Client(now=lambda: datetime(2025, 1, 1, tzinfo=UTC), sleep=lambda _: None)


def test_a_country_is_fetched_and_imported(site: GeoNamesSite, client: Client, tmp_path: Path) -> None:
    [done] = download_country("ml", client, tmp_path, site=site)
    assert (done.country, done.points) == ("ML", 1)
    assert sorted(path.name for path in (tmp_path / "gazetteer").iterdir()) == ["ML.tsv", "ML.zip"]


def test_what_is_no_zip_or_torn_is_refused(site: GeoNamesSite, client: Client, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="no_zip"):
        download_country("BF", client, tmp_path, site=site)
    with pytest.raises(FetchError):
        download_country("ZZ", client, tmp_path, site=site)
    with pytest.raises(ConfigError, match="line 1: has 1 columns"):
        download_country("TD", client, tmp_path, site=site)
    assert not list(tmp_path.glob("gazetteer/*.tsv"))


@pytest.mark.parametrize("code", ["../ML", "MLI", "", "M1", "M/"])
def test_only_country_codes_are_asked_for(site: GeoNamesSite, client: Client, tmp_path: Path, code: str) -> None:
    before = len(_Handler.asked)
    with pytest.raises(UsageError):
        download_country(code, client, tmp_path, site=site)
    assert len(_Handler.asked) == before


def test_no_private_address_unless_declared(site: GeoNamesSite, client: Client, tmp_path: Path) -> None:
    with pytest.raises(ForbiddenError):
        download_country("ML", client, tmp_path, site=GeoNamesSite(site.address, allow_private=False))


def test_the_site_covers_its_own_address_only() -> None:
    site = GeoNamesSite()
    assert site.covers("https://download.geonames.org/export/dump/ML.zip")
    assert not site.covers("https://download.geonames.org/export/zip/ML.zip")
    assert not site.covers("https://download.geonames.org.example/export/dump/ML.zip")
