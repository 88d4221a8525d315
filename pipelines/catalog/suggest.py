"""Proposals for a name that was not found. A person decides: closeness of letters takes one village for another."""

from __future__ import annotations

from difflib import SequenceMatcher

from pipelines.catalog.country import Atlas
from pipelines.catalog.names import fold_name

LIKENESS = 0.72


def suggest_names(name: str, atlas: Atlas, *, country: str | None = None, count: int = 5) -> list[str]:
    """Names of known places that look like this one, best first, with the unit that holds them.

    >>> from pipelines.catalog.country import load_atlas
    >>> suggest_names("Tesit", load_atlas())[0]
    'Tessit (ml:2:tessit)'
    """
    key = fold_name(name)
    matcher = SequenceMatcher(b=key, autojunk=False)
    scored = []
    for place in atlas.places.values():
        if country and place.country != country:
            continue
        best = max(_compare(matcher, fold_name(spelling)) for spelling in (place.name, *place.aliases))
        if best >= LIKENESS:
            scored.append((-best, f"{place.name} ({place.units[-1] if place.units else place.country})"))
    return [text for _, text in sorted(scored)[:count]]


def _compare(matcher: SequenceMatcher[str], key: str) -> float:
    matcher.set_seq1(key)
    if matcher.real_quick_ratio() < LIKENESS or matcher.quick_ratio() < LIKENESS:
        return 0.0
    return matcher.ratio()
