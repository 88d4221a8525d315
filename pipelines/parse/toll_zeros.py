"""Tolls of nobody: "aucune perte", "n'a pas causé de victimes", "personne n'a été touché", "bilan ami : néant"."""

from __future__ import annotations

from pipelines.mentions import Outcome, Side
from pipelines.parse.amounts import Amount
from pipelines.parse.counts import Count
from pipelines.parse.cues import Cue, find_cue
from pipelines.parse.parties import find_parties
from pipelines.parse.tagging import Tag, Tagged
from pipelines.parse.toll_sides import RawToll, SideRule, camp_side, side_of, subject_side


def find_zero(tagged: Tagged, first: int, end: int) -> RawToll | None:
    """What words `first` to `end`, which count nobody, say of nobody killed; None if they say nothing of it."""
    finders = (_find_zero_line, _find_denied_loss, _find_unhurt)
    return next(filter(None, (find(tagged, first, end) for find in finders)), None)


def _find_zero_line(tagged: Tagged, first: int, end: int) -> RawToll | None:
    """ "Bilan ami : néant": nobody of that camp killed."""
    for mark in tagged.marks("none", first, end):
        camps = tagged.within("camp", first, mark.first)
        if camps:
            camp, amount = camps[-1], _make_zero(tagged, mark)
            return RawToll(camp.first, mark.end, "killed", amount, side_of(camp), None, None, "camp", False, None)
    return None


def _find_denied_loss(tagged: Tagged, first: int, end: int) -> RawToll | None:
    """ "L'explosion n'a pas causé de victimes": nobody killed."""
    for mark in tagged.marks("losses", first + 1, end):
        before = tagged.words(max(first, mark.first - _DENIAL_REACH), mark.first)
        is_denied = not tagged.lexis.negation.isdisjoint(before) and not tagged.lexis.negated.isdisjoint(before)
        if is_denied and before[-1] in tagged.lexis.inside and before[-2] in tagged.lexis.before_objects:
            amount = _make_zero(tagged, mark)
            side, rule = _read_zero_side(tagged, amount, first, end)
            return RawToll(mark.first, mark.end, "killed", amount, side, None, None, rule, False, None)
    return None


def _find_unhurt(tagged: Tagged, first: int, end: int) -> RawToll | None:
    """ "Personne n'a été touché": nobody killed."""
    for mark in tagged.marks("unhurt", first, end):
        amount = _make_zero(tagged, mark)
        return RawToll(mark.first, mark.end, "killed", amount, None, None, None, "open", False, None)
    return None


def _make_zero(tagged: Tagged, mark: Tag) -> Amount:
    """The figure 0 of losses that words say without a number."""
    return Amount(mark.first, mark.end, Count(*tagged.chars(mark.first, mark.end), 0, 0, 0, "none"), "loss", mark)


def read_zero(tagged: Tagged, amount: Amount, first: int, end: int) -> RawToll | None:
    """ "aucune perte", "ni victime ni dégât": nobody killed."""
    if amount.kind not in {"loss", "fate", "person"} or amount.head is None:
        return None
    outcome: Outcome = amount.head.value if amount.kind == "fate" else "killed"
    if amount.kind == "person" and not tagged.marks("losses", amount.head.first, amount.head.first + 1):
        cue = find_cue(tagged, amount, first, end, "people")
        befallen = _befallen(tagged, cue)
        if cue is None or not (befallen or _is_denied(tagged, cue, amount, first)):
            return None
        outcome = befallen or outcome
    elif amount.kind == "fate" and amount.head.value not in _DENIED_FATES:
        return None
    side, rule = _read_zero_side(tagged, amount, first, end)
    return RawToll(amount.first, amount.end, outcome, amount, side, None, None, rule, False, None)


def _is_denied(tagged: Tagged, cue: Cue, amount: Amount, first: int) -> bool:
    """ "n'a perdu aucun homme", not "ont laissé l'école sans directeur"."""
    return cue.loses and not tagged.lexis.negation.isdisjoint(tagged.words(first, amount.first))


def _befallen(tagged: Tagged, cue: Cue | None) -> Outcome | None:
    """What befell nobody: "aucun policier n'a été touché", "n'a été blessé"; not "aucun n'a survécu"."""
    if cue is None or cue.tag is None or not cue.is_right or cue.outcome not in _DENIED_FATES:
        return None
    if not tagged.lexis.negation.isdisjoint(tagged.words(cue.tag.first, cue.tag.end)):
        return None
    return "killed" if cue.tag.value.entry.weak else cue.outcome


def _read_zero_side(tagged: Tagged, amount: Amount, first: int, end: int) -> tuple[Side | None, SideRule]:
    """The camp beside the words, the people of the noun, else the subject of "n'a enregistré aucune perte"."""
    camp = camp_side(tagged, amount, first, end)
    if camp is not None:
        return camp, "camp"
    people = find_parties(tagged, amount.first, amount.end)
    if people and people[0].side != "unknown":
        return people[0].side, "named"
    losing = [tag for tag in tagged.within("deed", first, amount.first) if tag.value.entry.loses]
    own = subject_side(tagged, losing[-1].first, first) if losing else None
    return own, ("own" if own else "open")


_DENIAL_REACH = 6  # words between "n'a pas" and "de victimes"
_DENIED_FATES = frozenset({"killed", "wounded"})
