"""What speaks for one candidate or another: the day, the units that the text tells, the other places, the countries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.catalog.admin import Unit
from pipelines.catalog.country import Atlas
from pipelines.catalog.geo import move_point
from pipelines.catalog.names import fold_exact, fold_name
from pipelines.catalog.places import Place
from pipelines.mentions import ANCHOR, BEARING, COUNTRY, PlaceMention, Span
from pipelines.resolve.place_survey import Survey, find_places_named

QUARTER = "quarter"
LEVELS = {"admin1": 1, "admin2": 2, "commune": 3, "canton": 3}
SAME_KM = 25.0
REGION_KM = 60.0  # a town further off says nothing of the region
BEFORE_CHARS, AFTER_CHARS = 700, 150
QUARTER_CHARS = 400  # from a quarter to the name of its town
KINDS = {"city": 14.0, "seat": 10.0, "town": 6.0, "camp": 3.0, "village": 2.0}


@dataclass(frozen=True)
class Context:
    """What speaks for one candidate or another: the article's places, the day, the country, the units told."""

    survey: Survey
    day: date | None
    country: str | None  # of the article
    units: tuple[Unit, ...] = ()  # told for the event beside the place itself

    @property
    def atlas(self) -> Atlas:
        """All countries, units and places."""
        return self.survey.atlas

    @property
    def mentions(self) -> tuple[PlaceMention, ...]:
        """All places that the article names."""
        return self.survey.mentions

    def chain(self, unit: Unit) -> dict[int, Unit]:
        """The unit and those above it on the day; a unit not in force then is followed to where its seat lay."""
        chain = self.atlas.units.chain(unit.id, self.day)
        if chain:
            return chain
        seats = [self.atlas.place(found) for found in self.atlas.lookup(unit.seat) if "/" in found] if unit.seat else []
        for seat in seats:
            if seat and seat.country == unit.country and unit.id in seat.units:
                found = self.chain_of(seat)
                return {level: state for level, state in found.items() if level <= unit.level}
        return {unit.level: unit}

    def chain_of(self, place: Place) -> dict[int, Unit]:
        """The units around a place on the day."""
        return self.atlas.chain_of(place, self.day)

    def anchor_of(self, mention: PlaceMention) -> tuple[float, float] | None:
        """The point that the phrase's help ("à 40 km au nord de Gao") leads to, None if it is too vague for one."""
        point = self.anchor_place(mention)
        if point is None:
            return None
        if mention.bearing is not None:
            return move_point(*point, mention.distance_km, mention.bearing) if mention.distance_km else None
        return point if (mention.distance_km or 0) <= SAME_KM else None

    def anchor_place(self, mention: PlaceMention) -> tuple[float, float] | None:
        """The point of the place named to help find the mention's own."""
        place = self.anchor_town(mention)
        return place.point if place else None

    def anchor_town(self, mention: PlaceMention) -> Place | None:
        """The place named to help find the mention's own."""
        named = (span for level, span in mention.within if level == ANCHOR)
        return next((_largest(find_places_named(self.atlas, span.text), self) for span in named), None)

    def told_country(self, mention: PlaceMention) -> str | None:
        """The state that the text puts around the place ("à Bonderi, au Cameroun"), here or elsewhere."""
        key = fold_name(mention.names[0].text)
        same = (other for other in (mention, *self.mentions) if fold_name(other.names[0].text) == key)
        spans = (span for other in same for level, span in other.within if level == COUNTRY)
        ids = (found for span in spans for found in self.atlas.lookup(span.text))
        return next((found for found in ids if len(found) == 2), None)

    def helped_mention(self, mention: PlaceMention) -> PlaceMention:
        """The mention itself, or another one of the same name that is told where it lies."""
        key = fold_name(mention.names[0].text)
        told = (other for other in (mention, *self.mentions) if fold_name(other.names[0].text) == key)
        return next((other for other in told if any(level == ANCHOR for level, _ in other.within)), mention)


