"""Dates in a text, as told: which form, which day, month, weekday or distance; nothing is resolved here.

What a mention's fields mean is said in `pipelines.parse.date_fields`; `pipelines.resolve.dates` makes days of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from pipelines.catalog.language import Lexicon
from pipelines.mentions import DateMention, Span
from pipelines.parse.date_fields import make_fields
from pipelines.parse.date_forms import ANY_FORM
from pipelines.parse.date_items import CORES, LETTERS, Item, date_items
from pipelines.parse.date_span_fields import Fields
from pipelines.parse.number_masks import Masks
from pipelines.parse.words import Phrases, Words, split_words


class _ReportWords(BaseModel):
    """The part of the section `dates` that names telling."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    report_verbs: tuple[str, ...] = ()
    report_verbs_before: tuple[str, ...] = ()
    report_verbs_weak: tuple[str, ...] = ()
    report_auxiliaries: tuple[str, ...] = ()
    report_finite: tuple[str, ...] = ()
    report_nouns: tuple[str, ...] = ()
    report_only: frozenset[str] = frozenset()
    report_stops: frozenset[str] = frozenset()

    def compounds(self, *participles: str) -> Iterator[str]:
        """The participles with each auxiliary: "a annoncé"."""
        return (f"{auxiliary} {participle}" for auxiliary in self.report_auxiliaries for participle in participles)


def find_dates(text: str, lexicon: Lexicon) -> list[DateMention]:
    """All words about days in a normalised text, in order, none inside another; spans are offsets in `text`.

    >>> from pipelines.catalog.language import load_language
    >>> [m.span.text for m in find_dates("Hier mercredi 20 août, à l'aube ; le 18, dix morts", load_language("fr"))]
    ['Hier mercredi 20 août', 'le 18']
    """
    return list(_read_dates(text, lexicon))


@lru_cache(maxsize=4)  # triage, figures and events each ask for the dates of the same text
def _read_dates(text: str, lexicon: Lexicon) -> tuple[DateMention, ...]:
    words = split_words(text)
    items = date_items(lexicon).cut(words)
    masks, telling = Masks.of(lexicon), _telling(lexicon)
    found: list[DateMention] = []
    for piece in _find_pieces(items):
        form, first, end = _shorten(*piece[:3], items, words, masks)
        fields = make_fields(form, [*items[first:end], *piece.tail]) if form else None
        if fields is not None:
            part = _find_part(form, items, first, end, words, telling)
            span = _cut_span(words, items, first, end)
            if part is None and _leads_back(fields, words, items[first].first):
                part = "head"
            is_open = fields.get("part") is None or (fields["part"] == "this" and part is not None)
            found.append(DateMention(span=span, **({**fields, "part": part} if is_open else fields)))
    return tuple(_place_nights(_mark_quoted(text, _mark_datelines(text, found))))


def _leads_back(fields: Fields, words: Words, index: int) -> bool:
    """ "Trois jours plus tôt, ...": a sentence that opens so goes back from what happened, not from its telling."""
    is_back = fields["form"] == "offset" and fields.get("anchor") == "previous" and (fields["offset_days"] or 0) < 0
    return is_back and index > 0 and words.words[index - 1] in _SENTENCE_ENDS


def _mark_datelines(text: str, found: Iterable[DateMention]) -> Iterator[DateMention]:
    for mention in found:
        yield replace(mention, part="report") if is_dateline(text, mention) else mention


def is_dateline(text: str, mention: DateMention) -> bool:
    """Whether a day is a dateline's ("Ouagadougou, 4 nov. 2025 (AIB) -", "(Échos, 6 mai)"): that of the telling."""
    line = text.rfind("\n", 0, mention.span.start) + 1
    before, following = text[line : mention.span.start], text[mention.span.end : mention.span.end + 3]
    return mention.form == "day" and bool(_DATELINE.fullmatch(before) and _DATELINE_END.match(following))


def _mark_quoted(text: str, found: Iterable[DateMention]) -> Iterator[DateMention]:
    """A speaker's "hier" leans on the day of the statement."""
    for mention in found:
        if mention.form == "offset" and mention.anchor == "publication" and _is_quoted(text, mention.span.start):
            mention = replace(mention, anchor="statement")
        yield mention


