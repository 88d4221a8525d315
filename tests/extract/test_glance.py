"""The cheap first look: what it sees, and that no markup makes it slow."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from pipelines.extract import is_worth_reading
from pipelines.extract.glance import glance_text
from pipelines.extract.head import read_head
from pipelines.models import Page

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def make_page(html: str) -> Page:
    return Page("lefaso", "u", "u", NOW, 200, (("Content-Type", "text/html; charset=utf-8"),), html.encode(), "")


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Une&nbsp;patrouille</p>", ["Une", "patrouille"]),
        ("<SCRIPT>if (a < b) x()</SCRIPT>ici", ["ici"]),
        ("<style>p{}</style><!-- caché --><nav><a>Sport</a></nav>ici<footer>pied</footer>", ["ici"]),
        ("<script>jamais fermé, ici", ["jamais", "fermé,", "ici"]),
        ("3 < 5 tués", ["3", "<", "5", "tués"]),
        ("", []),
    ],
)
def test_visible_words(html: str, words: list[str]) -> None:
    assert glance_text(make_page(html)).split() == words


def test_the_caller_says_what_matters() -> None:
    page = make_page("<title>Djibo</title><p>Une embuscade</p>")
    assert is_worth_reading(page, lambda text: "embuscade" in text)
    assert not is_worth_reading(page, lambda text: "football" in text)


@pytest.mark.parametrize(
    "piece",
    ["<script ", "<nav>", "<", "<!--", "<title", "</", "&", '<script type="application/ld+json">', "{", "<a b='"],
)
def test_no_markup_makes_it_slow(piece: str) -> None:
    html = piece * (400_000 // len(piece))
    started = time.process_time()
    glance_text(make_page(html))
    read_head(html)
    assert time.process_time() - started < 5
