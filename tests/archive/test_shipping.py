"""Finished WARC files in a bucket, on a real S3 server on loopback."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from pipelines.archive import Archive, ship_files
from pipelines.cli import main
from pipelines.errors import DataFolderError
from pipelines.models import Page
from pipelines.web import open_bucket
from tests.publish.test_mirror import Bucket, bucket, server  # noqa: F401 - fixtures
from tests.web.serving import NOW

SMALL = 2000  # bytes, after which a file is full


def fill_archive(data: Path, pages: range) -> Path:
    """An archive of several small files for each of two sources."""
    with Archive(data, now=lambda: NOW + timedelta(seconds=pages.start), max_file=SMALL) as archive:
        for number in pages:
            body = sha256(str(number).encode()).hexdigest().encode() * 20
            url = f"http://site.example/{number}/"
            name = f"source-{number % 2}"
            archive.store(Page(name, url, url, NOW, 200, (), body, sha256(body).hexdigest()))
    return data / "archive"


def list_files(folder: Path) -> dict[str, bytes]:
    return {f"sahel/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in folder.rglob("*.warc.gz")}


def find_open(folder: Path) -> set[str]:
    newest = {max(source.glob("*.warc.gz")) for source in folder.iterdir()}
    return {f"sahel/{p.relative_to(folder).as_posix()}" for p in newest if p.stat().st_size < SMALL}


def test_finished_files_are_sent_once(tmp_path: Path, bucket: Bucket) -> None:  # noqa: F811
    folder = fill_archive(tmp_path, range(21))
    place = open_bucket(bucket.address, bucket.client)
    first = ship_files(folder, place, max_file=SMALL)
    files, still_open = list_files(folder), find_open(folder)
    assert still_open
    assert bucket.files() == {key: body for key, body in files.items() if key not in still_open}
    assert first == (len(files) - len(still_open), 0)
    assert ship_files(folder, place, max_file=SMALL) == (0, first.sent)


def test_a_file_that_grew_is_sent_again(tmp_path: Path, bucket: Bucket) -> None:  # noqa: F811
    folder = fill_archive(tmp_path, range(21))
    place = open_bucket(bucket.address, bucket.client)
    ship_files(folder, place, everything=True)
    assert bucket.files() == list_files(folder)
    fill_archive(tmp_path, range(21, 24))
    assert 0 < ship_files(folder, place, everything=True).sent < len(list_files(folder))
    assert bucket.files() == list_files(folder)


def test_a_shipment_that_broke_off_goes_on(tmp_path: Path, bucket: Bucket) -> None:  # noqa: F811
    folder, calls = fill_archive(tmp_path, range(21)), []

    def break_off(**kwargs):
        calls.append(kwargs)
        if len(calls) > 3:
            raise OSError("the cable was pulled")

    bucket.client.meta.events.register("before-send.s3.PutObject", break_off)
    with pytest.raises((OSError, DataFolderError)):
        ship_files(folder, open_bucket(bucket.address, bucket.client), everything=True)
    bucket.client.meta.events.unregister("before-send.s3.PutObject", break_off)
    assert len(bucket.files()) == 3
    assert ship_files(folder, open_bucket(bucket.address, bucket.client), everything=True).present == 3
    assert bucket.files() == list_files(folder)


def test_by_command(tmp_path: Path, bucket: Bucket, server: str, monkeypatch, capfd) -> None:  # noqa: F811
    folder = fill_archive(tmp_path, range(5))
    for name, value in {
        "AWS_ENDPOINT_URL": server, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    assert main(["archive", "ship", bucket.address, "--all", "--data", str(tmp_path)]) == 0
    assert bucket.files() == list_files(folder)
    assert capfd.readouterr().out == f"{len(list_files(folder))} files sent, 0 were there\n"
    assert main(["archive", "ship", "s3://nowhere/x", "--all", "--data", str(tmp_path)]) == 2
    assert "run again" in capfd.readouterr().err
    assert main(["archive", "ship", "nowhere", "--data", str(tmp_path)]) == 2
    assert "is no bucket" in capfd.readouterr().err
