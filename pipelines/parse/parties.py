"""Who is spoken of: parties with a name, and people or units that are only classed."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.mentions import Side
from pipelines.parse.tagging import Tag, Tagged

SIDES: dict[str, Side] = {
    "fighters": "non-state", "group": "non-state", "militia": "non-state", "civilians": "civilian",
    "suspects": "unknown", "anyone": "unknown", "outside": "external",
}  # fmt: skip


class PartyTag(NamedTuple):
    """Words `first` to `end` that name a party. `key` is its id in the actors' catalog, None if it is only classed."""

    first: int
    end: int
    key: str | None
    actor_class: str
    side: Side
    country: str | None = None
    is_weak: bool = False


def find_parties(tagged: Tagged, first: int, end: int) -> list[PartyTag]:
    """All parties that begin among words `first` to `end`, names before classes, in text order."""
    named = [_from_actor(tag) for tag in tagged.within("actor", first, end)]
    taken = {index for party in named for index in range(party.first, party.end)}
    classed = [
        _from_class(tagged, tag)
        for tag in tagged.within("person", first, end)
        if tag.first not in taken and tag.value.actor_class != "anyone"
    ]
    return sorted(named + classed)


def _from_actor(tag: Tag) -> PartyTag:
    actor = tag.value
    return PartyTag(tag.first, tag.end, actor.key, actor.actor_class, actor.side, actor.country, actor.is_weak)


def _from_class(tagged: Tagged, tag: Tag) -> PartyTag:
    """A classed party; a demonym right after it gives its country."""
    actor_class: str = tag.value.actor_class
    if tagged.marks("civilian", tag.end, tag.end + 1) and actor_class not in {"fighters"}:
        actor_class = "civilians"
    nation = tagged.at("demonym", tag.end)
    side = SIDES.get(actor_class, "state")
    return PartyTag(tag.first, tag.end, None, actor_class, side, nation.value if nation else None)
