"""Whether an article carries a statement, who made it and on which day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from pipelines.catalog.language import Lexicon
from pipelines.mentions import DateMention, Span
from pipelines.parse.words import Phrases, Words
from pipelines.text import fold

_ENDS = re.compile(r"[.!?]\s|\n")
_LONGEST_PLACE = 30
_AFTER_DATELINE = frozenset({"", "\n", "-", "–", "—", "("})
_NAMED_FORMS = frozenset({"day", "weekday", "offset"})


class Statement(NamedTuple):
    """The words that say who states something and when; None where the text does not say."""

    issuer: Span | None
    day: DateMention | None


class _StatementWords(BaseModel):
    """The part of the section `triage` that tells statements."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    communique_words: tuple[str, ...]
    issuers: tuple[str, ...]


class _Found(NamedTuple):
    """Words of one sentence: offsets of the statement's word and of its issuer."""

    start: int
    end: int
    issuer: Span | None
    is_told: bool


def find_statement(words: Words, dates: Sequence[DateMention], lexicon: Lexicon) -> Statement | None:
    """Who made the statement that the article carries and on which day; None if it carries none.

    >>> from pipelines.catalog.language import load_language
    >>> from pipelines.parse.words import split_words
    >>> words = split_words("Six morts, selon un communiqué de l'état-major général des armées.")
    >>> find_statement(words, [], load_language("fr")).issuer.text
    "l'état-major général des armées"
    """
    told = list(_find_told(words, lexicon))
    speaking = [found for found in told if found.is_told]
    named = next((found for found in speaking if found.issuer), None) or next((f for f in told if f.issuer), None)
    if not speaking or named is None:
        return None
    return Statement(named.issuer, _find_day(words.text, [*speaking, *told], dates))


def _find_day(text: str, speaking: Sequence[_Found], dates: Sequence[DateMention]) -> DateMention | None:
    """The day told with the statement, else the dateline's."""
    for found in speaking:
        for mention in dates:
            is_inside = found.start <= mention.span.start < found.end
            is_full = mention.form != "day" or mention.month is not None
            if is_inside and is_full and mention.part in {"report", "this"} and mention.form in _NAMED_FORMS:
                return mention
    dateline = (mention for mention in dates if mention.form == "day" and _is_dateline(text, mention.span))
    return next(dateline, None) or find_telling_day(dates)


def find_telling_day(dates: Sequence[DateMention]) -> DateMention | None:
    """The first day on which something was told: "a annoncé mardi"."""
    return next((mention for mention in dates if mention.part == "report" and mention.form in _NAMED_FORMS), None)


def _is_dateline(text: str, span: Span) -> bool:
    """Whether the day ends a short line of its own ("Bamako, le 24 janvier 2026") or opens the text after a place."""
    line = text.rfind("\n", 0, span.start) + 1
    before = text[line : span.start].rstrip()
    following = text[span.end : span.end + 8].strip(" .")[:1]
    return before.endswith(",") and len(before) < _LONGEST_PLACE and following in _AFTER_DATELINE


def _find_told(words: Words, lexicon: Lexicon) -> Iterator[_Found]:
    """The sentences that hold a statement's word or an issuer."""
    phrases = _phrases(lexicon)
    start = 0
    found = list(phrases.find(words.words))
    for end in _sentence_ends(words.text) if found else ():
        here = []
        while found and words.starts[found[0][0]] < end:
            here.append(found.pop(0))
        if here:
            issuer = max(((a, b) for a, b, is_issuer in here if is_issuer), key=lambda i: i[1] - i[0], default=None)
            span = _span(words, *issuer) if issuer else None
            yield _Found(start, end, span, any(not is_issuer for _, _, is_issuer in here))
        start = end


def _sentence_ends(text: str) -> Iterator[int]:
    for match in _ENDS.finditer(text):
        yield match.end()
    yield len(text)


def _span(words: Words, first: int, end: int) -> Span:
    start, stop = words.starts[first], words.ends[end - 1]
    return Span(start, stop, words.text[start:stop])


def _phrases(lexicon: Lexicon) -> Phrases[bool]:
    """Phrases of issuers (True) and of statements (False)."""

    def make() -> Phrases[bool]:
        told = lexicon.read("triage", _StatementWords)
        return Phrases([*((fold(p), True) for p in told.issuers), *((fold(p), False) for p in told.communique_words)])

    return lexicon.build(_phrases, make)
