"""Verbs that mean one thing of fighters and another of all else: "se rendre à Wulgo", to surrender or to travel."""

from __future__ import annotations

from dataclasses import replace

from pipelines.parse.parties import find_parties
from pipelines.parse.sections import VerbEntry
from pipelines.parse.tagging import Tag, Tagged


def settle_verbs_of_one_side(tagged: Tagged) -> Tagged:
    """The tags with verbs that tell only what one side does (`only_of`) left without meaning where another does it."""
    deeds = tagged.kinds["deed"]
    if all(not tag.value.entry.only_of for tag in deeds):
        return tagged
    told = {tag.value.entry.act for tag in deeds if not tag.value.entry.only_of}
    told |= {tag.value.act for tag in tagged.kinds["act"]}
    return replace(tagged, kinds={**tagged.kinds, "deed": [_settle(tagged, tag, told) for tag in deeds]})


def _settle(tagged: Tagged, tag: Tag, told: set[str]) -> Tag:
    entry = tag.value.entry
    if not entry.only_of or _is_done_by(tagged, tag, entry, told):
        return tag
    return tag._replace(value=tag.value._replace(entry=_NOTHING))


def _is_done_by(tagged: Tagged, tag: Tag, entry: VerbEntry, told: set[str]) -> bool:
    """Whether the nearest party before the verb is of the side; unnamed people where the article tells of such acts."""
    start = max(0, tag.first - _SUBJECT_REACH)
    stops = [index for index in range(start, tag.first) if tagged.line.words[index] in _STOPS]
    start = stops[-1] + 1 if stops else start
    parties = [party for party in find_parties(tagged, start, tag.first) if party.actor_class != "suspects"]
    if parties:
        return parties[-1].side == entry.only_of
    return bool(tagged.within("count", start, tag.first)) and entry.act in told


_NOTHING = VerbEntry(weak=True)
_STOPS = frozenset(".;:!?")
_SUBJECT_REACH = 14  # words in which the subject stands before its verb
