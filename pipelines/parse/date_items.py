"""Words of time as a string of one-letter classes, on which the date forms are plain patterns.

"dans la nuit du 12 au 13 mars" becomes the items in·the·night·of·day·to·day·month: `iaNodtdM`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from pipelines.catalog.language import Lexicon
from pipelines.parse.numerals import NumeralReader, numeral_reader
from pipelines.parse.words import Phrases, Words

# The letter of each class. Numbers: a day's is 1 to 31 in digits, a year's has four digits, number is any other.
LETTERS = {
    "the": "a", "the_many": "A", "this": "c", "of": "o", "of_the": "u", "to": "t", "to_the": "v", "since": "s",
    "in": "i", "and": "&", "between": "b", "same": "=", "there": "L", "here": "C", "last": "l", "before": "p",
    "next": "x", "following": "f", "first": "F", "second": "2", "day": "J", "night": "N", "daypart": "G", "hour": "H",
    "week": "S", "weekend": "E", "month_word": "O", "year_word": "y", "period": "P", "fortnight": "Q", "start": "B",
    "middle": "I", "end": "X", "later": "+", "earlier": "-", "ago": "g", "same_time": "T", "some": "m",
    "feast_word": "K", "date_word": "D", "comma": ",", "dash": "~", "month": "M", "weekday": "W", "spoken": "V",
    "told": "U", "feast": "Z", "day_number": "d", "number": "n", "year": "Y", "numeric": "#",
    "short": "/", "ordinal": "e", "word": ".", "break": "|", "open": "[", "close": "]", "these": "q", "which": "w",
    "going": "k", "current": "j", "feast_day": "z", "each": "h", "event_word": "R", "long_ago": "r", "recently": "1",
    "about": "@", "before_last": "%",
}  # fmt: skip
# Letters without which no form of a date fits: where words hold none, they are not looked at.
CORES = frozenset(
    LETTERS[name]
    for name in (
        "month", "weekday", "spoken", "told", "feast", "day_number", "numeric", "short", "year", "week", "weekend",
        "night", "day", "date_word", "daypart", "same_time", "period", "month_word", "year_word", "hour",
        "feast_day", "recently",
    )
)  # fmt: skip
_NUMERIC = re.compile(
    r"(?<![0-9/.-])(?P<day>[0-9]{1,2})(?P<sign> ?[/.-] ?)(?P<month>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4}|[0-9]{2})"
    r"(?![0-9/-]|\.[0-9])"
)
_ISO = re.compile(
    r"(?<![0-9/.-])(?P<year>[0-9]{4})(?P<sign>[/-])(?P<month>[0-9]{2})(?P=sign)(?P<day>[0-9]{2})(?![0-9/-])"
)
_LONGEST_DAY = 31
_LAST_MONTH = 12
_ENDERS = frozenset(".,;:!?)»")
_WORD, _BREAK = LETTERS["word"], LETTERS["break"]
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_SIGNS = {"-": LETTERS["dash"], "–": LETTERS["dash"], "/": LETTERS["dash"], "(": LETTERS["open"], ")": LETTERS["close"]}
_DAY_HOURS = 24
_OLDEST_YEAR = 1800  # right after a month: "le 22 septembre 1960"


class _DateWords(BaseModel):
    """The part of the section `dates` that names words."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    months: dict[str, int]
    weekdays: dict[str, int]
    spoken: dict[str, int]
    told: dict[str, int]
    classes: dict[str, tuple[str, ...]]
    first_suffixes: frozenset[str]
    ordinal_suffixes: frozenset[str]
    round_numbers: dict[str, int] = {}
    years: tuple[int, int]
    months_after_day: dict[str, int] = {}
    feasts: dict[str, str]
    feast_days: dict[str, str] = {}


class Item(NamedTuple):
    """A class letter with its value (month, weekday, number, day-month-year, feast) and the words it covers."""

    letter: str
    value: int | str | tuple[int, int, int] | None
    first: int
    end: int


