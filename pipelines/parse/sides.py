"""Whose people and things those are that the words leave open: read off who acted against whom."""

from __future__ import annotations

from pipelines.mentions import Outcome, Side, Status
from pipelines.parse.materiel import RawThing
from pipelines.parse.roles import Roles
from pipelines.parse.toll_sides import RawToll

_FIGHTS = frozenset({"Armed clash", "Air/drone strike", "Attack", "Suicide bomb"})
_ARRESTS = "Arrests"
_SOLDIERS = frozenset({"army", "gendarmerie", "police", "guard", "customs", "volunteers"})


def settle_side(toll: RawToll, roles: Roles) -> Side:
    """The side of a toll: what its words say, else the side that suffers in this incident."""
    if roles.direction == "non-state" and _is_taken(toll):
        return "civilian"
    if toll.side is None and roles.direction == "non-state" and _is_massacred(toll):
        return "civilian"
    if toll.side is not None and not (toll.side == "civilian" and toll.actor_class is None):
        return toll.side
    if toll.amount.count.best == 0 and roles.direction == "state":
        return "state"
    if toll.outcome in {"arrested", "captured"}:
        return "non-state" if toll.outcome == "captured" else "unknown"
    if toll.outcome in {"released", "kidnapped", "displaced"}:
        return _suffering(roles) if roles.target else "civilian"
    if roles.direction == "non-state":
        return _suffering(roles)
    if roles.direction == "state":
        return "civilian" if roles.target and roles.target.side == "civilian" else "non-state"
    return _suffering(roles)


def settle_outcome(toll: RawToll, side: Side, kind: str) -> Outcome:
    """Fighters arrested in a fight and soldiers led away from it are captured, whoever is taken without one arrested.

    Suspects and mere "51 interpellés" are arrested even in a fight.
    """
    if side == "civilian" and _is_taken(toll):
        return "kidnapped"
    if kind == _ARRESTS and toll.outcome == "captured":
        return "arrested"
    if kind not in _FIGHTS:
        return toll.outcome
    is_named = toll.amount.kind != "fate" or toll.amount.count.is_other
    is_taken = toll.outcome == "arrested" and side == "non-state" and is_named
    is_led_away = toll.outcome in {"kidnapped", "arrested"} and side == "state" and toll.actor_class in _SOLDIERS
    return "captured" if is_taken or is_led_away else toll.outcome


def _is_massacred(toll: RawToll) -> bool:
    """ "Ont massacré 137 personnes": nobody says so of soldiers."""
    tag = toll.cue.tag if toll.cue is not None else None
    return tag is not None and tag.value.entry.act == "kill_civil" and toll.actor_class == "anyone"


def _is_taken(toll: RawToll) -> bool:
    """ "Quatre civils ont été pris": by whom, only the incident tells."""
    is_open = toll.cue is not None and toll.cue.tag is not None and not toll.cue.tag.value.entry.agent
    return toll.outcome == "arrested" and toll.actor_class == "civilians" and is_open


def _suffering(roles: Roles) -> Side:
    return roles.target.side if roles.target else "civilian"


def settle_status(row: RawThing, roles: Roles) -> Status:
    """What is taken by the attackers is lost, what is taken by the forces is seized, whatever verb says so."""
    if row.status not in {"lost", "seized"}:
        return row.status
    if row.side is not None:
        return "lost" if row.side in {"state", "civilian"} and row.taker != "state" else "seized"
    if row.taker == "non-state":
        return "lost"
    if row.taker in {"state", "external"} or roles.direction == "state":
        return "seized"
    return row.status


def settle_thing_side(row: RawThing, roles: Roles) -> Side:
    """The owner of a thing before: what its words say, else by what became of it and who acted."""
    if row.side is not None:
        return row.side
    status = settle_status(row, roles)
    if status == "lost" or (status == "burned" and roles.direction == "non-state"):
        return _suffering(roles)
    if status == "damaged" and roles.direction != "state":
        return _suffering(roles)
    if status == "seized":
        return "non-state" if _meets_enemy(roles) else "unknown"
    if row.taker == "non-state" and status in {"destroyed", "damaged"}:
        return _suffering(roles) if roles.target else "state"
    if roles.direction == "" and roles.initiator is None:
        return _suffering(roles) if roles.target else "unknown"
    return "non-state"


def is_told(row: RawThing, roles: Roles, kinds: frozenset[str]) -> bool:
    """Whether a thing is a row at all: what the attackers only aim at is none, nor what a convoy carries."""
    if row.is_target:
        return roles.direction == "state"
    return not row.is_carried or bool(kinds & {"arrest", "intercept", "seize", "find"})


def _meets_enemy(roles: Roles) -> bool:
    return (roles.target is not None and roles.target.side == "non-state") or roles.direction == "non-state"
