"""The archive: what goes in comes out, whatever kills the process, and the index is only a copy."""

from __future__ import annotations

import gzip
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipelines.archive import Archive
from pipelines.errors import ArchiveError, DataFolderError
from pipelines.models import Article, Issue, Page, Reading, Window

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
URL = "https://lefaso.net/spip.php?article116135"


def now() -> datetime:
    return NOW


def make_page(body: bytes = b"<p>Nouna</p>", *, url: str = URL, minute: int = 0, status: int = 200, **keys) -> Page:
    headers = (("Content-Type", "text/html"), ("ETag", '"v1"'), ("Content-Encoding", "gzip"), ("Content-Length", "9"))
    given_keys = {
        "source_id": "lefaso", "url": url, "final_url": url, "fetched_at": NOW + timedelta(minutes=minute),
        "status": status, "headers": headers, "body": body, "sha256": sha256(body).hexdigest(),
        "request_headers": (("User-Agent", "communiques"),),
    }  # fmt: skip
    return Page(**given_keys | keys)


def make_article(**keys) -> Article:
    article = Article(
        article_id="0123456789abcdef", source_id="lefaso", outlet="LeFaso.net", outlet_country="BF", url=URL,
        language="fr", title="Titre", body="Corps", published_at=NOW, published_date=NOW.date(), fetched_at=NOW,
        content_sha256="v1",
    )  # fmt: skip
    return replace(article, **keys)


def list_files(folder: Path) -> list[Path]:
    return sorted((folder / "archive").rglob("*.warc.gz"))


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    page = make_page(final_url="https://www.lefaso.net/spip.php?article116135", kind="listing")
    with Archive(tmp_path, now=now) as archive:
        capture = archive.store(page)
        assert archive.latest(URL) == capture
        found = archive.read(capture)
    assert replace(found, request_headers=page.request_headers) == page


def test_an_unchanged_body_is_only_referred_to(tmp_path: Path) -> None:
    body = b"x" * 50_000
    with Archive(tmp_path, now=now) as archive:
        archive.store(make_page(body))
        size = list_files(tmp_path)[0].stat().st_size
        again = archive.store(make_page(body, minute=5))
        third = archive.store(make_page(b"", minute=9, status=304, headers=()))
        other = archive.store(make_page(body, url=URL + "0", minute=10))
        assert [archive.read(capture).body for capture in (again, third, other)] == [body] * 3
        assert archive.latest(URL) == third
        assert (third.sha256, third.etag) == (again.sha256, '"v1"')
        assert archive.read(third).status == 200
        assert archive.read(third).is_unchanged
        assert list_files(tmp_path)[0].stat().st_size < size + 6000


def test_a_304_without_a_copy_is_an_error(tmp_path: Path) -> None:
    with Archive(tmp_path, now=now) as archive, pytest.raises(ArchiveError):
        archive.store(make_page(b"", status=304))


def test_probes_are_known_only_to_those_who_ask(tmp_path: Path) -> None:
    with Archive(tmp_path, now=now) as archive:
        capture = archive.store(make_page(kind="probe"))
        assert archive.latest(URL) is None
        assert archive.latest(URL, probes=True) == capture


def test_hostile_names_do_not_become_records(tmp_path: Path) -> None:
    url = "https://lefaso.net/a\r\nWARC-Type: response\x00"
    headers = (("X-Evil", "a\r\n\r\nHTTP/1.1 200 OK"), ("X-\nBad\x00", "é漢"), ("ETag", '"e"'))
    with Archive(tmp_path, now=now) as archive:
        capture = archive.store(make_page(b"body", url=url, headers=headers))
        assert archive.read(capture).body == b"body"
        assert archive.read(capture).kind == "article"
        before = [replace(c, url="") for c in archive.captures()]
        assert archive.reindex() == []
        assert [replace(c, url="") for c in archive.captures()] == before


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(body=b"", headers=[("0", ";\x80=0")], url="", status=200)  # warcio alone fails on it
@given(
    body=st.binary(max_size=300),
    headers=st.lists(st.tuples(st.text(max_size=12), st.text(max_size=20)), max_size=4),
    url=st.text(max_size=30),
    status=st.sampled_from([200, 203, 206]),
)
def test_any_page_survives(
    tmp_path_factory, body: bytes, headers: list[tuple[str, str]], url: str, status: int
) -> None:
    with Archive(tmp_path_factory.mktemp("any"), now=now) as archive:
        capture = archive.store(make_page(body, url=f"https://x.ml/{url}", headers=tuple(headers), status=status))
        page = archive.read(capture)
        assert (page.body, page.status) == (body, status)


