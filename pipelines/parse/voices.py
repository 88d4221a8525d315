"""Who says it: the organ or party that a report or one of its incidents rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.parse.parties import PartyTag, find_parties
from pipelines.parse.segments import Segment
from pipelines.parse.tagging import Tag, Tagged


class Voice(NamedTuple):
    """Words `first` to `end` that name who speaks: an organ's canonical pattern ("" for the army), or a party."""

    first: int
    end: int
    organ: str | None
    party: PartyTag | None = None


def find_voices(tagged: Tagged, first: int, end: int) -> list[Voice]:
    """The organs and groups that speak in words `first` to `end`, in text order."""
    if not tagged.marks("saying", first, end):
        return []
    voices = [
        Voice(tag.first, tag.end, tag.value)
        for tag in tagged.within("organ", first, end)
        if _is_heard(tagged, tag, first, end)
    ]
    voices += [
        Voice(party.first, party.end, None, party)
        for party in find_parties(tagged, first, end)
        if party.key is not None and party.actor_class in _SPEAKERS and _says(tagged, party, end)
    ]
    return sorted(voices, key=lambda voice: voice.first)


def _is_heard(tagged: Tagged, tag: Tag, first: int, end: int) -> bool:
    """Whether a word of saying stands near an organ's name."""
    near = tagged.marks("saying", max(first, tag.first - _REACH), min(end, tag.end + _REACH))
    return bool(near)


def _says(tagged: Tagged, party: PartyTag, end: int) -> bool:
    """Whether a group is the subject of a verb of saying or claiming."""
    stop = min(end, party.end + _PARTY_REACH)
    return bool(tagged.marks("saying", party.end, stop)) and not tagged.within("deed", party.end, party.end + 1)


def main_voice(tagged: Tagged, segments: Sequence[Segment], *, is_communique: bool) -> Voice | None:
    """The voice that an article rests on: the official organ heard most, one only named in a communiqué, an army."""
    told = [segment for segment in segments if "superseded_all" not in segment.marks]
    heard = [voice for segment in told for voice in find_voices(tagged, segment.first, segment.end)]
    official = [voice for voice in heard if voice.organ and voice.organ not in tagged.lexis.lesser]
    if official:
        most = Counter(voice.organ for voice in official).most_common(1)[0][0]
        return next(voice for voice in official if voice.organ == most)
    named = [Voice(*tag) for tag in tagged.kinds["organ"] if tag.value and tag.value not in tagged.lexis.lesser]
    if named and is_communique:
        return named[0]
    lead = [voice for segment in told[:_LEAD] for voice in find_voices(tagged, segment.first, segment.end)]
    return next(iter([*(voice for voice in heard if voice.organ == ""), *lead]), None)


def own_voice(tagged: Tagged, segments: Sequence[Segment], main: Voice | None, *, is_background: bool) -> Voice | None:
    """The voice of one incident: its own sentences' if they name another, else the article's."""
    heard = [
        voice
        for segment in segments
        if "superseded_all" not in segment.marks
        for voice in find_voices(tagged, segment.first, segment.end)
    ]
    if is_background or not heard:
        return next(iter(heard), None if is_background else main)
    first = heard[0]
    return main if first.organ == "" and main is not None and main.organ else first


_SPEAKERS = frozenset({"group", "militia", "joint_force", "outside"})
_LEAD = 4  # segments
_REACH = 20  # words between an organ and a word of saying
_PARTY_REACH = 8
