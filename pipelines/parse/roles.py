"""Who acted and who was acted upon: the direction of an incident's first acts, then the parties on either side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipelines.mentions import Side
from pipelines.parse.acting import HOSTILE, INVERTED, LOSSES, agent_after, aimed_at, find_actors, speaks, telling
from pipelines.parse.acts import RESULTS, Act
from pipelines.parse.aircraft import find_flyer, flyer_side
from pipelines.parse.cues import find_subject
from pipelines.parse.parties import PartyTag, find_parties
from pipelines.parse.segments import Segment
from pipelines.parse.tagging import Tagged
from pipelines.parse.targets import find_target
from pipelines.parse.voices import find_claim

FRIENDS: dict[str, frozenset[Side]] = {
    "state": frozenset({"state", "external"}),
    "non-state": frozenset({"non-state"}),
    "civilian": frozenset({"civilian"}),
}


class Roles(NamedTuple):
    """The parties of an incident. `direction` is the initiator's camp as far as it is told, "" if it is not."""

    direction: str
    initiator: PartyTag | None
    target: PartyTag | None
    others: tuple[PartyTag, ...]


def find_roles(
    tagged: Tagged, segments: Sequence[Segment], state: PartyTag | None, model: Sequence[Segment] = ()
) -> Roles:
    """Initiator, target and others of an incident; `state` is the force that acts where none is named.

    `model` are the segments of another incident whose course it shares.
    """
    parties = [party for segment in segments for party in find_actors(tagged, segment)]
    direction = _find_direction(tagged, model or segments)
    initiator = _find_initiator(tagged, segments, parties, direction, state)
    if initiator is None and direction == "" and not _is_blast(segments):
        initiator, direction = _guess_initiator(tagged, parties, state, segments)
    target = find_target(tagged, segments, parties, direction or "non-state", initiator, state)
    return Roles(direction, initiator, target, tuple(_find_others(parties, initiator, target)))


def _find_direction(tagged: Tagged, segments: Sequence[Segment]) -> str:
    """The camp that the first telling act is the doing of; causes before results, losses before gains."""
    told = telling(segments)
    causes = [(segment, act) for segment, act in told if act.kind not in RESULTS]
    causes = [(segment, act) for segment, act in causes if act.kind not in _FRAMES] or causes
    if causes and causes[0][1].kind in _BLASTS:  # who searches the place afterwards has not laid the mine
        causes = [(segment, act) for segment, act in causes if act.kind in _BLASTS | HOSTILE]
    camp = _first_camp(tagged, causes)
    if camp or any(act.kind != "clash" for _, act in causes):
        return camp
    led = next(filter(None, (_subject_camp(tagged, segment, act) for segment, act in told)), "")
    if led:
        return led
    tolls = [toll for segment in segments for toll in segment.tolls if toll.outcome in LOSSES]
    if tolls and tolls[0].side in {"state", "civilian"}:
        return "non-state"
    return _first_camp(tagged, told) or _first_camp(tagged, _weak(segments))


def _first_camp(tagged: Tagged, acts: Sequence[tuple[Segment, Act]]) -> str:
    return next(filter(None, (_agent_camp(tagged, segment, act) for segment, act in acts)), "")


def _weak(segments: Iterable[Segment]) -> list[tuple[Segment, Act]]:
    return [(segment, act) for segment in segments for act in segment.acts if act.is_weak and _has_doer(act)]


def _has_doer(act: Act) -> bool:
    return bool(act.agent) or act.voice == "passive"


