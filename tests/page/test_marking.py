"""Marked words: the pieces are always the text, whatever the words are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.page.marking import PRIORITY, Word, mark_words

SENTENCE = "Le 15 juillet, deux soldats ont été tués ; deux autres, blessés."
words = st.builds(Word, st.sampled_from(PRIORITY), st.none() | st.text(max_size=8), st.none() | st.integers(-5, 80))


@given(st.text(max_size=60), st.lists(words, max_size=8), st.integers(0, 50))
def test_pieces_are_the_text(text: str, marked: list[Word], base: int) -> None:
    assert "".join(piece for piece, _ in mark_words(text, marked, base)) == text


@pytest.mark.parametrize(
    ("marked", "base", "expected"),
    [
        ([Word("figure", "deux", 43)], 0, [SENTENCE[:43], "deux", SENTENCE[47:]]),
        ([Word("figure", "deux", 143)], 100, [SENTENCE[:43], "deux", SENTENCE[47:]]),
        ([Word("figure", "deux")], 0, [SENTENCE[:15], "deux", SENTENCE[19:]]),
        ([Word("figure", "deux", 999)], 0, [SENTENCE[:15], "deux", SENTENCE[19:]]),
        ([Word("figure", "trois")], 0, [SENTENCE]),
        ([Word("figure", None), Word("date", "")], 0, [SENTENCE]),
        ([Word("actor", "deux soldats"), Word("figure", "deux")], 0, [SENTENCE[:15], "deux", SENTENCE[19:]]),
    ],
)
def test_words_are_found_where_they_stand(marked: list[Word], base: int, expected: list[str]) -> None:
    assert [piece for piece, _ in mark_words(SENTENCE, marked, base)] == expected


def test_the_same_words_twice_mark_two_places() -> None:
    pieces = mark_words(SENTENCE, [Word("figure", "deux"), Word("figure", "deux")])
    assert [kind for _, kind in pieces] == [None, "figure", None, "figure", None]
