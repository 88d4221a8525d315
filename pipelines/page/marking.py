"""Words marked in a text, as pieces that a template or a script can lay out without building markup from text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Kind = Literal["figure", "date", "place", "thing", "actor"]
Piece = tuple[str, Kind | None]

# Where words overlap, the narrower kind of fact keeps its mark.
PRIORITY: tuple[Kind, ...] = ("figure", "date", "place", "thing", "actor")


class Word(NamedTuple):
    """Words that a value rests on; `start` counts in the article's text, None where only the words are known."""

    kind: Kind
    text: str | None
    start: int | None = None


def mark_words(text: str, words: Iterable[Word], base: int = 0) -> list[Piece]:
    """Cut a text into pieces, each with the kind of the word that it is or None; together they are the text.

    `base` is the offset of the text in the article. A word is taken at its own offset if it stands there (as long as
    no sentence is left out before it), else where it is found first; words that are not in the text are passed over.

    >>> mark_words("Le 15 juillet, trois soldats ont été tués.", [Word("figure", "trois"), Word("date", "15 juillet")])
    [('Le ', None), ('15 juillet', 'date'), (', ', None), ('trois', 'figure'), (' soldats ont été tués.', None)]
    """
    taken: list[tuple[int, int, Kind]] = []
    for word in sorted((word for word in words if word.text), key=_rank_word):
        place = _find_free(text, word, base, taken)
        if place is not None:
            taken.append((place, place + len(word.text or ""), word.kind))
    return _cut_pieces(text, sorted(taken))


def _rank_word(word: Word) -> tuple[int, int]:
    return PRIORITY.index(word.kind), -len(word.text or "")


def _find_free(text: str, word: Word, base: int, taken: Sequence[tuple[int, int, Kind]]) -> int | None:
    """Where the word stands with no mark on it yet; None if nowhere."""
    wanted = word.text or ""
    told = None if word.start is None else word.start - base
    if told is not None and told >= 0 and text.startswith(wanted, told) and _is_free(told, len(wanted), taken):
        return told
    place = text.find(wanted)
    while place >= 0 and not _is_free(place, len(wanted), taken):
        place = text.find(wanted, place + 1)
    return place if place >= 0 else None


def _is_free(start: int, length: int, taken: Sequence[tuple[int, int, Kind]]) -> bool:
    return all(start + length <= other[0] or start >= other[1] for other in taken)


def _cut_pieces(text: str, marks: Sequence[tuple[int, int, Kind]]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for start, end, kind in marks:
        pieces += [(text[at:start], None), (text[start:end], kind)]
        at = end
    return [piece for piece in [*pieces, (text[at:], None)] if piece[0]]
