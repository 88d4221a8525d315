"""From place phrases to one place: the candidate that the text speaks for, its point, and the units of that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipelines.catalog.admin import Unit
from pipelines.catalog.country import Atlas
from pipelines.catalog.geo import find_midpoint, measure_km, move_point
from pipelines.catalog.names import fold_exact
from pipelines.mentions import ANCHOR, PlaceMention, Relation, Span
from pipelines.models import Issue, Where
from pipelines.resolve.place_choice import Choice, choose
from pipelines.resolve.place_context import Context, make_context, own_units
from pipelines.resolve.place_regions import find_region_around, find_region_by_point, find_region_half_way
from pipelines.resolve.place_survey import Survey

NEAR_KM = 25.0  # beyond this a distance without a bearing gives no point
_FEATURES = {"forest", "mountain"}
BETWEEN_KM = 60.0  # two ends further apart than this give no point half way


def resolve_place(
    mentions: Sequence[PlaceMention],
    *,
    article: Survey,
    day: date | None,
    outlet_country: str | None = None,
) -> tuple[Where, tuple[Issue, ...]]:
    """The place of one event, from its phrases and from what else the article names.

    >>> from pipelines.catalog.country import load_atlas
    >>> from pipelines.catalog.language import load_language
    >>> from pipelines.parse.places import find_places
    >>> from pipelines.resolve.place_survey import survey_places
    >>> atlas = load_atlas()
    >>> told = find_places("à Mahou, cercle de Yorosso", load_language("fr"), atlas)
    >>> where, _ = resolve_place(told, article=survey_places(told, atlas), day=date(2025, 12, 5), outlet_country="ML")
    >>> where.location, where.admin2, where.admin1, where.latitude
    ('Mahou', 'Yorosso', 'Koutiala', 12.13213)
    """
    sites = [mention for mention in mentions if mention.role == "site"]
    context = make_context(sites, article, day, outlet_country)
    main = _pick_main(sites, article.atlas)
    if main is None:
        return _resolve_journey(mentions, context)
    return _resolve_mention(main, context)


def _pick_main(sites: Sequence[PlaceMention], atlas: Atlas) -> PlaceMention | None:
    """The first phrase about a place, a commune only if none is finer; else the finest about a unit."""
    fine = [
        mention for mention in sites
        if mention.relation not in {"admin1", "admin2", "country"} and not _is_only_coarse(mention, atlas)
    ]  # fmt: skip
    if fine:
        return min(fine, key=lambda mention: mention.level == "commune")
    order = {"admin2": 1, "admin1": 2, "country": 3}
    return min(sites, key=lambda mention: order.get(mention.relation, 0), default=None)


def _is_only_coarse(mention: PlaceMention, atlas: Atlas) -> bool:
    ids = atlas.lookup(mention.names[0].text)
    return bool(ids) and not any("/" in found for found in ids)


def _resolve_journey(mentions: Sequence[PlaceMention], context: Context) -> tuple[Where, tuple[Issue, ...]]:
    """No site told: between origin and destination if both are, else only the country."""
    origin = next((mention for mention in mentions if mention.role == "origin"), None)
    goal = next((mention for mention in mentions if mention.role == "destination"), None)
    if origin and goal:
        span = origin.span if origin.span.start < goal.span.start else goal.span
        names = (*origin.names[:1], *goal.names[:1])
        return _resolve_mention(replace(origin, span=span, names=names, relation="between"), context)
    if origin and not _is_capital(origin, context):  # "un bus venant de Konna a sauté sur une mine"
        return _resolve_mention(replace(origin, relation="near"), context)
    offices = [mention for role in ("title", "home") for mention in mentions if mention.role == role]
    office = next(
        (mention for mention in offices if mention.role == "title" or not _is_capital(mention, context)), None
    )
    if office is not None:  # "le maire de Gothèye a été enlevé": nothing tells another place
        return _resolve_mention(office, context)
    description = "no place told; country of the article" if context.country else "no place told"
    return Where("country", context.country, description=description), ()


def _is_capital(mention: PlaceMention, context: Context) -> bool:
    """Whether the phrase names a state's capital: too many ways begin there."""
    return fold_exact(mention.names[0].text) in context.atlas.capitals


def _resolve_mention(mention: PlaceMention, context: Context) -> tuple[Where, tuple[Issue, ...]]:
    if mention.relation == "country":
        return _resolve_country(mention, context)
    choices = _choose_ends(mention, context)
    first = choices[0]
    if mention.relation == "admin1" and first.place is not None:  # "dans la même région", after a town
        return _place_in_region(mention, first, context), first.issues
    if first.is_unit:
        return _place_in_unit(mention, first, context), first.issues
    if mention.relation == "between" and len(choices) == 2:
        return _place_between(mention, choices, context)
    return _place_at(mention, first, context), first.issues


def _choose_ends(mention: PlaceMention, context: Context) -> list[Choice]:
    """What each name is taken for; the far end of a road need not lie in the region that the text tells for it."""
    choices = [choose(name, mention, context) for name in mention.names[:2]]
    if mention.relation != "between" or len(choices) < 2 or all(choice.place for choice in choices):
        return choices
    free, anywhere = replace(mention, within=()), replace(context, units=())
    return [
        choice if choice.place else choose(name, free, anywhere)
        for choice, name in zip(choices, mention.names[:2], strict=True)
    ]


