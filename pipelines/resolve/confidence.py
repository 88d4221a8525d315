"""How sure a reading of an incident is: a logistic sum of named signals."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

TABLE = Path(__file__).parent / "confidence.yml"


class _Weights(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    base: float
    weights: dict[str, float]


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    return _Weights.model_validate(yaml.safe_load(TABLE.read_text(encoding="utf-8")))


def weigh_signals(signals: Iterable[str]) -> float:
    """Between 0 and 1; a signal without a weight counts nothing.

    >>> weigh_signals(["own_date", "own_place"]) > weigh_signals(["own_date"])
    True
    """
    table = _weights()
    score = table.base + sum(table.weights.get(signal, 0.0) for signal in set(signals))
    return round(1 / (1 + math.exp(-score)), 3)
