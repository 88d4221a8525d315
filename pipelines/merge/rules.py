"""The rules of merging, as declared in `rules.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml


class Rules(NamedTuple):
    """Tolerances and weights; `kin` holds the pairs of sub-event types that one incident may be told under."""

    days_apart: int
    longest_exact_days: int
    recent_days: int
    same_point_km: float
    near_km: float
    farthest_km: float
    shared_name_km: float
    far_degrees: float
    same_text: float
    alike_text: float
    generic_actor: str
    kin: frozenset[tuple[str, str]]
    outcome_groups: Mapping[str, str]
    figures: Mapping[str, float]
    large_figure: int
    steps: tuple[int, ...]
    telling: frozenset[str]
    forbidding: frozenset[str]
    weights: Mapping[str, float]
    enough: float
    bearable: float


@cache
def load_rules() -> Rules:
    """The shipped rules."""
    declared: dict[str, Any] = yaml.safe_load((files("pipelines.merge") / "rules.yml").read_text(encoding="utf-8"))
    families = declared.pop("families")
    declared["kin"] = frozenset((a, b) for family in families for a in family for b in family)
    for name in ("telling", "forbidding"):
        declared[name] = frozenset(declared[name])
    return Rules(**declared)
