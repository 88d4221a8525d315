"""Choosing among all that bear a name: declared units first, then the other places, then country and size.

Nothing is chosen silently: `Choice.description` names the reason and the losers. A tie between far-apart places is
left open: the place then is coded at the unit that they share, if they share one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.catalog.admin import Unit
from pipelines.catalog.geo import find_bearing, measure_km
from pipelines.catalog.names import fold_exact
from pipelines.catalog.places import Place
from pipelines.catalog.suggest import suggest_names
from pipelines.mentions import ANCHOR, COUNTRY, PlaceMention, Span
from pipelines.models import Issue
from pipelines.resolve.place_context import (
    KINDS,
    LEVELS,
    QUARTER,
    SAME_KM,
    Context,
    anchor_region,
    find_declared,
    find_unit,
    only_region,
    own_units,
    region_beside,
    shared_region,
    told_beside,
    town_beside,
    units_around,
)
from pipelines.resolve.place_survey import find_places_named

TIE_MARGIN, IMPORTED_MARGIN = 8.0, 20.0  # GeoNames' homonyms need more than to be a little nearer
CURATED = 40.0
EXACT = 10.0  # the very name, not one of those it is told by too
STRAY_KM = 150.0
TOWN_KM = 15.0  # across a large town


@dataclass(frozen=True)
class Choice:
    """What a name was taken for; all empty for a name that stays unknown."""

    name: str
    place: Place | None = None
    unit: Unit | None = None  # what the name means if `is_unit`, else the unit that holds an unsettled place
    is_unit: bool = False
    description: str = ""
    issues: tuple[Issue, ...] = ()


def choose(name: Span, mention: PlaceMention, context: Context) -> Choice:
    """What the name stands for in this phrase."""
    around = units_around(mention, context)
    declared = LEVELS.get(mention.level or "")
    if declared in {1, 2} and mention.distance_km is None:  # "à 15 km du département de Téra" is told from its seat
        unit = find_declared(name.text, declared, around, context)
        if unit is not None:
            return Choice(unit.name, None, unit, True, f"{mention.level} declared by the text")
    country = context.told_country(mention)
    candidates = [place for place in find_places_named(context.atlas, name.text) if country in {None, place.country}]
    candidates = _drop_unlikely(candidates, mention, context)
    town = town_beside(mention, context) if mention.level == QUARTER else None
    if town is not None and not any(_is_within(place, town) for place in candidates):
        return Choice(town.name, town, description=f"{name.text} is a quarter of {town.name}")
    if not candidates:
        return _choose_unit(name, mention, around, context)
    scored = sorted(((_score(place, mention, around, context), place) for place in candidates), key=_order)
    return _settle(name, mention, scored, around, context)


def _drop_unlikely(places: list[Place], mention: PlaceMention, context: Context) -> list[Place]:
    """Without those far from the place that the phrase itself names beside them, and without namesakes of a town of
    ours that only GeoNames has, unless the phrase tells where it lies.
    """
    anchor, reach = context.anchor_place(mention), STRAY_KM + (mention.distance_km or 0.0)
    if anchor is not None:
        places = [place for place in places if place.point is None or measure_km(*anchor, *place.point) <= reach]
    towns = [place for place in places if place.is_curated and place.kind in {"city", "seat", "town"}]
    is_told = bool(own_units(mention, context)) or anchor is not None
    has_town = not is_told and any(town.country == context.country for town in towns)
    return [place for place in places if place.is_curated] if has_town else places


def _order(pair: tuple[float, Place]) -> tuple[float, str]:
    return -pair[0], pair[1].id


def _settle(
    name: Span, mention: PlaceMention, scored: list[tuple[float, Place]], around: Sequence[Unit], context: Context
) -> Choice:
    best_score, best = scored[0]
    if best.kind in {"city", "seat"} and best.is_curated and not own_units(mention, context):
        around = ()  # a town that everybody knows lies where it lies, whatever else the event names
    if best_score < 0 and around:  # every candidate lies outside the unit that the text declares
        elsewhere = _list(place for _, place in scored)
        unit = around[0]
        issue = Issue("resolve", "unknown_place", name.text, f"not in {unit.name}; elsewhere: {elsewhere}")
        return Choice(
            name.text,
            None,
            unit,
            description=f"{name.text} is not known in {unit.name}; not {elsewhere}",
            issues=(issue,),
        )
    doubt = _doubt(best, name, mention, around, context)
    if doubt is not None:
        return _leave_stray(name, best, doubt, mention, context)
    margin = TIE_MARGIN if best.is_curated else IMPORTED_MARGIN
    rivals = [place for score, place in scored[1:] if best_score - score < margin and _is_apart(best, place)]
    if rivals:
        return _leave_open(name, [best, *rivals], around, context)
    losers = [place for _, place in scored[1:] if _is_apart(best, place)]
    reason = f"{best.name}: " + (_reason(best, around, context) if losers else "the only place of this name")
    return Choice(best.name, best, description=reason + (f"; not {_list(losers)}" if losers else ""))


def _doubt(place: Place, name: Span, mention: PlaceMention, around: Sequence[Unit], context: Context) -> str | None:
    """Why a place that bears the name is hardly meant: far from all that the text names; None if nothing is odd."""
    if place.kind in {"city", "seat"} or around or _is_near_others(place, context):
        return None
    if place.country != context.country:
        own = sum(other.text == name.text for mention in context.mentions for other in mention.names)
        where = context.atlas.country_name(place.country)
        is_told = context.survey.countries[place.country] > own
        return None if is_told else f"{name.text} is known in {where} only, of which the text says nothing"
    region = only_region(context) if told_beside(mention, context) else None
    if place.point is None or region is None or _lies_in(place, region, context):
        return None
    return f"{name.text} is known far from {region.name} only, of which alone the text tells"


def _is_near_others(place: Place, context: Context) -> bool:
    """Whether a place lies near another one that the text names."""
    if place.point is None:
        return False
    others = (point for point in context.survey.points if point != place.point)
    return any(measure_km(*place.point, *point) < STRAY_KM for point in others)


def _leave_stray(name: Span, place: Place, why: str, mention: PlaceMention, context: Context) -> Choice:
    unit = _told_unit(mention, (), context)
    told = unit.name if unit else "no unit told"
    issue = Issue("resolve", "unknown_place", name.text, f"within {told}; candidates: {_list([place])}")
    return Choice(name.text, None, unit, description=why, issues=(issue,))


def _told_unit(mention: PlaceMention, around: Sequence[Unit], context: Context) -> Unit | None:
    """The finest unit that the text puts around the phrase, else one of the article's country told near it.

    A place from which the phrase tells the way says more than the unit of another phrase.
    """
    levels = {level for level, _ in mention.within}
    if around and (ANCHOR not in levels or levels - {ANCHOR, COUNTRY}):
        return around[0]
    found = (find(mention, context) for find in (anchor_region, told_beside, region_beside, shared_region))
    return next((unit for unit in found if unit is not None and unit.country == context.country), None)


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
        unit = find_unit(name.text, level, around, context)
        if unit is not None:
            return Choice(unit.name, None, unit, True, f"{unit.name}: only a unit bears the name")
    unit = _told_unit(mention, around, context)
    proposals = ", ".join(suggest_names(name.text, context.atlas, country=context.country)[:3]) or "none"
    told = unit.name if unit else "no unit told"
    issue = Issue("resolve", "unknown_place", name.text, f"within {told}; candidates: {proposals}")
    return Choice(
        name.text, None, unit, description=f"{name.text} is not in the gazetteer; coded within {told}", issues=(issue,)
    )


def _score(place: Place, mention: PlaceMention, around: Sequence[Unit], context: Context) -> float:
    score = (
        KINDS.get(place.kind, 1.0) + (CURATED if place.is_curated else 0.0) + min(4.0, len(str(place.population)) / 2)
    )
    score += EXACT if fold_exact(place.name) == fold_exact(mention.names[0].text) else 0.0
    score += _score_units(place, around, context)
    beside = told_beside(mention, context) if not around else None
    if beside is not None:
        score += 20.0 if _lies_in(place, beside, context) else -20.0
    score += _score_anchor(place, mention, context)
    if place.country == context.country:
        score += 25.0
    elif context.survey.countries[place.country]:
        score += 8.0
    return score + _score_nearness(place, context)


def _score_nearness(place: Place, context: Context) -> float:
    """How near the article's other places are, those that bear their name alone."""
    if place.point is None:
        return 0.0
    others = [point for point in context.survey.points if point != place.point]
    nearest = min((measure_km(*place.point, *point) for point in others), default=999.0)
    return 25.0 if nearest < 60 else 15.0 if nearest < 130 else 6.0 if nearest < 250 else 0.0


