"""Pin the accuracy reached: floors rise to what is measured now, and fall only with `--lower`.

    make floors        .venv/bin/python -m tests.quality.pin_floors [--lower]

The table of docs/accuracy.md is written along, and the sums that `communiques page` shows.

A floor stands a little under the measured value (`SLACK`), so that a change which trades one event for another is no
alarm, and a change that loses two is.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pipelines.evaluate import Evaluation, evaluate_folder, keep_sums
from pipelines.evaluate.measured import SHIPPED
from pipelines.run.knowledge import load_knowledge, read_article

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
DOCS = HERE.parents[1] / "docs" / "accuracy.md"
MARKS = ("<!-- measured -->\n", "<!-- /measured -->\n")
SLACK = 0.005
LOWER_IS_BETTER = {"totals_as_events"}
HALVES = ("building", "checking")


def evaluate_gold() -> Evaluation:
    """The gold set beside this file, read with the shipped knowledge."""
    knowledge = load_knowledge()
    return evaluate_folder(HERE / "gold", lambda article: read_article(article, knowledge))


def measure(evaluation: Evaluation) -> dict[str, dict[str, float]]:
    """half -> metric -> value."""
    metrics = evaluation.to_json()["metrics"]
    return {
        half: {name: parts[half]["value"] for name, parts in metrics.items() if parts[half]["value"] is not None}
        for half in HALVES
    }


def write_table(page: str, evaluation: Evaluation) -> str:
    """The page with the measured table between its marks."""
    before, rest = page.split(MARKS[0])
    _, after = rest.split(MARKS[1])
    return f"{before}{MARKS[0]}```text\n{evaluation.render()}\n```\n{MARKS[1]}{after}"


def write_sums(evaluation: Evaluation) -> str:
    """The sums as `communiques page` reads them."""
    return json.dumps(keep_sums(evaluation), indent=1) + "\n"


def holds(name: str, value: float, floor: float) -> bool:
    """Whether a value is on the right side of its floor."""
    return value <= floor if name in LOWER_IS_BETTER else value >= floor


def floor_for(name: str, value: float) -> float:
    """The floor that a measured value earns."""
    slack = SLACK if name in LOWER_IS_BETTER else -SLACK
    return round(min(1.0, max(0.0, value + slack)), 3) if value not in (0.0, 1.0) else value


def pin(*, lower: bool) -> None:
    """Write floors.json: the stricter of the old floor and the new, or simply the new with `lower`."""
    old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {half: {} for half in HALVES}
    pinned: dict[str, dict[str, float]] = {}
    evaluation = evaluate_gold()
    for half, values in measure(evaluation).items():
        pinned[half] = {}
        for name, value in values.items():
            new, known = floor_for(name, value), old[half].get(name)
            keeps_old = known is not None and not lower and holds(name, known, new)
            pinned[half][name] = known if keeps_old else new
    FLOORS.write_text(json.dumps(pinned, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    SHIPPED.write_text(write_sums(evaluation), encoding="utf-8")
    DOCS.write_text(write_table(DOCS.read_text(encoding="utf-8"), evaluation), encoding="utf-8")


if __name__ == "__main__":
    pin(lower="--lower" in sys.argv[1:])
