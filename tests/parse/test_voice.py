"""Verb forms, phrases of the lexicon, and the figures that they govern."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.catalog.language import load_language
from pipelines.parse.lexis import lexis
from pipelines.parse.phrases import Matcher, Scanner, cut_line, expand_phrase
from pipelines.parse.voice import read_deed

FORMS = [
    ("ont neutralisé dix hommes", "active"),
    ("ont été neutralisés", "passive"),
    ("dix hommes neutralisés", "passive"),
    ("les soldats ont péri", "undergo"),
    ("neutralisant dix hommes", "active"),
]


@pytest.mark.parametrize(("text", "voice"), FORMS)
def test_voice_of_a_verb(text: str, voice: str) -> None:
    words = lexis(load_language("fr"))
    line = cut_line(text)
    found = words.scanner.find(line.words)["deed"][0]
    deed = read_deed(line, found.first, found.end, found.value, words, None, ())
    assert deed is not None
    assert deed.voice == voice


def test_an_accent_parts_participle_and_present() -> None:
    words = lexis(load_language("fr"))
    for text, voice in (("l'armée élimine dix", "active"), ("un chef éliminé", "passive")):
        line = cut_line(text)
        found = words.scanner.find(line.words)["deed"][0]
        deed = read_deed(line, found.first, found.end, found.value, words, None, ())
        assert deed is not None
        assert deed.voice == voice


def test_phrases_expand() -> None:
    assert list(expand_phrase("pick up arme|armes")) == [["pick", "up", "arme"], ["pick", "up", "armes"]]
    assert list(expand_phrase("tirs? d'obus")) == [["tirs", "d'", "obus"], ["d'", "obus"]]


def test_the_longest_phrase_wins() -> None:
    matcher = Matcher([("poste", 1), ("poste de commandement", 2), ("post*", 3)])
    words = cut_line("un poste de commandement, des postes").words
    assert [found.value for found in Scanner({"any": matcher}).find(words)["any"]] == [2, 3]


@given(st.lists(st.sampled_from(["a", "ab", "abc", "b", "-", "d'"]), max_size=12))
def test_found_phrases_never_overlap(words: list[str]) -> None:
    matcher = Matcher([("a b", 1), ("ab*", 2), ("b|d'", 3)])
    found = Scanner({"any": matcher}).find(cut_line(" ".join(words)).words)["any"]
    assert all(a.end <= b.first for a, b in pairwise(found))
