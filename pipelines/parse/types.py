"""ACLED's sub-event type of an incident, by the ordered table in `types.yml`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from pipelines.parse.acts import RESULTS, Act
from pipelines.parse.roles import Roles
from pipelines.parse.segments import Segment

TABLE = Path(__file__).parent / "types.yml"


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str
    any: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    voice: frozenset[str] = frozenset()
    target: frozenset[str] = frozenset()
    target_class: frozenset[str] = frozenset()
    direction: frozenset[str] = frozenset()
    toll: frozenset[str] = frozenset()
    toll_none: frozenset[str] = frozenset()
    lead: Literal["things", "arrests", ""] = ""
    only: frozenset[str] = frozenset()
    unhurt: frozenset[str] = frozenset()


class Facts(BaseModel):
    """What the table looks at."""

    model_config = ConfigDict(frozen=True)

    acts: frozenset[str]
    first: str
    voice: str = "noun"
    target: str
    target_class: str = ""
    direction: str
    outcomes: frozenset[str]
    hurt: frozenset[str] = frozenset()
    lead: str
    categories: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def load_table() -> tuple[_Row, ...]:
    """The rows of `types.yml` in order."""
    return TypeAdapter(tuple[_Row, ...]).validate_python(yaml.safe_load(TABLE.read_text(encoding="utf-8")))


def choose_type(facts: Facts) -> str:
    """The sub-event type of the first row that fits.

    >>> choose_type(Facts(acts={"strike"}, first="strike", target="", direction="state", outcomes=set(), lead=""))
    'Air/drone strike'
    """
    return next(row.type for row in load_table() if _fits(row, facts))


def _fits(row: _Row, facts: Facts) -> bool:
    return (
        (not row.any or bool(row.any & facts.acts))
        and not row.none & facts.acts
        and (not row.first or facts.first in row.first)
        and (not row.voice or facts.voice in row.voice)
        and (not row.target or facts.target in row.target)
        and (not row.target_class or facts.target_class in row.target_class)
        and (not row.direction or facts.direction in row.direction)
        and (not row.toll or bool(row.toll & facts.outcomes))
        and not row.toll_none & facts.outcomes
        and not row.unhurt & facts.hurt
        and (not row.lead or row.lead == facts.lead)
        and (not row.only or (bool(facts.categories) and facts.categories <= row.only))
    )


def gather_facts(segments: Sequence[Segment], roles: Roles) -> Facts:
    """The facts of an incident for the table."""
    acts = [act for segment in segments for act in segment.acts]
    if any(not act.is_weak for act in acts):
        acts = [act for act in acts if not act.is_referred]
    first = _first_act(acts)
    outcomes = {toll.outcome for segment in segments for toll in segment.tolls if toll.amount.count.best != 0}
    return Facts(
        acts=frozenset(act.kind for act in acts),
        first=first.kind if first else "",
        voice=first.voice if first else "noun",
        target=roles.target.side if roles.target else "",
        target_class=roles.target.actor_class if roles.target else "nobody",
        direction=roles.direction,
        outcomes=frozenset(outcomes),
        hurt=_find_hurt(segments),
        lead=_find_lead(segments),
        categories=frozenset(row.thing.category for segment in segments for row in segment.things),
    )


def _find_hurt(segments: Sequence[Segment]) -> frozenset[str]:
    """The sides of which somebody was killed or wounded."""
    tolls = [toll for segment in segments for toll in segment.tolls if toll.outcome in {"killed", "wounded"}]
    return frozenset(str(toll.side) for toll in tolls if toll.amount.count.best != 0 and not toll.is_subset)


def _first_act(acts: Sequence[Act]) -> Act | None:
    """The first act that tells more than a result; else the first."""
    causes = [act for act in acts if act.kind not in RESULTS]
    telling = [act for act in acts if not act.is_weak]
    strong = [act for act in causes if not act.is_weak]
    return next(iter([*strong, *causes, *telling, *acts]), None)


def _find_lead(segments: Sequence[Segment]) -> str:
    """Whether arms or arrests are told first."""
    things = [row.first for segment in segments for row in segment.things if row.status in {"seized", "destroyed"}]
    arrests = [toll.first for segment in segments for toll in segment.tolls if toll.outcome in {"arrested", "captured"}]
    if not things and not arrests:
        return ""
    return "things" if not arrests or (things and min(things) < min(arrests)) else "arrests"
