"""Who is acted upon: the enemy of the forces, the rival of a group, else those whose losses are told."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipelines.parse.acting import HOSTILE, LOSSES, aimed_at, attacked, find_actors, telling
from pipelines.parse.parties import PartyTag
from pipelines.parse.segments import Segment
from pipelines.parse.tagging import Tagged


def find_target(
    tagged: Tagged,
    segments: Sequence[Segment],
    parties: Sequence[PartyTag],
    direction: str,
    initiator: PartyTag | None,
    state: PartyTag | None = None,
) -> PartyTag | None:
    """The party that an incident befalls, `direction` being the camp that began it.

    `state` is the force of the article: fighters who surrender do so to it.
    """
    if direction == "state":
        return _find_enemy(tagged, segments, parties)
    patients = [party for party in parties if party.side in _PATIENTS and party != initiator]
    if _is_surrender(segments):
        return next((party for party in patients if party.side != "civilian"), state if state and state.key else None)
    victims = [toll.party for segment in segments for toll in segment.tolls if toll.party is not None]
    suffering = [party for party in victims if party.side in _PATIENTS]
    aimed = [aimed_at(tagged, act, segment) or attacked(tagged, act, segment) for segment, act in telling(segments)]
    hit = next((party for party in aimed if party in patients), None)
    hit = hit or _find_rival(segments, parties, initiator)
    if hit is not None:
        is_told = bool(suffering) and (_is_service(hit, suffering) or _is_of_people(tagged, hit, suffering))
        return suffering[0] if is_told else hit
    first = [party for segment in segments[:1] for party in find_actors(tagged, segment) if party in patients]
    whole = [party for party in first if party not in _find_parts(segments)]
    first = whole if whole and whole[0].side == "civilian" else first
    is_open = bool(first and suffering) and (
        _is_service(first[0], suffering) or _is_of_people(tagged, first[0], suffering)
    )
    if first and suffering and (first[0].side == "civilian" or is_open):
        return next((party for party in suffering if party not in _find_parts(segments)), first[0])
    victim = next(iter([*first, *suffering, *patients]), None) or _nameless_victims(segments)
    return victim or _robbed_people(segments)


def _find_parts(segments: Sequence[Segment]) -> set[PartyTag]:
    """ "quinze personnes, dont sept volontaires": the parties of whom only the lesser part of the victims was."""
    parts: set[PartyTag] = set()
    for segment in segments:
        for whole, part in pairwise(segment.tolls):
            best, least = whole.amount.count.best, part.amount.count.best
            if part.party is not None and part.is_subset and best and least and 2 * least < best:
                parts.add(part.party)
    return parts


def _is_surrender(segments: Sequence[Segment]) -> bool:
    told = telling(segments)
    return bool(told) and told[0][1].kind == "surrender"


def _is_service(unit: PartyTag, suffering: Sequence[PartyTag]) -> bool:
    """Whether those who suffer tell which service "un véhicule militaire" or "une patrouille" was of."""
    is_open = unit.actor_class == "army" and unit.key is None
    return is_open and {party.actor_class for party in suffering} <= _SERVICES and suffering[0].side == "state"


def _is_of_people(tagged: Tagged, unit: PartyTag, suffering: Sequence[PartyTag]) -> bool:
    """Whether "un convoi", of which nobody says whose it was, was of the civilians who alone died in it."""
    is_neutral = unit.key is None and tagged.words(unit.first, unit.end) in tagged.lexis.neutral_units
    return is_neutral and all(party.side == "civilian" for party in suffering)


def _find_rival(
    segments: Sequence[Segment], parties: Sequence[PartyTag], initiator: PartyTag | None
) -> PartyTag | None:
    """Another armed group that is fought or attacked: "une position du MSA", "des combats entre le JNIM et l'EIGS"."""
    if initiator is None or initiator.key is None:
        return None
    rivals = [p for p in parties if p.side == "non-state" and p.key not in {None, initiator.key} and not p.is_weak]
    if not rivals or any(toll.side in _PATIENTS for segment in segments for toll in segment.tolls):
        return None
    for segment, act in telling(segments):
        if act.kind in HOSTILE:
            near = [party for party in parties if segment.first <= party.first < segment.end]
            return None if any(p.side in _PATIENTS for p in near) else next((p for p in near if p in rivals), None)
    return None


def _find_enemy(tagged: Tagged, segments: Sequence[Segment], parties: Sequence[PartyTag]) -> PartyTag | None:
    """Whom the forces act against: a group named, else fighters, else civilians who are hurt."""
    tolls = [toll for segment in segments for toll in segment.tolls if toll.party is not None]
    hostile = [party for party in parties if party.side == "non-state"]
    kinds = {act.kind for segment in segments for act in segment.acts}
    is_met = bool(kinds & _FIGHTS) or any(toll.side == "non-state" and toll.outcome in LOSSES for toll in tolls)
    if not is_met:  # what is found or seized was "destined for the terrorists": nobody was met
        hostile = [toll.party for toll in tolls if toll.party and toll.side == "non-state"]
    elif kinds & _STRIKES and any(segment.things for segment in segments):  # "une base terroriste" is a thing
        hostile = [party for party in hostile if party.key is not None or _are_people(tagged, party)]
    named = [party for party in hostile if party.key is not None and not party.is_weak]
    civilians = [toll.party for toll in tolls if toll.side == "civilian" and toll.outcome in LOSSES]
    return next(iter([*named, *hostile, *civilians]), None) or _nameless_people(segments)


def _are_people(tagged: Tagged, party: PartyTag) -> bool:
    """Whether a party is people, "un regroupement terroriste", and no thing of theirs: "un campement terroriste"."""
    tag = tagged.at("person", party.first)
    things = tagged.within("thing", party.first - 3, party.end)
    return tag is not None and all(thing.end < party.first for thing in things)


def _nameless_people(segments: Sequence[Segment]) -> PartyTag | None:
    """ "un homme a été tué par les militaires": nobody says that he fought."""
    for toll in (toll for segment in segments for toll in segment.tolls):
        if toll.side is None and toll.actor_class == "anyone" and toll.outcome in _HARM and toll.amount.count.best != 0:
            return PartyTag(toll.amount.first, toll.amount.end, None, "civilians", "civilian")
    return None


def _nameless_victims(segments: Sequence[Segment]) -> PartyTag | None:
    """People without a class who are hurt by attackers: civilians."""
    for segment in segments:
        for toll in segment.tolls:
            if toll.side is None and toll.outcome in _HARM and toll.amount.count.best != 0:
                return PartyTag(toll.amount.first, toll.amount.end, None, "civilians", "civilian")
    return None


def _robbed_people(segments: Sequence[Segment]) -> PartyTag | None:
    """Whose cattle is driven away or whose stores are burned, where nobody is named: civilians."""
    for thing in (thing for segment in segments for thing in segment.things):
        if thing.thing.category in _BELONGINGS and thing.status in {"lost", "burned"}:
            return PartyTag(thing.first, thing.end, None, "civilians", "civilian")
    return None


_PATIENTS = frozenset({"state", "civilian", "external"})
# acts in which an enemy is met
_FIGHTS = frozenset(
    {
        *("clash", "attack", "assault", "ambush", "raid", "strike", "strike_verb", "kill", "fire", "hit", "repel"),
        *("shell", "surrender", "dismantle", "capture", "explode", "mine_hit", "suicide", "hurt", "target", "regain"),
        "takeover",
    }
)
_BELONGINGS = frozenset({"livestock", "supplies"})
_SERVICES = frozenset({"gendarmerie", "police", "guard", "customs"})
_STRIKES = frozenset({"strike", "strike_verb"})
_HARM = frozenset({"killed", "wounded", "kidnapped", "missing"})
