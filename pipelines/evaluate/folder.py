"""A folder of gold files, read and scored: both halves apart, with intervals and the list of what went wrong."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.errors import UsageError
from pipelines.evaluate.reliability import list_bands, render_bands
from pipelines.evaluate.score import METRICS, FileScore, Metric, bootstrap_sums, find_interval, score_file, sum_counts
from pipelines.export.gold import article_from_record, reading_to_gold
from pipelines.models import Article, Reading
from pipelines.progress import track

Record = dict[str, Any]
NEEDED_KEYS = ("id", "title", "text", "published", "events", "totals")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores of every file, and how they read together."""

    scores: tuple[FileScore, ...]

    def half(self, which: int) -> tuple[FileScore, ...]:
        """The files looked at while building (0), or those only checked against (1)."""
        return tuple(score for score in self.scores if half_of(score.file_id) == which)

    def to_json(self) -> Record:
        """Every metric of all files and of each half, with its 95 % interval; confusions of the half looked at."""
        parts = {"all": self.scores, "building": self.half(0), "checking": self.half(1)}
        return {
            "files": {name: len(scores) for name, scores in parts.items()},
            "metrics": _measure_parts(parts),
            "reliability": {name: list_bands(sum_counts(scores)) for name, scores in parts.items()},
            "confusions": {score.file_id: list(score.confusions) for score in self.half(0) if score.confusions},
        }

    def render(self) -> str:
        """The same as a table for a person."""
        answer = self.to_json()
        files = answer["files"]
        lines = [f"{'':22}{'all':>24}{'building half':>24}{'checking half':>24}"]
        lines.append(f"{'files':22}" + "".join(f"{files[name]:>24}" for name in ("all", "building", "checking")))
        for metric, values in answer["metrics"].items():
            lines.append(f"{metric:22}" + "".join(_cell(values[name]) for name in ("all", "building", "checking")))
        halves = {name: answer["reliability"][name] for name in ("building", "checking")}
        return "\n".join([*lines, "", render_bands(halves)])


def _measure_parts(parts: dict[str, tuple[FileScore, ...]]) -> Record:
    """metric -> part -> value with its interval."""
    sums = {name: (sum_counts(scores), bootstrap_sums(scores)) for name, scores in parts.items()}
    return {
        metric: {name: _measure(total, resampled, compute) for name, (total, resampled) in sums.items()}
        for metric, compute in METRICS.items()
    }


def _measure(total: Counter[str], resampled: Sequence[Counter[str]], compute: Metric) -> Record:
    value, interval = compute(total), find_interval(resampled, compute)
    return {
        "value": None if value is None else round(value, 4),
        "low": None if interval is None else round(interval[0], 4),
        "high": None if interval is None else round(interval[1], 4),
    }


def _cell(measure: Record) -> str:
    if measure["value"] is None:
        return f"{'-':>24}"
    return f"{measure['value']:>10.3f} [{measure['low']:.3f}-{measure['high']:.3f}]".rjust(24)


def half_of(file_id: str) -> int:
    """0 for a file that is looked at while building, 1 for one that only checks; twin reports stay together.

    >>> half_of("ml-002"), half_of("ml-003"), half_of("bf-005")
    (0, 1, 0)
    """
    digits = "".join(character for character in file_id if character.isdigit())
    return ((int(digits) - 1) // 2) % 2 if digits else 0


def evaluate_folder(folder: Path, read: Callable[[Article], Reading]) -> Evaluation:
    """Read every `*.json` of the folder with `read` and compare; raises UsageError for a file that is no gold file."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise UsageError(f"{folder}: no gold file (*.json) in this folder")
    scores = []
    for path in track(paths, "gold files", len(paths)):
        gold = load_gold(path)
        article = article_from_record(gold)
        scores.append(score_file(gold, reading_to_gold(read(article), article)))
    return Evaluation(tuple(scores))


def load_gold(path: Path) -> Record:
    """One gold file; raises UsageError with the file and what is wrong in it."""
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: not readable as JSON: {error}") from error
    missing = [key for key in NEEDED_KEYS if not isinstance(gold, dict) or key not in gold]
    if missing:
        raise UsageError(f"{path}: not a gold file, it has no {', '.join(missing)}")
    if not isinstance(gold["events"], list) or not isinstance(gold["totals"], list):
        raise UsageError(f"{path}: events and totals must be lists")
    return dict(gold)
