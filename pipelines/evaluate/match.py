"""Which read event is which labelled event.

Strict: same day or overlapping range, and same place (or same region where the label has no place). Lenient: a day
apart at most, and same place or same region. Pairs are taken strongest first; nothing is matched twice.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from pipelines.text import fold

Record = dict[str, Any]
Pair = tuple[int, int]

NEAR_KM = 25.0


def match_events(gold: Sequence[Record], read: Sequence[Record], *, lenient: bool = False) -> list[Pair]:
    """Pairs (index of the label, index of the reading), strongest first in a total order.

    >>> day = {"date_start": "2024-03-03", "date_end": "2024-03-03", "place": "Niono", "country": "ML", "tolls": []}
    >>> match_events([day], [{**day, "place": "NIONO"}])
    [(0, 0)]
    """
    scored = [
        (-pair_strength(label, event), i, j)
        for i, label in enumerate(gold)
        for j, event in enumerate(read)
        if is_same_event(label, event, lenient=lenient)
    ]
    taken_gold: set[int] = set()
    taken_read: set[int] = set()
    pairs: list[Pair] = []
    for _, i, j in sorted(scored):
        if i not in taken_gold and j not in taken_read:
            taken_gold.add(i)
            taken_read.add(j)
            pairs.append((i, j))
    return pairs


def is_same_event(label: Record, event: Record, *, lenient: bool = False) -> bool:
    """Whether day and place allow the two to be the same event."""
    if not overlaps_in_time(label, event, slack_days=1 if lenient else 0):
        return False
    if lenient and label.get("admin1") and label.get("admin1") == event.get("admin1"):
        return True
    return is_same_place(label, event)


def overlaps_in_time(label: Record, event: Record, *, slack_days: int = 0) -> bool:
    """Whether the two spans of days share a day; an unknown date equals only an unknown date."""
    if not label.get("date_start") or not event.get("date_start"):
        return not label.get("date_start") and not event.get("date_start")
    start_a, end_a = _day(label["date_start"]), _day(label.get("date_end") or label["date_start"])
    start_b, end_b = _day(event["date_start"]), _day(event.get("date_end") or event["date_start"])
    return start_a - slack_days <= end_b and start_b - slack_days <= end_a


def is_same_place(label: Record, event: Record) -> bool:
    """Same name, a shared end of an axis, or points within 25 km; the region decides where the label has no place."""
    if label.get("country") and event.get("country") and label["country"] != event["country"]:
        return False
    if not label.get("place"):
        return bool(label.get("admin1") == event.get("admin1")) and not event.get("place")
    names = _names(label.get("place"))
    if names & (_names(event.get("place")) | _names(event.get("location"))):
        return True
    distance = distance_km(label, event)
    return distance is not None and distance <= NEAR_KM


def distance_km(label: Record, event: Record) -> float | None:
    """Great-circle distance of the two points in km, None where one has no coordinates."""
    if label.get("lat") is None or event.get("lat") is None:
        return None
    lat_a, lon_a, lat_b, lon_b = (
        math.radians(value) for value in (label["lat"], label["lon"], event["lat"], event["lon"])
    )
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


def pair_strength(label: Record, event: Record) -> float:
    """How much the two agree beside day and place; only the order among rival pairs hangs on it."""
    strength = 4.0 if label.get("date_start") == event.get("date_start") else 0.0
    strength += 4.0 if _names(label.get("place")) == _names(event.get("place")) else 0.0
    strength += 2.0 if label.get("sub_event_type") == event.get("sub_event_type") else 0.0
    shared = _toll_keys(label) & _toll_keys(event)
    strength += 2.0 * len(shared)
    strength += 1.0 if label.get("date_wording") == event.get("date_wording") else 0.0
    return strength


def _toll_keys(event: Record) -> set[tuple[str, str, int | None]]:
    return {(toll["outcome"], toll["side"], toll["best"]) for toll in event.get("tolls", [])}


def _names(place: str | None) -> set[str]:
    if not place:
        return set()
    return {name for name in (fold_name(part) for part in re.split(r"\s[-–]\s|\s/\s", place)) if name}


def fold_name(name: str) -> str:
    """A name without case, accents, blanks and signs.

    >>> fold_name("Ti-n-Aïcha")
    'tinaicha'
    """
    return re.sub(r"[^a-z0-9]", "", fold(name))


def _day(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()