def _is_quoted(text: str, index: int) -> bool:
    opened = text.rfind("«", max(0, index - _LONGEST_QUOTE), index)
    return opened >= 0 and "»" not in text[opened:index] and "\n\n" not in text[opened:index]


def _place_nights(found: Iterable[DateMention]) -> Iterator[DateMention]:
    """A night told with no more is that of the day told before it; with none before it, it ended on the next day told.

    >>> from pipelines.catalog.language import load_language
    >>> dates = find_dates("Dans la nuit, des tirs. Vendredi encore, la peur.", load_language("fr"))
    >>> [(m.form, m.weekday) for m in dates]
    [('night', 3), ('weekday', 4)]
    """
    mentions = list(found)
    for index, mention in enumerate(mentions):
        if mention.part == "open" and mention.form == "last_days":
            before = any(other.form in _DAYS and other.part != "report" for other in mentions[:index])
            after = next((m for m in mentions[index + 1 : index + 2] if m.form == "weekday" and m.part is None), None)
            if before:
                mention = DateMention(mention.span, "same_day", anchor="previous", part="night")
            elif after is not None and after.weekday is not None:
                weekday = (after.weekday - 1) % 7
                mention = DateMention(mention.span, "night", weekday=weekday, offset_days=1, part="open")
        yield mention


def _shorten(
    form: str, first: int, end: int, items: Sequence[Item], words: Words, masks: Masks
) -> tuple[str, int, int]:
    """The form without a number that counts what follows: "le 12 militaires" is no day, "lundi 12 militaires" lundi."""
    if form not in _LONE or not _is_count(words, items[end - 1].end, masks):
        return form, first, end
    is_weekday = form == "weekday_day" and end - 1 > first
    return "weekday" if is_weekday else "", first, end - 1


class _Telling(NamedTuple):
    """Words of telling; `before` are read backwards from a date, `nouns` stand right before "du" and the date."""

    before: Phrases[bool]
    nouns: Phrases[bool]
    verbs: Phrases[bool]
    only: frozenset[str]
    stops: frozenset[str]


def _find_part(form: str, items: Sequence[Item], first: int, end: int, words: Words, telling: _Telling) -> str | None:
    """ "since" after such a word; "report" beside words that say when something was told, not when it happened."""
    if LETTERS["since"] in {items[first].letter, items[first - 1].letter if first else ""}:
        return "since"
    is_told = _is_told_before(items, first, words, telling) or (
        form in _SINGLE and _is_told_after(words, items[end - 1].end, telling)
    )
    return "report" if is_told else None


def _is_told_before(items: Sequence[Item], first: int, words: Words, telling: _Telling) -> bool:
    index = items[first].first
    before = words.words[max(0, index - _REPORT_REACH) : index][::-1]
    is_of = items[first].letter in _OF or (first > 0 and items[first - 1].letter in _OF)
    if before and before[0] in telling.only:
        before = before[1:]
    stop = next((i for i, word in enumerate(before) if word in telling.stops), len(before))
    phrases = telling.nouns if is_of else telling.before  # "a confirmé l'attaque de mardi", "le communiqué de mardi"
    return any(phrases.match(before, i) is not None for i in range(stop))


def _is_told_after(words: Words, index: int, telling: _Telling) -> bool:
    """ "Mardi, l'armée a annoncé": whether a day is only that of the sentence's verb of telling."""
    after = words.words[index : index + _TELLER_REACH]
    if after[:1] == [","]:
        after = after[1:]
    stop = next((i for i, word in enumerate(after) if word in telling.stops or word == ","), len(after))
    return any(telling.verbs.match(after, i) is not None for i in range(1, stop))


def _telling(lexicon: Lexicon) -> _Telling:
    def make() -> _Telling:
        told = lexicon.read("dates", _ReportWords)
        nouns = Phrases((_turn(phrase), True) for phrase in told.report_nouns)
        finite = (*told.report_finite, *told.compounds(*told.report_verbs_weak))
        before = (*told.report_verbs, *told.report_verbs_before, *told.report_nouns, *finite)
        both = Phrases((_turn(phrase), True) for phrase in before)
        verbs = Phrases((phrase, True) for phrase in (*finite, *told.compounds(*told.report_verbs)))
        return _Telling(both, nouns, verbs, told.report_only, told.report_stops | _STOPS)

    return lexicon.build(_telling, make)


def _turn(phrase: str) -> str:
    return " ".join(split_words(phrase).words[::-1])


