"""Is an article security news, and does it carry a communiqué: points per sentence, each with its reason.

A sentence earns the points of the best cue whose word classes it holds; other worlds that speak of attacks, shots and
victims (sport, courts, health, weather …) take points off. All words and points stand in the section `triage`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from itertools import pairwise
from operator import or_
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from pipelines.catalog.language import Lexicon
from pipelines.mentions import DateMention, Span
from pipelines.parse.dates import find_dates
from pipelines.parse.statements import find_statement, find_telling_day
from pipelines.parse.word_table import WordTable
from pipelines.parse.words import Words, split_words
from pipelines.text import fold


@dataclass(frozen=True, slots=True)
class Triage:
    """What a first reading says; `score` is in points, `reasons` the cues and contexts that made it, strongest first.

    `issuer` and `statement` are the words that name who made the statement and its day, offsets in the text given;
    without a statement the day is that of the first telling ("a annoncé mardi").
    """

    is_security: bool
    is_communique: bool
    issuer: Span | None
    statement: DateMention | None
    score: float
    reasons: tuple[str, ...]


class _Cue(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    classes: tuple[str, ...]
    points: float


class _Context(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    points: float
    most: float
    words: tuple[str, ...]
    beats_incidents: bool = False


class _TriageWords(BaseModel):
    """The section `triage`."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    classes: dict[str, tuple[str, ...]]
    cues: tuple[_Cue, ...]
    title_factor: float
    background_factor: float
    undated_factor: float
    context_factors: tuple[float, float]
    incident_points: float
    yielding_factor: float
    fates: tuple[str, ...] = ()
    hollow_factor: float = 1.0
    recent_points: float = 0.0
    recent_factor: float = 1.0
    other_contexts_factor: float
    free_context_points: float
    threshold: float
    contexts: dict[str, _Context]


class _Sentence(NamedTuple):
    """The classes of a sentence's words as bits, and its context words."""

    is_title: bool
    bits: int
    contexts: frozenset[tuple[str, str]]


class Scorer:
    """The points of the section `triage`, compiled. Build it with `scorer`."""

    def __init__(self, told: _TriageWords) -> None:
        names = [*told.classes, *told.contexts]
        self._told = told
        self.threshold = told.threshold
        self._bit = {name: 1 << index for index, name in enumerate(names)}
        self._fates = sum(self._bit[name] for name in told.fates)
        self._context_bits = sum(self._bit[name] for name in told.contexts)
        classes = {**told.classes, **{name: context.words for name, context in told.contexts.items()}}
        self._table = WordTable({self._bit[name]: words for name, words in classes.items()})
        ranked = sorted(told.cues, key=lambda cue: -cue.points)
        self._cues = [(sum(self._bit[name] for name in cue.classes), cue) for cue in ranked]
        self._find_cue = lru_cache(maxsize=_MOST_KNOWN)(self._find_best)

    def score(self, words: Words, title_end: int, year: int | None = None) -> tuple[float, tuple[str, ...]]:
        """The article's points and their reasons, strongest first."""
        gained: dict[str, float] = {}
        seen: dict[tuple[str, str], int] = {}
        has_incident = has_fate = is_recent = False
        for sentence in self._cut(words, title_end, year):
            has_fate = has_fate or self._tells_fate(sentence)
            cue = self._find_cue(sentence.bits)
            if cue is not None:
                name = "+".join(cue.classes)
                gained[name] = gained.get(name, 0) + self._weigh(cue, sentence)
                has_incident = has_incident or self._is_incident(cue, sentence)
                is_recent = is_recent or self._is_recent(cue, sentence)
            for word in sentence.contexts:
                seen[word] = max(seen.get(word, 0), 2 if sentence.is_title else 1)
        lost = self._weigh_contexts(seen, has_incident=has_incident, is_recent=is_recent)
        reasons = sorted(
            [*gained.items(), *((name, -points) for name, points in lost.items())], key=lambda r: -abs(r[1])
        )
        most = max(lost.values(), default=0.0)
        told = sum(gained.values()) * (1 if has_fate or not self._told.fates else self._told.hollow_factor)
        total = told - most - self._told.other_contexts_factor * (sum(lost.values()) - most)
        return total, tuple(f"{name} {points:+.1f}" for name, points in reasons if points)

    def is_hopeful(self, words: set[str]) -> bool:
        """Whether a text of these words can be security news at all."""
        found = 0
        for word in words:
            found |= self._table.bits(word) | self._table.any_phrase_bits(words, word)
        return any(bits & found == bits for bits, _ in self._cues)

    def _weigh(self, cue: _Cue, sentence: _Sentence) -> float:
        points = cue.points
        if sentence.is_title:
            points *= self._told.title_factor
        elif not sentence.bits & self._bit["when"]:
            points *= self._told.undated_factor
        if sentence.bits & self._bit["background"]:
            points *= self._told.background_factor
        is_firm = self._is_incident(cue, sentence)
        contexts = [name for name, _ in sentence.contexts if not is_firm or self._told.contexts[name].beats_incidents]
        return points * (self._told.context_factors[len(contexts) > 1] if contexts else 1)

    def _is_incident(self, cue: _Cue, sentence: _Sentence) -> bool:
        is_told = not sentence.bits & self._bit["background"] or sentence.bits & self._bit.get("recent", 0)
        is_dated = bool(sentence.bits & self._bit["when"]) and bool(is_told)
        return cue.points >= self._told.incident_points and is_dated

    def _tells_fate(self, sentence: _Sentence) -> bool:
        """Whether a sentence tells what became of people or things, and of no time gone by."""
        return bool(sentence.bits & self._fates) and not sentence.bits & self._bit["background"]

    def _is_recent(self, cue: _Cue, sentence: _Sentence) -> bool:
        is_firm = cue.points >= self._told.recent_points and bool(sentence.bits & self._bit.get("recent", 0))
        return is_firm and not sentence.contexts and not sentence.bits & self._bit["background"]

    def _weigh_contexts(
        self, seen: Mapping[tuple[str, str], int], *, has_incident: bool, is_recent: bool
    ) -> dict[str, float]:
        lost: dict[str, float] = {}
        for (name, _), times in seen.items():
            lost[name] = lost.get(name, 0) + times * self._told.contexts[name].points
        for name, points in lost.items():
            context = self._told.contexts[name]
            yielding = self._told.recent_factor if context.beats_incidents else self._told.yielding_factor
            factor = yielding if (is_recent if context.beats_incidents else has_incident) else 1
            lost[name] = max(0.0, min(points, context.most) - self._told.free_context_points) * factor
        return lost

    def _cut(self, words: Words, title_end: int, year: int | None) -> Iterator[_Sentence]:
        """The sentences as bits; a line break ends one too."""
        known = self._table.find_bits(words.words)
        if year:
            for index in [index for index, word in enumerate(words.words) if _is_past_year(word, year)]:
                known[index] |= self._bit["background"]
        begins = _find_begins(words)
        for first, end in pairwise([*begins, len(words.words)]):
            bits = reduce(or_, known[first:end], 0)
            if bits:
                telling = [index for index in range(first, end) if known[index] & self._context_bits]
                contexts = {(name, words.words[index]) for index in telling for name in self._name(known[index])}
                yield _Sentence(words.starts[first] < title_end, bits, frozenset(contexts))

    def _name(self, bits: int) -> list[str]:
        """The names of the contexts among some classes."""
        return [name for name in self._told.contexts if self._bit[name] & bits]

    def _find_best(self, bits: int) -> _Cue | None:
        """The best cue that some classes make."""
        return next((cue for wanted, cue in self._cues if wanted & bits == wanted), None)


