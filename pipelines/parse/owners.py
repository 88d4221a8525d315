"""Whose things those are, and who took them, as far as the words say."""

from __future__ import annotations

from pipelines.mentions import Side
from pipelines.parse.cues import Cue, find_subject
from pipelines.parse.parties import PartyTag, find_parties
from pipelines.parse.tagging import Tag, Tagged


def find_owner(tagged: Tagged, start: int, tag: Tag, cue: Cue, first: int, end: int) -> Side | None:
    """The camp beside the words, who lost them, else the party right after the noun."""
    for camp in tagged.within("camp", tag.end, min(end, tag.end + 5)):
        if tagged.within("count", tag.end, camp.first):
            break  # "deux PM récupérés, aucun blessé côté FAMa"
        side: Side = camp.value
        return side
    loser = _find_loser(tagged, cue, end)
    if loser is not None:
        return loser.side
    doer = _find_doer(tagged, cue.tag, end) if cue.loses and cue.tag is not None and not cue.is_active else None
    if doer is not None and doer.side != "unknown":
        return doer.side
    before = tagged.within("camp", first, start)
    if before:
        last: Side = before[-1].value
        return last
    if cue.loses and cue.tag is not None:
        subject = find_subject(tagged, cue.tag.first, first) if cue.is_active else None
        return subject.side if subject and subject.side != "unknown" else None
    owned = tagged.within("actor", tag.end, min(end, tag.end + 4))
    if owned:
        owner: Side = owned[0].value.side
        return owner
    return None


def _find_loser(tagged: Tagged, cue: Cue, end: int) -> PartyTag | None:
    """ "deux motos prises aux enseignants": people right after "à" and what was taken; "au poste" is only where."""
    is_taken = cue.is_right and not cue.is_active and cue.status in _TAKEN
    if not is_taken or cue.end >= end or tagged.line.words[cue.end] not in tagged.lexis.taken_from:
        return None
    parties = find_parties(tagged, cue.end, min(end, cue.end + _DOER_REACH))
    people = [party for party in parties if party.first <= cue.end + 1 and _are_people(tagged, party)]
    return next((party for party in people if party.side != "unknown"), None)


def _are_people(tagged: Tagged, party: PartyTag) -> bool:
    return any(tag.value.is_counted for tag in tagged.within("person", party.first, party.end))


def _find_doer(tagged: Tagged, tag: Tag, end: int) -> PartyTag | None:
    """ "une moto abandonnée par l'ennemi": who is named with "par" after a passive."""
    for mark in tagged.marks("by", tag.end, min(end, tag.end + _DOER_REACH)):
        return next(iter(find_parties(tagged, mark.end, mark.end + _DOER_REACH)), None)
    return None


def find_taker(tagged: Tagged, cue: Cue, first: int) -> Side | None:
    """Who took the things, where the verb has a subject near it."""
    if cue.tag is None or not cue.is_active or cue.loses:
        return None
    subject = find_subject(tagged, cue.tag.first, first)
    if subject is None:
        return None
    is_far = cue.tag.first - subject.end > _TAKER_REACH
    return None if is_far and subject.side != "non-state" else subject.side


_TAKEN = frozenset({"seized", "lost"})
_DOER_REACH = 4
_TAKER_REACH = 6  # words between who takes and the verb
