"""Which classes the words and phrases of a text belong to, each class one bit of a number."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pipelines.parse.words import split_words
from pipelines.text import fold

_MOST_KNOWN = 100_000


class WordTable:
    """The bits of words, of words by their beginning, and of phrases."""

    def __init__(self, words: Mapping[int, tuple[str, ...]]) -> None:
        self._exact: dict[str, int] = {}
        self._starts: list[tuple[tuple[str, ...], int]] = []
        self._phrases: dict[str, list[tuple[list[str], int]]] = {}
        for bit, entries in words.items():
            folded = [fold(entry) for entry in entries]
            self._starts.append((tuple(entry[:-1] for entry in folded if entry.endswith("*")), bit))
            for entry in folded:
                if not entry.endswith("*"):
                    self._add(split_words(entry).words, bit)
        self.bits = lru_cache(maxsize=_MOST_KNOWN)(self._read_bits)  # the classes that a word belongs to by itself

    def _read_bits(self, word: str) -> int:
        bits = self._exact.get(word, 0)
        for starts, bit in self._starts:
            if word.startswith(starts):
                bits |= bit
        return bits

    def find_bits(self, words: list[str]) -> list[int]:
        """For each word its classes and those of the phrases that begin with it."""
        found = list(map(self.bits, words))
        for index in [index for index, word in enumerate(words) if word in self._phrases]:
            for rest, bit in self._phrases[words[index]]:
                if words[index + 1 : index + 1 + len(rest)] == rest:
                    found[index] |= bit
        return found

    def any_phrase_bits(self, words: set[str], first: str) -> int:
        """The classes of the phrases that begin with a word and have all their words among `words`."""
        found = 0
        for rest, bit in self._phrases.get(first, ()):
            if words.issuperset(word.rstrip("'") for word in rest if word[0].isalpha()):
                found |= bit
        return found

    def _add(self, words: list[str], bit: int) -> None:
        if len(words) == 1:
            self._exact[words[0]] = self._exact.get(words[0], 0) | bit
        else:
            self._phrases.setdefault(words[0], []).append((words[1:], bit))
