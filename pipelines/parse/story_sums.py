"""Figures over several incidents that stand in the first of them: "34 tués en deux opérations", then 22 and 12."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipelines.mentions import DEAD, DateMention
from pipelines.parse.drafts import Draft, Story
from pipelines.parse.frames import is_coarse_place
from pipelines.parse.segments import Segment
from pipelines.parse.toll_sides import RawToll


def take_out_sums(story: Story) -> None:
    """Move what the incidents of a story add up to, and what is told beside it, from its incident to the totals."""
    for draft in story.drafts if len(story.drafts) <= _MOST_DRAFTS else ():
        others = [other for other in story.drafts if other is not draft]
        for number, segment in enumerate(draft.segments if others else []):
            if any(_is_sum(draft, segment, toll, others) for toll in segment.tolls):
                draft.segments[number] = replace(segment, tolls=[])
                story.totals.append(replace(segment, things=[]))


def take_in_results(story: Story) -> None:
    """Move what sums up one incident ("en tout, dix terroristes ont été neutralisés") from the totals into it."""
    for segment in list(story.totals):
        draft = _find_summed(story, segment)
        if draft is not None and _is_result(draft, segment):
            story.totals.remove(segment)
            draft.segments = sorted([*draft.segments, segment], key=lambda part: part.index)


def _find_summed(story: Story, segment: Segment) -> Draft | None:
    """The only incident of a story, else the only one told in the paragraph of figures without a time and a place."""
    if len(story.drafts) == 1:
        return story.drafts[0]
    if segment.sites or _times(segment):
        return None
    paragraph = segment.sentence.paragraph
    near = [draft for draft in story.drafts if any(part.sentence.paragraph == paragraph for part in draft.segments)]
    return near[0] if len(near) == 1 else None


def _is_result(draft: Draft, segment: Segment) -> bool:
    """Whether figures that sum up are of no other time than the incident, and tell what it does not tell itself."""
    if not segment.tolls or segment.sentence.kind != "body":
        return False
    if _times(segment) and draft.date is not None and not all(is_coarse_place(place) for place in draft.sites):
        return False
    told = [toll for toll in _tolls(draft) if not toll.is_subset]
    return not any(_is_alike(toll, other) for toll in segment.tolls for other in told)


def _times(segment: Segment) -> list[DateMention]:
    return [mention for mention in segment.dates if mention.part != "report"]


def _is_sum(draft: Draft, segment: Segment, whole: RawToll, others: Sequence[Draft]) -> bool:
    """Whether a figure is what its own incident counts later and the others count, one figure an incident."""
    figure = whole.amount.count.best
    if whole.is_subset or whole.outcome not in DEAD or figure is None or figure < _LEAST:
        return False
    later = [toll for part in draft.segments for toll in part.tolls if toll.first > whole.end]
    own = _figures(later, whole)
    told = [figures for figures in (_figures(_tolls(other), whole) for other in others) if figures]
    if own:
        return figure in _add_up([own, *({0, *figures} for figures in told)], figure)
    is_many = segment.is_plural or len(segment.dates) > 1
    return is_many and len(told) > 1 and figure in _add_up(told, figure)


def _tolls(draft: Draft) -> Iterable[RawToll]:
    return (toll for segment in draft.segments for toll in segment.tolls)


def _figures(tolls: Iterable[RawToll], whole: RawToll) -> set[int]:
    """The smaller figures of the dead of one side."""
    figures = {toll.amount.count.best or 0 for toll in tolls if _is_alike(toll, whole) and not toll.is_subset}
    return {figure for figure in figures if 0 < figure < (whole.amount.count.best or 0)}


def _is_alike(toll: RawToll, whole: RawToll) -> bool:
    return toll.outcome in DEAD and (None in (toll.side, whole.side) or toll.side == whole.side)


def _add_up(figures: Sequence[set[int]], limit: int) -> set[int]:
    """All sums, up to a limit, of one figure out of each set."""
    sums = {0}
    for choice in figures:
        sums = {total + figure for total in sums for figure in choice if total + figure <= limit}
    return sums


_LEAST = 3  # below it nothing but chance adds up
_MOST_DRAFTS = 60  # incidents; a chronicle of more has no lead that sums them up
