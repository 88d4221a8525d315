"""Our layer over trafilatura takes nothing away: page by page on the sample site, where every article is known."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.bench_extraction import extract_alone, extract_ours, score, score_body
from benchmarks.extraction_pages import Known, list_own, list_public
from tests.extract.test_article import PARAGRAPHS, TITLE, ld, render

BODY = "\n\n".join(PARAGRAPHS)


@pytest.fixture(scope="module")
def pages() -> list[Known]:
    return list(list_own())


def test_no_body_is_worse_than_trafilaturas(pages: list[Known]) -> None:
    assert len(pages) > 35
    for known in pages:
        ours, alone = (score_body(known.body, extract(known).body)[2] for extract in (extract_ours, extract_alone))
        assert ours >= alone, known.page.url
        assert ours > 0.85, known.page.url  # without selectors; a short page has a line of the outlet in it


def test_titles_and_days_are_right_everywhere(pages: list[Known]) -> None:
    found = score(pages, extract_ours)
    assert (found["title"], found["day"]) == (1, 1)


def test_the_measure_sees_what_is_lost(pages: list[Known]) -> None:
    whole = score(pages[:5], extract_ours)["body F1"]
    cut = [
        replace(known, body=known.body + "\n\nUn paragraphe de plus que personne ne trouve." * 5) for known in pages[:5]
    ]
    assert score(cut, extract_ours)["body F1"] < whole - 0.05


def test_public_benchmarks_can_be_read_from_disk(tmp_path: Path) -> None:
    head = ld(headline=TITLE, datePublished="2026-04-20T08:30:00+00:00", author={"name": "A. Modèle"})
    packed = gzip.compress(render(head=head).encode())
    bodies, fundus = tmp_path / "article-extraction-benchmark", tmp_path / "test_data"
    (bodies / "html").mkdir(parents=True)
    (bodies / "html" / "1a.html.gz").write_bytes(packed)
    (bodies / "ground-truth.json").write_text(json.dumps({"1a": {"articleBody": BODY, "url": "http://a.example/1"}}))
    (fundus / "ml").mkdir(parents=True)
    (fundus / "ml" / "LeSite_2026_05_01.html.gz").write_bytes(packed)
    told = {"url": "https://site.example/1", "crawl_date": "2026-05-01 10:00:00"}
    (fundus / "ml" / "meta.info").write_text(json.dumps({"LeSite_2026_05_01.html.gz": told}))
    truth = {
        "title": TITLE, "authors": ["A. Modèle"], "publishing_date": "2026-04-20 08:30:00+00:00",
        "body": {"summary": [], "sections": [{"headline": [], "paragraphs": PARAGRAPHS}]},
    }  # fmt: skip
    (fundus / "ml" / "LeSite.json").write_text(json.dumps({"V1": truth}))
    for folder in (bodies, fundus):
        [known] = list_public(folder)
        assert known.body == BODY
        assert score([known], extract_ours)["body F1"] == 1
    assert (known.title, known.day, known.author) == (TITLE, date(2026, 4, 20), "A. Modèle")
    assert set(score([known], extract_ours).values()) == {1}
