"""Whose people and things those are that the words leave open: read off who acted against whom."""

from __future__ import annotations

from pipelines.mentions import Side
from pipelines.parse.materiel import RawThing
from pipelines.parse.roles import Roles
from pipelines.parse.segments import Segment
from pipelines.parse.tolls import RawToll

_AGAINST_PEOPLE = frozenset({"killed", "wounded", "missing", "kidnapped", "displaced", "released"})


def settle_side(toll: RawToll, roles: Roles) -> Side:
    """The side of a toll: what its words say, else the side that suffers in this incident."""
    if toll.side is not None and not (toll.side == "civilian" and toll.actor_class is None):
        return toll.side
    if toll.outcome in {"arrested", "captured"}:
        return "non-state" if toll.outcome == "captured" else "unknown"
    if toll.outcome in {"released", "kidnapped", "displaced"}:
        return _suffering(roles) if roles.target else "civilian"
    if roles.direction == "non-state":
        return _suffering(roles)
    if roles.direction == "state":
        return "civilian" if roles.target and roles.target.side == "civilian" else "non-state"
    return _suffering(roles)


def _suffering(roles: Roles) -> Side:
    return roles.target.side if roles.target else "civilian"


def settle_thing_side(row: RawThing, roles: Roles, segment: Segment) -> Side:
    """The owner of a thing before: what its words say, else by what became of it and who acted."""
    if row.side is not None:
        return row.side
    if row.status == "lost" or (row.status == "burned" and roles.direction == "non-state"):
        return _suffering(roles) if roles.target else "civilian"
    if row.status == "damaged" and roles.direction != "state":
        return _suffering(roles)
    if row.status == "seized":
        return "non-state" if _meets_enemy(roles, segment) else "unknown"
    return "non-state" if roles.direction != "" or roles.initiator else "unknown"


def _meets_enemy(roles: Roles, segment: Segment) -> bool:
    return (roles.target is not None and roles.target.side == "non-state") or roles.direction == "non-state"
