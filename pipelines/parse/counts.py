"""Figures in a text: "une vingtaine", "au moins six", "deux à trois", "trois (03)", "aucune", "des dizaines".

Only words about how many; what they count is for the reader of the sentence. Numbers that count no people and no
things (hours, distances, calibres, models, dates, money, labels) are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from pipelines.catalog.language import Lexicon
from pipelines.mentions import DateMention
from pipelines.parse.dates import find_dates
from pipelines.parse.number_masks import Masks
from pipelines.parse.numerals import NumeralReader, numeral_reader
from pipelines.parse.words import Phrases, Words, split_words

Bounds = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Count:
    """A figure at `text[start:end]`: low, best and high as told, None where the words leave it open.

    `rule` is exact | article | one_of | round | approximate | at_least | at_most | range | several | plural | none.
    """

    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    rule: str
    is_vague: bool = False
    is_other: bool = False  # "deux autres", "une autre centaine": beside those told before


class _Figures(BaseModel):
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
    out_of: frozenset[str]
    in_number: tuple[str, ...]
    other: frozenset[str]
    several: tuple[str, ...]
    plural_articles: tuple[str, ...]
    none: tuple[str, ...]
    one_of: tuple[str, ...]


class _Amount(NamedTuple):
    """A figure before its modifiers: the index of the word after it."""

    end: int
    low: int | None
    best: int | None
    high: int | None
    rule: str
    unit: int = 1  # 10 for "dizaines": what a bare numeral before "à deux dizaines" is multiplied by


class CountReader:
    """The count grammar over one lexicon. Build it with `count_reader`."""

    def __init__(self, figures: _Figures, numerals: NumeralReader, masks: Masks) -> None:
        self._figures = figures
        self._numerals = numerals
        self._masks = masks
        self._before = _phrases_by_class(figures.before, in_number=figures.in_number)
        self._after = _phrases_by_class(figures.after)
        self._round = Phrases(figures.round_nouns)
        self._vague = _phrases_by_class(
            {
                "several": figures.several,
                "plural": figures.plural_articles,
                "none": figures.none,
                "one_of": figures.one_of,
            }
        )
        self._starters = self._list_starters(figures)

    def _list_starters(self, figures: _Figures) -> frozenset[str]:
        """The words with which a figure may begin."""
        nouns = {*figures.articles, *figures.round_plurals, *figures.round_adjectives}
        return self._numerals.starters | self._before.firsts | self._vague.firsts | self._round.firsts | nouns

    def find(self, words: Words, masked: Sequence[tuple[int, int]]) -> list[Count]:
        """All counts in text order, none inside another, none that touches a masked range of offsets."""
        found: list[Count] = []
        index, total = 0, len(words.words)
        hidden = self._masks.hide(words, masked)
        while index < total:
            word = words.words[index]
            if word not in self._starters and not word[0].isdecimal():
                index += 1
                continue
            end, count = self._read(words, index, hidden)
            if count is not None:
                found.append(count)
            index = max(end, index + 1)
        return found

    def _read(self, words: Words, index: int, hidden: set[int]) -> tuple[int, Count | None]:
        """The index to go on from, and the count at `index` if there is one."""
        rule = ""
        start = index
        modifier = self._before.match(words.words, index)
        if modifier is not None:
            index, rule = modifier
        amount = self._read_amount(words, index, hidden, is_between=rule == "between")
        if amount is None:
            return self._skip_decimal(words, index), None
        if self._masks.is_measure(words, amount.end):
            return amount.end, None
        if _word(words, amount.end) in self._figures.out_of and self._is_figure(words, amount.end + 1):
            return amount.end + 2, None  # "sept sur dix"
        if not rule or rule == "in_number":
            rule, amount = self._read_after(words, amount)
        low, best, high = _bound(rule, amount)
        name = rule if rule in _MODIFIERS and amount.rule not in _UNMODIFIED else amount.rule
        is_other = any(word in self._figures.other for word in words.words[index : amount.end + 1])
        span = words.starts[start], words.ends[amount.end - 1]
        return amount.end, Count(*span, low, best, high, name, name in _VAGUE, is_other)

    def _skip_decimal(self, words: Words, index: int) -> int:
        """The index after what stands at `index` and is no figure; a decimal is left in one piece."""
        numeral = self._numerals.read(words, index)
        return numeral.end if numeral is not None and numeral.value is None else index

    def _read_amount(self, words: Words, index: int, hidden: set[int], *, is_between: bool = False) -> _Amount | None:
        """A numeral, a round noun, a vague word, or a range of the first two."""
        first = self._read_single(words, index, hidden)
        if first is None or first.best is None or first.rule not in {"exact", "article", "round"}:
            return first
        joiners = self._figures.between_joiners if is_between else self._figures.range_joiners
        if words.words[first.end : first.end + 1] and words.words[first.end] in joiners:
            second = self._read_single(words, first.end + 1, hidden)
            if second is not None and second.best is not None and second.rule in {"exact", "round"}:
                low = first.best * (second.unit if first.rule != "round" else 1)
                if low < second.best:
                    return _Amount(second.end, low, (low + second.best + 1) // 2, second.best, "range")
        return first

    def _read_single(self, words: Words, index: int, hidden: set[int]) -> _Amount | None:
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

    def _read_numeral(self, words: Words, index: int) -> _Amount | None:
        numeral = self._numerals.read(words, index)
        if numeral is None or numeral.value is None:
            return None
        value, end = numeral.value, numeral.end
        unit = self._figures.round_plurals.get(_word(words, end))
        if unit is not None:
            return _Amount(end + 1, value * unit, value * unit, value * unit, "round", unit)
        if not numeral.is_digits and _word(words, end) == "-" and words.is_glued(end) and words.is_glued(end + 1):
            return None  # "deux-roues", "dix-neuvième"
        is_article = end == index + 1 and words.words[index] in self._figures.articles
        return _Amount(end, value, value, value, "article" if is_article else "exact")

    def _read_round(self, words: Words, index: int) -> _Amount | None:
        """A round noun, its adjectives before it: "bonne trentaine", "centaine de milliers"."""
        while _word(words, index) in self._figures.round_adjectives:
            index += 1
        found = self._round.match(words.words, index)
        if found is None:
            return self._read_several(words, index)
        end, (best, spread) = found
        end, times = self._read_thousands(words, end)
        return _Amount(end, (best - spread) * times, best * times, (best + spread) * times, "round")

    def _read_vague(self, words: Words, end: int, rule: str) -> _Amount | None:
        if rule == "none":
            return _Amount(end, 0, 0, 0, rule)
        if rule == "one_of":
            return _Amount(end, 1, 1, 1, rule)
        if rule == "several" and self._is_figure(words, end):  # "quelques 35 personnes", as it is often written
            numeral = self._numerals.read(words, end)
            if numeral is not None and numeral.value is not None:
                low, high = _spread(numeral.value)
                return _Amount(numeral.end, low, numeral.value, high, "approximate")
        many = self._read_several(words, end)
        return many if many is not None else _Amount(end, 2, None, None, rule)

    def _read_several(self, words: Words, index: int) -> _Amount | None:
        """ "dizaines", "centaines de milliers" after "des", "plusieurs" or nothing."""
        unit = self._figures.round_plurals.get(_word(words, index))
        if unit is None:
            return None
        end, times = self._read_thousands(words, index + 1)
        return _Amount(end, 2 * unit * times, None, None, "several", unit)

    def _read_thousands(self, words: Words, end: int) -> tuple[int, int]:
        if _word(words, end) in self._figures.of:
            times = self._figures.round_plurals.get(_word(words, end + 1), 0)
            if times:
                return end + 2, times
        return end, 1

    def _read_after(self, words: Words, amount: _Amount) -> tuple[str, _Amount]:
        """The modifier behind a figure or behind the few words that follow it ("cinq terroristes au moins")."""
        if amount.rule not in {"exact", "round", "article"}:
            return amount.rule, amount
        for gap in range(_LONGEST_GAP + 1):
            at = amount.end + gap
            found = self._after.match(words.words, at)
            if found is not None and not self._is_figure(words, found[0]):
                return found[1], amount._replace(end=found[0]) if gap == 0 else amount
            if not _word(words, at).rstrip("'").isalpha() or self._is_figure(words, at):
                break
        return amount.rule, amount

    def _is_figure(self, words: Words, index: int) -> bool:
        word = _word(words, index)
        return word.isdecimal() or word in self._numerals.starters


_LONGEST_GAP = 4
_MODIFIERS = frozenset({"approximate", "at_least", "at_most"})
_UNMODIFIED = frozenset({"several", "plural", "none", "one_of", "range"})
_VAGUE = frozenset({"several", "plural"})


def count_reader(lexicon: Lexicon) -> CountReader:
    """The lexicon's count grammar, made once."""
    return lexicon.build(
        CountReader,
        lambda: CountReader(lexicon.read("numbers", _Figures), numeral_reader(lexicon), Masks.of(lexicon)),
    )


