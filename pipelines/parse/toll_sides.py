"""Whose people a figure counts, as far as the words say: a named party, a camp, the one who loses or hits."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipelines.mentions import Outcome, Side
from pipelines.parse.amounts import Amount
from pipelines.parse.cues import Cue, find_loss, find_subject
from pipelines.parse.parties import SERVICES, PartyTag, find_parties
from pipelines.parse.tagging import Tag, Tagged

SideRule = Literal["named", "camp", "outcome", "own", "agent", "previous", "lent", "open"]


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


def find_side(
    tagged: Tagged, amount: Amount, outcome: Outcome, cue: Cue | None, first: int, end: int, before: RawToll | None
) -> tuple[Side | None, SideRule, PartyTag | None, str | None]:
    """Side, the rule that gave it, the party named in the figure's phrase, and the class of its people."""
    actor_class = amount.head.value.actor_class if amount.head and amount.kind == "person" else None
    if actor_class == "anyone" and before is not None and is_of_last_toll(tagged, amount, before):
        return before.side, "previous", before.party, before.actor_class
    if actor_class == "anyone" and (antecedent := _find_antecedent(tagged, amount)) is not None:
        return antecedent.side, "previous", antecedent, antecedent.actor_class
    if _is_mixed(tagged, amount):
        return "unknown", "named", None, actor_class
    if before is not None and (_is_resumed(tagged, amount, before) or _is_of_any_camp(tagged, amount)):
        return before.side, "previous", before.party, before.actor_class
    named = _head_party(tagged, amount) or _find_identity(tagged, amount)
    if named is None and actor_class != "suspects":
        named = _find_complement(tagged, amount, end)
    if actor_class == "suspects" and outcome in {"neutralised", "surrendered", "captured"}:
        return "non-state", "outcome", None, actor_class
    is_held = outcome == "arrested" and named is not None and named.side == "civilian"
    if is_held or (actor_class == "suspects" and outcome in {"arrested", "released"}):
        group = _find_group(tagged, amount, end)
        return ("non-state" if group else "unknown"), "named", group, actor_class
    camp = camp_side(tagged, amount, first if before is None else _past_camp(amount, before, first), end)
    if named is not None and not (camp is not None and _is_of_either_camp(tagged, amount)):
        return named.side, "named", named, named.actor_class
    if camp is not None:
        return camp, "camp", None, actor_class
    is_object = amount.kind == "none" and cue is not None and cue.is_active and not amount.is_subset
    is_told_here = before is not None and (before.first >= first or not is_object)
    if before is not None and is_told_here and _leans_on(tagged, amount, outcome, before, first):
        return before.side, "previous", before.party, before.actor_class
    if outcome in {"neutralised", "surrendered"}:
        return "non-state", "outcome", None, actor_class
    if outcome == "arrested" and actor_class == "anyone":
        return "unknown", "outcome", None, actor_class
    if outcome in {"killed", "wounded"} and actor_class != "civilians" and _is_our_loss(tagged, amount, first):
        return "state", "own", None, actor_class
    if amount.head is not None and tagged.line.words[amount.head.first] in tagged.lexis.plain_people:
        return None, "open", None, actor_class
    return (*_side_by_deed(tagged, _losing(tagged, amount, cue, first) or cue, first), None, actor_class)


def _losing(tagged: Tagged, amount: Amount, cue: Cue | None, first: int) -> Cue | None:
    """ "L'armée compte trois hommes tués": the verb whose subject they belong to."""
    is_told = amount.kind == "person" and cue is not None and cue.is_right and cue.outcome in _LOSSES
    return find_loss(tagged, amount, first) if is_told else None


def _past_camp(amount: Amount, before: RawToll, first: int) -> int:
    """ "Côté ami, trois morts ; 12 terroristes tués, deux capturés": enemies told since then end the camp."""
    is_ended = before.side == "non-state" and before.rule == "named" and amount.kind in {"none", "fate"}
    return max(first, before.end) if is_ended and before.end <= amount.first else first


def _is_our_loss(tagged: Tagged, amount: Amount, first: int) -> bool:
    """ "Nous déplorons la perte d'un élément": those who tell it lost him."""
    for tag in tagged.within("deed", max(first, amount.first - _OUR_REACH), amount.first):
        if tag.value.entry.loses and set(tagged.words(max(first, tag.first - 2), tag.end)) & tagged.lexis.we:
            return True
    return False


def is_of_last_toll(tagged: Tagged, amount: Amount, before: RawToll) -> bool:
    """ "onze blessés ; trois d'entre eux": those counted last, no people named since."""
    if amount.head is None or not tagged.marks("subset", amount.head.first, amount.head.first + 1):
        return False
    is_near = 0 <= amount.first - before.amount.end <= _LAST_REACH
    return is_near and not find_parties(tagged, before.amount.end, amount.first)