def test_versions_of_an_article(tmp_path: Path) -> None:
    first = make_article()
    second = make_article(body="Corps corrigé", content_sha256="v2", fetched_at=NOW + timedelta(hours=1))
    with Archive(tmp_path, now=now) as archive:
        assert archive.put_article(first)
        assert not archive.put_article(first)
        assert archive.put_article(second)
        assert list(archive.articles()) == [second]
        assert archive.versions(first.article_id) == [first, second]
        back = replace(first, fetched_at=NOW + timedelta(hours=2))
        assert archive.put_article(back)
        assert list(archive.articles()) == [back]


def test_articles_by_source_and_day(tmp_path: Path) -> None:
    days = [date(2025, 7, 1), date(2025, 7, 20), None]
    articles = [
        make_article(article_id=f"{n:016x}", published_date=day, source_id=source)
        for n, (day, source) in enumerate((d, s) for d in days for s in ("aib", "lefaso"))
    ]
    with Archive(tmp_path, now=now) as archive:
        for article in articles:
            archive.put_article(article)
        assert len(list(archive.articles())) == 6
        assert {a.source_id for a in archive.articles("aib")} == {"aib"}
        july = list(archive.articles("aib", start=date(2025, 7, 10), end=date(2025, 7, 31)))
        assert {a.published_date for a in july} == {date(2025, 7, 20), None}


def test_readings_are_of_one_version_and_one_parser(tmp_path: Path) -> None:
    article = make_article()
    reading = Reading(article.article_id, True, True, "FAMa", date(2025, 7, 1), issues=(Issue("parse", "x", "é"),))
    with Archive(tmp_path, now=now) as archive:
        archive.put_reading(article, "1", reading)
        assert archive.reading(article, "1") == reading
        assert archive.reading(article, "2") is None
        assert archive.reading(replace(article, content_sha256="v2"), "1") is None


def fill(archive: Archive) -> None:
    for n in range(8):
        capture = archive.store(make_page(f"<p>{n % 5}</p>".encode(), url=f"{URL}{n}", minute=n, kind="article"))
        archive.put_article(make_article(article_id=f"{n:016x}", capture=capture))
    archive.store(make_page(b"", url=f"{URL}3", minute=30, status=304, headers=()))
    archive.mark_window(Window("lefaso", date(2025, 7, 1), date(2025, 7, 31), found=8))
    archive.set_state("lefaso", "last_visit", "2026-05-01")
    archive.set_state("lefaso", "last_visit", "2026-05-02")


def describe(archive: Archive) -> object:
    captures = list(archive.captures())
    bodies = [archive.read(capture) for capture in captures]
    notes = (archive.windows("lefaso"), archive.state("lefaso"))
    return captures, bodies, list(archive.articles()), notes


@pytest.mark.parametrize("max_file", [10**9, 1500])
def test_the_index_is_rebuilt_from_the_files_alone(tmp_path: Path, max_file: int) -> None:
    with Archive(tmp_path, now=now, max_file=max_file) as archive:
        fill(archive)
        before = describe(archive)
        assert archive.reindex() == []
        assert describe(archive) == before
    for file in tmp_path.glob("index.sqlite*"):
        file.unlink()
    with Archive(tmp_path, now=now) as archive:
        assert describe(archive) == before
    assert (len(list_files(tmp_path)) > 1) == (max_file == 1500)


