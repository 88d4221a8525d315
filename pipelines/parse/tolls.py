"""What happened to how many people: each figure with its outcome, and whose people they are as far as the words say."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipelines.mentions import Outcome, Side
from pipelines.parse.amounts import Amount, find_amounts
from pipelines.parse.counts import Count
from pipelines.parse.cues import Cue, find_cue, find_subject
from pipelines.parse.parties import PartyTag, find_parties
from pipelines.parse.tagging import Tag, Tagged

SideRule = Literal["named", "camp", "outcome", "own", "agent", "previous", "open"]


class RawToll(NamedTuple):
    """A figure about people in words `first` to `end`; `side` None while only the incident can tell."""

    first: int
    end: int
    outcome: Outcome
    amount: Amount
    side: Side | None
    actor_class: str | None
    party: PartyTag | None
    rule: SideRule
    is_subset: bool
    cue: Cue | None


def find_tolls(tagged: Tagged, first: int, end: int, before: RawToll | None = None) -> list[RawToll]:
    """The tolls told in words `first` to `end`; `before` is the last toll told, which a figure without a noun leans on."""
    amounts = [amount for amount in find_amounts(tagged, first, end) if amount.kind != "thing"]
    tolls: list[RawToll] = []
    for amount in amounts:
        toll = _read_toll(tagged, amount, first, end, tolls[-1] if tolls else before)
        if toll is not None:
            tolls.append(toll)
    if tolls:
        return tolls
    found = _find_zero_line(tagged, first, end) or _find_named(tagged, first, end)
    return [found] if found else []


def _find_named(tagged: Tagged, first: int, end: int) -> RawToll | None:
    """ "Le conducteur et son apprenti ont été interpellés": people told one by one."""
    for tag in tagged.within("deed", first, end):
        deed = tag.value
        if deed.voice == "active" or deed.is_bare or deed.is_negated or deed.entry.people is None:
            continue
        people = [
            person
            for person in tagged.within("person", max(first, tag.first - _NAMED_REACH), tag.first)
            if person.value.is_counted and tagged.line.words[person.first - 1] in tagged.lexis.singular
        ]
        if not people or people[0].first == 0:
            return None
        start, stop = tagged.chars(people[0].first - 1, people[-1].end)
        count = Count(start, stop, len(people), len(people), len(people), "named")
        amount = Amount(people[0].first - 1, people[-1].end, count, "person", people[0])
        cue = Cue(tag.end, deed.entry.people, None, tag, True)
        side, rule, party, actor_class = _find_side(tagged, amount, deed.entry.people, cue, first, end, None)
        if deed.entry.people in {"arrested"} and side == "civilian":
            side = "unknown"
        return RawToll(amount.first, tag.end, deed.entry.people, amount, side, actor_class, party, rule, False, cue)
    return None


def _find_zero_line(tagged: Tagged, first: int, end: int) -> RawToll | None:
    """ "Bilan ami : néant": nobody of that camp killed."""
    for mark in tagged.marks("none", first, end):
        camps = tagged.within("camp", first, mark.first)
        if camps:
            start, stop = tagged.chars(mark.first, mark.end)
            amount = Amount(mark.first, mark.end, Count(start, stop, 0, 0, 0, "none"), "loss", mark)
            return RawToll(camps[-1].first, mark.end, "killed", amount, _side(camps[-1]), None, None, "camp", False, None)
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
            side, rule, party, actor_class = _find_side(tagged, people, deed.entry.people, cue, first, end, None)
            return [RawToll(first, tag.end, deed.entry.people, people, side, actor_class, party, rule, False, cue)]
    return []


def _read_toll(tagged: Tagged, amount: Amount, first: int, end: int, before: RawToll | None) -> RawToll | None:
    if amount.is_superseded:
        return None
    if amount.count.rule == "none":
        return _read_zero(tagged, amount, first, end, before)
    outcome, cue = _find_outcome(tagged, amount, first, end, before)
    if outcome is None or amount.kind == "loss":
        return None
    side, rule, party, actor_class = _find_side(tagged, amount, outcome, cue, first, end, before)
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


def _read_zero(tagged: Tagged, amount: Amount, first: int, end: int, before: RawToll | None) -> RawToll | None:
    """ "aucune perte", "ni victime ni dégât": nobody killed."""
    if amount.kind not in {"loss", "fate", "person"} or amount.head is None:
        return None
    if amount.kind == "person":
        cue = find_cue(tagged, amount, first, end, "people")
        if cue is None or not cue.loses:
            return None
    elif amount.kind == "fate" and amount.head.value != "killed":
        return None
    side, rule = _camp_side(tagged, amount, first, end), "camp"
    if side is None:
        side = _subject_side(tagged, amount.first, first)
        rule = "own"
    known: SideRule = "open" if side is None else ("camp" if rule == "camp" else "own")
    return RawToll(amount.first, amount.end, "killed", amount, side, None, None, known, False, None)


def _subject_side(tagged: Tagged, index: int, first: int) -> Side | None:
    subject = find_subject(tagged, index, first)
    return subject.side if subject else None


def _find_side(
    tagged: Tagged, amount: Amount, outcome: Outcome, cue: Cue | None, first: int, end: int, before: RawToll | None
) -> tuple[Side | None, SideRule, PartyTag | None, str | None]:
    """Side, the rule that gave it, the party named in the figure's phrase, and the class of its people."""
    actor_class = amount.head.value.actor_class if amount.head and amount.kind == "person" else None
    named = _head_party(tagged, amount)
    if actor_class == "suspects":
        return "unknown", "named", None, actor_class
    if named is not None:
        return named.side, "named", named, named.actor_class
    complement = _find_complement(tagged, amount, end)
    if complement is not None:
        return complement.side, "named", complement, complement.actor_class
    camp = _camp_side(tagged, amount, first, end)
    if camp is not None:
        return camp, "camp", None, actor_class
    if before is not None and (amount.is_subset or amount.kind == "none"):
        return before.side, "previous", before.party, before.actor_class
    if outcome in {"neutralised", "surrendered"}:
        return "non-state", "outcome", None, actor_class
    return (*_side_by_deed(tagged, amount, cue, first), None, actor_class)


