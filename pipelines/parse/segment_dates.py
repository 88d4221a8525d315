"""The days of a segment: when it happened, and when it was only told."""

from __future__ import annotations

from dataclasses import replace

from pipelines.mentions import DateMention
from pipelines.parse.clauses import (
    counts_from_act,
    find_afterwards,
    find_counted_clause,
    find_likened,
    find_prior,
    find_relative_past,
    find_rites,
    find_sentence_end,
)
from pipelines.parse.counted_days import read_counted
from pipelines.parse.dates import is_dateline
from pipelines.parse.tagging import Tag, Tagged


def read_dates(tagged: Tagged, first: int, end: int) -> list[DateMention]:
    """The days of a segment; those of what came before ("en réaction aux opérations de lundi") if it has no other."""
    likened = find_likened(tagged, first, end)
    rites = find_rites(tagged, first, end)
    tags = [tag for tag in tagged.within("date", first, end) if tag.first not in likened and tag.first not in rites]
    ranges = (find_prior, find_relative_past, find_afterwards)
    aside = {index for find in ranges for index in find(tagged, first, end)}
    own = [_read_date(tagged, tag, first, end) for tag in tags if tag.first not in aside]
    counted = read_counted(tagged, first, end)
    spans = {mention.span for mention in counted}
    if counted and all(mention.part == "report" or mention.span in spans for mention in own):
        return counted
    if any(mention.part != "report" for mention in own):
        return own
    return [_read_date(tagged, tag, first, end) for tag in tags]


def _read_date(tagged: Tagged, tag: Tag, first: int, end: int) -> DateMention:
    """A day right after words of telling says when it was told: "publié ce lundi", "a annoncé mardi"."""
    mention: DateMention = tag.value
    counted_clause = find_counted_clause(tagged, tag, find_sentence_end(tagged, tag.end))
    is_ahead = counted_clause is not None and counted_clause >= end
    if mention.part == "counted" or is_ahead or counts_from_act(tagged, tag, end):
        is_other = mention.part != "counted" and any(
            mark.end == tag.first for mark in tagged.marks("came_after", first, tag.first)
        )
        days = -(mention.offset_days or 0)
        return replace(mention, offset_days=days) if is_other else replace(mention, part="report")
    if mention.part == "report" and not is_dateline(tagged.line.text, mention) and _happened(tagged, tag, first):
        mention = replace(mention, part=None)
    marks = tagged.marks("telling", max(first, tag.first - 5), tag.first)
    told = any(mark.end >= tag.first - 2 and not _opens_clause(tagged, mark.end, tag.first) for mark in marks)
    if not told and len(tagged.within("date", first, end)) > 1 and not _dates_deed(tagged, tag, first, end):
        told = bool(tagged.marks("telling", tag.end, min(end, tag.end + 6))) and not tagged.within(
            "act", tag.end, min(end, tag.end + 6)
        )
    return replace(mention, part="report") if told else mention


def _dates_deed(tagged: Tagged, tag: Tag, first: int, end: int) -> bool:
    """ "ont été tués à Boni samedi, ont indiqué lundi des élus": it goes with the verb, and the telling has its own.

    Between the verb and the day stands no more than where it was done.
    """
    deeds = tagged.within("deed", max(first, tag.first - _DEED_REACH), tag.first)
    between = tagged.words(deeds[-1].end, tag.first) if deeds else []
    if deeds and _is_placed_after(tagged, tag, end):
        return bool(tagged.within("date", tag.end, end))
    is_near = bool(deeds) and not any(word in _PAUSES for word in between)
    is_near = is_near and not tagged.marks("telling", deeds[-1].end, tag.first)
    return is_near and bool(tagged.within("date", tag.end, min(end, tag.end + _TELLING_REACH + 2)))


def _is_placed_after(tagged: Tagged, tag: Tag, end: int) -> bool:
    """ "..., le 4 novembre, à Fana, indique l'armée": whether a place told before the telling goes with the day."""
    telling = next(iter(tagged.marks("telling", tag.end, min(end, tag.end + _TELLING_REACH))), None)
    return telling is not None and bool(tagged.within("place", tag.end, telling.first))


def _happened(tagged: Tagged, tag: Tag, first: int) -> bool:
    """ "dit avoir frappé, lundi": between the word of telling and the day stands what was done."""
    reach = max(first, tag.first - _TELLING_REACH)
    ends = [mark.end for name in ("saying", "telling") for mark in tagged.marks(name, reach, tag.first)]
    if not ends:
        return tag.first - first > 1
    return _opens_clause(tagged, max(ends), tag.first) or bool(tagged.within("act", max(ends), tag.first))


def _opens_clause(tagged: Tagged, first: int, end: int) -> bool:
    """Whether what is told begins between the word of telling and the day: "annonce que le 14 mars"."""
    words = tagged.words(first, end)
    return bool(tagged.within("deed", first, end)) or any(word in tagged.lexis.contents for word in words)


_DEED_REACH = 8  # words between a verb and its day
_PAUSES = frozenset(",;:()")
_TELLING_REACH = 7  # words between words of telling and their day
