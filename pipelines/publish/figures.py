"""From tolls to the numbers of an event: what may be summed, and what must not.

`neutralisé` is not `killed`: it is left out of `best` and counted in `high`. Subsets are never added to their whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.models import Toll
from pipelines.publish.parties import Sides, find_camp

CAMP_COLUMNS = {"a": "deaths_a", "b": "deaths_b", "civilian": "deaths_civilians", "unknown": "deaths_unknown"}


def sum_figures(tolls: Sequence[Toll], sides: Sides) -> dict[str, int | str | None]:
    """The columns of the group `figures` but for `event_clarity`; None is "not stated", 0 "stated to be none"."""
    wholes = [toll for toll in tolls if toll.subset_of is None]
    killed = [toll for toll in wholes if toll.outcome == "killed"]
    neutralised = [toll for toll in wholes if toll.outcome == "neutralised"]
    deaths = {
        column: _add(toll.figure.best for toll in killed if find_camp(toll, sides) == camp)
        for camp, column in CAMP_COLUMNS.items()
    }
    best = _add(deaths.values())
    counted = [toll for toll in killed if toll.figure.best is not None] or killed
    return {
        "fatalities": best,
        "low": _add_all(toll.figure.low for toll in counted),
        "best": best,
        "high": _add_all(toll.figure.high for toll in killed + neutralised),
        **deaths,
        "neutralised": _add(toll.figure.best for toll in neutralised),
        "injured": _add(toll.figure.best for toll in wholes if toll.outcome == "wounded"),
        "captured": _add(toll.figure.best for toll in wholes if toll.outcome in ("captured", "arrested")),
        "fatality_rule": "; ".join(dict.fromkeys(toll.figure.rule for toll in killed + neutralised)) or None,
    }


def _add(numbers: Iterable[int | None]) -> int | None:
    """The sum of what is stated, None if nothing is."""
    stated = [number for number in numbers if number is not None]
    return sum(stated) if stated else None


def _add_all(numbers: Iterable[int | None]) -> int | None:
    """The sum, None if there is nothing to add or one number is open."""
    known = list(numbers)
    return None if not known or None in known else sum(number or 0 for number in known)


def is_open(tolls: Iterable[Toll]) -> bool:
    """Whether deaths are told in words only, so that `best` says less than the text."""
    return any(toll.outcome == "killed" and toll.subset_of is None and toll.figure.best is None for toll in tolls)