def _score_units(place: Place, around: Sequence[Unit], context: Context) -> float:
    score = 0.0
    for unit in around:
        score += 100.0 if _lies_in(place, unit, context) else -200.0
    return score


def _score_anchor(place: Place, mention: PlaceMention, context: Context) -> float:
    named, anchor = context.anchor_place(mention), context.anchor_of(mention)
    if named is None or place.point is None:
        return 0.0
    if anchor is not None:
        return 80.0 if measure_km(*place.point, *anchor) < 35 else 0.0
    turn = abs((find_bearing(*named, *place.point) - (mention.bearing or 0.0) + 180) % 360 - 180)
    return 40.0 if turn < 50 and measure_km(*place.point, *named) < 200 else 0.0


def _lies_in(place: Place, unit: Unit, context: Context) -> bool:
    """Whether the place lies or ever lay in the unit: texts use old names and new ones."""
    above = context.atlas.units.ever_above
    if unit.level == 3 and not any(unit.id in above(own) for own in place.units):
        unit = context.chain(unit).get(2, unit)  # of few villages the commune is known, of all the cercle
    return any(unit.id in above(own) for own in place.units)


def _is_within(place: Place, town: Place) -> bool:
    return place.point is not None and town.point is not None and measure_km(*place.point, *town.point) < TOWN_KM


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


def _list(places: Iterable[Place]) -> str:
    named = [f"{place.name} ({place.district or place.country})" for place in places]
    return ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
