"""Lanes and seats: Prefect's concurrency limits, so that runs ask a host one at a time and publish one at a time.

`deployments/start deploy` creates them; a run that does not find its lane says so instead of going without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from prefect.concurrency.asyncio import ConcurrencySlotAcquisitionError
from prefect.concurrency.sync import concurrency

from flows.server import is_own_server
from pipelines.catalog.source import Source
from pipelines.errors import ConfigError
from pipelines.web import WebArchive

LEASE_SECONDS = 60  # Prefect's least: so long a killed run's lanes stay taken


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
def hold_slots(names: Sequence[str]) -> Iterator[None]:
    """Wait for a slot of each and hold them for the block; ConfigError when the server knows none of that name.

    A server that was started for this one command has nobody else to wait for. A lease that cannot be renewed, as while
    the server is restarted, does not end the run: the lock of the data folder stands behind it.
    """
    if is_own_server():
        yield
        return
    slots = concurrency(
        list(names), occupy=1, strict=True, lease_duration=LEASE_SECONDS, raise_on_lease_renewal_failure=False
    )
    with ExitStack() as held:
        try:
            held.enter_context(slots)
        except ConcurrencySlotAcquisitionError as error:
            raise ConfigError(
                f"the Prefect server has no concurrency limit {' or '.join(names)}: "
                "declare it with `deployments/start deploy`"
            ) from error
        yield
