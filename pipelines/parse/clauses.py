"""Two incidents in one sentence: where the second, with its own day, place and act, begins."""

from __future__ import annotations

from itertools import pairwise

from pipelines.mentions import DateMention
from pipelines.parse.tagging import Tag, Tagged


def find_second_telling(tagged: Tagged, first: int, end: int) -> int | None:
    """The word with which a second incident of the sentence begins; None if it tells of one.

    Each half must hold a day, an act, and a site or a figure: "Le 3, une frappe à A, le 5, une embuscade à B".
    """
    days = [tag for tag in tagged.within("date", first, end) if _is_day(tag.value)]
    for before, day in pairwise(days):
        cut = _clause_start(tagged, day.first, before.end)
        if cut is not None and _is_telling(tagged, first, cut) and _is_telling(tagged, cut, end):
            return cut
    return None


def _is_day(mention: DateMention) -> bool:
    """Whether a mention is the day of something that happened."""
    return mention.part != "report" and mention.form in _DAY_FORMS


def _clause_start(tagged: Tagged, index: int, first: int) -> int | None:
    """The word after the last comma, "et" or "que" between two days."""
    for position in range(index, first, -1):
        if tagged.line.words[position - 1] in tagged.lexis.clause_openers:
            return position
    return None


def _is_telling(tagged: Tagged, first: int, end: int) -> bool:
    has_act = any(not tag.value.weak for tag in tagged.within("act", first, end)) or _has_deed(tagged, first, end)
    is_placed = any(tag.value.role == "site" for tag in tagged.within("place", first, end))
    return has_act and is_placed


def _has_deed(tagged: Tagged, first: int, end: int) -> bool:
    deeds: list[Tag] = tagged.within("deed", first, end)
    return any(tag.value.entry.act and not tag.value.entry.weak for tag in deeds)


_DAY_FORMS = frozenset({"day", "weekday", "night", "offset", "range", "same_day"})
