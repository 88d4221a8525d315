"""Who is actor1, who actor2, who struck, and in whose camp the people of a figure stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from pipelines.models import Party, Report, Toll
from pipelines.schema.codebook import code_inter, code_interaction

Camp = Literal["a", "b", "civilian", "unknown"]
InterOf = Callable[[str], int | None]
FORCES = ("state", "external")


class Sides(NamedTuple):
    """The two parties of an event as its columns name them; `initiator` is which of them struck."""

    one: Party | None
    two: Party | None
    initiator: Literal["actor1", "actor2"] | None


def order_parties(report: Report) -> Sides:
    """actor1 is the state party, or the external force beside it, else the first named; civilian targets are actor2."""
    struck, target = report.initiator, report.target
    if struck is None:
        is_second = target is not None and target.side == "civilian"
        return Sides(None, target, None) if is_second else Sides(target, None, None)
    if target is None or target.side == "civilian" or _weight(struck) <= _weight(target):
        return Sides(struck, target, "actor1")
    return Sides(target, struck, "actor2")


def _weight(party: Party) -> int:
    return FORCES.index(party.side) if party.side in FORCES else len(FORCES)


def find_camp(toll: Toll, sides: Sides) -> Camp:
    """The camp of a figure's people; `unknown` where the text does not tell."""
    if toll.side in ("civilian", "unknown"):
        return "civilian" if toll.side == "civilian" else "unknown"
    one, two = sides.one, sides.two
    if toll.actor and one and two and one.name != two.name and toll.actor in (one.name, two.name):
        return "a" if toll.actor == one.name else "b"
    if one and two and one.side == two.side:
        return "unknown"
    if one and _is_beside(toll.side, one.side, two):
        return "a"
    if two and _is_beside(toll.side, two.side, one):
        return "b"
    return _camp_against(toll.side, one, two)


def _is_beside(side: str, party: str, other: Party | None) -> bool:
    allied = side in FORCES and party in FORCES and not (other and other.side in FORCES)
    return side == party or allied


def _camp_against(side: str, one: Party | None, two: Party | None) -> Camp:
    """The camp of a side that no party names: the one across, if the other party leaves no doubt."""
    if one is not None:
        return "b"
    return "a" if two is not None or side in FORCES else "b"


def describe_parties(report: Report, inter_of: InterOf) -> dict[str, str | int | None]:
    """The columns of the group `who`."""
    sides = order_parties(report)
    beside = {"a": list[str](), "b": list[str]()}
    for party in report.others:
        is_first = sides.one is not None and _is_beside(party.side, sides.one.side, sides.two)
        beside["a" if is_first else "b"].append(party.name)
    inter1, inter2 = _find_inter(sides.one, inter_of), _find_inter(sides.two, inter_of)
    return {
        "actor1": sides.one.name if sides.one else None,
        "assoc_actor_1": "; ".join(beside["a"]) or None,
        "inter1": inter1,
        "actor2": sides.two.name if sides.two else None,
        "assoc_actor_2": "; ".join(beside["b"]) or None,
        "inter2": inter2,
        "interaction": code_interaction(inter1, inter2),
        "initiator": sides.initiator,
    }


def _find_inter(party: Party | None, inter_of: InterOf) -> int | None:
    if party is None:
        return None
    known = inter_of(party.name)
    return known if known is not None else code_inter(party.name, party.side)