def _side_by_deed(tagged: Tagged, amount: Amount, cue: Cue | None, first: int) -> tuple[Side | None, SideRule]:
    """Own losses are the subject's, whoever acts is on the other side of what he hits."""
    if cue is None or cue.tag is None:
        return None, "open"
    if cue.loses:
        subject = find_subject(tagged, cue.tag.first, first)
        return (subject.side if subject else "state"), "own"
    if cue.is_active:
        subject = find_subject(tagged, cue.tag.first, first)
        if subject is not None and subject.side in {"state", "external"}:
            return "non-state", "agent"
    return None, "open"


def _head_party(tagged: Tagged, amount: Amount) -> PartyTag | None:
    """The party that the counted noun itself names: "soldats", "terroristes", "civils"."""
    if amount.head is None or amount.kind != "person":
        return None
    if amount.head.value.actor_class in {"anyone", "suspects"}:
        return None
    return find_parties(tagged, amount.head.first, amount.head.first + 1)[0]


def _find_complement(tagged: Tagged, amount: Amount, end: int) -> PartyTag | None:
    """ "96 éléments de Boko Haram", "29 corps d'assaillants": the party that the counted noun belongs to."""
    stop = min(end, amount.end + _COMPLEMENT_REACH)
    for index in range(amount.end, stop):
        if tagged.line.words[index] in _STOPS or tagged.at("deed", index) or tagged.at("count", index):
            return None
        found = find_parties(tagged, index, index + 1)
        if found:
            return found[0]
    return None


def _camp_side(tagged: Tagged, amount: Amount, first: int, end: int) -> Side | None:
    """The camp that words beside the figure name: right after it, else the last one before it."""
    for tag in tagged.within("camp", amount.end, min(end, amount.end + _CAMP_REACH)):
        if not any(count.first < tag.first for count in tagged.within("count", amount.end, tag.first)):
            return _side(tag)
    before = [tag for tag in tagged.within("camp", first, amount.first)]
    return _side(before[-1]) if before else None


def _side(tag: Tag) -> Side:
    side: Side = tag.value
    return side


_STOPS = frozenset(",.;:()«»")
_COMPLEMENT_REACH = 5
_CAMP_REACH = 5
_SUBSET_REACH = 5
_NAMED_REACH = 12
