"""Numbers that count nothing: hours, distances, calibres, models, scores, phones, years, labels, list bullets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from pipelines.catalog.language import Lexicon
from pipelines.parse.words import Phrases, Words, split_words


class _MaskWords(BaseModel):
    """The part of the section `numbers` that tells numbers which are no figures."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    measures: tuple[str, ...]
    measure_adjectives: frozenset[str]
    hour_words: frozenset[str]
    labels: tuple[str, ...]
    label_joiners: frozenset[str]
    plural_endings: tuple[str, ...]
    function_words: frozenset[str]
    of: frozenset[str]
    years: tuple[int, int]


class Masks:
    """Tells which numerals are labels, measures or codes."""

    def __init__(self, told: _MaskWords) -> None:
        self._told = told
        self._before_measure = told.measure_adjectives | told.of
        self._measures = Phrases((phrase, True) for phrase in told.measures)
        self._labels = Phrases((" ".join(reversed(split_words(phrase).words)), True) for phrase in told.labels)

    @classmethod
    def of(cls, lexicon: Lexicon) -> Masks:
        """The lexicon's masks, made once."""
        return lexicon.build(cls, lambda: cls(lexicon.read("numbers", _MaskWords)))

    def hide(self, words: Words, masked: Sequence[tuple[int, int]]) -> set[int]:
        """Indices of the digits that are no figures, and of all words inside `masked` offsets."""
        hidden = _cover(words, masked)
        for index in [index for index, word in enumerate(words.words) if word.isdecimal()]:
            if index not in hidden and self._is_label(words, index, hidden):
                hidden.add(index)
        return hidden

    def is_measure(self, words: Words, end: int) -> bool:
        """Whether the words from `end` on make the number before them a duration, a distance, money or a share.

        >>> from pipelines.catalog.language import load_language
        >>> from pipelines.parse.words import split_words
        >>> Masks.of(load_language("fr")).is_measure(split_words("deux longs mois"), 1)
        True
        """
        for _ in range(3):
            found = self._measures.match(words.words, end)
            if found is not None:
                return not _is_initial(words, end)
            if _word(words, end) not in self._before_measure:
                return False
            end += 1
        return False

    def is_plural(self, words: Words, index: int) -> bool:
        """Whether word `index` looks like a plural noun, so that a number before it counts it."""
        word = _word(words, index)
        return len(word) >= _SHORTEST_NOUN and word.isalpha() and word.endswith(self._told.plural_endings)

    def _is_label(self, words: Words, index: int, hidden: set[int]) -> bool:
        return (
            self._is_code(words, index)
            or _is_bullet(words, index)
            or self._is_year(words, index)
            or self._is_labelled(words, index, hidden)
            or self._is_named(words, index)
            or _is_phone(words, index)
        )

    def _is_code(self, words: Words, index: int) -> bool:
        """Digits glued to letters or to other digits: AK-47, RN6, 11h25, 12,7, 2-1, 4x4, 81e."""
        before, after = _word(words, index - 1), _word(words, index + 1)
        if words.is_glued(index):
            if before.isalpha() and before not in self._told.function_words:
                return True
            is_range = before == "-" and _word(words, index - 2).isdecimal() and self.is_plural(words, index + 1)
            if (
                not is_range
                and before in {*_CODE_SIGNS, ".", ","}
                and words.is_glued(index - 1)
                and _word(words, index - 2).isalnum()
            ):
                return True
        if index + 1 >= len(words.words) or not words.is_glued(index + 1):
            return False
        if after.isalpha():
            return len(after) < _SHORTEST_NOUN
        follows = _word(words, index + 2)
        if after == "-" and follows.isdecimal() and int(follows) > int(words.words[index]):
            return not self.is_plural(words, index + 3)  # "5-6 motos"
        return after in _CODE_SIGNS and words.is_glued(index + 2) and follows.isalnum()

    def _is_year(self, words: Words, index: int) -> bool:
        word = words.words[index]
        first, last = self._told.years
        return len(word) == 4 and first <= int(word) <= last and not self.is_plural(words, index + 1)

    def _is_labelled(self, words: Words, index: int, hidden: set[int]) -> bool:
        """Digits after "secteur", "n°", an hour; also the second of "secteurs 4 et 5"."""
        before = words.words[max(0, index - 4) : index][::-1]
        if self._labels.match(before, 0) is not None:
            return True
        if before and before[0] in self._told.hour_words and len(before) > 1 and before[1].isdecimal():
            return True
        is_joined = len(before) > 1 and before[0] in self._told.label_joiners and before[1].isdecimal()
        return is_joined and index - 2 in hidden and self._labels.match(before, 2) is not None

    def _is_named(self, words: Words, index: int) -> bool:
        """A small number right after a capitalised word is part of the name: Kalan 1, Lake Sanity 2."""
        word, before = words.words[index], words.text[words.starts[index - 1]] if index else ""
        if len(word) > 2 or word.startswith("0") or not before.isupper() or len(_word(words, index - 1)) < 2:
            return False
        return not self.is_plural(words, index + 1)


_CODE_SIGNS = frozenset("-/:*")
_SHORTEST_NOUN = 4
_BULLET_SIGNS = frozenset(".)/°-")


def _cover(words: Words, masked: Sequence[tuple[int, int]]) -> set[int]:
    covered: set[int] = set()
    for start, end in masked:
        index = max(0, bisect_right(words.starts, start) - 1)
        while index < len(words.starts) and words.starts[index] < end:
            if words.ends[index] > start:
                covered.add(index)
            index += 1
    return covered


def _is_bullet(words: Words, index: int) -> bool:
    """ "1." or "2/" at the beginning of a line."""
    start = words.starts[index]
    if _word(words, index + 1) not in _BULLET_SIGNS or len(words.words[index]) > 2:
        return False
    line = words.text.rfind("\n", 0, start) + 1
    return start - line < 8 and not words.text[line:start].strip(" -–—•*")


def _is_phone(words: Words, index: int) -> bool:
    """One of three or more groups of two digits in a row: 08 00 11 20."""
    groups = [at for at in range(index - 3, index + 4) if len(_word(words, at)) == 2 and _word(words, at).isdecimal()]
    runs = [at for at in groups if at + 1 in groups and at + 2 in groups]
    return any(at <= index <= at + 2 for at in runs)


def _is_initial(words: Words, index: int) -> bool:
    """ "M." is a title, not metres."""
    return words.text[words.starts[index]].isupper() and len(words.words[index]) == 1 and _word(words, index + 1) == "."


def _word(words: Words, index: int) -> str:
    return words.words[index] if 0 <= index < len(words.words) else ""
