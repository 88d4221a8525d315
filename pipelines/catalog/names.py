"""Matching place names: one key for all spellings of a name, and the longest match over a text.

The key folds accents, case, hyphens, apostrophes and spaces, and what French spelling leaves open for names that were
heard before they were written (ou/u/w, dj/di/j, gn/ny, c/k/qu, gu/g, y/i, in/n at the beginning, doubled letters, a
silent e at the end).
Distances between words are never used: they take one village for another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from pipelines.text import fold

MAX_WORDS = 6
_SHORT = 4  # letters: of less, or of as many capitals, another spelling is another name ("ONG" is not Hong)
_TELLING = 2  # letters with which a key may yet lose its first: "in" of "in tillit"
_IN = re.compile(r"in[^aeiou]")
_WORD = re.compile(r"[^\W_]+")
# A name begins with a capital (or is all capitals); its further words hang on by a space, hyphen or apostrophe.
_START = re.compile(r"(?<![^\W_])[A-ZÀ-ÖØ-ÞŒƁƊƘŊ][^\W_]*")
_NEXT = re.compile(r"[ ]?['\-_][ ]?([^\W_]+)|[ ]([^\W_]+)")
_SPELLINGS = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("œ", "e"), ("tch|ch|sh", "x"), ("ph", "f"), ("gn", "ny"), ("gu(?=[eiy])", "g"), ("qu|q", "k"),
        ("c(?=[eiy])", "s"), ("c", "k"), ("ou|oo|w", "u"), ("y", "i"), ("dj|di(?=[aeou])", "j"), ("h", ""),
        (r"(.)\1+", r"\1"), ("eie$", "ei"), ("(?<=..[^aeiou])e$", ""),
    )
]  # fmt: skip


class NameHit(NamedTuple):
    """A name at `text[start:end]` and the ids of all that bear it."""

    start: int
    end: int
    ids: tuple[str, ...]


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """One word of a name as part of its key.

    >>> fold_word("Djibo") == fold_word("JIBO"), fold_word("Ouagadougou") == fold_word("Wagadugu")
    (True, True)
    """
    key = fold(word)
    for pattern, replacement in _SPELLINGS:
        key = pattern.sub(replacement, key)
    return key


@lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """The key of a whole name.

    >>> fold_name("Tin Aïcha") == fold_name("Ti-n-Aicha"), fold_name("Aguelhoc") == fold_name("Aguel'hok")
    (True, True)
    """
    return _join_words("".join(fold_word(word) for word in _WORD.findall(name)))


def _join_words(key: str) -> str:
    """The key of a name from those of its words: "I-n-Tillit", "Intillit" and "N'Tillit" begin alike."""
    return key[1:] if _IN.match(key) else key


@lru_cache(maxsize=65536)
def fold_exact(name: str) -> str:
    """The name with only accents, case and punctuation folded: what an exact match compares.

    >>> fold_exact("N'Tillit")
    'ntillit'
    """
    return "".join(_WORD.findall(fold(name)))


class NameIndex:
    """All names with the ids of those who bear them, ready for the longest match."""

    def __init__(self, names: Iterable[tuple[str, str]], ignored: Iterable[str] = ()) -> None:
        self._ids: dict[str, dict[str, tuple[str, ...]]] = {}
        self._sorted: list[str] = []  # the keys, as far as they were asked for
        self._ignored = {fold_exact(word) for word in ignored}
        for name, target in names:
            self.add(name, target)

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, name: str, target: str) -> None:
        """Enter one name of one place."""
        self.add_folded(fold_exact(name), fold_name(name), target)

    def add_folded(self, exact: str, key: str, target: str) -> None:
        """Enter a name that is folded already."""
        if not key or exact in self._ignored:
            return
        spellings = self._ids.setdefault(key, {})
        if target not in spellings.get(exact, ()):
            spellings[exact] = (*spellings.get(exact, ()), target)

    def get(self, name: str) -> tuple[str, ...]:
        """The ids that bear this name: by the same letters if any does, else by the same key."""
        spellings = self._ids.get(fold_name(name))
        return _choose(spellings, name) if spellings else ()

    def find(self, text: str) -> list[NameHit]:
        """The longest names of a text that begin with a capital, in order, none over another."""
        hits: list[NameHit] = []
        reached = 0
        for match in _START.finditer(text):
            if match.start() < reached:
                continue
            hit = self._match_at(text, match.start(), match.end())
            if hit:
                hits.append(hit)
                reached = hit.end
        return hits

    def _match_at(self, text: str, start: int, end: int) -> NameHit | None:
        if end - start == 1 and text[end : end + 1] != "'":  # a lone letter is no word of a name, but for N'Tillit
            return None
        key, best = fold_word(text[start:end]), None
        is_ending = True  # a name does not end in a small word that a space parts from it ("SAY a", "Boucle du")
        for count in range(MAX_WORDS):
            joined = _join_words(key)
            spellings = self._ids.get(joined) if is_ending else None
            if spellings is not None and end - start > 1 and fold_exact(text[start:end]) not in self._ignored:
                best = (end, spellings)
            if count == MAX_WORDS - 1 or (len(key) > _TELLING and not self._is_begun(joined)):
                break
            following = _NEXT.match(text, end)
            if following is None:
                break
            word = following.group(1) or following.group(2)
            key += fold_word(word)
            end = following.end()
            is_ending = following.group(1) is not None or not word[0].islower()
        ids = _choose(best[1], text[start : best[0]]) if best else ()
        return NameHit(start, best[0], ids) if best and ids else None

    def _is_begun(self, key: str) -> bool:
        """Whether any key begins so."""
        if len(self._sorted) != len(self._ids):
            self._sorted = sorted(self._ids)
        at = bisect_left(self._sorted, key)
        return at < len(self._sorted) and self._sorted[at].startswith(key)


def _choose(spellings: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    letters = fold_exact(name)
    exact = spellings.get(letters)
    if exact is None and (len(letters) < _SHORT or (len(letters) == _SHORT and name.isupper())):
        return ()
    return exact or tuple(dict.fromkeys(target for targets in spellings.values() for target in targets))
