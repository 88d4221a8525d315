"""Several sites named in one breath: one incident a site, or one incident over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipelines.mentions import PlaceMention
from pipelines.parse.drafts import Draft
from pipelines.parse.frames import is_coarse_place
from pipelines.parse.segments import Segment
from pipelines.parse.tagging import Tagged
from pipelines.text import name_key, name_keys


def find_listed(tagged: Tagged, segment: Segment) -> list[PlaceMention]:
    """The sites that a segment lists: "à Baraboulé et à Tongomayel"; none if it names one or tells each apart."""
    sites = [site for site in segment.sites if not is_coarse_place(site)]
    for first, second in pairwise(sites):
        if not _are_joined(tagged, first, second):
            return []
    return sites if len(sites) > 1 else []


def _are_joined(tagged: Tagged, first: PlaceMention, second: PlaceMention) -> bool:
    """Whether only "et", a comma and small words stand between two places."""
    words = tagged.words(*tagged.word_range(first.span.end, second.span.start))
    small = tagged.lexis.joiners | tagged.lexis.inside | tagged.lexis.apart_words | _SIGNS
    return any(word in tagged.lexis.joiners for word in words) and all(word in small for word in words)


def is_split(tagged: Tagged, listed: list[PlaceMention], segment: Segment) -> bool:
    """Whether the listed sites of a segment each had an incident of their own."""
    if not listed:
        return False
    if any(act.is_apart for act in segment.cause_acts) or are_told_apart(tagged, listed):
        return True
    return lie_apart(listed) and not segment.tolls and not segment.things


def split_draft(draft: Draft) -> list[Draft]:
    """One incident a listed site, without the figures, which belong to none alone."""
    parts: list[Draft] = []
    for site in draft.listed:
        segments = [replace(part, tolls=[], things=[]) for part in draft.segments]
        part = Draft(segments, draft.date, draft.date_chain, [site], draft.headings)
        part.is_dated, part.is_background, part.is_joint = draft.is_dated, draft.is_background, True
        parts.append(part)
    return parts


def are_told_apart(tagged: Tagged, sites: list[PlaceMention]) -> bool:
    """ "l'une à Kafolo, l'autre à Téhini": whether the list itself tells of one incident a place."""
    between = (tagged.words(*tagged.word_range(a.span.end, b.span.start)) for a, b in pairwise(sites))
    return any(word in tagged.lexis.ordinals for words in between for word in words)


def lie_apart(sites: list[PlaceMention]) -> bool:
    """ "Sollé (Nord), Boko (Centre-Nord)": whether each is told with a unit of its own."""
    units = [{name_key(span.text) for _, span in site.within} for site in sites]
    return len(sites) > 1 and all(units) and all(not first & second for first, second in pairwise(units))


def singles_out(listed: list[PlaceMention], segment: Segment) -> bool:
    """Whether a segment tells on of one of the sites listed before, but the first, with which the list goes on."""
    names = [name_keys([site]) for site in listed]
    own = name_keys(site for site in segment.sites if not is_coarse_place(site))
    if not names or not own or not segment.is_fact or own & names[0]:
        return False
    return own <= set().union(*names[1:])


def hand_out(tagged: Tagged, parts: Sequence[Draft], segment: Segment) -> list[Segment]:
    """Give facts to those of several incidents told in one breath that they belong to; what sums them up is returned.

    "38 morts, dont 24 à Yoro": the 24 belong to Yoro, the 38 to none alone; what is not counted belongs to all.
    """
    own = name_keys(segment.sites)
    named = [part for part in parts if own & part.names] or _find_ordered(tagged, parts, segment)
    if len(named) == 1:
        return _give_to(tagged, named[0], segment)
    if any(toll.amount.count.best is not None for toll in segment.tolls) or segment.counts_things:
        return [segment]
    for part in parts:
        part.segments.append(segment)
    return []


def _find_ordered(tagged: Tagged, parts: Sequence[Draft], segment: Segment) -> list[Draft]:
    """ "Dans la première, cinq soldats sont morts": which of several incidents a sentence opens with, by its number."""
    stop = min(segment.end, segment.first + _OPENING)
    organs = tagged.within("organ", segment.first, stop)  # "Le Premier ministre a déploré"
    told = [index for index in range(segment.first, stop) if not any(tag.first <= index < tag.end for tag in organs)]
    words = (tagged.line.words[index] for index in told)
    number = next((tagged.lexis.order[word] for word in words if word in tagged.lexis.order), 0)
    return list(parts[number - 1 : number]) if number else []


def _give_to(tagged: Tagged, part: Draft, segment: Segment) -> list[Segment]:
    shares = [toll for toll in segment.tolls if toll.is_subset]
    if (
        not shares
        and segment.tolls
        and segment.sites
        and tagged.line.starts[segment.tolls[0].first] < segment.sites[0].span.start
    ):
        return [segment]
    if not shares or len(shares) == len(segment.tolls):
        part.segments.append(segment)
        return []
    part.segments.append(replace(segment, tolls=[toll._replace(is_subset=False) for toll in shares], things=[]))
    return [replace(segment, tolls=[toll for toll in segment.tolls if not toll.is_subset])]


_SIGNS = frozenset("()")
_OPENING = 4  # words in which a sentence says which incident it goes on with
