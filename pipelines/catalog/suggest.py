"""Proposals for a name that was not found. A person decides: closeness of letters takes one village for another."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from pipelines.catalog.country import Atlas
from pipelines.catalog.names import fold_name
from pipelines.catalog.places import Place

LIKENESS = 72.0  # per cent of the letters of the folded names


def suggest_names(name: str, atlas: Atlas, *, country: str | None = None, count: int = 5) -> list[str]:
    """Names of known places that look like this one, best first, with the unit that holds them.

    >>> from pipelines.catalog.country import load_atlas
    >>> suggest_names("Tesit", load_atlas())[0]
    'Tessit (ml:2:tessit)'
    """
    places = [place for place in atlas.places.values() if country is None or place.country == country]
    named = [(fold_name(spelling), place) for place in places for spelling in (place.name, *place.aliases)]
    found = process.extract(
        fold_name(name), [key for key, _ in named], scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=4 * count
    )
    best = sorted(found, key=lambda match: (-match[1], named[match[2]][1].id))
    texts = (f"{place.name} ({place.district or place.country})" for place in _pick(named, best))
    return list(dict.fromkeys(texts))[:count]


def _pick(named: list[tuple[str, Place]], matches: list[tuple[str, float, int]]) -> list[Place]:
    return [named[index][1] for _, _, index in matches]
