"""How many, without its modifiers: a numeral, a round noun, a vague word, or a range of them."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from pipelines.parse.numerals import NumeralReader
from pipelines.parse.words import Phrases, Starts, Words, phrases_by_class


class Figures(BaseModel):
    """The part of the section `numbers` that tells figures."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    articles: frozenset[str]
    round_nouns: dict[str, tuple[int, int]]
    round_plurals: dict[str, int]
    round_adjectives: frozenset[str]
    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    range_joiners: frozenset[str]
    between_joiners: frozenset[str]
    of: frozenset[str]
    change_words: frozenset[str]
    out_of: frozenset[str]
    in_number: tuple[str, ...]
    other: frozenset[str]
    several: tuple[str, ...]
    plural_articles: tuple[str, ...]
    none: tuple[str, ...]
    one_of: tuple[str, ...]


class Amount(NamedTuple):
    """A figure before its modifiers: the index of the word after it."""

    end: int
    low: int | None
    best: int | None
    high: int | None
    rule: str
    unit: int = 1  # 10 for "dizaines": what a bare numeral before "à deux dizaines" is multiplied by


class AmountReader:
    """Reads the amount at a word; numbers whose indices are `hidden` are none."""

    def __init__(self, figures: Figures, numerals: NumeralReader) -> None:
        self._figures = figures
        self._numerals = numerals
        self._round = Phrases(figures.round_nouns)
        self._vague = phrases_by_class(
            {
                "several": figures.several,
                "plural": figures.plural_articles,
                "none": figures.none,
                "one_of": figures.one_of,
            }
        )

    def find_starts(self, modifiers: Phrases[str]) -> Starts:
        """Finds where an amount, or a modifier of one, may begin."""
        told = self._figures
        nouns = {*told.articles, *told.round_plurals, *told.round_adjectives}
        return Starts(self._numerals.starters | nouns, self._vague, self._round, modifiers)

    def read(self, words: Words, index: int, hidden: set[int], *, is_between: bool = False) -> Amount | None:
        """A numeral, a round noun, a vague word, or a range of the first two."""
        first = self._read_single(words, index, hidden)
        if first is None or first.best is None or first.rule not in {"exact", "article", "round"}:
            return first
        joiners = self._figures.between_joiners if is_between else self._figures.range_joiners
        is_hyphen = _word(words, first.end) == "-" and words.is_glued(first.end)
        if (is_hyphen or _word(words, first.end) in joiners) and not self._is_change(words, index):
            second = self._read_single(words, first.end + 1, hidden)
            if second is not None and second.best is not None and second.rule in {"exact", "round"}:
                low = first.best * (second.unit if first.rule != "round" else 1)
                if low < second.best:
                    return Amount(second.end, low, (low + second.best + 1) // 2, second.best, "range")
        return first

    def _is_change(self, words: Words, index: int) -> bool:
        """Whether "de 10 à 12" tells how a figure has changed."""
        before = words.words[max(0, index - _CHANGE_REACH) : index]
        return bool(before) and before[-1] in self._figures.of and not self._figures.change_words.isdisjoint(before)

    def _read_single(self, words: Words, index: int, hidden: set[int]) -> Amount | None:
        if index >= len(words.words):
            return None
        word = words.words[index]
        if word in self._figures.articles:
            after_article = self._read_round(words, index + 1)
            if after_article is not None:
                return after_article
        if word.isdecimal() or word in self._numerals.starters:
            return None if index in hidden else self._read_numeral(words, index)
        vague = self._vague.match(words.words, index)
        return self._read_vague(words, *vague) if vague else self._read_round(words, index)

    def _read_numeral(self, words: Words, index: int) -> Amount | None:
        numeral = self._numerals.read(words, index)
        if numeral is None or numeral.value is None:
            return None
        value, end = numeral.value, numeral.end
        unit = self._figures.round_plurals.get(_word(words, end))
        if unit is not None:
            return Amount(end + 1, value * unit, value * unit, value * unit, "round", unit)
        if not numeral.is_digits and _word(words, end) == "-" and words.is_glued(end) and words.is_glued(end + 1):
            return None  # "deux-roues", "dix-neuvième"
        is_article = end == index + 1 and words.words[index] in self._figures.articles
        return Amount(end, value, value, value, "article" if is_article else "exact")

    def _read_round(self, words: Words, index: int) -> Amount | None:
        """A round noun, its adjectives before it: "bonne trentaine", "centaine de milliers"."""
        while _word(words, index) in self._figures.round_adjectives:
            index += 1
        found = self._round.match(words.words, index)
        if found is None:
            return self._read_several(words, index)
        end, (best, spread) = found
        end, times = self._read_thousands(words, end)
        return Amount(end, (best - spread) * times, best * times, (best + spread) * times, "round")

    def _read_vague(self, words: Words, end: int, rule: str) -> Amount | None:
        if rule == "none":
            return Amount(end, 0, 0, 0, rule)
        if rule == "one_of":
            return Amount(end, 1, 1, 1, rule)
        if rule == "several" and self.is_figure(words, end):  # "quelques 35 personnes", as it is often written
            numeral = self._numerals.read(words, end)
            if numeral is not None and numeral.value is not None:
                low, high = spread(numeral.value)
                return Amount(numeral.end, low, numeral.value, high, "approximate")
        many = self._read_several(words, end)
        return many if many is not None else Amount(end, 2, None, None, rule)

    def _read_several(self, words: Words, index: int) -> Amount | None:
        """ "dizaines", "centaines de milliers" after "des", "plusieurs" or nothing."""
        unit = self._figures.round_plurals.get(_word(words, index))
        if unit is None:
            return None
        end, times = self._read_thousands(words, index + 1)
        return Amount(end, 2 * unit * times, None, None, "several", unit)

    def _read_thousands(self, words: Words, end: int) -> tuple[int, int]:
        if _word(words, end) in self._figures.of:
            times = self._figures.round_plurals.get(_word(words, end + 1), 0)
            if times:
                return end + 2, times
        return end, 1

    def is_figure(self, words: Words, index: int) -> bool:
        """Whether a numeral may stand at a word."""
        word = _word(words, index)
        return word.isdecimal() or word in self._numerals.starters


def spread(value: int) -> tuple[int, int]:
    """Ten per cent below and above, rounded outwards.

    >>> spread(160)
    (144, 176)
    """
    return value * 9 // 10, -(-value * 11 // 10)


_CHANGE_REACH = 4


def _word(words: Words, index: int) -> str:
    return words.words[index] if 0 <= index < len(words.words) else ""
