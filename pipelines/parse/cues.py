"""Which word says what became of the people or things that a figure counts, found by the syntax of the clause.

Right of the figure: "dix soldats ont été tués", "deux motos récupérées"; left of it: "ont neutralisé dix", "la mort de
dix". A list shares the cue at its end or at its head.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipelines.mentions import Outcome, Status
from pipelines.parse.amounts import Amount
from pipelines.parse.parties import PartyTag, find_parties
from pipelines.parse.tagging import Tag, Tagged

Field = Literal["people", "things"]


class Cue(NamedTuple):
    """The words that tell the fate: a verb form or a nominal."""

    end: int
    outcome: Outcome | None
    status: Status | None
    tag: Tag | None
    is_right: bool
    is_active: bool = False
    loses: bool = False


def find_cue(tagged: Tagged, amount: Amount, first: int, end: int, field: Field) -> Cue | None:
    """The cue of a figure inside words `first` to `end`: beside it, then after it, then further before."""
    if amount.is_label:
        label = _find_right(tagged, amount.first + 1, end, field)
        return label or _find_left(tagged, amount.first, first, field)
    near_right = _find_right(tagged, amount.end, min(end, amount.end + _ADJACENT), field)
    near_left = _find_left(tagged, amount.first, max(first, amount.first - _BESIDE), field)
    if near_right is not None or near_left is not None:
        return near_left if _is_regained(near_left, near_right) else near_right or near_left
    right, left = _find_right(tagged, amount.end, end, field), _find_left(tagged, amount.first, first, field)
    is_own = right is not None and right.tag is not None and right.tag.value.is_bare
    return left if left is not None and left.is_active and is_own else right or left


def _find_right(tagged: Tagged, index: int, end: int, field: Field) -> Cue | None:
    """The first verb after the figure, if the counted are what it befalls."""
    for tag in tagged.within("deed", index, min(end, index + _RIGHT_REACH)):
        deed = tag.value
        if any(word in _STOPS for word in tagged.words(index, tag.first)):
            return None
        if deed.is_negated:
            return None
        if deed.form == "inf":
            continue
        fate = getattr(deed.entry, field)
        befalls = deed.voice != "active" or _turns(tagged, tag) or _is_cleft(tagged, index, tag.first)
        if fate is not None and befalls:
            later = _find_end(tagged, tag) if (deed.is_bare or deed.is_pluperfect) and fate in _PASSING else None
            return _cue_of(later or tag, field, is_right=True)
        if deed.voice == "active" and not deed.entry.weak:
            return None
    return None


def _is_regained(left: Cue | None, right: Cue | None) -> bool:
    """ "ont récupéré trois motos volées", "la libération de trois otages enlevés": taken before, got back now."""
    if left is None or right is None:
        return False
    if left.outcome == "released" and right.outcome in _PASSING:
        return True
    return left.is_active and right.status == "lost" and left.status == "seized"


def find_loss(tagged: Tagged, amount: Amount, first: int) -> Cue | None:
    """ "Les FAMa ont enregistré un mort et deux blessés": the verb whose subject loses the people."""
    for tag in reversed(tagged.within("deed", first, amount.first)):
        if tag.value.entry.loses and not tag.value.is_negated:
            subject = find_subject(tagged, tag.first, first)
            if subject is None or subject.actor_class in _ONLOOKERS:  # "on déplore", "le gouverneur déplore"
                return None
            return Cue(tag.end, None, None, tag, False, loses=True)
        if tag.value.voice == "active" and not tag.value.entry.weak:
            return None
    return None


def _turns(tagged: Tagged, tag: Tag) -> bool:
    """ "deux camions ont brûlé": no object follows, so it befell the subject."""
    if not tag.value.entry.turns or tag.end >= len(tagged.line.words):
        return False
    word = tagged.line.words[tag.end]
    is_object = word in tagged.lexis.plural or word in tagged.lexis.singular
    is_object = is_object or (word in tagged.lexis.joiners and word not in _CLAUSE_STOPS)
    return not is_object and all(tagged.at(kind, tag.end) is None for kind in ("count", "person", "thing"))


def _find_end(tagged: Tagged, tag: Tag) -> Tag | None:
    """ "quinze otages enlevés en avril ont été libérés": what became of them in the end."""
    is_aside = tagged.words(tag.first - 1, tag.first) == tagged.words(tag.end, tag.end + 1) == [","]
    start = tag.end + is_aside
    for later in tagged.within("deed", start, start + _END_REACH):
        if any(word in _CLAUSE_STOPS for word in tagged.words(start, later.first)):
            return None
        if later.value.voice != "active" and not later.value.is_bare and later.value.entry.people is not None:
            return later
    return None


def _is_cleft(tagged: Tagged, first: int, end: int) -> bool:
    """ "c'est une base que les FAMa ont frappée": the object stands before its active verb."""
    return any(word in tagged.lexis.relative_objects for word in tagged.words(first, end))


def _find_left(tagged: Tagged, index: int, first: int, field: Field) -> Cue | None:
    """The last verb or nominal before the figure, if the counted are its object."""
    kind = "nominal" if field == "people" else "thing_nominal"
    tags = [(tag, True) for tag in tagged.within("deed", first, index)]
    tags += [(tag, False) for tag in tagged.within(kind, first, index)]
    for tag, is_deed in sorted(tags, key=lambda pair: (-pair[0].first, pair[1])):
        if not is_deed:
            return _nominal_cue(tag, field)
        deed = tag.value
        if deed.is_negated or _is_only_tried(tagged, tag, first):
            return None
        fate = getattr(deed.entry, field)
        if fate is not None and (_is_joined(tagged, tag, index) or _is_inverted(tagged, tag, index)):
            return _cue_of(tag, field, is_right=False)
        is_label = deed.voice == "passive" and ":" in tagged.words(tag.end, index)
        is_inverted = deed.voice == "undergo" and tag.end == index
        if fate is not None and (deed.voice == "active" or is_label or is_inverted):
            if _begins_clause(tagged, tag.end, index) or _leaves_quote(tagged, tag.end, index):
                return None
            return _cue_of(tag, field, is_right=False)
        if deed.voice != "active" and not deed.is_bare:
            return None
    return None


def _is_only_tried(tagged: Tagged, tag: Tag, first: int) -> bool:
    """ "ont tenté d'enlever la base": nothing came of it as far as is told."""
    if tag.value.form != "inf":
        return False
    return any(mark.end >= tag.first - 1 for mark in tagged.marks("attempts", max(first, tag.first - 4), tag.first))


def _is_inverted(tagged: Tagged, tag: Tag, index: int) -> bool:
    """ "Ont été brûlés deux camions et un car": the subject follows its passive verb."""
    if tag.value.voice != "passive" or tag.value.is_bare or any(w in _STOPS for w in tagged.words(tag.end, index)):
        return False
    start = tag.first
    while start > 0 and tagged.line.words[start - 1] not in _CLAUSE_STOPS and tag.first - start < _RIGHT_REACH:
        start -= 1
    if any(tagged.within(kind, start, tag.first) for kind in ("thing", "person", "count", "fate", "actor")):
        return False
    between = range(tag.end, index)
    return all(tagged.at("deed", i) is None and tagged.at("place", i) is None for i in between)


def _is_joined(tagged: Tagged, tag: Tag, index: int) -> bool:
    """ "deux bases ont été détruites ainsi que dix motos": what is joined to the subject shares its fate."""
    if tag.value.voice == "active":
        return False
    marks = tagged.marks("joining", tag.end, min(tag.end + 4, index))
    return bool(marks) and not any(word in _STOPS for word in tagged.words(tag.end, index))


def _leaves_quote(tagged: Tagged, first: int, end: int) -> bool:
    """Whether a quotation that holds the verb ends before the figure."""
    words = tagged.words(first, end)
    return "»" in words and "«" not in words


def _begins_clause(tagged: Tagged, first: int, end: int) -> bool:
    """Whether another clause begins between a verb and a figure: "des pick-up transportant dix hommes"."""
    words = tagged.lexis
    joined = {index for mark in tagged.marks("joining", first, end) for index in range(mark.first, mark.end)}
    for index in range(first, end):
        if index in joined:
            continue
        word = tagged.line.words[index]
        if word in words.clause_words:
            return True
        if word.endswith(words.clause_ending) and word not in words.not_clause and tagged.at("person", index) is None:
            return True
    return False


def _cue_of(tag: Tag, field: Field, *, is_right: bool) -> Cue:
    entry = tag.value.entry
    outcome = entry.people if field == "people" else None
    status = entry.things if field == "things" else None
    return Cue(tag.end, outcome, status, tag, is_right, tag.value.voice == "active", entry.loses)


def _nominal_cue(tag: Tag, field: Field) -> Cue:
    if field == "people":
        return Cue(tag.end, tag.value, None, None, False)
    return Cue(tag.end, None, tag.value, None, False)


def find_subject(tagged: Tagged, index: int, first: int) -> PartyTag | None:
    """The party before a verb at word `index`: the nearest one that is no complement of another.

    A verb that follows "et" has the subject of the active verb before it.
    """
    if _follows_joiner(tagged, index, first):
        deeds = [tag for tag in tagged.within("deed", first, index) if tag.value.voice == "active"]
        if deeds:
            return find_subject(tagged, deeds[-1].first, first)
    parties = find_parties(tagged, first, index)
    antecedent = _find_antecedent(tagged, index, parties)
    if antecedent is not None:
        return antecedent
    for party in reversed(parties):
        if tagged.line.words[party.first - 1] != "(" and not _is_object(tagged, party, first):
            return _first_of_pair(tagged, party, parties)
    return None


def _follows_joiner(tagged: Tagged, index: int, first: int) -> bool:
    """Whether only small words stand between "et" and a verb: "et y avoir pris"."""
    for at in range(index - 1, max(first, index - _JOINER_REACH) - 1, -1):
        word = tagged.line.words[at]
        if word in tagged.lexis.joiners:
            return True
        if word not in tagged.lexis.have and word not in tagged.lexis.pronouns:
            return False
    return False


def _find_antecedent(tagged: Tagged, index: int, parties: list[PartyTag]) -> PartyTag | None:
    """ "par une patrouille, qui a rapporté ...": a relative clause belongs to the party right before it."""
    for party in reversed(parties):
        between = tagged.words(party.end, index)
        if any(word in tagged.lexis.relatives for word in between[:_RELATIVE_REACH]):
            return party
        if len(between) > _RELATIVE_REACH + _OBJECT_REACH:
            break
    return None


def _first_of_pair(tagged: Tagged, party: PartyTag, parties: list[PartyTag]) -> PartyTag:
    """ "Les FAMa et leurs partenaires": the first of two subjects joined by "et"."""
    for other in parties:
        nation = tagged.at("demonym", other.end)
        between = tagged.words(nation.end if nation else other.end, party.first)
        is_joined = 0 < len(between) <= _PAIR_REACH and between[0] in tagged.lexis.joiners
        is_plain = all(word in tagged.lexis.inside or word in tagged.lexis.joiners for word in between)
        if is_joined and is_plain and other.side != "non-state":
            return other
    return party


def _opens_clause(tagged: Tagged, index: int, first: int) -> bool:
    """Whether a plural article opens its clause: "Des assaillants ont ..."."""
    if tagged.line.words[index] not in tagged.lexis.plural:
        return False
    before = tagged.line.words[index - 1] if index > first else ""
    return not before[:1].isalpha() or before in tagged.lexis.before_objects


def _is_object(tagged: Tagged, party: PartyTag, first: int) -> bool:
    """Whether a party follows the verb or preposition that it belongs to rather than leads its clause."""
    for index in range(max(first, party.first - 2), party.first):
        if tagged.line.words[index] in tagged.lexis.complements and not _opens_clause(tagged, index, first):
            return True
    figures = tagged.within("count", max(first, party.first - _FIGURE_REACH), party.first)
    start = next(
        (figure.first for figure in figures if figure.end == party.first), party.first
    )  # "dix (10) assaillants"
    deeds = tagged.within("deed", max(first, start - _OBJECT_REACH), party.first)
    return any(tag.value.voice == "active" for tag in deeds)


_ONLOOKERS = frozenset({"government", "civilians", "suspects", "anyone"})
_ADJACENT = 2  # words between a figure's noun and the participle right after it
_BESIDE = 4  # words between a verb and the object right beside it
_JOINER_REACH = 4  # words back from a verb to the "et" that joins it
_PAIR_REACH = 3  # words between two subjects
_OBJECT_REACH = 3  # words between an active verb and its object
_FIGURE_REACH = 8  # words of a figure with its double in brackets
_RELATIVE_REACH = 2  # words between a party and the relative pronoun that stands for it
_RIGHT_REACH = 40
_END_REACH = 16  # words between an abduction and how it ended
_PASSING = frozenset({"kidnapped", "missing", "captured", "wounded"})
_CLAUSE_STOPS = frozenset(";:,.")
_STOPS = frozenset(";:")
