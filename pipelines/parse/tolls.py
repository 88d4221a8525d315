"""What happened to how many people: each figure with its outcome, and whose people they are as far as the words say."""

from __future__ import annotations

from pipelines.mentions import Outcome
from pipelines.parse.amounts import Amount, find_amounts
from pipelines.parse.counts import Count
from pipelines.parse.cues import Cue, find_cue
from pipelines.parse.named_tolls import find_named_tolls
from pipelines.parse.tagging import Tagged
from pipelines.parse.toll_sides import RawToll, SideRule, camp_side, find_side, side_of, subject_side


def find_tolls(tagged: Tagged, first: int, end: int, before: RawToll | None = None) -> list[RawToll]:
    """The tolls told in words `first` to `end`; a figure without a noun leans on `before`, the last toll told."""
    amounts = [amount for amount in find_amounts(tagged, first, end) if amount.kind != "thing"]
    tolls: list[RawToll] = []
    for amount in amounts:
        toll = _read_toll(tagged, amount, first, end, tolls[-1] if tolls else before)
        if toll is not None:
            tolls.append(toll)
    if not tolls:
        zero = _find_zero_line(tagged, first, end)
        tolls = [zero] if zero else []
    tolls += find_named_tolls(tagged, first, end, tolls)
    return sorted(tolls, key=lambda toll: toll.first)


def _find_zero_line(tagged: Tagged, first: int, end: int) -> RawToll | None:
    """ "Bilan ami : néant": nobody of that camp killed."""
    for mark in tagged.marks("none", first, end):
        camps = tagged.within("camp", first, mark.first)
        if camps:
            start, stop = tagged.chars(mark.first, mark.end)
            amount = Amount(mark.first, mark.end, Count(start, stop, 0, 0, 0, "none"), "loss", mark)
            camp = camps[-1]
            return RawToll(camp.first, mark.end, "killed", amount, side_of(camp), None, None, "camp", False, None)
    return None


def find_people(tagged: Tagged, first: int, end: int) -> Amount | None:
    """The first people counted in words `first` to `end`, of whom a pronoun may speak later."""
    amounts = find_amounts(tagged, first, end)
    return next((amount for amount in amounts if amount.kind == "person" and amount.count.low), None)


def find_pronoun_tolls(tagged: Tagged, first: int, end: int, people: Amount) -> list[RawToll]:
    """ "Ils ont été neutralisés": the toll of the people counted before."""
    for tag in tagged.within("deed", first, end):
        deed = tag.value
        if deed.voice == "active" or deed.is_bare or deed.is_negated or deed.entry.people is None:
            continue
        if any(word in tagged.lexis.subjects for word in tagged.words(max(first, tag.first - 4), tag.first)):
            cue = Cue(tag.end, deed.entry.people, None, tag, True)
            side, rule, party, actor_class = find_side(tagged, people, deed.entry.people, cue, first, end, None)
            return [RawToll(first, tag.end, deed.entry.people, people, side, actor_class, party, rule, False, cue)]
    return []


def _read_toll(tagged: Tagged, amount: Amount, first: int, end: int, before: RawToll | None) -> RawToll | None:
    if amount.is_superseded or is_agent(tagged, amount):
        return None
    if amount.count.rule == "none":
        return _read_zero(tagged, amount, first, end)
    outcome, cue = _find_outcome(tagged, amount, first, end, before)
    if outcome is None or amount.kind == "loss":
        return None
    side, rule, party, actor_class = find_side(tagged, amount, outcome, cue, first, end, before)
    last = max(amount.end, cue.end if cue and cue.is_right else 0)
    return RawToll(
        amount.first,
        last,
        outcome,
        amount,
        side,
        actor_class,
        party,
        rule,
        amount.is_subset and before is not None,
        cue,
    )


def is_agent(tagged: Tagged, amount: Amount) -> bool:
    """ "par une centaine d'assaillants": those who act."""
    return any(mark.end == amount.first for mark in tagged.marks("by", max(0, amount.first - 4), amount.first))


def _find_outcome(
    tagged: Tagged, amount: Amount, first: int, end: int, before: RawToll | None
) -> tuple[Outcome | None, Cue | None]:
    if amount.kind == "fate" and amount.head is not None:
        fate: Outcome = amount.head.value
        cue = find_cue(tagged, amount, first, end, "people")
        if cue and cue.is_right and cue.outcome in {"captured", "arrested"} and fate == "wounded":
            return cue.outcome, cue
        return fate, cue if cue and cue.outcome == fate else None
    if amount.kind == "none" and tagged.marks("new_sum", amount.first - 4, amount.first):
        return ("killed", None) if tagged.marks("toll_word", first, amount.first) else (None, None)
    stop = min(end, amount.end + _SUBSET_REACH) if amount.is_subset and amount.head is None else end
    cue = find_cue(tagged, amount, first, stop, "people")
    if amount.is_subset and before is not None and (cue is None or not cue.is_right):
        return before.outcome, None
    return (cue.outcome if cue else None), cue


def _read_zero(tagged: Tagged, amount: Amount, first: int, end: int) -> RawToll | None:
    """ "aucune perte", "ni victime ni dégât": nobody killed."""
    if amount.kind not in {"loss", "fate", "person"} or amount.head is None:
        return None
    if amount.kind == "person" and not tagged.marks("losses", amount.head.first, amount.head.first + 1):
        cue = find_cue(tagged, amount, first, end, "people")
        if cue is None or not cue.loses:
            return None
    elif amount.kind == "fate" and amount.head.value != "killed":
        return None
    side, rule = camp_side(tagged, amount, first, end), "camp"
    if side is None:
        side = subject_side(tagged, amount.first, first)
        rule = "own"
    known: SideRule = "open" if side is None else ("camp" if rule == "camp" else "own")
    return RawToll(amount.first, amount.end, "killed", amount, side, None, None, known, False, None)


_SUBSET_REACH = 5
