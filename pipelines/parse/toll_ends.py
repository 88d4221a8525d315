"""What became of people in the end: who was arrested by attackers is kidnapped, who was neutralised may be dead."""

from __future__ import annotations

from pipelines.mentions import Outcome
from pipelines.parse.amounts import Amount
from pipelines.parse.cues import Cue
from pipelines.parse.parties import find_parties
from pipelines.parse.tagging import Tag, Tagged
from pipelines.parse.toll_sides import subject_side


def end_outcome(tagged: Tagged, outcome: Outcome, cue: Cue | None, first: int, end: int) -> Outcome:
    """ "arrêtés par des hommes armés" are kidnapped; "neutralisés, c'est-à-dire tués" are killed."""
    if cue is None or cue.tag is None:
        return outcome
    if outcome == "neutralised" and tagged.marks("meaning_dead", cue.end, cue.end + _MEANING_REACH):
        return "killed"
    if outcome == "kidnapped" and cue.is_active and _is_swept_away(tagged, cue.tag, first):
        return "killed"
    return "kidnapped" if outcome == "arrested" and _did_attackers(tagged, cue.tag, first, end) else outcome


def _is_swept_away(tagged: Tagged, tag: Tag, first: int) -> bool:
    """ "Une mine a emporté quatre militaires", "l'embuscade qui a emporté six gendarmes": no one led them away."""
    if tag.value.entry.act != "loot" or find_parties(tagged, first, tag.first):
        return False
    acts = tagged.within("act", max(first, tag.first - _DOER_REACH), tag.first)
    return any(act.value.act in _DEADLY for act in acts)


def find_adjective(tagged: Tagged, amount: Amount) -> Cue | None:
    """ "une cinquantaine de soldats morts", "dix militaires maliens morts et d'autres blessés": what stands beside."""
    if amount.kind != "person":
        return None
    nation = tagged.at("demonym", amount.end)
    fate = tagged.at("fate", nation.end if nation else amount.end)
    if fate is None or fate.end > fate.first + 1 or tagged.at("deed", fate.first) is not None:
        return None
    return Cue(fate.end, fate.value, None, None, True)


def _did_attackers(tagged: Tagged, tag: Tag, first: int, end: int) -> bool:
    """Whether an armed group is the one who does what a verb tells."""
    if tag.value.voice == "active":
        return subject_side(tagged, tag.first, first) == "non-state"
    for mark in tagged.marks("by", tag.first, min(end, tag.end + _BY_REACH)):
        parties = find_parties(tagged, mark.end, min(end, mark.end + _BY_REACH))
        return bool(parties) and parties[0].side == "non-state"
    return False


_DEADLY = frozenset({"ambush", "explode", "ied", "mine_hit", "attack", "suicide_noun", "shell", "clash", "car_bomb"})
_DOER_REACH = 8  # words between what is deadly and "a emporté"
_BY_REACH = 4  # words between a verb, "par" and who did it
_MEANING_REACH = 8  # words in which is said what "neutralisés" means
