"""How right the values of matched events are: one small comparison a field, each giving (right, asked)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from pipelines.evaluate.match import fold_name
from pipelines.mentions import DEAD

Record = dict[str, Any]
Score = tuple[int, int]  # right, asked

TOLL_GROUPS: Mapping[str, frozenset[str]] = {
    "toll_dead": DEAD,
    "toll_wounded": frozenset({"wounded"}),
    "toll_captured": frozenset({"captured", "arrested"}),
}


def score_field(name: str, label: Record, event: Record) -> Score:
    """(right, asked) of one field for one matched pair; (0, 0) where neither side says anything."""
    return FIELDS[name](label, event)


def _equal(key: str) -> Callable[[Record, Record], Score]:
    return lambda label, event: (int(label.get(key) == event.get(key)), 1)


def _score_dates(label: Record, event: Record) -> Score:
    same = (label.get("date_start"), label.get("date_end")) == (event.get("date_start"), event.get("date_end"))
    return int(same), 1


def _score_initiator_side(label: Record, event: Record) -> Score:
    return int(_side(label.get("initiator")) == _side(event.get("initiator"))), 1


def _side(party: Record | None) -> str | None:
    return party["side"] if party else None


def _score_name(key: str) -> Callable[[Record, Record], Score]:
    def compare(label: Record, event: Record) -> Score:
        named = label.get(key)
        if not named:
            return 0, 0
        return int(bool(event.get(key)) and event[key]["name"] == named["name"]), 1

    return compare


def _score_claimant(label: Record, event: Record) -> Score:
    if not label.get("claimant") and not event.get("claimant"):
        return 0, 0
    return int(label.get("claimant") == event.get("claimant")), 1


def _score_tolls(outcomes: frozenset[str]) -> Callable[[Record, Record], Score]:
    def compare(label: Record, event: Record) -> Score:
        wanted, got = _best_by_side(label, outcomes), _best_by_side(event, outcomes)
        asked = wanted.keys() | got.keys()
        right = sum(1 for key in asked if key in wanted and key in got and wanted[key] == got[key])
        return right, len(asked)

    return compare


def _best_by_side(event: Record, outcomes: frozenset[str]) -> dict[tuple[str, str], tuple[int | None, int]]:
    """Sum of the best figures, without subsets, by outcome and side; beside it how many had no best figure."""
    sums: dict[tuple[str, str], tuple[int | None, int]] = {}
    for toll in event.get("tolls", []):
        if toll["outcome"] in outcomes and not toll.get("subset"):
            key = (toll["outcome"], toll["side"])
            best, vague = sums.get(key, (None, 0))
            if toll["best"] is None:
                sums[key] = (best, vague + 1)
            else:
                sums[key] = ((best or 0) + toll["best"], vague)
    return sums


FIELDS: Mapping[str, Callable[[Record, Record], Score]] = {
    "date": _score_dates,
    "date_precision": _equal("date_precision"),
    "region": _equal("admin1"),
    "country": _equal("country"),
    "where": _equal("where"),
    "sub_event_type": _equal("sub_event_type"),
    "initiator_side": _score_initiator_side,
    "initiator_name": _score_name("initiator"),
    "target_name": _score_name("target"),
    "claimant": _score_claimant,
    **{name: _score_tolls(outcomes) for name, outcomes in TOLL_GROUPS.items()},
}


def count_materiel(label: Record, event: Record) -> tuple[int, int, int]:
    """(shared, labelled, read) rows of materiel by item, count and status."""
    wanted, got = _materiel(label), _materiel(event)
    return (wanted & got).total(), wanted.total(), got.total()


def _materiel(event: Record) -> Counter[tuple[str, int | None, str]]:
    return Counter((fold_name(row["item"]), row["quantity"], row["status"]) for row in event.get("materiel", []))
