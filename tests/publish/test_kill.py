"""A build killed at any moment leaves `current` whole, and the next one ends as if nothing had happened."""

import random
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from pipelines.publish import find_current, verify_release
from tests.merge.factories import NOW
from tests.publish.steps import publish_items
from tests.validate.worlds import make_item

ROOT = Path(__file__).parents[2]
SIZE = 40


def contents(data):
    release = find_current(data)
    return {p.relative_to(release).as_posix(): p.read_bytes() for p in release.rglob("*.parquet")}


def start_build(data):
    """A build of all events in a process of its own, ready to begin."""
    command = [sys.executable, "-m", "tests.publish.killed", str(data), str(SIZE)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"ready\n"
    return process


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory):
    """The dataset of a build that nobody kills, and how long it took."""
    data = tmp_path_factory.mktemp("whole")
    publish_items([make_item(number) for number in range(20)], data)
    process, start = start_build(data), time.monotonic()
    process.communicate()
    return contents(data), time.monotonic() - start


@pytest.mark.parametrize("seed", range(2))  # whole builds are killed ten times among the slow tests
def test_a_killed_build_leaves_the_last_release_and_the_next_one_is_whole(tmp_path, uninterrupted, seed):
    expected, duration = uninterrupted
    publish_items([make_item(number) for number in range(20)], tmp_path)
    before = contents(tmp_path)
    process = start_build(tmp_path)
    time.sleep(random.Random(seed).uniform(0, duration))
    process.kill()
    process.communicate()
    assert contents(tmp_path) in (before, expected)
    assert verify_release(find_current(tmp_path)) == []
    publish_items([make_item(number) for number in range(SIZE)], tmp_path)
    assert contents(tmp_path) == expected
    assert verify_release(find_current(tmp_path)) == []
    assert not (tmp_path / "releases" / ".building").exists()


def test_a_reader_that_resolved_current_sees_one_release_whole(tmp_path):
    """Releases of 20 and 40 events take turns while a reader polls: it never sees another number, nor an error."""
    small, large = ([make_item(number) for number in range(size)] for size in (20, SIZE))
    publish_items(small, tmp_path)
    seen, is_done = [], threading.Event()

    def poll():
        while not is_done.is_set():
            release = (tmp_path / "current").resolve()
            seen.append(
                (release.name, len(pd.read_parquet(release / "events")), len(pd.read_parquet(release / "reports")))
            )

    reader = threading.Thread(target=poll)
    reader.start()
    try:
        for turn in range(1, 9):
            publish_items(large if turn % 2 else small, tmp_path, now=NOW + timedelta(hours=turn))
    finally:
        is_done.set()
        reader.join()
    assert {(events, reports) for _, events, reports in seen} <= {(20, 20), (SIZE, SIZE)}
    assert len({name for name, _, _ in seen}) > 1
