"""All places that an article names, and what they say together. Made once an article, asked for each incident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pipelines.catalog.country import Atlas
from pipelines.catalog.places import Place
from pipelines.mentions import PlaceMention


@dataclass(frozen=True)
class Survey:
    """The places of an article, each phrase once, in text order."""

    atlas: Atlas
    mentions: tuple[PlaceMention, ...]
    _regions: dict[date | None, Counter[str]] = field(default_factory=dict, repr=False, compare=False)

    def joined_by(self, sites: Iterable[PlaceMention]) -> Survey:
        """With the phrases of one incident, which come first if they are no phrases of the article."""
        if self._known.issuperset(sites):
            return self
        return survey_places((*sites, *self.mentions), self.atlas)

    @cached_property
    def countries(self) -> Counter[str]:
        """How often each country is named, by its own name or by one that it alone has."""
        return Counter(country for mention in self.mentions for country in _vote(mention, self.atlas))

    @cached_property
    def points(self) -> tuple[tuple[float, float], ...]:
        """Where the places lie that bear their name alone, each point once."""
        return tuple(dict.fromkeys(place.point for place in self._lone if place.point))

    def regions_on(self, day: date | None) -> Counter[str]:
        """The ids of the first-level units in which those places lay on a day."""
        if day not in self._regions:
            chains = (self.atlas.chain_of(place, day) for place in self._lone)
            self._regions[day] = Counter(chain[1].id for chain in chains if 1 in chain)
        return self._regions[day]

    @cached_property
    def _known(self) -> frozenset[PlaceMention]:
        return frozenset(self.mentions)

    @cached_property
    def _lone(self) -> list[Place]:
        names = (name for mention in self.mentions for name in mention.names)
        return [place for name in names for place in _lone_place(self.atlas, name.text)]


def survey_places(mentions: Iterable[PlaceMention], atlas: Atlas) -> Survey:
    """What the place phrases of an article say together."""
    return Survey(atlas, tuple(dict.fromkeys(mentions)))


def find_places_named(atlas: Atlas, name: str) -> list[Place]:
    """All places that bear the name, rivers and natural regions apart."""
    found = [atlas.place(place_id) for place_id in atlas.lookup(name) if "/" in place_id]
    return [place for place in found if place is not None and not place.is_wide]


def _lone_place(atlas: Atlas, name: str) -> list[Place]:
    """The place of a name that only one bears, of our own tables if they have the name."""
    places = find_places_named(atlas, name)
    places = [place for place in places if place.is_curated] or places
    return places if len(places) == 1 else []


def _vote(mention: PlaceMention, atlas: Atlas) -> list[str]:
    """The country of each name of the phrase that is borne in one country only, by a state, a unit or a place."""
    votes: list[str] = []
    for span in (*mention.names, *(span for _, span in mention.within)):
        ids = atlas.lookup(span.text)
        found = {place_id[:2].upper() for place_id in ids if not place_id.startswith("gn/")}
        if not found:
            found = {place.country for place in find_places_named(atlas, span.text)}
        votes += found if len(found) == 1 else ()
    return votes
