"""Lanes and seats: Prefect's concurrency limits, so that runs ask a host one at a time and publish one at a time.

`deployments/start deploy` creates them; a run that does not find its lane says so instead of going without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from prefect.client.orchestration import get_client
from prefect.concurrency.sync import concurrency
from prefect.settings import get_current_settings

from flows.parents import end_with_worker
from flows.server import is_own_server, reach_server
from pipelines.catalog.source import Source
from pipelines.errors import ConfigError
from pipelines.run.opening import OpenRun, choose_sources, choose_web_archive, open_run
from pipelines.settings import Settings
from pipelines.web import WebArchive

SERVER_SECONDS = 600
LEASE_SECONDS = 60  # Prefect's least: so long a killed run's lanes stay taken
PAGE = 200  # of what Prefect lists at once


def name_lane(address: str) -> str:
    """The lane of the host at an address; `www.` is the same machine's door.

    >>> name_lane("https://www.maliweb.net/rss")
    'host.maliweb.net'
    """
    return f"host.{(urlsplit(address).hostname or '').removeprefix('www.')}"


def name_lanes(source: Source) -> list[str]:
    """The names of the lanes of a source's hosts.

    >>> from pipelines.catalog.source import load_sources
    >>> name_lanes(load_sources()["lefaso"])
    ['host.lefaso.net']
    """
    return [f"host.{host}" for host in sorted(source.hosts)]


def name_seat(data: Path) -> str:
    """The name of the publisher's seat of a data folder, without the signs that Prefect does not take in names.

    >>> name_seat(Path("/var/lib/communiques"))
    'publisher.var.lib.communiques'
    """
    return "publisher" + "".join(c if c.isalnum() or c in "-_" else "." for c in str(data.absolute()))


def list_limits(sources: Iterable[Source], copies: WebArchive, data: Path) -> list[str]:
    """Every limit that runs need: over these sources or their copies in a web archive, into this data folder."""
    lanes = {lane for source in sources for lane in name_lanes(source)}
    return sorted(lanes | {name_lane(copies.cdx), name_seat(data)})


@contextmanager
def open_laned_run(settings: Settings, chosen: Sequence[str] | None = None) -> Iterator[OpenRun]:
    """Open a run that will find its lanes and its seat; what is missing is told before anything is done."""
    end_with_worker()
    if not is_own_server():
        _check_limits(list_limits(choose_sources(settings, chosen), choose_web_archive(settings), settings.data))
    with open_run(settings, chosen) as run:
        yield run


def _check_limits(names: Sequence[str]) -> None:
    with get_client(sync_client=True) as client:
        known: set[str] = set()
        while page := client.read_global_concurrency_limits(limit=PAGE, offset=len(known)):
            known |= {limit.name for limit in page}
    if missing := sorted(set(names) - known):
        raise ConfigError(
            f"the Prefect server has no concurrency limit {', '.join(missing)}: "
            "declare what is new with `deployments/start deploy`"
        )


@contextmanager
def hold_slots(names: Sequence[str]) -> Iterator[None]:
    """Wait for a slot of each and hold them for the block.

    A server that was started for this one command has nobody else to wait for. A lease that cannot be renewed, as while
    the server is restarted, does not end the run: the lock of the data folder stands behind it.
    """
    if is_own_server():
        yield
        return
    slots = concurrency(
        list(names), occupy=1, strict=True, lease_duration=LEASE_SECONDS, raise_on_lease_renewal_failure=False
    )
    _await_server()
    with slots:
        try:
            yield
        finally:
            _await_server()


def _await_server() -> None:
    """Wait for a server that is being restarted: a new client of Prefect's, as slots have, does not."""
    reach_server(get_current_settings().api.url or "", patience_s=SERVER_SECONDS)
