"""Shares of one telling, each with a place of its own: "dix tués à B et cinq à K", "l'un à B, l'autre à K"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipelines.parse.clauses import is_one_site
from pipelines.parse.parallel import is_fine_site
from pipelines.parse.tagging import Tag, Tagged
from pipelines.parse.toll_sides import RawToll

if TYPE_CHECKING:
    from pipelines.parse.segments import Segment


def find_shares(tagged: Tagged, first: int, end: int) -> list[int]:
    """The words with which further shares of a toll begin, each with a site of its own.

    "Dix habitants tués à Blamonga et cinq autres à Kpemboli": one incident a place.
    """
    places = tagged.within("place", first, end)
    counts = [tag for tag in tagged.within("count", first, end) if tag.value.low and not _is_inside(tag, places)]
    shares: list[int] = []
    for index, (before, count) in enumerate(pairwise(counts)):
        stop = counts[index + 2].first if index + 2 < len(counts) else end
        is_apart = _is_placed(tagged, before.end, count.first) and _is_placed(
            tagged, count.end, min(stop, count.end + _SHARE_REACH)
        )
        is_brought = bool(tagged.marks("handed_over", count.end, min(stop, count.end + _SHARE_REACH)))
        if is_apart and not is_brought and (start := _find_joint(tagged, count.first)) is not None:
            shares.append(start)
    return shares


def _find_joint(tagged: Tagged, index: int) -> int | None:
    """Where a share begins whose figure stands at a word: after "et", a comma or "tandis que"; None elsewhere."""
    day = next((tag for tag in tagged.within("date", max(0, index - _DAY_REACH), index) if tag.end >= index - 1), None)
    if day is not None:  # "et, dimanche, cinq autres à Boni"
        index = day.first
    small = tagged.words(index - 2, index)
    is_inside = small[0] in tagged.lexis.joiners and small[1] in tagged.lexis.inside
    if small[1] in tagged.lexis.joiners or is_inside:
        return index
    return next((mark.first for mark in tagged.marks("meanwhile", index - 3, index) if mark.end == index), None)


def _is_inside(tag: Tag, others: Sequence[Tag]) -> bool:
    """Whether a figure belongs to a place: "à 40 km de Gao"."""
    return any(other.first <= tag.first < other.end for other in others)


def _is_placed(tagged: Tagged, first: int, end: int) -> bool:
    """Whether one site is told there, after a word such as "à", without an active verb between."""
    sites = [tag for tag in tagged.within("place", first, end) if is_fine_site(tag.value)]
    return bool(sites) and all(deed.value.voice != "active" for deed in tagged.within("deed", first, sites[0].first))


def find_items(tagged: Tagged, first: int, end: int) -> Iterator[int]:
    """The pronouns after the first with which a list tells its incidents one by one, each with a place and more.

    "Deux humanitaires ont été enlevés, l'un jeudi à Ayorou, l'autre samedi à Téra"; "le marché de Dori, où ..., et
    celui de Sebba, où ...".
    """
    starts = [mark.first for mark in tagged.marks("substitutes", first + 1, end) if _follows_joint(tagged, mark.first)]
    before = first
    for start, stop in pairwise([*starts, end]):
        if _tells_apart(tagged, start, stop) and any(
            is_one_site(tag.value) for tag in tagged.within("place", before, start)
        ):
            yield start
        before = start


def _follows_joint(tagged: Tagged, index: int) -> bool:
    return tagged.line.words[index - 1] in tagged.lexis.joiners


def _tells_apart(tagged: Tagged, first: int, end: int) -> bool:
    """Whether words tell a place and a day, a figure or a deed beside it."""
    sites = [tag for tag in tagged.within("place", first, end) if is_one_site(tag.value)]
    return bool(sites) and any(
        not _is_inside(tag, sites) for kind in ("date", "count", "deed") for tag in tagged.within(kind, first, end)
    )


def read_share(tagged: Tagged, first: int, end: int, before: RawToll | None) -> list[RawToll]:
    """The figure of a share that leaves out what it counts: "dix morts à Blamonga, cinq à Kpemboli"."""
    count = next(iter(tagged.within("count", first, min(end, first + _DAY_REACH))), None)
    if before is None or count is None or not count.value.low:
        return []
    if not any(tag.first == count.end for kind in ("place", "date") for tag in tagged.within(kind, count.end, end)):
        return []
    amount = before.amount._replace(first=count.first, end=count.end, count=count.value)
    return [before._replace(first=count.first, end=count.end, amount=amount, is_subset=False, cue=None)]


def split_shares(tagged: Tagged, segment: Segment) -> list[Segment]:
    """ "respectivement trois et deux morts à Boni et à Hombori": one segment a place, each with its figure."""
    if not tagged.marks("respectively", segment.first, segment.end):
        return [segment]
    sites = [place for place in segment.sites if is_one_site(place)]
    tolls = [toll for toll in segment.tolls if not toll.is_subset]
    tolls = _list_figures(tagged, tolls[0]) if len(tolls) == 1 else tolls
    if len(sites) < 2 or len(tolls) != len(sites):
        return [segment]
    others = [place for place in segment.places if place not in sites]
    parts = [replace(segment, tolls=[toll], places=[site, *others]) for toll, site in zip(tolls, sites, strict=True)]
    return [parts[0], *(replace(part, marks=part.marks | {"same_fate"}) for part in parts[1:])]


def _list_figures(tagged: Tagged, toll: RawToll) -> list[RawToll]:
    """ "Sept, deux et quatre morts": the figures that share the last one's noun, in their order."""
    parts = [toll]
    index = toll.amount.first
    while tagged.words(index - 1, index) and _follows_joint(tagged, index):
        count = next((tag for tag in tagged.within("count", index - _LONGEST, index) if tag.end == index - 1), None)
        if count is None:
            break
        amount = toll.amount._replace(first=count.first, end=count.end, count=count.value)
        parts.insert(0, toll._replace(first=count.first, amount=amount))
        index = count.first
    return parts


_SHARE_REACH = 9  # words between a share's figure and its place
_DAY_REACH = 7  # words of a day between "et" and the figure of a share
_LONGEST = 4  # words of a figure
