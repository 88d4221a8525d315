"""Everything that can go wrong at once ends in the dataset of calm; more seeds: `python -m benchmarks.chaos`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.chaos import draw_rounds
from tests.end_to_end.conftest import describe_machine
from tests.flows.stack import ROOT

ROUNDS, SEED = 3, 69

pytestmark = pytest.mark.slow


def test_the_rounds_hold_every_kind_of_fault() -> None:
    rounds = draw_rounds(ROUNDS, SEED)
    assert {told.end for told in rounds} == {"kill", "term", "full"}
    assert max(told.jump.days for told in rounds) > 300
    assert all(told.hostile for told in rounds)


@pytest.mark.timeout(2400)
def test_chaos_ends_in_the_dataset_of_calm(tmp_path: Path) -> None:
    """Below a mount namespace, where the data folder has a small disk of its own to fill."""
    within = ["unshare", "--map-root-user", "--mount", sys.executable, "-m", "benchmarks.chaos"]
    command = [*within, str(tmp_path), str(ROUNDS), str(SEED)]
    done = subprocess.run(command, cwd=ROOT, env=describe_machine(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no file system of its own" not in done.stdout
    assert f"seed {SEED}" in done.stdout
    assert done.stdout.endswith("the same dataset\n")