def _is_mixed(tagged: Tagged, amount: Amount) -> bool:
    """ "des dizaines de morts, civils et militaires": of more than one side."""
    start = amount.end + (tagged.words(amount.end, amount.end + 1) == [","])
    one = next(iter(find_parties(tagged, start, start + 1)), None)
    if one is None or tagged.words(one.end, one.end + 1) == [] or amount.kind != "fate":
        return False
    other = next(iter(find_parties(tagged, one.end + 1, one.end + 2)), None)
    is_joined = tagged.line.words[one.end] in tagged.lexis.joiners
    return other is not None and is_joined and other.side != one.side


def _find_identity(tagged: Tagged, amount: Amount) -> PartyTag | None:
    """ "un blessé léger : la femme d'un policier", "sept morts, tous des chauffeurs": who it was stands behind it."""
    if amount.kind != "fate":
        return None
    start = amount.end + (tagged.words(amount.end, amount.end + 1) in ([","], ["("]))
    for mark in tagged.marks("identity", start, start + 1):
        return next(iter(find_parties(tagged, mark.end, mark.end + _IDENTITY_REACH)), None)
    if amount.count.best != 1:
        return None
    for index in range(amount.end, amount.end + _IDENTITY_REACH):
        if tagged.words(index, index + 1) == [":"]:
            found = find_parties(tagged, index + 1, index + 1 + _IDENTITY_REACH)
            return found[0] if found and found[0].first == index + 2 else None
    return None


def _is_of_any_camp(tagged: Tagged, amount: Amount) -> bool:
    """ "dix terroristes, dont deux femmes": a part told by its age or sex is of the whole's side."""
    if not amount.is_subset or amount.head is None:
        return False
    return tagged.line.words[amount.head.first] in tagged.lexis.any_camp


def _is_of_either_camp(tagged: Tagged, amount: Amount) -> bool:
    """ "côté ami, quarante combattants": the camp beside the words says whose they are."""
    return amount.head is not None and tagged.words(amount.head.first, amount.head.end)[-1] in tagged.lexis.either_camp


def _find_group(tagged: Tagged, amount: Amount, end: int) -> PartyTag | None:
    """ "trois suspects liés à la Katiba Macina": the group that suspects are tied to."""
    for party in find_parties(tagged, amount.end, min(end, amount.end + _GROUP_REACH)):
        if any(word in _STOPS for word in tagged.words(amount.end, party.first)):
            break
        if party.side == "non-state" and party.key is not None:
            return party
    return None


def _leans_on(tagged: Tagged, amount: Amount, outcome: Outcome, before: RawToll, first: int) -> bool:
    """Whether a figure is about the same people as the one before: "dont deux", "11 autres", "huit de ses hommes"."""
    if amount.is_subset or amount.kind == "none":
        return True
    is_listed = before.first >= first
    if amount.kind == "fate" and outcome in {"arrested", "captured"} and before.side == "non-state":
        return is_listed
    if amount.kind == "fate":
        return is_listed and _is_joined(tagged, before, amount)
    owners = tagged.words(amount.head.first, amount.head.end) if amount.head else []
    return is_listed and any(word in tagged.lexis.own for word in owners)


def _is_resumed(tagged: Tagged, amount: Amount, before: RawToll) -> bool:
    """ "trois agents de la garde ... la mort de quatre agents": the noun alone means the people told before."""
    if amount.head is None or before.amount.head is None or before.amount.kind != "person":
        return False
    word = tagged.line.words[amount.head.first]
    is_bare = not set(tagged.words(amount.head.end, amount.head.end + 1)) & tagged.lexis.complements
    is_open = is_bare and word in tagged.lexis.servants | tagged.lexis.either_camp
    return is_open and tagged.line.words[before.amount.head.first] == word


def _is_joined(tagged: Tagged, before: RawToll, amount: Amount) -> bool:
    """ "deux soldats ont été tués et quatre blessés": told in one breath of the same people."""
    if before.amount.kind != "person" or before.cue is None or not before.cue.is_right:
        return False
    between = tagged.words(before.cue.end, amount.first)
    return len(between) == 1 and between[0] in tagged.lexis.joiners and between[0].isalpha()


def _side_by_deed(tagged: Tagged, cue: Cue | None, first: int) -> tuple[Side | None, SideRule]:
    """Own losses are the subject's, whoever acts is on the other side of what he hits."""
    if cue is None or cue.tag is None:
        return None, "open"
    if cue.loses:
        return (subject_side(tagged, cue.tag.first, first) or "state"), "own"
    if cue.tag.value.entry.act == "kill_civil":
        return None, "open"
    if cue.is_active and subject_side(tagged, cue.tag.first, first) in {"state", "external"}:
        return "non-state", "agent"
    return None, "open"


