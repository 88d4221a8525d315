"""People told one by one: "Le conducteur et son apprenti ont été interpellés", "a tué le chef du village"."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.mentions import Outcome
from pipelines.parse.amounts import Amount
from pipelines.parse.counts import Count
from pipelines.parse.cues import Cue
from pipelines.parse.tagging import Tag, Tagged
from pipelines.parse.toll_ends import end_outcome
from pipelines.parse.toll_sides import RawToll, find_side


def find_named_tolls(tagged: Tagged, first: int, end: int, told: Sequence[RawToll]) -> list[RawToll]:
    """The tolls of single people among words `first` to `end`, those already `told` left out."""
    tolls: list[RawToll] = []
    for tag in tagged.within("deed", first, end):
        outcome: Outcome | None = tag.value.entry.people
        if outcome is None or tag.value.is_negated or _is_counted(tag, told):
            continue
        people = [person for person in _find_people(tagged, tag, first) if not _is_counted(person, told)]
        if not people and (bearers := _find_bearers(tagged, tag, first)) and not _is_counted(bearers[0], told):
            people = bearers
        if people and _is_named_again(tagged, people[0].first - 1, outcome, told):
            continue
        others = [toll for toll in (*told, *tolls) if not _is_joined_to(tagged, people[0], toll)] if people else []
        if people and not any(toll.first < people[-1].end and people[0].first <= toll.end for toll in others):
            tolls.append(_make_toll(tagged, tag, outcome, people, first, end))
    return tolls


def _is_joined_to(tagged: Tagged, person: Tag, toll: RawToll) -> bool:
    """ "trois élèves et leur enseignant ont été enlevés": one more beside those counted."""
    between = tagged.words(toll.amount.end, person.first - 1)
    if toll.amount.kind != "person" or not 0 < len(between) <= _JOINED_REACH or between[-1] not in tagged.lexis.joiners:
        return False
    return not any(word in _STOPS or word == "," for word in between)


def _is_counted(tag: Tag, told: Sequence[RawToll]) -> bool:
    """ "un blessé": the verb is the counted noun itself."""
    return any(toll.amount.first <= tag.first < toll.amount.end for toll in told)


def _is_named_again(tagged: Tagged, start: int, outcome: Outcome, told: Sequence[RawToll]) -> bool:
    """ "deux morts, un homme et son épouse": they are counted already."""
    is_aside = tagged.line.words[start - 1] in _ASIDE if start else False
    return is_aside and any(toll.outcome == outcome and toll.amount.end == start - 1 for toll in told)


def _find_bearers(tagged: Tagged, tag: Tag, first: int) -> list[Tag]:
    """ "les enseignants Ali Diallo et Moussa Ba ont été assassinés": the noun, once for each name after it."""
    if tag.value.voice == "active" or tag.value.is_bare:
        return []
    for person in reversed(tagged.within("person", max(first, tag.first - _SUBJECT_REACH), tag.first)):
        if person.first and tagged.line.words[person.first - 1] in tagged.lexis.definite & tagged.lexis.plural:
            number = _count_names(tagged, person.end)
            return [person] * number if number > 1 else []
    return []


def _count_names(tagged: Tagged, index: int) -> int:
    """How many names stand from a word up to an auxiliary: "Ali Diallo et Moussa Ba ont" """
    number, is_inside = 0, False
    while index < len(tagged.line.words):
        word = tagged.line.words[index]
        if word in tagged.lexis.have or word in tagged.lexis.be:
            return number
        if word in tagged.lexis.joiners:
            is_inside = False
        elif tagged.line.text[tagged.line.starts[index]].isupper():
            number += not is_inside
            is_inside = True
        else:
            return 0
        index += 1
    return 0


def _find_people(tagged: Tagged, tag: Tag, first: int) -> list[Tag]:
    """The single people whom a verb befalls: its subject in the passive, the noun beside a bare participle."""
    if tag.value.voice == "active":
        return _find_antecedent(tagged, tag, first) or _find_objects(tagged, tag)
    start = _clause_start(tagged, tag, max(first, tag.first - _SUBJECT_REACH))
    people = [person for person in tagged.within("person", start, tag.first) if _is_single(tagged, person)]
    if tag.value.is_bare and tag.value.voice == "passive":
        has_verb = any(not deed.value.is_bare for deed in tagged.within("deed", first, tag.first))
        return [person for person in people if has_verb and person.end == tag.first]
    return people


def _find_antecedent(tagged: Tagged, tag: Tag, first: int) -> list[Tag]:
    """ "le chef de village, que des jihadistes ont assassiné": the person before the pronoun that is the object."""
    for index in range(tag.first - 1, max(first, tag.first - _SUBJECT_REACH) - 1, -1):
        if tagged.line.words[index] in tagged.lexis.relative_objects:
            people = tagged.within("person", max(first, index - _ANTECEDENT_REACH), index)
            is_near = bool(people) and not tagged.within("deed", people[-1].end, index)
            return people[-1:] if is_near and _is_single(tagged, people[-1]) else []
        if tagged.at("deed", index) is not None or tagged.line.words[index] in _STOPS:
            return []
    return []


def _find_objects(tagged: Tagged, tag: Tag) -> list[Tag]:
    """The single people right after an active verb, with those joined to them."""
    found: list[Tag] = []
    reach = tag.end + _OBJECT_REACH
    for person in tagged.within("person", tag.end + 1, tag.end + _SUBJECT_REACH):
        joined = bool(found) and tagged.line.words[person.first - 2] in tagged.lexis.joiners
        if not _is_single(tagged, person) or not (person.first < reach or joined):
            break
        found.append(person)
    return found


def _clause_start(tagged: Tagged, tag: Tag, first: int) -> int:
    """The word after the last sign or verb that ends the clause before."""
    signs = [index + 1 for index in range(first, tag.first) if tagged.line.words[index] in _STOPS]
    deeds = [deed.end for deed in tagged.within("deed", first, tag.first)]
    return max([first, *signs, *deeds])


def _is_single(tagged: Tagged, person: Tag) -> bool:
    is_counted = person.value.is_counted or person.value.actor_class == "government"
    if tagged.at("thing", person.first) is not None and person.value.actor_class == "government":
        return False  # "ont brûlé la mairie"
    quoted = tagged.marks("quoting", max(0, person.first - _QUOTING_REACH), person.first)
    if any(mark.end >= person.first - 1 for mark in quoted):
        return False  # "selon un habitant"
    if person.first == 0 or not is_counted or tagged.line.words[person.first] in tagged.lexis.collective:
        return False
    return tagged.line.words[person.first - 1] in tagged.lexis.singular


def _make_toll(tagged: Tagged, tag: Tag, outcome: Outcome, people: Sequence[Tag], first: int, end: int) -> RawToll:
    number, start = len(people), people[0].first - 1
    count = Count(*tagged.chars(start, people[-1].end), number, number, number, "named")
    amount = Amount(start, people[-1].end, count, "person", people[0])
    is_right = tag.value.voice != "active"
    cue = Cue(tag.end, outcome, None, tag, is_right, not is_right, tag.value.entry.loses)
    outcome = end_outcome(tagged, outcome, cue, first, end)
    side, rule, party, actor_class = find_side(tagged, amount, outcome, cue, first, end, None)
    if outcome == "arrested" and side == "civilian":
        side = "unknown"
    return RawToll(start, max(tag.end, amount.end), outcome, amount, side, actor_class, party, rule, False, cue)


_ASIDE = frozenset(",:(")
_STOPS = frozenset(".;:«»()")
_QUOTING_REACH = 4
_ANTECEDENT_REACH = 6  # words between a person and the pronoun that is the object
_JOINED_REACH = 6  # words between "cinq employés" and "leur chauffeur"
_OBJECT_REACH = 3  # words between an active verb and the person it befalls
_SUBJECT_REACH = 12  # words between a person and the passive verb
