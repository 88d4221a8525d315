"""Numerals in digits and words: "10 000", "45.555", "trente deux (32)", "quatre-vingt-dix", "1,4 million"."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from pipelines.catalog.language import Lexicon
from pipelines.parse.words import Words


class _Numerals(BaseModel):
    """The part of the section `numbers` that spells out numerals."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    units: dict[str, int]
    teens: dict[str, int]
    tens: dict[str, int]
    hundreds: dict[str, int]
    magnitudes: dict[str, int]
    joiners: frozenset[str]
    joined: frozenset[str]
    wide_tens: frozenset[int]
    wide_teens: dict[int, frozenset[int]]
    multiplied_tens: dict[int, int]


class Numeral(NamedTuple):
    """A number and the index of the word after it; value None for a decimal that counts nothing whole."""

    end: int
    value: int | None
    is_digits: bool


class NumeralReader:
    """Reads one numeral at a word. Build it once per lexicon with `numeral_reader`."""

    def __init__(self, spelt: _Numerals) -> None:
        self._spelt = spelt
        self._small = {**spelt.units, **spelt.teens}
        self.starters = frozenset({*self._small, *spelt.tens, *spelt.hundreds, *spelt.magnitudes})
        self.parts = self.starters | spelt.joiners | _SIGNS  # the words that a numeral can hold but for digits

    def read(self, words: Words, index: int) -> Numeral | None:
        """The numeral that begins at word `index`, its bracketed double ("trois (03)") taken in; None if none does."""
        first = self._read_plain(words, index)
        if first is None or first.end + 2 >= len(words.words) or words.words[first.end] != "(":
            return first
        second = self._read_plain(words, first.end + 1)
        if second is None or second.is_digits == first.is_digits or words.words[second.end : second.end + 1] != [")"]:
            return first
        digits = first if first.is_digits else second
        return Numeral(second.end + 1, digits.value, True)

    def _read_plain(self, words: Words, index: int) -> Numeral | None:
        if index >= len(words.words):
            return None
        word = words.words[index]
        if word.isdecimal():
            return self._read_digits(words, index)
        return self._read_cardinal(words, index) if word in self.starters else None

    def _read_digits(self, words: Words, index: int) -> Numeral:
        end, value = _join_thousands(words, index)
        decimal = _read_decimal(words, end)
        magnitude = self._spelt.magnitudes.get(_word(words, end + 2 if decimal else end), 0)
        if decimal is None:
            return Numeral(end + 1, value * magnitude, True) if magnitude else Numeral(end, value, True)
        if not magnitude:
            return Numeral(end + 2, None, True)
        whole = (value * 10 ** len(decimal) + int(decimal)) * magnitude // 10 ** len(decimal)
        return Numeral(end + 3, whole, True)

    def _read_cardinal(self, words: Words, index: int) -> Numeral | None:
        """Take words as long as they go on making one number."""
        total, group, scale, end, at = 0, 0, 10**12, index, index
        while at < len(words.words):
            word = words.words[at]
            magnitude = self._spelt.magnitudes.get(word, 0)
            if magnitude and magnitude < scale:
                total, group, scale = total + (group or 1) * magnitude, 0, magnitude
            else:
                grown = self._grow(group, word, is_joined=at > index and words.words[at - 1] in self._spelt.joiners)
                if grown is None:
                    break
                group = grown
            end = at + 1
            at = self._skip_joint(words, end)
        return Numeral(end, total + group, False) if end > index else None

    def _grow(self, group: int, word: str, *, is_joined: bool) -> int | None:
        """What the group below a thousand becomes with one more word; None if the word does not go on with it."""
        below = group % 100
        if word in self._small:
            fits = self._takes_small(below, self._small[word]) and (not is_joined or word in self._spelt.joined)
            return group + self._small[word] if fits else None
        if is_joined:
            return None
        if word in self._spelt.tens:
            return self._grow_tens(group, below, self._spelt.tens[word])
        return (group or 1) * 100 if word in self._spelt.hundreds and group < 20 else None

    def _takes_small(self, below: int, value: int) -> bool:
        if below == 0:
            return True
        if below >= 20 and below % 10 == 0:
            return value < 10 or below in self._spelt.wide_tens
        base, teen = divmod(below, 20)
        return value in self._spelt.wide_teens.get(teen if base * 20 in {0, *self._spelt.wide_tens} else -1, ())

    def _grow_tens(self, group: int, below: int, ten: int) -> int | None:
        if self._spelt.multiplied_tens.get(below) == ten:
            return group - below + below * ten
        return group + ten if below == 0 else None

    def _skip_joint(self, words: Words, at: int) -> int:
        """The next word's index after a hyphen or an "et" inside a numeral."""
        if _word(words, at) == "-" and words.is_glued(at) and words.is_glued(at + 1):
            at += 1
        if _word(words, at) in self._spelt.joiners:
            at += 1
            at += _word(words, at) == "-"
        return at


_SIGNS = frozenset("-().,'")


def numeral_reader(lexicon: Lexicon) -> NumeralReader:
    """The lexicon's reader of numerals, made once."""
    return lexicon.build(NumeralReader, lambda: NumeralReader(lexicon.read("numbers", _Numerals)))


def _word(words: Words, index: int) -> str:
    return words.words[index] if 0 <= index < len(words.words) else ""


def _join_thousands(words: Words, index: int) -> tuple[int, int]:
    """Index after, and value of, a run of digits with its groups of three: "45.555", "1 176 528"."""
    digits, end = words.words[index], index + 1
    if len(digits) > 3 or digits.startswith("0"):
        return end, int(digits[:18])
    while len(digits) < 18:
        step = 1 if _word(words, end) in {".", ",", "'"} and words.is_glued(end) and words.is_glued(end + 1) else 0
        group = _word(words, end + step)
        is_group = len(group) == 3 and group.isdecimal() and _is_number_end(words, end + step + 1)
        if not is_group or (step == 0 and words.is_glued(end)):
            break
        digits, end = digits + group, end + step + 1
    return end, int(digits)


def _is_number_end(words: Words, index: int) -> bool:
    """Whether the digits before word `index` are not glued to more signs of a code or a plate."""
    return not (words.is_glued(index) and _word(words, index) in {"-", "/", ":"}) if index < len(words.words) else True


def _read_decimal(words: Words, end: int) -> str | None:
    if _word(words, end) not in {",", "."} or not words.is_glued(end) or end + 1 >= len(words.words):
        return None
    digits = words.words[end + 1]
    return digits if words.is_glued(end + 1) and digits.isdecimal() and len(digits) <= 12 else None
