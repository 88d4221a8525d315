"""A run, opened: the data folder held, the archive and the client ready, the sources chosen."""

from __future__ import annotations

import logging
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from pipelines.archive import Archive
from pipelines.catalog.source import SHIPPED, Source, load_sources
from pipelines.errors import ConfigError, DataFolderError, UsageError
from pipelines.models import Page
from pipelines.run.journal import keep_journal
from pipelines.run.lock import FolderLock, hold_folder
from pipelines.run.meter import Meter, measure_archive
from pipelines.run.prometheus import write_prometheus
from pipelines.run.summary import BuildSummary, RunSummary, SourceSummary, WindowSummary, write_manifest
from pipelines.settings import Settings
from pipelines.web import WAYBACK, Client, WebArchive, resolve_dns

LOG = logging.getLogger(__name__)
MADE = datetime(2025, 1, 1, tzinfo=UTC)


class OpenRun(NamedTuple):
    """What the steps of one run share. `sources` are the chosen ones."""

    run_id: str
    started_at: datetime
    settings: Settings
    sources: tuple[Source, ...]
    archive: Archive
    client: Client
    meter: Meter
    lock: FolderLock

    def give_way(self) -> None:
        """Between two parts of a long run: let a run that waits for the data folder have it first."""
        if self.lock.is_wanted():
            LOG.info("giving way to a run that waits for %s", self.settings.data)
            self.archive.__exit__(None, None, None)  # the other run writes it, too
            self.lock.lend()
            self.archive.__enter__()


@contextmanager
def open_run(settings: Settings, chosen: Sequence[str] | None = None) -> Iterator[OpenRun]:
    """Open a run on the data folder; everything that can be wrong with the settings is found out here.

    Raises UsageError for a source that nobody declared, ConfigError for a wrong file or clock, DataFolderError and
    LockedError for a data folder that cannot be used.
    """
    sources, run_id = choose_sources(settings, chosen), name_run()
    check_clock(settings.now())
    with (
        _explain_index(settings.data),
        hold_folder(settings.data, patience_s=settings.patience_s) as lock,
        keep_journal(settings.data, run_id),
        Archive(settings.data, now=settings.now) as archive,
    ):
        meter, client = Meter(measure_archive(settings.data)), open_client(settings, archive)
        yield OpenRun(run_id, settings.now(), settings, sources, archive, client, meter, lock)


def open_to_look(settings: Settings) -> Archive:
    """The archive, to be read beside whatever run writes it; UsageError when nothing was fetched yet."""
    if not (settings.data / "index.sqlite").exists():
        raise UsageError(f"{settings.data}: nothing was fetched here yet; `communiques run` does")
    return Archive(settings.data, now=settings.now, read_only=True)


@contextmanager
def _explain_index(data: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        remedy = "make room, or name a folder that you may write with --data; what is published stands unchanged"
        raise DataFolderError(f"{data / 'index.sqlite'}: {error}; {remedy}") from error


def check_clock(now: datetime) -> None:
    """Refuse a clock that cannot be right, as a machine without a battery has it at its start: days are read by it.

    >>> check_clock(datetime(1970, 1, 1, tzinfo=UTC))
    Traceback (most recent call last):
    pipelines.errors.ConfigError: the clock says 1970-01-01, which is before this program was made: set it right
    """
    if now < MADE:
        raise ConfigError(f"the clock says {now:%Y-%m-%d}, which is before this program was made: set it right")


def choose_sources(settings: Settings, chosen: Sequence[str] | None = None) -> tuple[Source, ...]:
    """The declared sources of these ids, all of them if none is named."""
    declared = load_sources(settings.catalog, settings.sources or SHIPPED)
    for name in chosen or ():
        if name not in declared:
            near = get_close_matches(name, declared, n=3, cutoff=0.5)
            hint = f"did you mean {' or '.join(near)}?" if near else "`communiques sources` lists them"
            raise UsageError(f"no source is called {name!r}; {hint}")
    return tuple(declared[name] for name in chosen) if chosen else tuple(declared.values())


def open_client(settings: Settings, archive: Archive) -> Client:
    """The polite client of a run, which keeps robots.txt in the archive."""

    def recall(url: str) -> Page | None:
        capture = archive.latest(url)
        return archive.read(capture) if capture else None

    return make_client(settings, keep=archive.store, recall=recall)


def make_client(
    settings: Settings,
    *,
    keep: Callable[[Page], object] | None = None,
    recall: Callable[[str], Page | None] | None = None,
) -> Client:
    """A polite client, led by the declared hosts where there are any."""

    def resolve(host: str, port: int) -> Sequence[tuple[str, int]]:
        led = settings.lead_host(host)
        return [led] if led else resolve_dns(host, port)

    return Client(
        now=settings.now,
        contact=settings.contact,
        resolve=resolve if settings.hosts else None,
        keep=keep,
        recall=recall,
    )


def choose_web_archive(settings: Settings) -> WebArchive:
    """The web archive that the operator named, else Wayback; a named one may lie on a private network.

    >>> choose_web_archive(Settings(cdx="https://arquivo.pt/wayback/cdx")).replay
    'https://arquivo.pt/wayback/{timestamp}id_/{url}'
    """
    if not settings.cdx:
        return WAYBACK
    beside = settings.cdx.partition("?")[0].rstrip("/").rpartition("/")[0]
    replay = settings.replay or beside + "/{timestamp}id_/{url}"
    return WebArchive(settings.cdx, replay, min_delay_s=0, allow_private=True)


def name_run() -> str:
    """An id that no other run has; ids sort by the moment at which their runs began.

    >>> name_run() != name_run()
    True
    """
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def close_run(
    run: OpenRun,
    ingested: Sequence[SourceSummary] = (),
    built: BuildSummary | None = None,
    windows: Sequence[WindowSummary] = (),
) -> RunSummary:
    """What the run did and took, kept as its manifest and for Prometheus in the data folder."""
    metrics = run.meter.read(run.settings.data, run.client.requests)
    summary = RunSummary(
        run.run_id, run.started_at, run.settings.now(), tuple(ingested), built, tuple(windows), metrics
    )
    write_manifest(summary, run.settings.data)
    write_prometheus(summary, run.settings.data)
    return summary
