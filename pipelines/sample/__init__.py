"""A small news world of our own words, served over real HTTP on loopback, to show and to test the whole way.

    with serve_sample() as site:
        Client(..., resolve=site.resolve)   # every *.example name is at site.port

`NOW` is the moment at which the sample's run takes place; with `later=True` the site's clock stands at `LATER_NOW`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipelines.errors import UsageError
from pipelines.sample.article import SampleArticle
from pipelines.sample.faults import Fault, list_built_in, read_faults
from pipelines.sample.outlets import list_addresses
from pipelines.sample.server import SampleSite, run_server

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
LATER_NOW = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
SOURCES = Path(__file__).parent / "sources"
BUILT_IN_FAULTS = list_built_in()
EXPECTED_FAULTS: tuple[Fault, ...] = tuple(fault for fault in read_faults() if fault.is_built_in and fault.code)

__all__ = [
    "BUILT_IN_FAULTS",
    "EXPECTED_FAULTS",
    "LATER_NOW",
    "NOW",
    "SOURCES",
    "Fault",
    "SampleArticle",
    "SampleSite",
    "list_addresses",
    "serve_sample",
]


@contextmanager
def serve_sample(
    *, later: bool = False, port: int = 0, faults: frozenset[str] = BUILT_IN_FAULTS
) -> Iterator[SampleSite]:
    """The sample site until the block is left; `faults` names those of faults.yml that it has.

    UsageError when the port is taken or a fault has no such name.
    """
    if unknown := faults - {fault.name for fault in read_faults()}:
        raise UsageError(f"no fault of the sample site is named {', '.join(sorted(unknown))}; faults.yml names them")
    with run_server(LATER_NOW if later else NOW, port, faults) as site:
        yield site