def make_context(
    sites: Sequence[PlaceMention], article: Survey, day: date | None, outlet_country: str | None
) -> Context:
    """What the event's phrases and the whole article say about where it all is."""
    survey, atlas = article.joined_by(sites), article.atlas
    around = (unit for mention in sites if mention.role == "site" for unit in mention.within)
    told = (atlas.lookup(span.text) for level, span in around if level == COUNTRY)
    own = next((found for ids in told for found in ids if len(found) == 2), None)
    country = own or _leading(survey.countries, outlet_country if outlet_country in atlas.countries else None)
    units = tuple(unit for mention in sites for unit in _told_units(mention, atlas, day, country))
    return Context(survey, day, country, units)


def units_around(mention: PlaceMention, context: Context) -> tuple[Unit, ...]:
    """The units that the phrase puts around the place, finest first; else those that the event's other phrases tell."""
    own = own_units(mention, context)
    if not own:
        own = [unit for unit in context.units if unit.level < 3]
    return tuple(sorted(dict.fromkeys(own), key=lambda unit: -unit.level))


def own_units(mention: PlaceMention, context: Context) -> list[Unit]:
    """The units that the phrase tells; of those it does not declare ("à Ouahigouya, dans le Nord-Ouest"), no foreign
    ones unless somebody there bears the name.
    """
    bearers = find_places_named(context.atlas, mention.names[0].text)
    homes = {context.country, *(place.country for place in bearers)}
    held = {above for place in bearers for own in place.units for above in context.atlas.units.ever_above(own)}
    told = [(level, unit) for level, span in mention.within for unit in _read_within(level, span, context)]
    told = [pair for pair in told if pair[0] != BEARING or not bearers or pair[1].id in held]
    return [unit for level, unit in told if level not in {None, BEARING} or not bearers or unit.country in homes]


def told_beside(mention: PlaceMention, context: Context) -> Unit | None:
    """The region or cercle that the text names nearest to the mention: some way before it, or shortly after."""
    start = mention.span.start
    told = [other for other in context.mentions if start - BEFORE_CHARS <= other.span.start <= start + AFTER_CHARS]
    for other in sorted(told, key=lambda item: _reading_distance(start, item.span.start)):
        units = _units_of(other, context)
        if units:
            return max(units, key=lambda unit: unit.level)
    return None


def only_region(context: Context) -> Unit | None:
    """The region that all units lie in which the article tells, if it is one."""
    told = [unit for mention in context.mentions for unit in _units_of(mention, context)]
    regions = {unit.id: unit for own in told if (unit := context.chain(own).get(1))}
    return next(iter(regions.values())) if len(regions) == 1 else None


def anchor_region(mention: PlaceMention, context: Context) -> Unit | None:
    """The region of the place from which the phrase tells the way ("à Korko, au nord de Barsalogho")."""
    is_far = (mention.distance_km or 0) > SAME_KM
    point = context.anchor_of(mention) or (None if is_far else context.anchor_place(mention))
    nearest = context.atlas.nearest_place(*point) if point is not None else None
    return context.chain_of(nearest[0]).get(1) if nearest else None


def region_beside(mention: PlaceMention, context: Context) -> Unit | None:
    """The region of the place that the text names nearest to one that the atlas does not know."""
    own = {name.text for name in mention.names}
    others = [other for other in context.mentions if other.names[0].text not in own and other.level != COUNTRY]
    others = [other for other in others if (other.distance_km or 0) <= REGION_KM]
    others = [other for other in others if abs(other.span.start - mention.span.start) <= BEFORE_CHARS]
    for other in sorted(others, key=lambda other: _remoteness(other, mention, context)):
        place = _largest(find_places_named(context.atlas, other.names[0].text), context)
        if place is not None and place.country == context.country:
            return context.chain_of(place).get(1)
    return None


def _remoteness(other: PlaceMention, mention: PlaceMention, context: Context) -> tuple[bool, int]:
    """How far another name stands; a capital comes last, for news are sent from there."""
    is_capital = fold_exact(other.names[0].text) in context.atlas.capitals
    return is_capital, abs(other.span.start - mention.span.start)


