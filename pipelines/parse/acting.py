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
    near = [mark for mark in before if mark.end >= party.first - 1]
    return bool(near) and not tagged.within("count", near[0].end, party.first)  # "pour bilan deux terroristes tués"


def telling(segments: Iterable[Segment]) -> list[tuple[Segment, Act]]:
    """The acts that tell an incident by themselves, each with its segment."""
    return [(segment, act) for segment in segments for act in segment.strong_acts]


def agent_after(tagged: Tagged, act: Act, segment: Segment) -> PartyTag | None:
    """The party named with "par" after a noun of action or a passive."""
    if act.voice == "active":
        return None
    if act.voice == "noun" and act.kind in _LED and (leader := _find_leader(tagged, act, segment)) is not None:
        return leader
    for mark in tagged.marks("by", act.end, min(segment.end, act.end + _BY_REACH)):
        if any(tag.value.entry.act in INVERTED for tag in tagged.within("deed", act.end, mark.first)):
            return None  # "une attaque déjouée par l'armée"
        if tagged.line.words[mark.first - 1] in tagged.lexis.other_doings:
            return None  # "une attaque contre un convoi escorté par l'armée"
        found = find_parties(tagged, mark.end, min(segment.end, mark.end + 5))
        if found:
            return found[0]
    return None


def _find_leader(tagged: Tagged, act: Act, segment: Segment) -> PartyTag | None:
    """ "un raid de bandits armés", "l'attaque du JNIM": the attackers named right after a noun of attack."""
    start = act.end
    while start < segment.end and tagged.line.words[start] in _QUOTES | tagged.lexis.inside:
        start += 1
    if start == act.end or tagged.line.words[act.end] not in tagged.lexis.complements:
        return None
    found = next(iter(find_parties(tagged, start, start + 1)), None)
    if found is None or found.side != "non-state":
        return None
    person = tagged.at("person", start)
    return found if found.key is not None or (person is not None and person.value.is_counted) else None


def attacked(tagged: Tagged, act: Act, segment: Segment) -> PartyTag | None:
    """ "l'attaque d'un détachement de la gendarmerie": the unit right after a noun of attack."""
    if act.voice != "noun" or act.kind not in _LED or act.end >= segment.end:
        return None
    if tagged.line.words[act.end] not in tagged.lexis.complements & tagged.lexis.inside:
        return None
    found = next(iter(find_parties(tagged, act.end + 1, min(segment.end, act.end + _UNIT_REACH))), None)
    return found if found is not None and found.side != "non-state" else None


def aimed_at(tagged: Tagged, act: Act, segment: Segment) -> PartyTag | None:
    """The party named with "contre" after an act."""
    for mark in tagged.marks("against", act.end, min(segment.end, act.end + _AGAINST_REACH)):
        found = find_parties(tagged, mark.end, min(segment.end, mark.end + 4))
        if found:
            return found[0]
    return None


INVERTED = frozenset({"repel"})  # the one who repels is the one attacked
HOSTILE = frozenset({"attack", "assault", "clash", "fire", "kill_civil", "abduct", "burn", "ambush", "loot"})
LOSSES = frozenset({"killed", "wounded", "neutralised", "captured"})
_AGAINST_REACH = 5  # words between an act and "contre"
_LED = frozenset({"attack", "raid", "assault", "ambush"})
_QUOTES = frozenset('«»"')
_UNIT_REACH = 4  # words between "l'attaque" and the unit
_BY_REACH = 14  # words between an act and "par"
