"""Whether a confidence means what it says: of the events read with 0.7, seven in ten should be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

Record = dict[str, Any]

EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
BANDS = tuple(pairwise(EDGES))
THOUSANDTHS = 1000  # confidences are summed in whole numbers, as counts are


def count_event(counts: Counter[str], event: Record, *, is_right: bool) -> None:
    """Put one event that was read into its band; what tells no confidence, as labels do, counts in none."""
    if event.get("confidence") is None:
        return
    confidence = float(event["confidence"])
    band = next(index for index, (_, high) in enumerate(BANDS) if confidence < high or high == EDGES[-1])
    counts[f"band{band}_read"] += 1
    counts[f"band{band}_right"] += is_right
    counts[f"band{band}_sum"] += round(confidence * THOUSANDTHS)


def list_bands(counts: Counter[str]) -> list[Record]:
    """The bands that hold events: how many, the mean confidence, and the share that was right.

    >>> counts = Counter()
    >>> count_event(counts, {"confidence": 0.75}, is_right=True)
    >>> list_bands(counts)
    [{'from': 0.7, 'to': 0.8, 'events': 1, 'confidence': 0.75, 'right': 1.0}]
    """
    return [
        {
            "from": low, "to": high, "events": read,
            "confidence": round(counts[f"band{band}_sum"] / read / THOUSANDTHS, 3),
            "right": round(counts[f"band{band}_right"] / read, 3),
        }
        for band, (low, high) in enumerate(BANDS) if (read := counts[f"band{band}_read"])
    ]  # fmt: skip


def measure_error(bands: Sequence[Record]) -> float:
    """The mean distance of confidence and share right over the bands, weighed by their events; 0 without any."""
    read = sum(band["events"] for band in bands)
    apart = sum(band["events"] * abs(band["confidence"] - band["right"]) for band in bands)
    return float(apart / max(1, read))


def render_bands(parts: dict[str, list[Record]]) -> str:
    """The bands of several parts as a table for a person."""
    lines = [f"{'confidence':14}{'part':>10}{'events':>8}{'mean':>8}{'right':>8}"]
    lines += [
        f"{band['from']:.1f} to {band['to']:.1f}".ljust(14)
        + f"{name:>10}{band['events']:>8}{band['confidence']:>8.2f}{band['right']:>8.2f}"
        for name, bands in parts.items()
        for band in bands
    ]
    lines += [f"{'off by':14}{name:>10}{'':8}{measure_error(bands):>16.3f}" for name, bands in parts.items()]
    return "\n".join(lines)
