"""A short chaos of one seed: hostile answers, kills, a full disk, a jumping clock; the dataset comes out as in calm."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.chaos import draw_rounds

ROOT = Path(__file__).parents[2]
ROUNDS, SEED = 5, 31

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("end_to_end")]


@pytest.mark.timeout(2400)
def test_after_chaos_the_dataset_is_that_of_calm(tmp_path: Path) -> None:
    drawn = draw_rounds(ROUNDS, SEED)
    assert {"kill", "full"} <= {told.end for told in drawn}
    assert any(told.hostile for told in drawn)
    assert any(told.jump for told in drawn)
    command = [sys.executable, "-m", "benchmarks.chaos", tmp_path, str(ROUNDS), str(SEED)]
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "the same dataset" in done.stdout) == (0, True), done.stdout + done.stderr