def _find_begins(words: Words) -> list[int]:
    """The words at which a sentence begins: the first of a line, and the signs that end the one before."""
    lines = {bisect_left(words.starts, match.end()) for match in _LINE.finditer(words.text)}
    stops = (index for index, word in enumerate(words.words) if word in _STOPS)
    return sorted({0, *lines, *stops} - {len(words.words)})


def _is_past_year(word: str, year: int) -> bool:
    return len(word) == _YEAR_DIGITS and word.isdecimal() and _FIRST_YEAR <= int(word) < year - 1


_STOPS = frozenset(".!?")
_YEAR_DIGITS = 4
_FIRST_YEAR = 1900
_LINE = re.compile("\n")
_MOST_KNOWN = 10_000  # sets of classes whose best cue is remembered
_PLAIN_WORD = re.compile(r"[^\W\d_]+")


def scorer(lexicon: Lexicon) -> Scorer:
    """The lexicon's triage, compiled once."""
    return lexicon.build(Scorer, lambda: Scorer(lexicon.read("triage", _TriageWords)))


def look_at(raw: str, lexicon: Lexicon) -> bool:
    """Whether a raw text may be security news at all: a first look that costs a tenth of a millisecond.

    >>> from pipelines.catalog.language import load_language
    >>> look_at("Le prix du mil augmente à Ségou.", load_language("fr"))
    False
    """
    return scorer(lexicon).is_hopeful(set(_PLAIN_WORD.findall(fold(raw))))


def triage(
    text: str,
    lexicon: Lexicon,
    *,
    has_title: bool = True,
    published: date | None = None,
) -> Triage:
    """What a normalised article is about, who states it and when.

    With the day of publication, sentences about years gone by weigh little.

    >>> from pipelines.catalog.language import load_language
    >>> triage("Mali : une embuscade\\n\\nDes terroristes ont tué cinq soldats.", load_language("fr")).is_security
    True
    """
    words = split_words(text)
    grammar = scorer(lexicon)
    title_end = text.find("\n\n") if has_title else 0
    score, reasons = grammar.score(words, title_end, published.year if published else None)
    is_security = score >= grammar.threshold
    if not is_security:
        return Triage(False, False, None, None, score, reasons)
    dates = find_dates(text, lexicon)
    statement = find_statement(words, dates, lexicon)
    if statement is None:
        return Triage(True, False, None, find_telling_day(dates), score, reasons)
    return Triage(True, True, statement.issuer, statement.day, score, reasons)