def find_counts(text: str, lexicon: Lexicon, dates: Sequence[DateMention] | None = None) -> list[Count]:
    """All figures of a normalised text in order; numbers in its `dates` (found here if not given) count nothing.

    >>> from pipelines.catalog.language import load_language
    >>> [(c.low, c.best, c.high) for c in find_counts("une vingtaine tués, au moins 06 AK-47", load_language("fr"))]
    [(17, 20, 23), (6, 6, None)]
    """
    mentions = find_dates(text, lexicon) if dates is None else dates
    return count_reader(lexicon).find(split_words(text), [(m.span.start, m.span.end) for m in mentions])


def _spread(value: int) -> tuple[int, int]:
    """Ten per cent below and above, rounded outwards."""
    return value * 9 // 10, -(-value * 11 // 10)


def _bound(rule: str, amount: _Amount) -> Bounds:
    """Low, best and high after the modifier has had its say."""
    best = amount.best
    if best is None or amount.rule in _UNMODIFIED or rule not in _MODIFIERS:
        return amount.low, best, amount.high
    if rule == "at_least":
        return best, best, None
    if rule == "at_most":
        return None, best, best
    if amount.rule == "round":
        return amount.low, best, amount.high
    low, high = _spread(best)
    return low, best, high


def _phrases_by_class(classes: dict[str, tuple[str, ...]], **more: tuple[str, ...]) -> Phrases[str]:
    return Phrases(_pairs({**classes, **more}))


def _pairs(classes: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    return ((phrase, name) for name, phrases in classes.items() for phrase in phrases)


def _word(words: Words, index: int) -> str:
    return words.words[index] if 0 <= index < len(words.words) else ""
