"""Phrases that a day or a place stands in: "a pris lundi le contrôle de", "ont tiré mardi à Boni sur la foule"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.parse.phrases import Line, Scanner, Tag


def join_split(
    found: dict[str, list[Tag]], line: Line, dates: Sequence[Tag], places: Sequence[Tag], scanner: Scanner
) -> dict[str, list[Tag]]:
    """The verbs and nouns of action found in a text, with those that are whole only without the day inside of them."""
    joined = {kind: list(found[kind]) for kind in _KINDS}
    for first, end in _find_gaps(line, dates, places):
        for kind, tag in _read_across(line, first, end, scanner):
            apart = [other for other in joined[kind] if other.end <= tag.first or tag.end <= other.first]
            joined[kind] = sorted([*apart, tag], key=lambda other: other.first)
    return found | joined


def _find_gaps(line: Line, dates: Sequence[Tag], places: Sequence[Tag]) -> Iterator[tuple[int, int]]:
    """The days of a text, alone and with the place right beside them, with the commas around."""
    begins, ends = {tag.first: tag.end for tag in places}, {tag.end: tag.first for tag in places}
    for day in dates:
        wide = (ends.get(day.first, day.first), begins.get(day.end, day.end))
        for first, end in dict.fromkeys([(day.first, day.end), wide]):
            is_aside = first > 0 and end < len(line.words) and line.words[first - 1] == line.words[end] == ","
            if end - first <= _LONGEST:
                yield (first - 1, end + 1) if is_aside else (first, end)


def _read_across(line: Line, first: int, end: int, scanner: Scanner) -> Iterator[tuple[str, Tag]]:
    """The phrases that begin before a gap and end after it."""
    low = max(0, first - _REACH)
    found = scanner.find(line.words[low:first] + line.words[end : end + _REACH])
    for kind in _KINDS:
        for tag in found[kind]:
            if tag.first < first - low < tag.end:
                yield kind, Tag(low + tag.first, tag.end + low + end - first, tag.value)


_KINDS = ("deed", "act")
_REACH = 4  # words of a phrase on either side of the day
_LONGEST = 12  # words of the day and the place beside it