def _resolve_country(mention: PlaceMention, context: Context) -> tuple[Where, tuple[Issue, ...]]:
    ids = context.atlas.lookup(mention.names[0].text)
    country = next((found for found in ids if len(found) == 2), context.country)
    return Where("country", country, span=mention.span, description="only the country is named"), ()


def _place_at(mention: PlaceMention, choice: Choice, context: Context) -> Where:
    """One name: its own point, moved by distance and bearing where the phrase tells them."""
    point, why = _find_point(mention, choice, context)
    where = _name_place(mention, choice, context)
    if mention.relation == "at" and _lies_around(mention, choice):
        where = replace(where, relation="near")
    distance = mention.distance_km if mention.relation == "near" else None
    description = "; ".join(part for part in (choice.description, why) if part)
    if point is not None and choice.place is None and not own_units(mention, context):
        where = find_region_by_point(where, point, mention, context)
    if point is None and distance is not None and mention.bearing is None and choice.place is not None:
        where = find_region_around(where, choice.place, distance, context)
    latitude, longitude = (round(point[0], 4), round(point[1], 4)) if why and point else point or (None, None)
    return replace(where, latitude=latitude, longitude=longitude, distance_km=distance, description=description)


def _lies_around(mention: PlaceMention, choice: Choice) -> bool:
    """Whether the text means a forest or mountain by the name of the village beside it."""
    return mention.level in _FEATURES and (choice.place is None or choice.place.kind != mention.level)


def _find_point(mention: PlaceMention, choice: Choice, context: Context) -> tuple[tuple[float, float] | None, str]:
    own = choice.place.point if choice.place else None
    if own is not None and any(level == ANCHOR for level, _ in mention.within):
        return own, ""  # the distance told is that from the other place
    if own is None and not mention.names[1:]:
        other = context.helped_mention(mention)
        helped = context.anchor_of(other)
        if helped is not None:
            return helped, "point told by the place named beside it"
    if mention.relation == "near":
        return _move(own, mention)
    return own, ""


def _move(own: tuple[float, float] | None, mention: PlaceMention) -> tuple[tuple[float, float] | None, str]:
    distance, bearing = mention.distance_km, mention.bearing
    if own is None or distance is None:
        return own, ""
    if bearing is not None:
        return move_point(*own, distance, bearing), f"moved {distance:g} km, bearing {bearing:g}"
    if distance > NEAR_KM:
        return None, f"{distance:g} km away, no bearing: no point"
    return own, ""


def _place_between(mention: PlaceMention, choices: list[Choice], context: Context) -> tuple[Where, tuple[Issue, ...]]:
    first, second = choices
    issues = first.issues + second.issues
    where = _name_place(mention, first if first.place or not second.place else second, context)
    place = " - ".join(name.text for name in mention.names[:2])
    location = " - ".join(choice.name for choice in choices)
    where = replace(where, place=place, location=location, place_id=None, geonameid=None)
    ends = [choice.place.point for choice in choices if choice.place and choice.place.point]
    if len(ends) < 2:
        return replace(where, description="one end has no known point"), issues
    apart = measure_km(*ends[0], *ends[1])
    where = find_region_half_way(where, [choice.place for choice in choices], context)
    if apart > BETWEEN_KM:
        return replace(where, description=f"{apart:.0f} km between the two: no point"), issues
    latitude, longitude = find_midpoint(*ends[0], *ends[1])
    description = f"half way, {apart:.0f} km between the two"
    return replace(where, latitude=round(latitude, 4), longitude=round(longitude, 4), description=description), issues


def _place_in_region(mention: PlaceMention, choice: Choice, context: Context) -> Where:
    """Only the region of the place that is named."""
    place = choice.place
    assert place is not None  # the caller has looked
    unit = context.chain_of(place).get(1)
    chain = {1: unit} if unit else {}
    return replace(_where(mention, chain, place.country), description=f"the region of {place.name}, told before")


def _place_in_unit(mention: PlaceMention, choice: Choice, context: Context) -> Where:
    unit = choice.unit
    assert unit is not None  # the caller has looked
    chain = context.chain(unit)
    relation: Relation = "admin1" if unit.level == 1 else "admin2"
    place = None if unit.level == 1 else mention.names[0].text
    location = None if unit.level == 1 else unit.name
    return replace(
        _where(mention, chain, unit.country), relation=relation, place=place, location=location,
        description=choice.description,
    )  # fmt: skip


def _name_place(mention: PlaceMention, choice: Choice, context: Context) -> Where:
    place = choice.place
    chain = context.chain_of(place) if place else context.chain(choice.unit) if choice.unit else {}
    country = place.country if place else choice.unit.country if choice.unit else context.country
    where, name = _where(mention, chain, country), mention.names[0].text
    return replace(
        where,
        place=name[:1].upper() + name[1:],  # "forêt de Niaba"
        location=place.name if place else None,
        place_id=place.id if place else None,
        geonameid=place.geonameid if place else None,
    )


def _where(mention: PlaceMention, chain: dict[int, Unit], country: str | None) -> Where:
    names = {level: unit.name for level, unit in chain.items()}
    return Where(
        mention.relation, country, names.get(1), names.get(2), names.get(3), span=_span(mention),
    )  # fmt: skip


def _span(mention: PlaceMention) -> Span:
    return mention.span
