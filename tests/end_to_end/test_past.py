"""The past by the flow: the first run's own archive as somebody else's WARC files."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.errors import UsageError
from tests.end_to_end.conftest import Outcome, World

pytestmark = pytest.mark.xdist_group("end_to_end")

DAYS = {"start": date(2025, 1, 1), "end": date(2025, 12, 31)}


@pytest.mark.slow
def test_warc_files_give_what_the_sites_gave_without_asking_them(
    first: tuple[World, Outcome], empty_world: World
) -> None:
    crawl = str(first[0].data / "archive")
    outcome = empty_world.run("backfill", **DAYS, via="warc", warc=[crawl])
    assert outcome.summary is not None
    assert outcome.requests == ()
    within = [row for row in first[0].read("articles") if DAYS["start"] <= row["published_date"] <= DAYS["end"]]
    told = {row["url"] for row in within if row["is_security"]}
    assert told
    assert told <= {row["url"] for row in empty_world.read("articles")} <= {row["url"] for row in within}
    assert outcome.summary.windows
    assert not any(window.gap for window in outcome.summary.windows)
    again = empty_world.run("backfill", **DAYS, via="warc", warc=[crawl])
    assert again.summary is not None
    assert again.summary.windows == ()


def test_a_way_that_does_not_fit_its_files_is_refused(empty_world: World) -> None:
    assert isinstance(empty_world.run("backfill", **DAYS, via="warc").result, UsageError)
    assert isinstance(empty_world.run("backfill", **DAYS, via="warc", warc=["/no/such/folder"]).result, UsageError)
