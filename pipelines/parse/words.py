"""The words of a text as the date and count grammars walk over them: folded, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import compress
from typing import Any, Generic, NamedTuple, TypeVar

from pipelines.text import cut_tokens, fold

_WORD = re.compile(r"([0-9]+|[^\W\d_]+'?|[^\s])")
_Value = TypeVar("_Value")
_OPENING = frozenset("«“")
_QUOTES = frozenset('«»“”"')
_SHORT_QUOTE = 3  # words that are only set off, not quoted


class Words(NamedTuple):
    """Parallel lists: word `i` is `text[starts[i]:ends[i]]`, folded in `words[i]`."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]

    def is_glued(self, index: int) -> bool:
        """Whether no space stands before word `index`."""
        return 0 < index < len(self.starts) and self.ends[index - 1] == self.starts[index]

    def keep(self, kept: list[bool]) -> Words:
        """Only the words for which `kept` says so."""
        words, starts, ends = self.words, self.starts, self.ends
        return Words(self.text, list(compress(words, kept)), list(compress(starts, kept)), list(compress(ends, kept)))


@lru_cache(maxsize=8)
def split_words(text: str) -> Words:
    """Cut a text into runs of digits, words (with their elision), and single signs.

    >>> split_words("L’armée, lundi15").words
    ["l'", 'armee', ',', 'lundi', '15']
    """
    return Words(text, *cut_tokens(fold(text), _WORD))


@lru_cache(maxsize=8)
def split_unquoted(text: str) -> Words:
    """The words of a text without the quotation marks that stand around a few of them only.

    >>> split_unquoted("mis « hors de combat » dix « bandits »").words
    ['mis', 'hors', 'de', 'combat', 'dix', 'bandits']
    """
    return _drop_short_quotes(split_words(text))


def _drop_short_quotes(words: Words) -> Words:
    dropped: set[int] = set()
    opened: int | None = None
    for index in [index for index, word in enumerate(words.words) if word in _QUOTES]:
        word = words.words[index]
        if word in _OPENING or (word == '"' and not words.is_glued(index)):
            opened = index
        else:
            if opened is not None and 1 < index - opened <= _SHORT_QUOTE + 1:
                dropped |= {opened, index}
            opened = None
    return words.keep([index not in dropped for index in range(len(words.words))]) if dropped else words


class Phrases(Generic[_Value]):
    """Phrases of one or more words with a value each; the longest one that begins at a word is found."""

    def __init__(self, phrases: Mapping[str, _Value] | Iterable[tuple[str, _Value]]) -> None:
        self._by_first: dict[str, tuple[dict[str, list[tuple[list[str], _Value]]], list[_Value]]] = {}
        items = phrases.items() if isinstance(phrases, Mapping) else phrases
        for phrase, value in items:
            first, *rest = split_words(phrase).words
            longer, alone = self._by_first.setdefault(first, ({}, []))
            if rest:
                longer.setdefault(rest[0], []).append((rest, value))
            else:
                alone.append(value)
        for longer, _ in self._by_first.values():
            for entries in longer.values():
                entries.sort(key=lambda entry: -len(entry[0]))

    def __iter__(self) -> Iterator[tuple[list[str], _Value]]:
        """All phrases, each as its words, with their values."""
        for first, (longer, alone) in self._by_first.items():
            yield from (([first], value) for value in alone)
            yield from (([first, *rest], value) for entries in longer.values() for rest, value in entries)

    @property
    def firsts(self) -> frozenset[str]:
        """The words with which a phrase begins."""
        return frozenset(self._by_first)

    @property
    def seconds(self) -> dict[str, frozenset[str]]:
        """The words that begin a phrase and are none by themselves, each with those that may follow it."""
        return {word: frozenset(longer) for word, (longer, alone) in self._by_first.items() if not alone}

    def match(self, words: list[str], index: int) -> tuple[int, _Value] | None:
        """Index after the longest phrase that begins at `index` and its value; None if there is none."""
        begun = self._by_first.get(words[index]) if index < len(words) else None
        if begun is None:
            return None
        longer, alone = begun
        if longer and index + 1 < len(words):
            for rest, value in longer.get(words[index + 1], ()):
                end = index + 1 + len(rest)
                if words[index + 1 : end] == rest:
                    return end, value
        return (index + 1, alone[0]) if alone else None

    @property
    def singles(self) -> dict[str, _Value]:
        """The words that are a phrase and begin no longer one, with their values."""
        return {word: alone[0] for word, (longer, alone) in self._by_first.items() if alone and not longer}

    def find(self, words: list[str]) -> Iterator[tuple[int, int, _Value]]:
        """All longest phrases in order, none inside another: start index, end index, value."""
        reached = 0
        for index in [index for index, word in enumerate(words) if word in self._by_first]:
            found = self.match(words, index) if index >= reached else None
            if found is not None:
                reached, value = found
                yield index, reached, value


class Starts:
    """Where one of many phrases or a number in digits may begin: found in one quick walk, before anything is read."""

    def __init__(self, words: Iterable[str], *phrases: Phrases[Any]) -> None:
        self._seconds: dict[str, frozenset[str]] = {}
        for each in phrases:
            for word, seconds in each.seconds.items():
                self._seconds[word] = self._seconds.get(word, frozenset()) | seconds
        self._alone = {*words, *(word for each in phrases for word in each.firsts - each.seconds.keys())}

    def find(self, words: list[str]) -> list[int]:
        """The indices in order.

        >>> Starts(["dix"], Phrases([("au moins", True)])).find(split_words("au lieu de dix, au moins 6").words)
        [3, 5, 7]
        """
        alone, seconds = self._alone, self._seconds
        return [
            index
            for index, (word, following) in enumerate(zip(words, [*words[1:], ""], strict=False))
            if word in alone or word.isdecimal() or (word in seconds and following in seconds[word])
        ]


def phrases_by_class(classes: Mapping[str, Iterable[str]]) -> Phrases[str]:
    """Phrases that give the name of their class.

    >>> phrases_by_class({"least": ["au moins"]}).match(["au", "moins", "six"], 0)
    (2, 'least')
    """
    return Phrases((phrase, name) for name, phrases in classes.items() for phrase in phrases)