def _agent_camp(tagged: Tagged, segment: Segment, act: Act) -> str:
    """Whose doing an act is: who is named with "par", who leads an active verb, else what the lexicon says."""
    named = agent_after(tagged, act, segment)
    is_carrier = named is not None and act.kind in _BLASTS and named.side != "non-state"  # "un convoi conduit par ..."
    if named is not None and act.kind not in INVERTED and not is_carrier:
        return _camp(named.side)
    aimed = aimed_at(tagged, act, segment)
    if aimed is not None and act.voice in {"noun", "active"} and act.kind not in INVERTED and not act.is_suffered:
        return _against_group(tagged, segment, aimed) if aimed.side == "non-state" else act.agent
    if act.voice == "passive" and act.kind in HOSTILE | _UNDONE:
        sufferer = find_subject(tagged, act.first, segment.first)
        if sufferer is not None and not speaks(tagged, sufferer, segment):
            if act.kind in HOSTILE and sufferer.side in {"state", "civilian", "external"}:
                return "non-state"
            if act.kind in _UNDONE and sufferer.side == "non-state" and sufferer.key is None:
                return "state"  # "un quartier général terroriste a été détruit"
    if act.kind == "raid" and act.voice == "noun" and _is_raided(tagged, segment):
        return "non-state"
    camp = _subject_camp(tagged, segment, act) or ("" if act.agent == "none" else act.agent)
    return "state" if camp == "non-state" and _is_from_the_air(tagged, segment, act) else camp


def _is_raided(tagged: Tagged, segment: Segment) -> bool:
    """ "un raid a touché la localité, causant deux morts": with losses and neither forces nor enemies named."""
    if any(party.side in {"state", "external", "non-state"} for party in find_actors(tagged, segment)):
        return False
    return any(toll.side in {None, "civilian"} and toll.outcome in {"killed", "wounded"} for toll in segment.tolls)


def _against_group(tagged: Tagged, segment: Segment, aimed: PartyTag) -> str:
    """ "Les combattants de l'EIGS ... combats contre le MSA": a rival group's doing where one is named before it."""
    before = find_parties(tagged, segment.first, aimed.first)
    rivals = [party for party in before if party.side == "non-state" and party.key not in {None, aimed.key}]
    return "non-state" if rivals and not any(party.side == "state" for party in before) else "state"


def _is_from_the_air(tagged: Tagged, segment: Segment, act: Act) -> bool:
    """ "Un missile a brûlé hommes et logistique": what an aircraft or a missile does is the forces' doing."""
    if act.voice != "active" or find_subject(tagged, act.first, segment.first) is not None:
        return False
    flyer = find_flyer(tagged, act.first, segment.first)
    return flyer is not None and flyer_side(tagged, flyer, act.first) == "state"


def _subject_camp(tagged: Tagged, segment: Segment, act: Act) -> str:
    """The camp of the party that leads an active verb which either side may be the subject of."""
    if act.voice != "active" or act.kind not in _BOTH_WAYS or act.is_suffered:
        return ""
    subject = find_subject(tagged, act.first, segment.first)
    if subject is None or subject.side in {"civilian", "unknown"} or speaks(tagged, subject, segment):
        return ""
    return _camp(subject.side)


def _camp(side: Side) -> str:
    return {"external": "state", "unknown": ""}.get(side, side)


def _is_blast(segments: Sequence[Segment]) -> bool:
    return any(act.kind in {"explode", "mine_hit"} for segment in segments for act in segment.acts)


def _find_initiator(
    tagged: Tagged, segments: Sequence[Segment], parties: Sequence[PartyTag], direction: str, state: PartyTag | None
) -> PartyTag | None:
    if not direction:
        return _claimed_by(tagged, segments)
    sides = FRIENDS[direction]
    losers = {toll.party for segment in segments for toll in segment.tolls if toll.outcome in _SUFFERED}
    own = [party for party in parties if party.side in sides and party.actor_class not in _NEVER_ACT]
    own = [party for party in own if party not in losers] or own
    explicit = _explicit_agent(tagged, segments, sides)
    if direction == "non-state":
        if explicit is not None and explicit.key is not None:
            return explicit
        named = [party for party in own if party.key is not None and not party.is_weak]
        return next(iter([*named, *([explicit] if explicit else own)]), None)
    return explicit or next(iter(own), None) or state or _unnamed_force(segments)


