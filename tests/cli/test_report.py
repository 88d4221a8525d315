"""The table of events fits whatever terminal it is shown on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipelines.cli.report import COLUMNS, GAP, fit_columns
from tests.cli.terminal import strip_colours, watch_terminal
from tests.page import datasets

SHOW = "from pathlib import Path; from pipelines.cli.report import show_events; show_events(Path('data/current'))"


@pytest.mark.parametrize("room", range(30, 300, 7))
def test_the_columns_never_need_more_room_than_there_is(room: int) -> None:
    shown = fit_columns(room)
    assert sum(shown.values()) + GAP * len(shown) <= max(room, 45)
    assert {"date", "place", "dead", "neutralised"} <= set(shown)
    assert all(COLUMNS[heading][0] <= width <= COLUMNS[heading][1] for heading, width in shown.items())


def test_a_narrow_terminal_shows_day_place_and_figures(tmp_path: Path) -> None:
    datasets.write_dataset(tmp_path / "data", datasets.tell_story())
    told = strip_colours(watch_terminal([sys.executable, "-c", SHOW], tmp_path, columns=60)).splitlines()
    assert max(map(len, told)) <= 60
    assert told[0].split()[:2] == ["date", "place"]
    assert told[1].split()[:2] == ["2025-07-15", "Niono"]
