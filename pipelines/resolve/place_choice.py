"""Choosing among all that bear a name: declared units first, then the other places, then country and size.

Nothing is chosen silently: `Choice.description` names the reason and the losers. A tie between far-apart places is
left open: the choice then is the unit that they share, if they share one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pipelines.catalog.admin import Unit
from pipelines.catalog.country import Atlas
from pipelines.catalog.geo import measure_km, move_point
from pipelines.catalog.names import fold_name
from pipelines.catalog.places import Place
from pipelines.catalog.suggest import suggest_names
from pipelines.mentions import PlaceMention, Span
from pipelines.models import Issue

ANCHOR = "anchor"
LEVELS = {"admin1": 1, "admin2": 2, "commune": 3}
TIE_MARGIN = 8.0
SAME_KM = 25.0
BEFORE_CHARS, AFTER_CHARS = 700, 150
_KINDS = {"city": 14.0, "seat": 10.0, "town": 6.0, "camp": 3.0, "village": 2.0}


@dataclass(frozen=True)
class Choice:
    """What a name was taken for; all empty for a name that stays unknown."""

    name: str
    place: Place | None = None
    unit: Unit | None = None  # what the name means if `is_unit`, else the unit that holds an unsettled place
    is_unit: bool = False
    description: str = ""
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Context:
    """What speaks for one candidate or another: day, units told, other places, countries."""

    atlas: Atlas
    day: date | None
    country: str | None  # of the article
    countries: Counter[str]
    mentions: tuple[PlaceMention, ...]  # of the event, then of the article
    units: tuple[Unit, ...]  # told for the event beside the place itself
    points: tuple[tuple[float, float], ...]  # of the event's and the article's places that bear their name alone
    regions: tuple[str, ...] = field(default=())  # ids of the first-level units of those places

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
        """The point that the phrase's help ("à 40 km au nord de Gao") leads to: moved if it says how far and where."""
        place = next(
            (_largest(_places(self.atlas, span.text), self) for level, span in mention.within if level == ANCHOR), None
        )
        if place is None or place.point is None:
            return None
        if mention.distance_km is not None and mention.bearing is not None:
            return move_point(*place.point, mention.distance_km, mention.bearing)
        return place.point if (mention.distance_km or 0) <= SAME_KM else None

    def helped_mention(self, mention: PlaceMention) -> PlaceMention:
        """The mention itself, or another one of the same name that is told where it lies."""
        key = fold_name(mention.names[0].text)
        told = (other for other in (mention, *self.mentions) if fold_name(other.names[0].text) == key)
        return next((other for other in told if any(level == ANCHOR for level, _ in other.within)), mention)


def make_context(
    sites: Sequence[PlaceMention],
    article_places: Sequence[PlaceMention],
    atlas: Atlas,
    day: date | None,
    outlet_country: str | None,
) -> Context:
    """What the event's phrases and the whole article say about where it all is."""
    others = list(dict.fromkeys([*sites, *article_places]))
    lone = [place for mention in others for name in mention.names for place in _lone_place(atlas, name.text)]
    countries = Counter(place.country for place in lone)
    for mention in others:
        countries.update(found for name in mention.names for found in atlas.lookup(name.text) if len(found) == 2)
    country = _leading(countries, outlet_country)
    units = tuple(unit for mention in sites for unit in _told_units(mention, atlas, day, country))
    points = tuple(place.point for place in lone if place.point)
    regions = tuple(chain[1].id for place in lone if 1 in (chain := atlas.chain_of(place, day)))
    return Context(atlas, day, country, countries, tuple(others), units, points, regions)


def choose(name: Span, mention: PlaceMention, context: Context) -> Choice:
    """What the name stands for in this phrase."""
    around = _units_around(mention, context)
    declared = LEVELS.get(mention.level or "")
    if declared in {1, 2}:
        unit = _find_declared(name.text, declared, around, context)
        if unit is not None:
            return Choice(unit.name, None, unit, True, f"{mention.level} declared by the text")
    candidates = _places(context.atlas, name.text)
    if not candidates:
        return _choose_unit(name, mention, around, context)
    scored = sorted(((_score(place, mention, around, context), place) for place in candidates), key=_order)
    return _settle(name, scored, around, context)


def _order(pair: tuple[float, Place]) -> tuple[float, str]:
    return -pair[0], pair[1].id