def _unnamed_force(segments: Sequence[Segment]) -> PartyTag | None:
    """The army behind an act that names nobody, in the words of the act."""
    acts = [act for segment in segments for act in segment.acts if act.agent == "state"]
    acts += [act for segment in segments for act in segment.acts]
    return PartyTag(acts[0].first, acts[0].end, None, "army", "state") if acts else None


def _explicit_agent(tagged: Tagged, segments: Sequence[Segment], sides: frozenset[Side]) -> PartyTag | None:
    """The first party of that camp that leads an active verb or follows "par"."""
    for segment, act in telling(segments):
        named = agent_after(tagged, act, segment)
        if named is None and act.voice == "active" and not act.is_suffered and act.kind not in INVERTED:
            named = find_subject(tagged, act.first, segment.first)
        if named is not None and named.side in sides and not speaks(tagged, named, segment):
            return named
    return None


def _claimed_by(tagged: Tagged, segments: Sequence[Segment]) -> PartyTag | None:
    """The group that claims a blast of which no author is told otherwise."""
    return next(filter(None, (find_claim(tagged, segment) for segment in segments)), None)


def _guess_initiator(
    tagged: Tagged, parties: Sequence[PartyTag], state: PartyTag | None, segments: Sequence[Segment]
) -> tuple[PartyTag | None, str]:
    """Nothing tells who began: not those whose losses are told first, else whoever is named first."""
    if _are_rivals(parties):
        return parties[0], "non-state"
    tolls = [toll for segment in segments for toll in segment.tolls if toll.outcome in LOSSES]
    if tolls and tolls[0].side in {"state", "civilian"}:
        return next((party for party in parties if party.side == "non-state"), None), "non-state"
    if tolls and tolls[0].side == "non-state":
        acting = [party for party in parties if party.side in {"state", "external"}]
        return next(iter([*acting, state]), None), "state"
    for party in parties:
        if party.side in {"state", "external"}:
            return party, "state"
        if party.side == "non-state" and _is_owner(tagged, party):
            return state, "state"
        if party.side == "non-state":
            return party, "non-state"
    return state, "state" if state else ""


def _is_owner(tagged: Tagged, party: PartyTag) -> bool:
    """ "un plot logistique terroriste": only whose the thing was."""
    return any(thing.end == party.first for thing in tagged.within("thing", party.first - _THING_REACH, party.first))


def _are_rivals(parties: Sequence[PartyTag]) -> bool:
    """ "Des dozos et des jihadistes se sont affrontés": groups among themselves."""
    return {party.side for party in parties} == {"non-state"} and len({_identity(party) for party in parties}) > 1


def _find_others(
    parties: Sequence[PartyTag], initiator: PartyTag | None, target: PartyTag | None
) -> Iterable[PartyTag]:
    seen = {_identity(party) for party in (initiator, target) if party is not None}
    for party in parties:
        if party.key is not None and not party.is_weak and _identity(party) not in seen:
            seen.add(_identity(party))
            yield party


def _identity(party: PartyTag) -> str:
    return party.key or party.actor_class


_FRAMES = frozenset({"sweep"})  # what the forces were doing when it happened
_SUFFERED = frozenset({"killed", "wounded", "kidnapped"})
_THING_REACH = 4  # words of a thing before its owner
_UNDONE = frozenset({"hit", "kill", "dismantle", "capture"})
_BLASTS = frozenset({"mine_hit", "explode"})
_BOTH_WAYS = frozenset(
    {
        *("attack", "assault", "kill", "hit", "clash", "fire", "burn", "abduct", "capture", "kill_civil"),
        *("ambush", "strike_verb", "seize", "shell", "raid_in", "intercept", "arrest", "takeover"),
    }
)
_NEVER_ACT = frozenset({"civilians", "government"})
