"""Days counted from another incident: "deux jours après l'attaque de Boni", "au lendemain du massacre"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipelines.mentions import DateMention
from pipelines.parse.clauses import counts_days, ends_sentence, find_counted_clause, find_sentence_end, is_telling
from pipelines.parse.tagging import Tag, Tagged


def read_counted(tagged: Tagged, first: int, end: int) -> list[DateMention]:
    """The day of words `first` to `end` if it is counted from another incident, and the days that it counts from."""
    is_apart = _is_apart(tagged, first)
    for tag in tagged.within("date", max(0, first - _REACH), end):
        start = find_counted_clause(tagged, tag, find_sentence_end(tagged, tag.end))
        if start is not None:
            is_opening = tag.first >= first and start < end and is_telling(tagged, start, end)
            if is_opening or start == first:
                return _take(tagged, tag, range(tag.end, start), range(start, end))
        elif is_apart and tag.first == first and counts_days(tagged, tag, end) and is_telling(tagged, tag.end, end):
            is_back = tagged.lexis.followed.isdisjoint(tagged.words(first - 1, first))
            return _take(tagged, tag, range(0), range(tag.end, end), is_back=is_back)
    for tag in tagged.within("date", end, end + 1) if _is_apart(tagged, end) else ():
        stop = find_sentence_end(tagged, tag.end)
        if counts_days(tagged, tag, stop):  # "trois soldats sont morts à Boni deux jours après l'attaque du 3 à Dori"
            return _take(tagged, tag, range(tag.end, stop), range(first, end))
    return []


def _take(tagged: Tagged, tag: Tag, base: range, clause: range, *, is_back: bool = False) -> list[DateMention]:
    """The counted day with those it counts from, unless the clause tells a day of its own."""
    own = [day for day in _days(tagged, clause) if day.part != "report"]
    if own or not clause:
        return []
    days = (tag.value.offset_days or 0) * (-1 if is_back else 1)
    return [
        replace(tag.value, offset_days=days, part="counted"),
        *(replace(d, part="base") for d in _days(tagged, base)),
    ]


def _is_apart(tagged: Tagged, first: int) -> bool:
    """Whether words that begin at `first` are cut off what their sentence tells before."""
    line = tagged.line
    return (
        0 < first < len(line.words)
        and not ends_sentence(line.words[first - 1])
        and ("\n" not in line.text[line.ends[first - 1] : line.starts[first]])
    )


def _days(tagged: Tagged, words: range) -> Iterator[DateMention]:
    return (tag.value for tag in tagged.within("date", words.start, words.stop))


_REACH = 40  # words from a counted day to its clause