def test_a_clock_that_was_wrong_for_a_run_neither_freezes_what_is_noted_nor_breaks_the_index(tmp_path: Path) -> None:
    later = NOW + timedelta(days=400)
    with Archive(tmp_path, now=lambda: later) as archive:
        archive.store(make_page(minute=400 * 24 * 60))
        archive.set_state("lefaso", "failures", "many")
    with Archive(tmp_path, now=now) as archive:
        archive.set_state("lefaso", "failures", "some")
        archive.set_state("lefaso", "failures", "none")
        archive.store(make_page(b"", status=304, headers=()))
        assert archive.state("lefaso") == {"failures": "none"}
        before = describe(archive)
        assert archive.reindex() == []
        assert describe(archive) == before


def test_the_next_run_goes_on_in_the_same_file(tmp_path: Path) -> None:
    for minute in range(3):
        with Archive(tmp_path, now=now) as archive:
            archive.store(make_page(str(minute).encode(), minute=minute))
    assert len(list_files(tmp_path)) == 1


def test_a_file_is_never_shared(tmp_path: Path) -> None:
    with Archive(tmp_path, now=now) as first, Archive(tmp_path, now=now) as second:
        first.store(make_page(b"1"))
        second.store(make_page(b"2", url=URL + "2"))
        assert len(list_files(tmp_path)) == 2
    with Archive(tmp_path, now=now) as archive:
        assert len(list(archive.captures())) == 2


@pytest.mark.parametrize("cut", [1, 7, 40, 200])
def test_a_torn_last_record_is_kept_aside(tmp_path: Path, cut: int) -> None:
    with Archive(tmp_path, now=now) as archive:
        fill(archive)
        archive.store(make_page(b"lost" * 500, url=URL + "9"))
        before = len(list(archive.captures()))
    file = list_files(tmp_path)[0]
    file.write_bytes(file.read_bytes()[:-cut])
    (tmp_path / "index.sqlite").unlink()
    with Archive(tmp_path, now=now) as archive:
        assert [issue.code for issue in archive.issues] == ["torn_record"]
        assert before - 1 <= len(list(archive.captures())) <= before
        archive.store(make_page(b"next", url=URL + "10"))
        assert archive.reindex() == []
    assert len(list(file.parent.glob("*.torn-*"))) == 1


@pytest.mark.parametrize("tail", [b"rubbish", b"\x1f\x8b\x08", b"\x00" * 5000, b"\x1f\x8b\x08\x00" * 300])
def test_rubbish_behind_the_last_record_is_kept_aside(tmp_path: Path, tail: bytes) -> None:
    with Archive(tmp_path, now=now) as archive:
        fill(archive)
        before = describe(archive)
    file = list_files(tmp_path)[0]
    whole = file.read_bytes()
    file.write_bytes(whole + tail)
    with Archive(tmp_path, now=now) as archive:
        assert [issue.code for issue in archive.issues] == ["torn_record"]
        assert describe(archive) == before
    assert file.read_bytes() == whole


def test_damage_in_the_middle_costs_one_record(tmp_path: Path) -> None:
    with Archive(tmp_path, now=now) as archive:
        fill(archive)
        captures = list(archive.captures())
    file = list_files(tmp_path)[0]
    data = bytearray(file.read_bytes())
    data[captures[4].warc_offset + 30 : captures[4].warc_offset + 60] = b"\xff" * 30
    file.write_bytes(data)
    with Archive(tmp_path, now=now) as archive:
        with pytest.raises(ArchiveError):
            archive.read(captures[4])
        issues = archive.reindex()
        assert [issue.code for issue in issues] == ["damaged_record"]
        assert len(list(archive.captures())) == len(captures) - 1


def test_a_missing_file_is_an_error_of_its_pages(tmp_path: Path) -> None:
    with Archive(tmp_path, now=now) as archive:
        capture = archive.store(make_page())
    list_files(tmp_path)[0].unlink()
    with Archive(tmp_path, now=now) as archive, pytest.raises(ArchiveError, match="warc"):
        archive.read(capture)