def subject_side(tagged: Tagged, index: int, first: int) -> Side | None:
    """The side of the party that leads the clause of word `index`."""
    subject = find_subject(tagged, index, first)
    return subject.side if subject else None


def _head_party(tagged: Tagged, amount: Amount) -> PartyTag | None:
    """The party that the counted noun itself names: "soldats", "terroristes", "civils"."""
    if amount.head is None or amount.kind != "person":
        return None
    if amount.head.value.actor_class in {"anyone", "suspects"}:
        return None
    return _find_service(tagged, amount.head) or find_parties(tagged, amount.head.first, amount.head.first + 1)[0]


def _find_service(tagged: Tagged, head: Tag) -> PartyTag | None:
    """ "un poste de police ... trois agents": agents of nobody else are of the service told last."""
    is_bare = set(tagged.words(head.end, head.end + 1)).isdisjoint(tagged.lexis.complements)
    if head.end != head.first + 1 or not is_bare or tagged.line.words[head.first] not in tagged.lexis.servants:
        return None
    before = find_parties(tagged, max(0, head.first - _ANTECEDENT_REACH), head.first)
    told = [party for party in before if party.side not in {"non-state", "unknown"}]
    return told[-1] if told and told[-1].actor_class in SERVICES else None


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


def _find_antecedent(tagged: Tagged, amount: Amount) -> PartyTag | None:
    """ "Trois d'entre eux": the people told last."""
    if amount.head is None or not tagged.marks("subset", amount.head.first, amount.head.first + 1):
        return None
    reach = max(0, amount.first - _ANTECEDENT_REACH)
    people = [tag for tag in tagged.within("person", reach, amount.first) if tag.value.is_counted]
    known = [tag for tag in people if tag.value.actor_class not in {"anyone", "suspects"}]
    return next(iter(find_parties(tagged, known[-1].first, known[-1].first + 1)), None) if known else None


def camp_side(tagged: Tagged, amount: Amount, first: int, end: int) -> Side | None:
    """The camp that words beside the figure name: right after it, else the last one before it."""
    against = tagged.marks("set_against", max(first, amount.first - _AGAINST_REACH), amount.first)
    for tag in _find_camps(tagged, amount.end, min(end, amount.end + _CAMP_REACH * (1 + bool(against)))):
        if against or not any(count.first < tag.first for count in tagged.within("count", amount.end, tag.first)):
            return side_of(tag)
    first = against[-1].end if against else first
    before = _find_camps(tagged, first, amount.first)
    before += [tag for tag in _leading_parties(tagged, first, amount.first) if tag.end == amount.first]
    return side_of(before[-1]) if before else None


def _find_camps(tagged: Tagged, first: int, end: int) -> list[Tag]:
    """Words for a camp, "chez" or "dans les rangs de" with a party, and a party as a label: "FDS : deux morts"."""
    camps = tagged.within("camp", first, end)
    for mark in tagged.marks("camp_before", first, end):
        if tagged.marks("subset", mark.first, mark.first + 1):
            continue  # "parmi lesquels deux gendarmes": a part of them
        parties = find_parties(tagged, mark.end, mark.end + _PARTY_REACH)
        camps += [Tag(mark.first, party.end, party.side) for party in parties[:1] if party.side != "unknown"]
    camps += [tag for tag in _leading_parties(tagged, first, end) if tagged.words(tag.end, tag.end + 1) == [":"]]
    return sorted(camps, key=lambda tag: (tag.first, tag.end))


def _leading_parties(tagged: Tagged, first: int, end: int) -> list[Tag]:
    """The parties that begin a clause: "..., l'ennemi 33 morts"."""
    found: list[Tag] = []
    for party in find_parties(tagged, first, end):
        start = party.first
        while start > first and tagged.line.words[start - 1] in tagged.lexis.singular | tagged.lexis.plural:
            start -= 1
        before = tagged.line.words[start - 1] if start > first else ""
        if not before[:1].isalpha() or before in tagged.lexis.joiners:
            found.append(Tag(party.first, party.end, party.side))
    return found


def side_of(tag: Tag) -> Side:
    """The side that words for a camp stand for."""
    side: Side = tag.value
    return side


_LOSSES = frozenset({"killed", "wounded", "missing"})
_STOPS = frozenset(",.;:()«»")
_COMPLEMENT_REACH = 5
_CAMP_REACH = 5
_LAST_REACH = 16  # words between "onze blessés" and "trois d'entre eux"
_OUR_REACH = 8  # words between "nous déplorons" and the figure
_AGAINST_REACH = 2
_PARTY_REACH = 3  # words between "chez" and its party
_ANTECEDENT_REACH = 40  # words back to the people that a pronoun stands for
_IDENTITY_REACH = 3  # words between a fate, the colon and the person
_GROUP_REACH = 10