def _reading_distance(start: int, other: int) -> int:
    """How far the eye goes from a mention to another: what comes after it often belongs to the next event already."""
    return start - other if other <= start else 4 * (other - start)


def _units_of(mention: PlaceMention, context: Context) -> list[Unit]:
    """The units that a phrase names, as its place or around it."""
    is_unit = mention.relation in {"admin1", "admin2"}
    spans = [(mention.level, mention.names[0])] if is_unit else list(mention.within)
    return [unit for level, span in spans for unit in _read_within(level, span, context)]


def town_beside(mention: PlaceMention, context: Context) -> Place | None:
    """The town that the text names nearest to one of its quarters."""
    start = mention.span.start
    others = [other for other in context.mentions if other.names[0].start != mention.names[0].start]
    for other in sorted(others, key=lambda item: abs(item.span.start - start)):
        if abs(other.span.start - start) > QUARTER_CHARS:
            return None
        place = _largest(find_places_named(context.atlas, other.names[0].text), context)
        if place is not None and place.kind in {"city", "seat", "town"} and place.country == context.country:
            return place
    return None


def shared_region(_: PlaceMention, context: Context) -> Unit | None:
    """The region in which most of the places that the article names lie, if it names two or more."""
    regions = context.survey.regions_on(context.day)
    if regions.total() < 2:
        return None
    region, count = regions.most_common(1)[0]
    return context.atlas.units.on(region, context.day) if count * 2 > regions.total() else None


def _read_within(level: str | None, span: Span, context: Context) -> list[Unit]:
    if level in {ANCHOR, COUNTRY}:
        return []
    unit = find_declared(span.text, LEVELS.get(level or "", 2), (), context)
    if unit is not None:
        return [unit]
    place = _largest(find_places_named(context.atlas, span.text), context)
    chain = context.chain_of(place) if place and place.country == context.country else {}
    return [chain[max(chain)]] if chain and level in {None, "commune", "canton"} else []


def find_unit(name: str, level: int, around: Sequence[Unit], context: Context) -> Unit | None:
    """The unit of that level and name, best one in force on the day, in the article's country if several are."""
    ids = [found for found in context.atlas.lookup(name) if found[2:3] == ":" and found[3] == str(level)]
    units = [context.atlas.units.on(found, context.day) or context.atlas.units.latest(found) for found in ids]
    units.sort(key=lambda unit: (not unit.holds_on(context.day), unit.country != context.country, unit.id))
    for unit in units:
        if all(unit.country == other.country for other in around):
            return unit
    return None


def find_declared(name: str, level: int, around: Sequence[Unit], context: Context) -> Unit | None:
    """A unit by the level that its word declares; what one country calls province is another's first level."""
    order = (1, 2) if level == 1 else (2, 1, 3) if level == 2 else (3, 2)
    found = [unit for number in order if (unit := find_unit(name, number, around, context))]
    at_home = [unit for unit in found if unit.country == context.country]
    return next(iter(at_home or found), None)


def _told_units(mention: PlaceMention, atlas: Atlas, day: date | None, country: str | None) -> list[Unit]:
    """The units that a phrase about a unit names."""
    if mention.relation not in {"admin1", "admin2"}:
        return []
    bare = Context(Survey(atlas, ()), day, country)
    unit = find_declared(mention.names[0].text, LEVELS[mention.relation], (), bare)
    return [unit] if unit else []


def _largest(places: list[Place], context: Context) -> Place | None:
    def size(place: Place) -> tuple[bool, float, int, str]:
        return place.country == context.country, KINDS.get(place.kind, 1.0), place.population, place.id

    return max(places, key=size, default=None)


def _leading(countries: Counter[str], outlet_country: str | None) -> str | None:
    """The country that the article's places speak for; the outlet's own counts as one voice more."""
    voices = countries + Counter([outlet_country] if outlet_country else [])
    return min(voices, key=lambda country: (-voices[country], country != outlet_country, country), default=None)
