"""What the catalog knows, in the shapes in which the tables and the expectations ask for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import NamedTuple

from pipelines.catalog.actors import Actors
from pipelines.catalog.country import Atlas
from pipelines.catalog.language import Lexicon
from pipelines.parse.counts import find_counts
from pipelines.publish import Facts
from pipelines.text import normalise

Box = tuple[float, float, float, float]  # west, south, east, north


class Regions(NamedTuple):
    """The atlas as the expectations ask it."""

    atlas: Atlas

    def admin1_names(self, country: str, day: date) -> Collection[str]:
        """First-level units in force on a day."""
        return self.atlas.admin1_names(country, day)

    def box(self, country: str) -> Box | None:
        """The country's bounding box in degrees."""
        box = self.atlas.box(country)
        return (box.west, box.south, box.east, box.north) if box else None

    def region_of_point(self, country: str, latitude: float, longitude: float, day: date) -> str | None:
        """The first-level unit that a point lies in; None where the places around it do not agree."""
        guess = self.atlas.region_of_point(latitude, longitude, day)
        return guess.name if guess and guess.is_unanimous and guess.country == country else None


def describe_facts(actors: Actors, atlas: Atlas) -> Facts:
    """What the tables tell of actors and administrative divisions beyond the reports."""
    countries = {actor.name: actor.country for actor in actors}
    divisions = _list_divisions(atlas)

    def find_division(country: str, day: date) -> str | None:
        begun = [start for start in divisions[country] if start <= day]
        return max(begun).isoformat() if begun else None

    return Facts(actors.inter, countries.get, find_division)


def number_finder(lexicons: Mapping[str, Lexicon]) -> Callable[[str, str], Collection[int]]:
    """A function that tells which numbers words name, in figures or spelt out."""

    def find_numbers(words: str, language: str) -> Collection[int]:
        lexicon = lexicons.get(language)
        counts = find_counts(normalise(words).text, lexicon) if lexicon else []
        return {number for count in counts for number in (count.low, count.best, count.high) if number is not None}

    return find_numbers


def _list_divisions(atlas: Atlas) -> defaultdict[str, set[date]]:
    """The days on which a country's first level was divided anew."""
    days: defaultdict[str, set[date]] = defaultdict(set)
    for unit in atlas.units.all_states():
        if unit.level == 1 and unit.valid_from:
            days[unit.country].add(unit.valid_from)
    return days
