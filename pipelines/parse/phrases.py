"""Phrases of a lexicon: how they are written in YAML, and how they are found in a text.

`word*` stands for every word that begins so, `a|b` for either, `word?` for a word that may be missing. Words are
compared folded; hyphens count as blanks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, Generic, NamedTuple, TypeVar

from pipelines.parse.words import split_unquoted

Value = TypeVar("Value")


class _Entry(NamedTuple):
    """A phrase and its value; it `is_exact` if no word of it stands for others."""

    size: int
    words: list[str]
    value: Any
    is_exact: bool


_Starts = list[tuple[str, list[_Entry]]]  # phrases by the name of their family


class Line(NamedTuple):
    """The words of a text without its hyphens: word `i` is `text[starts[i]:ends[i]]`, folded in `words[i]`."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    is_plain: bool = False  # written without accents


class Tag(NamedTuple):
    """Words `first` to `end` (exclusive) of a line and what they are."""

    first: int
    end: int
    value: Any


def cut_line(text: str) -> Line:
    """The words of a text, hyphens left out.

    >>> cut_line("deux pick-up").words
    ['deux', 'pick', 'up']
    """
    words = split_unquoted(text)
    words = words.keep([word != "-" for word in words.words])
    return Line(text, words.words, words.starts, words.ends, len(text) > _TELLING_LENGTH and text.isascii())


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

    def add(self, words: list[str], value: Value) -> None:
        """One more phrase, already cut into words."""
        if not words:
            return
        first = words[0]
        if first.endswith("*"):
            self._prefix.setdefault(first[:_PREFIX].rstrip("*"), []).append((words, value))
        else:
            self._exact.setdefault(first, []).append((words, value))

    @property
    def phrases(self) -> list[list[str]]:
        """All phrases, each as its words."""
        return [words for entries in (*self._exact.values(), *self._prefix.values()) for words, _ in entries]

    def starting(self, word: str) -> list[tuple[list[str], Value]]:
        """The phrases whose first word this one is, longest first."""
        found = list(self._exact.get(word, ()))
        if self._prefix:
            for size in range(1, _PREFIX + 1):
                found += self._prefix.get(word[:size], ())
        kept = [(words, value) for words, value in found if words[0] == word or word.startswith(words[0][:-1])]
        return sorted(kept, key=lambda entry: -len(entry[0]))

    def match(self, words: list[str], index: int) -> tuple[int, Value] | None:
        """Index after the longest phrase that begins at `index`, and its value."""
        for phrase, value in self.starting(words[index]):
            if _agree(phrase, words, index):
                return index + len(phrase), value
        return None


class Scanner:
    """The phrases of many families, found in one walk over the words."""

    def __init__(self, families: Mapping[str, Matcher[Any]]) -> None:
        self._families = dict(families)
        self._known: dict[str, tuple[dict[str, _Starts], _Starts]] = {}  # word -> what begins with it

    @property
    def names(self) -> frozenset[str]:
        """The names of the families."""
        return frozenset(self._families)

    def phrases(self, name: str) -> list[list[str]]:
        """All phrases of a family, each as its words."""
        return self._families[name].phrases

    def find(self, words: list[str]) -> dict[str, list[Tag]]:
        """For each family all longest phrases in order, none inside another."""
        found: dict[str, list[Tag]] = {name: [] for name in self._families}
        known = self._known
        for index, (word, following) in enumerate(zip(words, [*words[1:], ""], strict=False)):
            by_second, others = known.get(word) or self._learn(word)
            for name, entries in by_second.get(following, others) if by_second else others:
                hits = found[name]
                if hits and index < hits[-1].end:
                    continue
                for size, phrase, value, is_exact in entries:
                    if size == 1 or (
                        words[index : index + size] == phrase if is_exact else _agree(phrase, words, index)
                    ):
                        hits.append(Tag(index, index + size, value))
                        break
        return found

    def _learn(self, word: str) -> tuple[dict[str, _Starts], _Starts]:
        """What begins with a word: by the word after it, and what any other word leaves possible."""
        starts = [
            (
                name,
                [_Entry(len(phrase), phrase, value, not any("*" in part for part in phrase)) for phrase, value in told],
            )
            for name, family in self._families.items()
            if (told := family.starting(word))
        ]
        seconds = {entry.words[1] for _, entries in starts for entry in entries if entry.size > 1}
        exact = {second for second in seconds if not second.endswith("*")}
        known = ({second: _keep(starts, second, exact) for second in exact}, _keep(starts, "", exact))
        if len(self._known) >= _KEPT_WORDS:
            self._known.clear()
        if len(word) <= _KEPT_LENGTH:
            self._known[word] = known
        return known


def _keep(starts: _Starts, second: str, exact: set[str]) -> _Starts:
    """The phrases that may go on with `second`: those that ask for another word are left out."""
    left_out = exact - {second}
    kept = [
        (name, [entry for entry in entries if entry.size == 1 or entry.words[1] not in left_out])
        for name, entries in starts
    ]
    return [(name, entries) for name, entries in kept if entries]


def _agree(phrase: list[str], words: list[str], index: int) -> bool:
    if index + len(phrase) > len(words):
        return False
    for offset, wanted in enumerate(phrase):
        word = words[index + offset]
        if word != wanted and not (wanted[-1] == "*" and word.startswith(wanted[:-1])):
            return False
    return True


_TELLING_LENGTH = 200  # characters without an accent that make a text written without any
_PREFIX = 4  # letters by which beginnings are looked up
_KEPT_WORDS = 20_000  # words of past texts whose phrases are remembered
_KEPT_LENGTH = 40  # letters of the longest of them