KILLED = """
import os, sys
from pathlib import Path
from tests.archive.test_archive import make_page, now, URL
from pipelines.archive import Archive
with Archive(Path(sys.argv[1]), now=now) as archive:
    for n in range(1000):
        archive.store(make_page(os.urandom(3000), url=f"{URL}{n}", minute=n))
        print(n, flush=True)
"""


def test_a_kill_loses_nothing_that_was_told(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout
    told = [int(child.stdout.readline()) for _ in range(40)]
    child.kill()
    told += [int(line) for line in child.stdout.read().split()]
    child.stdout.close()
    child.wait()
    with Archive(tmp_path, now=now) as archive:
        for n in told:
            capture = archive.latest(f"{URL}{n}")
            assert capture
            assert len(archive.read(capture).body) == 3000


def test_the_tools_that_people_use_read_it(tmp_path: Path) -> None:
    from fastwarc.warc import ArchiveIterator
    from warcio.archiveiterator import ArchiveIterator as OtherIterator
    from warcio.checker import Checker

    with Archive(tmp_path, now=now) as archive:
        fill(archive)
    file = list_files(tmp_path)[0]
    with file.open("rb") as stream:
        kinds = [record.rec_type for record in OtherIterator(stream)]
    assert kinds.count("response") == 5
    assert kinds.count("revisit") == 4
    assert len(list(ArchiveIterator(str(file)))) == len(kinds)
    checker = Checker(type("Command", (), {"inputs": [str(file)], "verbose": False})())
    checker.process_all()
    assert checker.exit_value == 0


def break_index(path: Path) -> None:
    path.write_bytes(b"no database at all, but long enough to be looked at" * 30)


def make_foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (x)")
    connection.close()


@pytest.mark.parametrize("spoil", [break_index, make_foreign])
def test_a_spoilt_index_says_what_to_do(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    with Archive(tmp_path, now=now) as archive:
        fill(archive)
    for file in tmp_path.glob("index.sqlite*"):
        file.unlink()
    spoil(tmp_path / "index.sqlite")
    with pytest.raises(DataFolderError, match="reindex"):
        Archive(tmp_path, now=now).__enter__()


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("no folder")
    with pytest.raises(DataFolderError, match="--data"):
        Archive(tmp_path, now=now).__enter__()


def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    with Archive(tmp_path, now=now) as archive:
        fill(archive)
        with Archive(tmp_path, now=now, read_only=True) as reader:
            assert len(list(reader.articles())) == 8
            with pytest.raises(ArchiveError):
                reader.store(make_page(b"x"))


def test_reservations_are_recorded_with_the_fetch(tmp_path: Path) -> None:
    with Archive(tmp_path, now=now) as archive:
        archive.store(make_page(b"x", headers=(("TDM-Reservation", "1"),)))
    assert b"Communiques-Reservations: tdm-reservation: 1" in gzip.decompress(list_files(tmp_path)[0].read_bytes())


def test_pages_that_a_kill_left_unread_are_found(tmp_path: Path) -> None:
    with Archive(tmp_path, now=now) as archive:
        for n in range(3):
            capture = archive.store(make_page(str(n).encode(), url=f"{URL}{n}", minute=n))
            if n != 1:
                archive.put_article(make_article(article_id=f"{n:016x}", capture=capture))
        archive.store(make_page(b"feed", url=URL, minute=4, kind="feed"))
        unread = archive.unread("lefaso", NOW - timedelta(days=1))
        assert [capture.url for capture in unread] == [f"{URL}1"]
        assert archive.unread("lefaso", NOW + timedelta(minutes=1)) == []
        assert archive.unread("lefaso", datetime.min.replace(tzinfo=UTC)) == unread
        archive.reindex()
        assert archive.unread("lefaso", NOW - timedelta(days=1)) == unread


def test_an_index_of_an_earlier_format_is_made_anew(tmp_path: Path) -> None:
    with Archive(tmp_path, now=now) as archive:
        fill(archive)
        before = describe(archive)
    with sqlite3.connect(tmp_path / "index.sqlite") as connection:
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    with Archive(tmp_path, now=now) as archive:
        assert describe(archive) == before
