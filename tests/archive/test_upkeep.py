"""What is done with an archive later: exported for replay tools, and pages removed on request."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

from pipelines.archive import Archive
from pipelines.web import identify_article
from tests.archive.test_archive import URL, describe, fill, list_files, make_article, make_page, now


def test_cdxj_names_every_capture(tmp_path: Path) -> None:
    with Archive(tmp_path, now=now) as archive:
        fill(archive)
        assert archive.export_cdxj(tmp_path / "index.cdxj") == 9
        captures = {(c.warc_file, c.warc_offset): c for c in archive.captures()}
    lines = (tmp_path / "index.cdxj").read_text().splitlines()
    assert lines == sorted(lines)
    for line in lines:
        key, stamp, fields = line.split(" ", 2)
        entry = json.loads(fields)
        capture = captures[entry["filename"], int(entry["offset"])]
        assert entry["url"] == capture.url
        assert key.startswith("net,lefaso)/spip.php?article")
        assert stamp == f"{capture.fetched_at:%Y%m%d%H%M%S}"
        with (tmp_path / "archive" / entry["filename"]).open("rb") as stream:
            stream.seek(int(entry["offset"]))
            assert stream.read(int(entry["length"])).startswith(b"\x1f\x8b")


def test_what_is_forgotten_is_gone(tmp_path: Path) -> None:
    secret = b"<p>une personne qui demande l'oubli</p>"
    article = make_article(
        article_id=identify_article(URL), body="une personne qui demande l'oubli", content_sha256="v9"
    )
    with Archive(tmp_path, now=now) as archive:
        fill(archive)
        before = describe(archive)
        capture = archive.store(make_page(secret, minute=90))
        archive.put_article(replace(article, capture=capture))
        assert archive.forget(URL) >= 3
        assert archive.is_forgotten(URL)
        assert not archive.is_forgotten(URL + "0")
        assert archive.latest(URL) is None
        assert archive.versions(article.article_id) == []
        assert describe(archive)[1] == before[1]
        archive.store(make_page(b"next", url=URL + "1", minute=99))
        assert archive.reindex() == []
    raw = b"".join(path.read_bytes() for path in (tmp_path / "archive").rglob("*") if path.is_file())
    assert secret not in raw
    for file in list_files(tmp_path):
        assert b"personne" not in gzip.decompress(file.read_bytes())
    assert URL not in (tmp_path / "archive" / "forgotten.txt").read_text()
