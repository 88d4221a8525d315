"""The past from a web archive and from WARC files, over loopback: what is kept, what is asked, what a kill leaves."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest

from pipelines.archive import Archive
from pipelines.errors import UsageError
from pipelines.models import Window
from pipelines.run import judging
from pipelines.run.backfill import backfill_window, check_paths, name_files, name_windows, plan_backfill
from pipelines.run.computing import Compute, compute_here
from pipelines.run.ingest import SourceFailedError
from pipelines.run.knowledge import Rules, fingerprint_reader
from pipelines.run.opening import choose_web_archive
from pipelines.run.summary import SourceSummary
from pipelines.run.warc_files import import_files, plan_files
from pipelines.run.windows import summarise_window
from pipelines.settings import Settings
from tests.discover.test_warc_files import write_warc
from tests.web.serving import NOW, Site, make_client, make_source, serve

SOURCE = make_source(discover=[{"by": "listing", "url": "http://site.example/", "pattern": r"/\d+/$"}])
DAYS = (date(2025, 7, 1), date(2025, 7, 31))
JULY = Window("site", *DAYS, "wayback")
GRAVE = "Des terroristes ont attaqué le poste militaire de Djibo, selon l'état-major : trois soldats ont été tués. "
CALM = "Le maire a remis des fournitures aux écoliers du quartier et la fête a duré jusqu'au soir. "


def write_page(number: int, day: str = "2025-07-20", words: str = GRAVE) -> str:
    text = "".join(f"<p>{words}</p>" for _ in range(6))
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Article {number}</title>'
        f'<meta property="article:published_time" content="{day}T10:00:00+00:00"></head>'
        f"<body><article><h1>Article {number}</h1>{text}</article></body></html>"
    )


def find_url(number: int) -> str:
    return f"http://site.example/{number}/"


@dataclass
class Copies:
    """A web archive on loopback that holds some pages, and the settings that name it."""

    site: Site

    def backfill(self, archive: Archive, window: Window = JULY) -> SourceSummary:
        settings = Settings(cdx="http://archive.example/coll/cdx")
        return backfill_window(
            SOURCE, window, client=make_client(self.site), archive=archive, now=NOW,
            copies=choose_web_archive(settings),
        )  # fmt: skip

    @property
    def shown(self) -> list[str]:
        """The pages whose copies were asked for."""
        return [line.partition("id_/")[2] for line in self.site.asked if "id_/" in line]


class _Routes(dict):
    def get(self, key, default=None):
        return super().get("cdx") if "/coll/cdx?" in key else super().get(key, default)


@contextmanager
def keep_copies(numbers: range, missing: frozenset[int] = frozenset()) -> Iterator[Copies]:
    rows = [{"timestamp": "20250721101500", "url": find_url(number)} for number in numbers]
    routes = _Routes(cdx=(200, {"Content-Type": "text/x-ndjson"}, "\n".join(map(json.dumps, rows)).encode()))
    routes.update({f"/coll/20250721101500id_/{find_url(n)}": write_page(n) for n in numbers if n not in missing})
    with serve(routes) as site:
        yield Copies(site)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "data", now=lambda: NOW) as opened:
        yield opened


def test_a_web_archive_instead_of_the_site(archive: Archive) -> None:
    with keep_copies(range(1, 6)) as copies:
        summary = copies.backfill(archive)
        assert (summary.links, summary.articles, summary.failed) == (5, 5, 0)
        assert {a.url for a in archive.articles("site")} == {find_url(n) for n in range(1, 6)}
        assert not any(line.startswith("site.example") for line in copies.site.asked)
        assert plan_backfill([SOURCE], *DAYS, archive, via="wayback") == []
        assert plan_backfill([SOURCE], *DAYS, archive) != []  # the site itself is another way


def test_what_the_archive_holds_is_not_asked_for_again(archive: Archive) -> None:
    with keep_copies(range(1, 4)) as copies:
        copies.backfill(archive)
    with keep_copies(range(1, 6)) as copies:
        assert copies.backfill(archive).articles == 2
        assert sorted(copies.shown) == [find_url(4), find_url(5)]


@pytest.mark.parametrize("killed_at", [1, 3, 5])
def test_a_kill_loses_nothing_and_repeats_nothing(tmp_path: Path, killed_at: int, monkeypatch) -> None:
    store, stored = Archive.store, []

    def stumble(archive, page):
        if page.kind == "article":
            stored.append(page.url)
            if len(stored) == killed_at:
                raise KeyboardInterrupt
        return store(archive, page)

    with keep_copies(range(1, 6)) as copies:
        monkeypatch.setattr(Archive, "store", stumble)
        with Archive(tmp_path, now=lambda: NOW) as archive, pytest.raises(KeyboardInterrupt):
            copies.backfill(archive)
        monkeypatch.undo()
        with Archive(tmp_path, now=lambda: NOW) as archive:
            assert plan_backfill([SOURCE], *DAYS, archive, via="wayback") != []
            copies.backfill(archive)
            assert len(list(archive.articles("site"))) == 5
        assert len(copies.shown) == 6  # the one in flight


def test_a_copy_that_is_not_shown_is_a_gap_with_its_issue(archive: Archive) -> None:
    with keep_copies(range(1, 6), missing=frozenset({3})) as copies:
        summary = copies.backfill(archive)
    assert [issue.quote for issue in summary.issues] == [find_url(3)]
    [(window, _)] = name_windows([(SOURCE, JULY)], [summary], archive)
    assert (window.articles, window.gap) == (4, "1 pages could not be had")


def test_windows_without_an_article_are_gaps(archive: Archive) -> None:
    with keep_copies(range(0)) as copies:
        summary = copies.backfill(archive)
    assert summarise_window(SOURCE, JULY, summary, archive).gap == "no article was found"


def test_a_web_archive_that_is_down_fails_as_a_source(archive: Archive) -> None:
    with serve({"archive.example/robots.txt": (404, b"")}) as site, pytest.raises(SourceFailedError, match="404"):
        Copies(site).backfill(archive)
    assert archive.windows("site") == []


# ------------------------------------------------------------------------------------------------ WARC files


def write_crawl(path: Path, pages: list[tuple[int, str]], *, cut: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_warc(path, [(find_url(number), html.encode(), "text/html; charset=utf-8") for number, html in pages])
    path.write_bytes(path.read_bytes()[: -cut or None])
    return path


CRAWL = [
    *((number, write_page(number)) for number in range(1, 5)),
    (5, write_page(5, words=CALM)),
    (6, write_page(6, day="2024-01-05")),
    (7, f"<html><head><title>x</title></head><body>{GRAVE}</body></html>"),
]


RULES = Rules(None, None, fingerprint_reader())


def run_import(archive: Archive, *paths: Path, days: tuple[date, date] = DAYS, compute: Compute = compute_here):
    jobs = plan_files([SOURCE], *days, archive, paths)
    return name_files(jobs, import_files(jobs, archive=archive, now=NOW, rules=RULES, compute=compute), archive)


@pytest.mark.parametrize("size", [judging.KEPT_BYTES, 1])
@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_the_articles_of_a_crawl(tmp_path: Path, archive: Archive, monkeypatch, name: str, size: int) -> None:
    monkeypatch.setattr(judging, "KEPT_BYTES", size)  # in one leg, or in one a page that is kept
    file = write_crawl(tmp_path / "crawl" / name, CRAWL)
    [(window, summary)] = run_import(archive, tmp_path / "crawl")
    assert (summary.links, summary.fetched, summary.articles) == (7, 7, 4)
    assert (summary.passed_over, summary.unreadable) == (2, 1)
    assert (window.via, window.gap) == (file.name, "")
    assert {a.url for a in archive.articles("site")} == {find_url(number) for number in range(1, 5)}
    for article in archive.articles("site"):
        assert article.capture
        assert GRAVE.encode() in archive.read(article.capture).body
    assert run_import(archive, file) == []


def test_other_processes_find_the_same(tmp_path: Path, archive: Archive, monkeypatch) -> None:
    monkeypatch.setattr(judging, "KEPT_BYTES", 1)
    for name in ("a", "b", "c"):
        write_crawl(tmp_path / "crawl" / f"{name}.warc.gz", [(ord(name), write_page(ord(name))), *CRAWL])
    found = run_import(archive, tmp_path / "crawl")
    with (
        Archive(tmp_path / "other", now=lambda: NOW) as other,
        ProcessPoolExecutor(2, get_context("spawn")) as pool,
    ):
        assert run_import(other, tmp_path / "crawl", compute=pool.map) == found
        both = [[replace(article, capture=None) for article in entry.articles()] for entry in (other, archive)]
        assert both[0] == both[1]
    assert [summary.articles for _, summary in found] == [5, 1, 1]


def test_other_days_of_a_file_are_read_later(tmp_path: Path, archive: Archive) -> None:
    file = write_crawl(tmp_path / "a.warc.gz", CRAWL)
    run_import(archive, file)
    [(_, summary)] = run_import(archive, file, days=(date(2024, 1, 1), date(2024, 1, 31)))
    assert (summary.articles, summary.unchanged) == (1, 4)
    assert len(list(archive.captures("site"))) == 6


def test_a_kill_in_a_file_loses_nothing(tmp_path: Path, monkeypatch) -> None:
    file, puts = write_crawl(tmp_path / "a.warc", CRAWL), []
    put = Archive.put_article

    def stumble(archive, article):
        puts.append(article.url)
        if len(puts) == 3:
            raise KeyboardInterrupt
        return put(archive, article)

    monkeypatch.setattr(Archive, "put_article", stumble)
    with Archive(tmp_path / "data", now=lambda: NOW) as archive, pytest.raises(KeyboardInterrupt):
        run_import(archive, file)
    monkeypatch.undo()
    with Archive(tmp_path / "data", now=lambda: NOW) as archive:
        [(_, summary)] = run_import(archive, file)
        assert (summary.unchanged, summary.articles) == (2, 2)
        assert len(list(archive.articles("site"))) == 4
        assert len(list(archive.captures("site"))) == 5  # four articles, and the page that is none


def test_what_was_done_outlives_the_index(tmp_path: Path, archive: Archive) -> None:
    file = write_crawl(tmp_path / "a.warc.gz", CRAWL)
    run_import(archive, file)
    archive.reindex()
    assert plan_files([SOURCE], *DAYS, archive, [file]) == []
    assert plan_files([SOURCE], date(2025, 7, 10), date(2025, 7, 12), archive, [file]) == []
    assert plan_files([SOURCE], date(2025, 6, 30), DAYS[1], archive, [file]) != []
    moved = file.rename(tmp_path / "b.warc.gz")
    assert plan_files([SOURCE], *DAYS, archive, [moved]) == []


@pytest.mark.parametrize(("name", "cut"), [("a.warc.gz", 3), ("a.warc.gz", 200), ("a.warc", 60)])
def test_a_file_cut_in_the_middle_is_a_gap_and_never_done(
    tmp_path: Path, archive: Archive, name: str, cut: int
) -> None:
    file = write_crawl(tmp_path / name, CRAWL, cut=cut)
    [(window, summary)] = run_import(archive, file)
    assert summary.articles == 4
    assert "cut off" in window.gap
    assert plan_files([SOURCE], *DAYS, archive, [file]) != []


def test_rubbish_in_place_of_a_file(tmp_path: Path, archive: Archive) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"\x1f\x8b\x08 no gzip at all")
    [(window, summary)] = run_import(archive, tmp_path)
    assert (summary.links, "damaged" in window.gap) == (0, True)


def test_pages_removed_on_request_stay_away(tmp_path: Path, archive: Archive) -> None:
    archive.forget(find_url(2))
    run_import(archive, write_crawl(tmp_path / "a.warc.gz", CRAWL))
    assert find_url(2) not in {a.url for a in archive.articles("site")}


def test_progress_is_told_while_a_long_file_is_read(tmp_path: Path, archive: Archive, monkeypatch, caplog) -> None:
    monkeypatch.setattr(judging, "KEPT_BYTES", 1)
    monkeypatch.setattr(logging.getLogger("pipelines"), "propagate", True)
    with caplog.at_level("INFO"):
        run_import(archive, write_crawl(tmp_path / "a.warc.gz", CRAWL))
    assert "a.warc.gz: 3 pages so far" in caplog.text


def test_paths_and_the_way_must_fit(tmp_path: Path) -> None:
    assert check_paths("warc", [tmp_path]) == [tmp_path]
    with pytest.raises(UsageError, match="--warc"):
        check_paths("warc", [])
    with pytest.raises(UsageError, match="--via warc"):
        check_paths("wayback", [tmp_path])