_PLAIN = Item(_WORD, None, 0, 0)  # stands for every word that says nothing of time; no form holds one


class DateItems:
    """Cuts words into items. Build it once per lexicon with `date_items`."""

    def __init__(self, told: _DateWords, numerals: NumeralReader) -> None:
        self._numerals = numerals
        self._first_suffixes = told.first_suffixes
        self._ordinal_suffixes = told.ordinal_suffixes
        self._years = told.years
        self._phrases: Phrases[tuple[str, int | str | None]] = Phrases(
            [
                *((word, (LETTERS[name], None)) for name, words in told.classes.items() for word in words),
                *((word, (LETTERS["month"], value)) for word, value in told.months.items()),
                *((word, (LETTERS["weekday"], value)) for word, value in told.weekdays.items()),
                *((word, (LETTERS["number"], value)) for word, value in told.round_numbers.items()),
                *((word, (LETTERS["spoken"], value)) for word, value in told.spoken.items()),
                *((word, (LETTERS["told"], value)) for word, value in told.told.items()),
                *((word, (LETTERS["feast"], value)) for word, value in told.feasts.items()),
                *((word, (LETTERS["feast_day"], value)) for word, value in told.feast_days.items()),
            ]
        )
        self._singles = {word: value for word, value in self._phrases.singles.items() if word not in _SIGNS}
        self._months_after_day = told.months_after_day
        self._hours = frozenset(told.classes.get("hour", ()))
        self._cores = {words[0] for words, (letter, _) in self._phrases if letter in CORES}
        self._parts = {word for words, _ in self._phrases for word in words} | numerals.parts | _SIGNS.keys()
        self._parts |= {*told.months_after_day, *told.first_suffixes, *told.ordinal_suffixes}

    def cut(self, words: Words) -> list[Item]:
        """The items of all stretches that may hold a date, in order, a `word` item between two of them."""
        items: list[Item] = []
        for index, end in self._find_stretches(words.words):
            items.append(_PLAIN)
            while index < end:
                if index and words.text.find("\n\n", words.ends[index - 1], words.starts[index]) >= 0:
                    items.append(Item(_BREAK, None, index, index))
                items.append(self._read_item(words, index, items))
                index = items[-1].end
        return items

    def _find_stretches(self, words: list[str]) -> Iterator[tuple[int, int]]:
        """Words in a row that may be parts of a date, as ranges, where one of them can make it one.

        No item reaches beyond its stretch, so that nothing else of a text needs to be read.
        """
        end, cores = 0, self._cores
        for core in [index for index, word in enumerate(words) if word in cores or word.isdecimal()]:
            if core >= end:
                first, end = core, core + 1
                while first and self._is_part(words[first - 1]):
                    first -= 1
                while end < len(words) and self._is_part(words[end]):
                    end += 1
                yield first, end

    def _is_part(self, word: str) -> bool:
        return word in self._parts or word.isdecimal()

    def _read_item(self, words: Words, index: int, before: list[Item]) -> Item:
        word = words.words[index]
        if word in self._singles:
            return Item(*self._singles[word], index, index + 1)
        if word.isdecimal():
            return _read_numeric(words, index) or self._read_number(words, index, before)
        found = self._phrases.match(words.words, index)
        if found is not None and not (word == "-" and not words.is_glued(index)):
            return Item(*found[1], index, found[0])
        if word in self._months_after_day and _follows_day(before):
            return Item(LETTERS["month"], self._months_after_day[word], index, index + 1)
        numeral = self._numerals.read(words, index)
        if numeral is not None:
            return Item(LETTERS["number"], numeral.value, index, numeral.end)
        return Item(_SIGNS.get(word, _WORD), None, index, index + 1)

    def _read_number(self, words: Words, index: int, before: list[Item]) -> Item:
        digits, after = words.words[index], index + 1
        is_glued = after < len(words.words) and words.is_glued(after)
        following = words.words[after] if after < len(words.words) else ""
        if following in self._first_suffixes and (is_glued or digits == "1"):
            return Item(LETTERS["day_number"], int(digits[:9]), index, after + 1)
        if is_glued and following in self._ordinal_suffixes:
            return Item(LETTERS["ordinal"], int(digits[:9]), index, after + 1)
        if is_glued and following in self._hours and int(digits[:9]) % _DAY_HOURS == 0:  # "48h": two days, no hour
            return Item(LETTERS["number"], int(digits[:9]), index, after)
        is_in_month = is_glued and self._is_in_month(words, after)
        if is_glued and not is_in_month and (following.isalnum() or following in {":", "/", "%"}):
            return _read_short(words, index)
        first_year = _OLDEST_YEAR if before and before[-1].letter == LETTERS["month"] else self._years[0]
        if len(digits) == 4 and first_year <= int(digits) <= self._years[1]:
            return Item(LETTERS["year"], int(digits), index, after)
        numeral = self._numerals.read(words, index)
        if numeral is None or numeral.value is None:
            return Item(_WORD, None, index, numeral.end if numeral else after)
        is_day = len(digits) <= 2 and 1 <= numeral.value <= _LONGEST_DAY and numeral.value == int(digits)
        return Item(LETTERS["day_number" if is_day else "number"], numeral.value, index, numeral.end)

    def _is_in_month(self, words: Words, index: int) -> bool:
        """Whether a month is glued to the number before word `index`: "14septembre", "12/13 septembre"."""
        if words.words[index] == "/" and index + 1 < len(words.words) and words.words[index + 1].isdecimal():
            index += 2
        found = self._phrases.match(words.words, index)
        return found is not None and found[1][0] == LETTERS["month"]


