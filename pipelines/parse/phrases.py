"""Phrases of a lexicon: how they are written in YAML, and how they are found in a text.

`word*` stands for every word that begins so, `a|b` for either, `word?` for a word that may be missing. Words are
compared folded; hyphens count as blanks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Generic, NamedTuple, TypeVar

from pipelines.parse.words import split_words

Value = TypeVar("Value")


class Line(NamedTuple):
    """The words of a text without its hyphens: word `i` is `text[starts[i]:ends[i]]`, folded in `words[i]`."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    is_plain: bool = False  # written without accents


class Found(NamedTuple, Generic[Value]):
    """Words `first` to `end` (exclusive) of a line hold a phrase of this value."""

    first: int
    end: int
    value: Value


def cut_line(text: str) -> Line:
    """The words of a text, hyphens left out.

    >>> cut_line("deux pick-up").words
    ['deux', 'pick', 'up']
    """
    words = split_words(text)
    kept = [i for i, word in enumerate(words.words) if word != "-"]
    return Line(
        text,
        [words.words[i] for i in kept],
        [words.starts[i] for i in kept],
        [words.ends[i] for i in kept],
        len(text) > _TELLING_LENGTH and text.isascii(),
    )


def expand_phrase(phrase: str) -> Iterator[list[str]]:
    """All word lists that a phrase of the lexicon stands for; a word that ends with `*` stands for its beginning.

    >>> list(expand_phrase("mort|morts de*"))
    [['mort', 'de*'], ['morts', 'de*']]
    """
    choices = []
    for token in phrase.split():
        optional = token.endswith("?")
        alternatives = token.rstrip("?").split("|")
        choices.append([*alternatives, ""] if optional else alternatives)
    for combination in product(*choices):
        yield _join_stars(cut_line(" ".join(word for word in combination if word)).words)


def _join_stars(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if word == "*" and joined:
            joined[-1] += "*"
        else:
            joined.append(word)
    return joined


class Matcher(Generic[Value]):
    """All phrases of one family; at each place the longest wins."""

    def __init__(self, phrases: Iterable[tuple[str, Value]]) -> None:
        self._exact: dict[str, list[tuple[list[str], Value]]] = {}
        self._prefix: dict[str, list[tuple[list[str], Value]]] = {}
        for phrase, value in phrases:
            for words in expand_phrase(phrase):
                self.add(words, value)
        for entries in (*self._exact.values(), *self._prefix.values()):
            entries.sort(key=lambda entry: -len(entry[0]))

    def add(self, words: list[str], value: Value) -> None:
        """One more phrase, already cut into words."""
        if not words:
            return
        first = words[0]
        if first.endswith("*"):
            self._prefix.setdefault(first[:_PREFIX].rstrip("*"), []).append((words, value))
        else:
            self._exact.setdefault(first, []).append((words, value))

    def match(self, words: list[str], index: int) -> tuple[int, Value] | None:
        """Index after the longest phrase that begins at `index`, and its value."""
        best: tuple[int, Value] | None = None
        word = words[index]
        tables = [self._exact.get(word, ())]
        tables += [self._prefix.get(word[:size], ()) for size in range(1, _PREFIX + 1)] if self._prefix else []
        for entries in tables:
            for phrase, value in entries:
                end = index + len(phrase)
                if best is not None and end <= best[0]:
                    break
                if _agree(phrase, words, index):
                    best = end, value
                    break
        return best

    def find(self, words: list[str], start: int = 0, end: int | None = None) -> Iterator[Found[Value]]:
        """All longest phrases in order, none inside another."""
        index, stop = start, len(words) if end is None else end
        while index < stop:
            found = self.match(words, index)
            if found is None:
                index += 1
            else:
                yield Found(index, found[0], found[1])
                index = found[0]


def _agree(phrase: list[str], words: list[str], index: int) -> bool:
    if index + len(phrase) > len(words):
        return False
    for offset, wanted in enumerate(phrase):
        word = words[index + offset]
        if wanted[-1] == "*":
            if not word.startswith(wanted[:-1]):
                return False
        elif word != wanted:
            return False
    return True


_TELLING_LENGTH = 200  # characters without an accent that make a text written without any
_PREFIX = 4  # letters by which beginnings are looked up
