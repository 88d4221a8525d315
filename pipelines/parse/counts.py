"""Figures in a text: "une vingtaine", "au moins six", "deux à trois", "trois (03)", "aucune", "des dizaines".

Only words about how many; what they count is for the reader of the sentence. Numbers that count no people and no
things (hours, distances, calibres, models, dates, money, labels) are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.catalog.language import Lexicon
from pipelines.mentions import DateMention
from pipelines.parse.count_amounts import Amount, AmountReader, Figures, spread
from pipelines.parse.dates import find_dates
from pipelines.parse.number_masks import Masks
from pipelines.parse.numerals import NumeralReader, numeral_reader
from pipelines.parse.words import Words, phrases_by_class, split_unquoted

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


class CountReader:
    """The count grammar over one lexicon. Build it with `count_reader`."""

    def __init__(self, figures: Figures, numerals: NumeralReader, masks: Masks) -> None:
        self._figures = figures
        self._numerals = numerals
        self._masks = masks
        self._amounts = AmountReader(figures, numerals)
        self._before = phrases_by_class({**figures.before, "in_number": figures.in_number})
        self._after = phrases_by_class(figures.after)
        self._after_firsts = self._after.firsts
        self._starts = self._amounts.find_starts(self._before)

    def find(self, words: Words, masked: Sequence[tuple[int, int]]) -> list[Count]:
        """All counts in text order, none inside another, none that touches a masked range of offsets."""
        found: list[Count] = []
        hidden = self._masks.hide(words, masked)
        reached = 0
        for index in self._starts.find(words.words):
            if index >= reached:
                reached, count = self._read(words, index, hidden)
                if count is not None:
                    found.append(count)
        return found

    def _read(self, words: Words, index: int, hidden: set[int]) -> tuple[int, Count | None]:
        """The index to go on from, and the count at `index` if there is one."""
        rule = ""
        start = index
        modifier = self._before.match(words.words, index)
        if modifier is not None:
            index, rule = modifier
        amount = self._amounts.read(words, index, hidden, is_between=rule == "between")
        if amount is None:
            return self._skip_decimal(words, index), None
        if self._masks.is_measure(words, amount.end):
            return amount.end, None
        if _word(words, amount.end) in self._figures.out_of and self._amounts.is_figure(words, amount.end + 1):
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
        numeral = self._numerals.read(words, index) if self._amounts.is_figure(words, index) else None
        return numeral.end if numeral is not None and numeral.value is None else index

    def _read_after(self, words: Words, amount: Amount) -> tuple[str, Amount]:
        """The modifier behind a figure or behind the few words that follow it ("cinq terroristes au moins")."""
        following = words.words[amount.end : amount.end + _LONGEST_GAP + 1]
        if amount.rule not in {"exact", "round", "article"} or self._after_firsts.isdisjoint(following):
            return amount.rule, amount
        for gap in range(_LONGEST_GAP + 1):
            at = amount.end + gap
            found = self._after.match(words.words, at)
            if found is not None and not self._amounts.is_figure(words, found[0]):
                return found[1], amount._replace(end=found[0]) if gap == 0 else amount
            if not _word(words, at).rstrip("'").isalpha() or self._amounts.is_figure(words, at):
                break
        return amount.rule, amount


_LONGEST_GAP = 4
_MODIFIERS = frozenset({"approximate", "at_least", "at_most"})
_UNMODIFIED = frozenset({"several", "plural", "none", "one_of", "range"})
_VAGUE = frozenset({"several", "plural"})


def count_reader(lexicon: Lexicon) -> CountReader:
    """The lexicon's count grammar, made once."""
    return lexicon.build(
        CountReader,
        lambda: CountReader(lexicon.read("numbers", Figures), numeral_reader(lexicon), Masks.of(lexicon)),
    )


def find_counts(text: str, lexicon: Lexicon, dates: Sequence[DateMention] | None = None) -> list[Count]:
    """All figures of a normalised text in order; numbers in its `dates` (found here if not given) count nothing.

    >>> from pipelines.catalog.language import load_language
    >>> [(c.low, c.best, c.high) for c in find_counts("une vingtaine tués, au moins 06 AK-47", load_language("fr"))]
    [(17, 20, 23), (6, 6, None)]
    """
    mentions = find_dates(text, lexicon) if dates is None else dates
    return count_reader(lexicon).find(split_unquoted(text), [(m.span.start, m.span.end) for m in mentions])


def _bound(rule: str, amount: Amount) -> Bounds:
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
    low, high = spread(best)
    return low, best, high


def _word(words: Words, index: int) -> str:
    return words.words[index] if 0 <= index < len(words.words) else ""
