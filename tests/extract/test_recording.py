"""A recorded page keeps markup, title and dates, and no sentence of the outlet's."""

from __future__ import annotations

import pytest

from pipelines.errors import ExtractError
from pipelines.extract import extract_article, record_page
from tests.extract.test_article import OG_DATE, PARAGRAPHS, TEXT, TITLE, ld, make_page, make_source, render

AUTHOR = '<meta name="author" content="Prénom Nom">' + ld(
    headline=TITLE, author={"@type": "Person", "name": "Prénom Nom"}, articleBody=PARAGRAPHS[0]
)


def test_a_recorded_page_reads_like_the_real_one() -> None:
    page = make_page(render(f"<p>Le 20 avril 2026, par Prénom Nom</p>{TEXT}", head=OG_DATE + AUTHOR))
    recording = record_page(page, make_source())
    for words in ("Prénom", "détachement", "assaillants", "hélicoptère", "Rubrique"):
        assert words not in recording.html
    assert TITLE in recording.html
    assert "20 avril 2026" in recording.html
    again = extract_article(make_page(recording.html), None, make_source())
    assert recording.expected == {
        "url": again.url, "title": TITLE, "published_date": "2026-04-20", "paragraphs": 4
    }  # fmt: skip


def test_a_page_without_an_article_is_not_recorded() -> None:
    with pytest.raises(ExtractError):
        record_page(make_page(render(title="Page introuvable")), make_source())
