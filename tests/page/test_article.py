"""One article as a page: marked, whole, and deaf to what its text would like to be."""

from __future__ import annotations

import re

from lxml import html

from pipelines.page import Chapter, Fact, Word, render_article

TEXT = "Attaque à Niono\n\nLe 15 juillet, trois soldats ont été tués à Niono."
FACTS = [
    Fact("date", "2025-07-15", Word("date", "15 juillet", 20), "explicit"),
    Fact("toll", "3 killed", Word("figure", "trois soldats", 32)),
    Fact("claimant", "the outlet itself"),
]


def test_words_stand_marked_in_the_text() -> None:
    page = html.fromstring(render_article("Attaque à Niono", TEXT, [Chapter("Event 1", FACTS)], origin="a.txt"))
    text = page.find_class("article-text")[0]
    assert text.text_content() == TEXT
    assert [mark.text for mark in text.iter("mark")] == ["15 juillet", "trois soldats"]
    assert [cell.text for cell in page.iter("th")] == ["date", "toll", "claimant"]


def test_hostile_words_stay_words() -> None:
    hostile = "</blockquote><script>alert(1)</script>\u202e\"'"
    fact = Fact(hostile, hostile, Word("place", hostile, 0), hostile)
    page = render_article(hostile, hostile, [Chapter(hostile, [fact])], origin=hostile, language='fr" onload="x')
    tree = html.fromstring(page)
    assert not list(tree.iter("script"))
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert tree.find_class("article-text")[0].text_content() == hostile


def test_nothing_is_loaded() -> None:
    page = render_article("", "", [])
    assert "default-src 'none'" in page
    assert not re.search(r"\b(src|href)=|url\(|@import", page)
