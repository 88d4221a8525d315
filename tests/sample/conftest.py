from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipelines.sample import SampleSite, serve_sample


@pytest.fixture(scope="module")
def site() -> Iterator[SampleSite]:
    with serve_sample() as running:
        yield running


@pytest.fixture(scope="module")
def later_site() -> Iterator[SampleSite]:
    with serve_sample(later=True) as running:
        yield running
