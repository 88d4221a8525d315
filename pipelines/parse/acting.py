"""Who takes part in what is told: the parties of a segment, who is named after "par" and "contre", the telling acts."""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.parse.acts import Act
from pipelines.parse.parties import PartyTag, find_parties
from pipelines.parse.segments import Segment
from pipelines.parse.tagging import Tagged


def find_actors(tagged: Tagged, segment: Segment) -> list[PartyTag]:
    """The parties of a segment that take part: those who only speak are left out."""
    return [
        party
        for party in find_parties(tagged, segment.first, segment.end)
        if not speaks(tagged, party, segment) and party.actor_class not in {"suspects", "anyone"}
    ]


def speaks(tagged: Tagged, party: PartyTag, segment: Segment) -> bool:
    """ "selon l'armée", "dit l'armée", or a party inside the name of an organ."""
    organs = tagged.within("organ", party.first - 4, party.first + 1)
    if party.key is None and any(tag.value and tag.first <= party.first < tag.end for tag in organs):
        return True
    before = tagged.marks("saying", max(segment.first, party.first - 3), party.first)
    return any(mark.end >= party.first - 1 for mark in before)


def telling(segments: Iterable[Segment]) -> list[tuple[Segment, Act]]:
    """The acts that tell an incident by themselves, each with its segment."""
    return [(segment, act) for segment in segments for act in segment.strong_acts]


def agent_after(tagged: Tagged, act: Act, segment: Segment) -> PartyTag | None:
    """The party named with "par" after a noun of action or a passive."""
    if act.voice == "active":
        return None
    for mark in tagged.marks("by", act.end, min(segment.end, act.end + _BY_REACH)):
        found = find_parties(tagged, mark.end, min(segment.end, mark.end + 5))
        if found:
            return found[0]
    return None


def aimed_at(tagged: Tagged, act: Act, segment: Segment) -> PartyTag | None:
    """The party named with "contre" after an act."""
    for mark in tagged.marks("against", act.end, min(segment.end, act.end + _AGAINST_REACH)):
        found = find_parties(tagged, mark.end, min(segment.end, mark.end + 4))
        if found:
            return found[0]
    return None


HOSTILE = frozenset({"attack", "assault", "clash", "fire", "kill_civil", "abduct", "burn", "ambush", "loot"})
LOSSES = frozenset({"killed", "wounded", "neutralised", "captured"})
_AGAINST_REACH = 5  # words between an act and "contre"
_BY_REACH = 14  # words between an act and "par"