def _settle(name: Span, scored: list[tuple[float, Place]], around: Sequence[Unit], context: Context) -> Choice:
    best_score, best = scored[0]
    if best_score < 0 and around:  # every candidate lies outside the unit that the text declares
        losers = _list(place for _, place in scored)
        unit = around[0]
        issue = Issue("resolve", "unknown_place", name.text, f"not in {unit.name}; elsewhere: {losers}")
        return Choice(
            name.text, None, unit, description=f"{name.text} is not known in {unit.name}; not {losers}", issues=(issue,)
        )
    rivals = [place for score, place in scored[1:] if best_score - score < TIE_MARGIN and _is_apart(best, place)]
    if rivals:
        return _leave_open(name, [best, *rivals], around, context)
    losers = [place for _, place in scored[1:] if _is_apart(best, place)]
    reason = f"{best.name}: " + (_reason(best, around, context) if losers else "the only place of this name")
    return Choice(best.name, best, description=reason + (f"; not {_list(losers)}" if losers else ""))


def _leave_open(name: Span, tied: list[Place], around: Sequence[Unit], context: Context) -> Choice:
    chains = [context.chain_of(place) for place in tied]
    shared = [
        unit for level in (2, 1) if (unit := chains[0].get(level)) and all(chain.get(level) == unit for chain in chains)
    ]
    unit = next(iter(shared), None) or next(iter(around), None)
    described = _list(tied)
    issue = Issue("resolve", "ambiguous_place", name.text, f"one of {described}")
    return Choice(
        name.text, None, unit, False, f"{name.text} may be {described}: coded at the unit they share", (issue,)
    )


def _choose_unit(name: Span, mention: PlaceMention, around: Sequence[Unit], context: Context) -> Choice:
    """A name that no place bears: a unit if one does, else unknown within the finest unit told."""
    for level in (2, 1, 3):
        unit = _find_unit(name.text, level, around, context)
        if unit is not None:
            return Choice(unit.name, None, unit, True, f"{unit.name}: only a unit bears the name")
    unit = next(iter(around), None) or _told_beside(mention, context) or _shared_region(context)
    proposals = ", ".join(suggest_names(name.text, context.atlas, country=context.country)[:3]) or "none"
    told = unit.name if unit else "no unit told"
    issue = Issue("resolve", "unknown_place", name.text, f"within {told}; candidates: {proposals}")
    return Choice(
        name.text, None, unit, description=f"{name.text} is not in the gazetteer; coded within {told}", issues=(issue,)
    )


def _told_beside(mention: PlaceMention, context: Context) -> Unit | None:
    """The region or cercle that the text names nearest to the mention: some way before it, or shortly after."""
    start = mention.span.start
    told = [other for other in context.mentions if start - BEFORE_CHARS <= other.span.start <= start + AFTER_CHARS]
    for other in sorted(told, key=lambda item: (item.span.start > start, abs(item.span.start - start))):
        spans = [(other.level, other.names[0])] if other.relation in {"admin1", "admin2"} else other.within
        units = [unit for level, span in spans for unit in _read_within(level, span, context)]
        if units:
            return max(units, key=lambda unit: unit.level)
    return None


def _shared_region(context: Context) -> Unit | None:
    """The region of most places that the article names, if at least two and two thirds of them lie there."""
    if len(context.regions) < 2:
        return None
    region, count = Counter(context.regions).most_common(1)[0]
    return context.atlas.units.on(region, context.day) if count * 3 >= len(context.regions) * 2 else None


def _score(place: Place, mention: PlaceMention, around: Sequence[Unit], context: Context) -> float:
    score = _KINDS.get(place.kind, 1.0) + (20.0 if place.is_curated else 0.0) + min(4.0, len(str(place.population)) / 2)
    score += _score_units(place, around, context)
    score += _score_anchor(place, mention, context)
    if place.country == context.country:
        score += 25.0
    elif context.countries[place.country]:
        score += 8.0
    if place.point and context.points:
        nearest = (
            min(measure_km(*place.point, *point) for point in context.points if point != place.point)
            if any(point != place.point for point in context.points)
            else 999.0
        )
        score += 25.0 if nearest < 60 else 15.0 if nearest < 130 else 6.0 if nearest < 250 else 0.0
    return score


def _score_units(place: Place, around: Sequence[Unit], context: Context) -> float:
    score = 0.0
    for unit in around:
        score += 100.0 if _lies_in(place, unit, context) else -200.0
    return score


