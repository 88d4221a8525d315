"""Accuracy on the gold set never falls below what was reached, and its labels keep their own rules."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from pipelines.evaluate import Evaluation
from pipelines.evaluate.measured import SHIPPED
from tests.quality.pin_floors import DOCS, FLOORS, HERE, evaluate_gold, holds, measure, write_sums, write_table

FLOORS_BY_HALF = json.loads(FLOORS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate_gold()


@pytest.fixture(scope="module")
def measured(evaluation: Evaluation) -> dict[str, dict[str, float]]:
    return measure(evaluation)


@pytest.mark.parametrize("half", sorted(FLOORS_BY_HALF))
def test_no_figure_is_below_its_floor(measured: dict[str, dict[str, float]], half: str) -> None:
    floors = FLOORS_BY_HALF[half]
    fallen = {
        name: f"{measured[half].get(name)} is worse than the pinned {floor}"
        for name, floor in floors.items()
        if name not in measured[half] or not holds(name, measured[half][name], floor)
    }
    assert not fallen, "fix the reading, or lower the floors knowingly by `python -m tests.quality.pin_floors --lower`"


def test_the_published_table_is_what_is_measured(evaluation: Evaluation) -> None:
    page = DOCS.read_text(encoding="utf-8")
    assert page == write_table(page, evaluation), "docs/accuracy.md is out of date: `make floors`"
    assert SHIPPED.read_text(encoding="utf-8") == write_sums(evaluation), f"{SHIPPED} is out of date: `make floors`"


def test_a_worse_figure_does_not_hold() -> None:
    assert not holds("event_f1", 0.79, 0.80)
    assert not holds("totals_as_events", 0.04, 0.03)


def test_the_labels_keep_their_own_rules() -> None:
    done = subprocess.run(
        [sys.executable, HERE / "gold" / "check.py", "-q"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "errors 0" in done.stdout
