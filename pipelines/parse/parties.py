"""Who is spoken of: parties with a name, and people or units that are only classed."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.mentions import Side
from pipelines.parse.tagging import Tag, Tagged, once_a_range

SIDES: dict[str, Side] = {
    "fighters": "non-state", "group": "non-state", "militia": "non-state", "civilians": "civilian",
    "suspects": "unknown", "anyone": "unknown", "outside": "external",
}  # fmt: skip


_NAME_REACH = 4  # words between people and the name of their party
SERVICES = frozenset({"gendarmerie", "police", "customs", "guard", "volunteers", "outside"})
_EMPLOYERS = SERVICES | {"army"}
_NO_CIVILIANS = frozenset({"fighters", "volunteers"})  # whatever "civil" after them may say


class PartyTag(NamedTuple):
    """Words `first` to `end` that name a party. `key` is its id in the actors' catalog, None if it is only classed."""

    first: int
    end: int
    key: str | None
    actor_class: str
    side: Side
    country: str | None = None
    is_weak: bool = False


@once_a_range
def find_parties(tagged: Tagged, first: int, end: int) -> list[PartyTag]:
    """All parties that begin among words `first` to `end`, names before classes, in text order."""
    named = [_from_actor(tag) for tag in tagged.within("actor", first, end)]
    taken = {index for party in named for index in range(party.first, party.end)}
    classed = [
        _from_class(tagged, tag)
        for tag in tagged.within("person", first, end)
        if tag.first not in taken and tag.value.actor_class != "anyone"
    ]
    return sorted(_take_names(tagged, named + classed), key=lambda party: (party.first, party.end))


def _take_names(tagged: Tagged, parties: list[PartyTag]) -> list[PartyTag]:
    """ "des éléments de l'EIGS": people take the name of the party that follows."""
    return [_take_name(tagged, party) if party.key is None else party for party in parties]


def _take_name(tagged: Tagged, party: PartyTag) -> PartyTag:
    is_servant = tagged.line.words[party.first] in tagged.lexis.servants
    if party.actor_class == "civilians" and not is_servant:
        return party
    is_open = tagged.line.words[party.end - 1] in tagged.lexis.complements  # "camp de" la Minusma
    start = party.end - is_open
    for tag in tagged.within("actor", party.end + (not is_open), party.end + _NAME_REACH):
        between = tagged.words(start, tag.first)
        if between[0] in tagged.lexis.complements and all(word in tagged.lexis.inside for word in between):
            actor = tag.value
            return PartyTag(
                party.first, tag.end, actor.key, actor.actor_class, actor.side, actor.country, actor.is_weak
            )
        break
    return _take_service(tagged, party, start)


def _take_service(tagged: Tagged, party: PartyTag, start: int) -> PartyTag:
    """ "une patrouille de la gendarmerie", "trois agents des FDS": a unit belongs to the service that follows."""
    opener = tagged.words(start, start + 1)
    is_servant = tagged.line.words[party.first] in tagged.lexis.servants
    if (
        not (party.actor_class == "army" or is_servant)
        or not opener
        or opener[0] not in tagged.lexis.complements & tagged.lexis.inside
    ):
        return party
    for tag in tagged.within("person", start + 1, start + _NAME_REACH):
        if tag.value.actor_class in (_EMPLOYERS if is_servant else SERVICES) and all(
            w in tagged.lexis.inside for w in tagged.words(start, tag.first)
        ):
            actor_class: str = tag.value.actor_class
            return party._replace(end=tag.end, actor_class=actor_class, side=SIDES.get(actor_class, "state"))
    return party


def _from_actor(tag: Tag) -> PartyTag:
    actor = tag.value
    return PartyTag(tag.first, tag.end, actor.key, actor.actor_class, actor.side, actor.country, actor.is_weak)


def _from_class(tagged: Tagged, tag: Tag) -> PartyTag:
    """A classed party; a demonym right after it gives its country. "Supplétifs civils" fight for the army."""
    actor_class: str = tag.value.actor_class
    if tagged.marks("civilian", tag.end, tag.end + 1) and actor_class not in _NO_CIVILIANS:
        actor_class = "civilians"
    nation = tagged.at("demonym", tag.end)
    side = SIDES.get(actor_class, "state")
    return PartyTag(tag.first, tag.end, None, actor_class, side, nation.value if nation else None)