def _score_anchor(place: Place, mention: PlaceMention, context: Context) -> float:
    anchor = context.anchor_of(mention)
    if anchor is None or place.point is None:
        return 0.0
    return 80.0 if measure_km(*place.point, *anchor) < 35 else 0.0


def _lies_in(place: Place, unit: Unit, context: Context) -> bool:
    """Whether the place lies or ever lay in the unit: texts use old names and new ones."""
    if unit.level == 3:
        return True
    return any(unit.id in context.atlas.units.ever_above(own) for own in place.units)


def _units_around(mention: PlaceMention, context: Context) -> tuple[Unit, ...]:
    """The units that the phrase puts around the place, finest first; else those that the event's other phrases tell."""
    own = [unit for level, span in mention.within for unit in _read_within(level, span, context)]
    if not own:
        own = [unit for unit in context.units if unit.level < 3]
    return tuple(sorted(dict.fromkeys(own), key=lambda unit: -unit.level))


def _read_within(level: str | None, span: Span, context: Context) -> list[Unit]:
    if level == ANCHOR:
        return []
    unit = _find_declared(span.text, LEVELS.get(level or "", 2), (), context)
    if unit is not None:
        return [unit]
    place = _largest(_places(context.atlas, span.text), context)
    chain = context.chain_of(place) if place else {}
    return [chain[max(chain)]] if chain and level is None else []


def _find_unit(name: str, level: int, around: Sequence[Unit], context: Context) -> Unit | None:
    """The unit of that level and name, best one in force on the day, in the article's country if several are."""
    ids = [found for found in context.atlas.lookup(name) if found[2:3] == ":" and found[3] == str(level)]
    units = [context.atlas.units.on(found, context.day) or context.atlas.units.latest(found) for found in ids]
    units.sort(key=lambda unit: (not unit.holds_on(context.day), unit.country != context.country, unit.id))
    for unit in units:
        if all(unit.country == other.country for other in around):
            return unit
    return None


def _find_declared(name: str, level: int, around: Sequence[Unit], context: Context) -> Unit | None:
    """A unit by the level that its word declares; what one country calls province is another's first level."""
    order = (1, 2) if level == 1 else (2, 1, 3) if level == 2 else (3, 2)
    found = [unit for number in order if (unit := _find_unit(name, number, around, context))]
    at_home = [unit for unit in found if unit.country == context.country]
    return next(iter(at_home or found), None)


def _told_units(mention: PlaceMention, atlas: Atlas, day: date | None, country: str | None) -> list[Unit]:
    """The units that a phrase about a unit names."""
    if mention.relation not in {"admin1", "admin2"}:
        return []
    bare = Context(atlas, day, country, Counter(), (), (), ())
    unit = _find_declared(mention.names[0].text, LEVELS[mention.relation], (), bare)
    return [unit] if unit else []


def _places(atlas: Atlas, name: str) -> list[Place]:
    found = [atlas.place(place_id) for place_id in atlas.lookup(name) if "/" in place_id]
    return [place for place in found if place is not None and not place.is_wide]


def _lone_place(atlas: Atlas, name: str) -> list[Place]:
    """The place of a name that only one bears."""
    places = _places(atlas, name)
    return places if len(places) == 1 else []


def _largest(places: list[Place], context: Context) -> Place | None:
    def size(place: Place) -> tuple[bool, float, int, str]:
        return place.country == context.country, _KINDS.get(place.kind, 1.0), place.population, place.id

    return max(places, key=size, default=None)


def _leading(countries: Counter[str], outlet_country: str | None) -> str | None:
    """The country that the article's places speak for; the outlet's breaks a tie or stands alone."""
    if not countries:
        return outlet_country
    top = max(countries.values())
    leaders = sorted(country for country, count in countries.items() if count == top)
    return outlet_country if outlet_country in leaders else leaders[0]


def _is_apart(one: Place, other: Place) -> bool:
    if one.point is None or other.point is None:
        return one.units != other.units
    return measure_km(*one.point, *other.point) > SAME_KM


def _reason(place: Place, around: Sequence[Unit], context: Context) -> str:
    told = [unit.name for unit in around if _lies_in(place, unit, context)]
    if told:
        return f"lies in {', '.join(told)} as the text says"
    if place.country == context.country:
        return f"nearest to the article's other places in {context.atlas.country_name(place.country)}"
    return "the largest of its name"


def _list(places: object) -> str:
    named = [f"{place.name} ({place.units[-1] if place.units else place.country})" for place in places]  # type: ignore[attr-defined]  # any iterable of places
    return ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
