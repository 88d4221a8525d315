"""How often a site is asked: little for what is new, hardly at all when nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.catalog.source import Source, load_sources
from pipelines.sample import SOURCES
from tests.run.test_ingest import ingest, visit

SAMPLE = load_sources(folder=SOURCES)


@pytest.mark.parametrize("source", SAMPLE.values(), ids=lambda source: source.id)
def test_a_second_run_with_nothing_new_asks_once_for_each_list(tmp_path: Path, source: Source) -> None:
    with visit(tmp_path, faults=frozenset()) as (run, site):
        ingest(run, source)
        first = [ask.path for ask in site.requests]
    with visit(tmp_path, faults=frozenset()) as (run, site):
        ingest(run, source)
        second = [ask.path for ask in site.requests]
    assert 1 <= len(second) <= 3
    assert len(second) < len(first)
    assert "/robots.txt" not in second  # a copy from the archive lives a day
