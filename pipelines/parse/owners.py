"""Whose things those are, and who took them, as far as the words say."""

from __future__ import annotations

from pipelines.mentions import Side
from pipelines.parse.cues import Cue, find_subject
from pipelines.parse.tagging import Tag, Tagged


def find_owner(tagged: Tagged, start: int, tag: Tag, cue: Cue, first: int, end: int) -> Side | None:
    """The camp beside the words, who lost them, else the party right after the noun."""
    for camp in tagged.within("camp", tag.end, min(end, tag.end + 5)):
        side: Side = camp.value
        return side
    before = tagged.within("camp", first, start)
    if before:
        last: Side = before[-1].value
        return last
    if cue.loses and cue.tag is not None:
        subject = find_subject(tagged, cue.tag.first, first)
        return subject.side if subject and subject.side != "unknown" else None
    owned = tagged.within("actor", tag.end, min(end, tag.end + 4))
    if owned:
        owner: Side = owned[0].value.side
        return owner
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


_TAKER_REACH = 6  # words between who takes and the verb
