"""Accuracy as it was measured: the shipped figures, pinned by `make floors`, or those that an operator measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipelines.errors import UsageError
from pipelines.evaluate.folder import Evaluation
from pipelines.evaluate.score import METRICS

Record = dict[str, Any]

SHIPPED = Path(__file__).parent / "measured.json"
REMEDY = "write it with: communiques evaluate DIR --out FILE"
KEPT = ("files", "metrics")  # sums only: nothing that was read of an article


def keep_sums(evaluation: Evaluation) -> Record:
    """What is published of an evaluation: how many files, and every measure with its interval."""
    answer = evaluation.to_json()
    return {key: answer[key] for key in KEPT}


def read_measured(path: Path = SHIPPED) -> Record:
    """The figures of a file that `communiques evaluate DIR --out FILE` wrote; raises UsageError for another file.

    >>> sorted(read_measured()["files"])
    ['all', 'building', 'checking']
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: not readable as JSON: {error}; {REMEDY}") from error
    metrics = told.get("metrics") if isinstance(told, dict) else None
    if not isinstance(metrics, dict) or not set(metrics) & set(METRICS):
        raise UsageError(f"{path}: holds no metrics; {REMEDY}")
    return {key: told[key] for key in KEPT if key in told}
