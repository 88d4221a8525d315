"""A whole build killed at any moment: readers see one release whole, and the next build ends as if nothing had been."""

import pytest

from benchmarks.bench_kill import kill_build, prepare_trial


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    return prepare_trial(tmp_path_factory.mktemp("builds"))


@pytest.mark.slow
def test_the_build_that_is_killed_has_something_to_publish(trial):
    assert trial.after["articles"].num_rows == 2 * trial.before["articles"].num_rows
    assert trial.after["events"].num_rows > trial.before["events"].num_rows > 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_killed_build_loses_nothing(trial, tmp_path, seed):
    assert kill_build(trial, tmp_path / "data", seed) == []
