"""Who says it: the organ or party that a report or one of its incidents rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.parse.parties import PartyTag, find_parties
from pipelines.parse.segments import Segment
from pipelines.parse.tagging import Tag, Tagged, once_a_range


class Voice(NamedTuple):
    """Words `first` to `end` that name who speaks: an organ's canonical pattern ("" for the army), or a party."""

    first: int
    end: int
    organ: str | None
    party: PartyTag | None = None


@once_a_range
def find_voices(tagged: Tagged, first: int, end: int) -> list[Voice]:
    """The organs and groups that speak in words `first` to `end`, in text order."""
    if not tagged.marks("saying", first, end):
        return []
    voices = [
        Voice(tag.first, tag.end, tag.value)
        for tag in tagged.within("organ", first, end)
        if _is_heard(tagged, tag.first, tag.end, first, end) and not _is_foreign(tagged, tag)
    ]
    taken = {index for voice in voices if voice.organ for index in range(voice.first, voice.end)}
    voices += [
        Voice(party.first, party.end, None, party)
        for party in find_parties(tagged, first, end)
        if _may_speak(party) and party.first not in taken and _is_heard(tagged, party.first, party.end, first, end)
    ]
    return sorted(voices, key=lambda voice: voice.first)


def _may_speak(party: PartyTag) -> bool:
    """Groups and outside forces by name; services of the state also by their kind ("la police")."""
    return party.actor_class in _SERVICES or (party.key is not None and party.actor_class in _SPEAKERS)


def _is_foreign(tagged: Tagged, tag: Tag) -> bool:
    """ "l'armée française": a party of its own rather than the country's army."""
    return tag.value == "" and any(
        actor.value.actor_class == "outside" for actor in tagged.within("actor", tag.first, tag.end)
    )


def _is_heard(tagged: Tagged, start: int, stop: int, first: int, end: int) -> bool:
    """Whether a name is the one who says it: "selon X", "annonce X", "X affirme"; nothing else is told between."""
    for mark in tagged.marks("saying", max(first, start - _BEFORE), start):
        if mark.end <= start and _is_plain(tagged, mark.end, start) and not _is_object(tagged, mark):
            return True
    after = tagged.marks("saying", stop, min(end, stop + _AFTER))
    own = (mark for mark in after if not tagged.marks("quoting", mark.first, mark.end))
    return any(not _tells(tagged, stop, mark.first) and not _is_led_after(tagged, mark, end) for mark in own)


def _is_led_after(tagged: Tagged, mark: Tag, end: int) -> bool:
    """ "... près de Ménaka, a annoncé l'état-major": the subject of the word of saying follows it."""
    reach = min(end, mark.end + _INVERTED_REACH)
    names = [*tagged.within("organ", mark.end, reach), *tagged.marks("saying", mark.end, reach)]
    small = tagged.lexis.inside | tagged.lexis.singular | tagged.lexis.plural
    return any(all(word in small for word in tagged.words(mark.end, name.first)) for name in names)


def _is_object(tagged: Tagged, mark: Tag) -> bool:
    """ "accuse l'armée": who stands after the verb does not speak."""
    return bool(tagged.marks("naming", mark.first, mark.end))


def _is_plain(tagged: Tagged, first: int, end: int) -> bool:
    """Whether only small words and titles stand between, no sign and no act."""
    words = tagged.words(first, end)
    return not any(word in _STOPS for word in words) and not _tells(tagged, first, end)


def _tells(tagged: Tagged, first: int, end: int) -> bool:
    """Whether an act or another sentence stands between a name and a word of saying."""
    if any(word in _ENDS for word in tagged.words(first, end)):
        return True
    deeds = tagged.within("deed", first, end)
    return any(tag.value.entry.act or tag.value.entry.people or tag.value.entry.things for tag in deeds)


def find_claim(tagged: Tagged, segment: Segment) -> PartyTag | None:
    """The group that claims what a segment tells: named in it, else the one told last ("ils ont revendiqué ...")."""
    marks = tagged.marks("claims_of_attack", segment.first, segment.end)
    if all(_is_disclaimed(tagged, mark, segment.first) for mark in marks):
        return None
    named = find_parties(tagged, segment.first, segment.end)
    told = find_parties(tagged, max(0, segment.first - _GROUP_REACH), segment.first)
    groups = [party for party in (*named, *reversed(told)) if party.side == "non-state" and party.key is not None]
    return next((party for party in groups if not party.is_weak), None)


def _is_disclaimed(tagged: Tagged, mark: Tag, first: int) -> bool:
    """ "n'a pas été revendiquée", "aucun groupe n'a revendiqué": no claim."""
    start = max(first, mark.first - _DISCLAIMED_REACH)
    if not tagged.lexis.negation.isdisjoint(tagged.words(start, mark.first)):
        return True
    return any(count.value.rule == "none" for count in tagged.within("count", start, mark.first))


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
    claimed = next(filter(None, (find_claim(tagged, segment) for segment in segments)), None)
    if claimed is not None and not any(voice.organ and voice.organ not in tagged.lexis.lesser for voice in heard):
        return Voice(claimed.first, claimed.end, None, claimed)
    if is_background or not heard:
        return next(iter(heard), None if is_background else main)
    first = heard[0]
    is_same = first.organ == "" and main is not None and main.organ in tagged.lexis.army_organs
    return main if is_same else first


_SPEAKERS = frozenset({"group", "militia", "joint_force", "outside"})
_DISCLAIMED_REACH = 6  # words back from "revendiqué" to its negation
_LEAD = 4  # segments
_SERVICES = frozenset({"police", "gendarmerie", "customs", "guard"})
_BEFORE = 7  # words between "selon" or "annonce" and who says it
_AFTER = 14  # words between who says it and the word of saying
_INVERTED_REACH = 4  # words between a word of saying and the subject behind it
_GROUP_REACH = 25  # words back to the group that a pronoun stands for
_STOPS = frozenset(",;:.«»()")
_ENDS = frozenset(";.")