def date_items(lexicon: Lexicon) -> DateItems:
    """The lexicon's words of time, compiled once."""
    return lexicon.build(DateItems, lambda: DateItems(lexicon.read("dates", _DateWords), numeral_reader(lexicon)))


def _follows_day(before: list[Item]) -> bool:
    """Whether a day's number stands before, perhaps with a dash: "12-sept"."""
    told = before[:-1] if before and before[-1].letter == LETTERS["dash"] else before
    return bool(told) and told[-1].letter == LETTERS["day_number"]


def _read_short(words: Words, index: int) -> Item:
    """Day and month without a year: "06/09"."""
    day, sign, month = (*words.words[index : index + 3], "", "", "")[:3]
    is_glued = words.is_glued(index + 1) and index + 2 < len(words.words) and words.is_glued(index + 2)
    is_longer = index + 3 < len(words.words) and words.is_glued(index + 3) and words.words[index + 3] not in _ENDERS
    if sign != "/" or not is_glued or is_longer or not month.isdecimal() or len(day) > 2 or len(month) > 2:
        return Item(_WORD, None, index, index + 1)
    if not (1 <= int(day) <= _LONGEST_DAY and 1 <= int(month) <= _LAST_MONTH):
        return Item(_WORD, None, index, index + 1)
    return Item(LETTERS["short"], (int(day), int(month), 0), index, index + 3)


def _read_numeric(words: Words, index: int) -> Item | None:
    """A date in digits that begins at a word: 12/03/2024, 12.03.24, 2024-03-12."""
    match = _NUMERIC.match(words.text, words.starts[index]) or _ISO.match(words.text, words.starts[index])
    if match is None:
        return None
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
    year += 2000 if len(match["year"]) == 2 else 0
    if not (1 <= day <= _LONGEST_DAY and 1 <= month <= _LAST_MONTH and _FIRST_YEAR <= year <= _LAST_YEAR):
        return None
    return Item(LETTERS["numeric"], (day, month, year), index, bisect_left(words.starts, match.end()))