class _Piece(NamedTuple):
    """A form at `items[first:end]`; `tail` are items told further on that belong to it too (a list's month)."""

    form: str
    first: int
    end: int
    tail: tuple[Item, ...] = ()


def _find_pieces(items: Sequence[Item]) -> Iterator[_Piece]:
    """The forms in the items, lists of days taken apart."""
    letters = "".join(item.letter for item in items)
    for run in _RUN.finditer(letters):
        if not CORES.isdisjoint(run.group()):
            find = _find_forms if run.end() - run.start() <= _USUAL_RUN else _find_forms.__wrapped__
            for form, first, end in find(run.group()):
                if form in _LISTS:
                    yield from _part_list(form, run.start() + first, run.start() + end, items)
                else:
                    yield _Piece(form, run.start() + first, run.start() + end)


@lru_cache(maxsize=4096)  # as dates are told in few ways, most runs of letters have been met before
def _find_forms(run: str) -> tuple[tuple[str, int, int], ...]:
    """The forms in letters without a gap, each with its start and end.

    >>> _find_forms("adM")
    (('explicit', 0, 3),)
    """
    matches = (match for match in ANY_FORM.finditer(run) if match.end() > match.start())
    return tuple((match.lastgroup or "", match.start(), match.end()) for match in matches)


def _part_list(form: str, first: int, end: int, items: Sequence[Item]) -> Iterator[_Piece]:
    """A piece for each day of a list; two days in a row under one article ("les 12 et 13 mars") stay one."""
    days = [
        i for i in range(first, end) if items[i].letter == LETTERS["weekday" if form in _WEEKDAYS else "day_number"]
    ]
    values = [item.value for item in (items[i] for i in days) if isinstance(item.value, int)]
    is_row = (
        len(values) == 2 and (values[1] - values[0]) % 7 == 1 if form in _WEEKDAYS else values[1:] == [values[0] + 1]
    )
    has_two_articles = any(item.letter == LETTERS["the"] for item in items[days[0] : end])
    if len(days) < 2 or (is_row and not has_two_articles):
        yield _Piece(form, first, end)
        return
    tail = tuple(item for item in items[days[-1] + 1 : end]) if form not in _WEEKDAYS else ()
    for index, day in enumerate(days):
        start = first if index == 0 else _list_start(items, day)
        is_last = index == len(days) - 1
        name = "weekday" if form in _WEEKDAYS else "explicit"
        yield _Piece(name, start, end if is_last else day + 1, () if is_last else tail)


def _list_start(items: Sequence[Item], day: int) -> int:
    """Where a later day of a list begins: at its weekday if it has one."""
    return day - 1 if items[day - 1].letter == LETTERS["weekday"] and items[day].letter != LETTERS["weekday"] else day


def _is_count(words: Words, index: int, masks: Masks) -> bool:
    """Whether the number before word `index` counts what follows: "le 12 militaires" is no day."""
    return masks.is_plural(words, index) or masks.is_measure(words, index)


def _cut_span(words: Words, items: Sequence[Item], first: int, end: int) -> Span:
    start, stop = words.starts[items[first].first], words.ends[items[end - 1].end - 1]
    return Span(start, stop, words.text[start:stop])


_DATELINE = re.compile(r"\(?[^\W\d_a-zà-ÿ][^\W\d_]{2,}[^\n.:;()]{0,25}, ?")
_DATELINE_END = re.compile(r" ?[()–—/-]")
_RUN = re.compile(f"[^{re.escape(LETTERS['word'] + LETTERS['break'])}]+")
_WEEKDAYS = frozenset({"pair_of_weekdays"})
_LISTS = _WEEKDAYS | {"list"}
_LONE = frozenset({"lone_day", "weekday_day"})
_OF = frozenset({LETTERS["of"], LETTERS["of_the"]})
_SINGLE = frozenset(
    {"numeric", "explicit", "weekday", "weekday_day", "spoken", "spoken_weekday", "today", "told", "same_day"}
)
_DAYS = frozenset({"day", "weekday", "offset", "night", "range"})
_REPORT_REACH = 6  # words
_TELLER_REACH = 10
_LONGEST_QUOTE = 1000  # characters
_SENTENCE_ENDS = frozenset(".!?»")
_STOPS = frozenset(".;:()«»")
_USUAL_RUN = 60  # letters; longer ones are not met again, and would fill the memory
