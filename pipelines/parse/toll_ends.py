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
    return "kidnapped" if outcome == "arrested" and _did_attackers(tagged, cue.tag, first, end) else outcome


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


_BY_REACH = 4  # words between a verb, "par" and who did it
_MEANING_REACH = 8  # words in which is said what "neutralisés" means
