"""The only reader of the environment: what the operator set, and what Prefect needs before it is imported.

    COMMUNIQUES_DATA       the data folder (default ./data); s3://… means ./data, mirrored to that bucket
    COMMUNIQUES_MIRROR     a bucket, s3://name/prefix, that holds each release too; boto3 reads the standard AWS
                           variables (AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION)
    COMMUNIQUES_CATALOG    a folder of one's own sources/, countries/, languages/ laid over the shipped ones
    COMMUNIQUES_SOURCES    a folder of source files used instead of the shipped ones
    COMMUNIQUES_CONTACT    an address or page that a site's owner can turn to; it stands in the User-Agent
    COMMUNIQUES_HOSTS      where names lead instead of asking DNS: *.example=127.0.0.1:8080,other.example=127.0.0.1:81
    COMMUNIQUES_NOW        an instant used instead of the clock, for runs that must come out the same again
    COMMUNIQUES_CDX        the CDX server of another web archive than Wayback, for backfill --via wayback
    COMMUNIQUES_REPLAY     where that archive shows a page, with {timestamp} and {url} (default: as pywb does)
    COMMUNIQUES_KEEP       how many releases stay readable (default 10)
    COMMUNIQUES_RETRIES    how often a source that failed is tried again within a run (default 2)
    COMMUNIQUES_PATIENCE   seconds to wait for another run that writes the same data folder (default 30)
    COMMUNIQUES_ENGINE     threads, processes or dask: where pages of WARC files are judged and articles are read
                           (default: threads for a little work, processes for more)
    COMMUNIQUES_SCHEDULER  the address of a Dask scheduler, tcp://10.0.0.5:8786 (default: a cluster on this machine)
    COMMUNIQUES_VISIT      minutes that one source may take within a run; the next run goes on where it was (default 60)
    COMMUNIQUES_NOTIFY     where `deployments/start deploy` lets Prefect send word when a person should look: an address
                           of Apprise's, such as mailtos://user:password@host?to=you@host or jsons://host/hook
    COMMUNIQUES_WAIT       seconds that the steps of deployments/start wait for server and database (default 120)
    COMMUNIQUES_DRAIN      seconds that runs have to come to their end when their worker is told to stop (default 60)
    COMMUNIQUES_PAGES      the address under which the data folder is served, for the links in Prefect's artifacts
    COMMUNIQUES_VERBOSE    tell more on stderr, Prefect's own lines too

The command line writes its flags here too (`change_environment`), so that a run by hand, a worker's run and their
child processes are told in one way.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

from pipelines.errors import ConfigError

Address = tuple[str, int]
BUCKET = "s3:"
ENGINES = ("threads", "processes", "dask")


@dataclass(frozen=True, slots=True)
class Settings:
    """What one process was told, read once at its start."""

    data: Path = Path("data")
    catalog: Path | None = None
    sources: Path | None = None
    contact: str = ""
    hosts: Mapping[str, Address] = field(default_factory=dict)
    fixed_now: datetime | None = None
    cdx: str = ""
    replay: str = ""
    keep: int = 10
    retries: int = 2
    patience_s: int = 30
    mirror: str = ""
    engine: str = ""
    scheduler: str = ""
    visit_minutes: int = 60
    notify: str = ""
    wait_s: int = 120
    drain_s: int = 60
    pages: str = ""
    verbose: bool = False

    def now(self) -> datetime:
        """The instant that this run calls now, in UTC."""
        return self.fixed_now or datetime.now(UTC)

    def lead_host(self, host: str) -> Address | None:
        """Where the declared hosts send a name, None to ask DNS.

        >>> Settings(hosts={"*.example": ("127.0.0.1", 8080)}).lead_host("www.courrier.example")
        ('127.0.0.1', 8080)
        """
        return next((address for pattern, address in self.hosts.items() if fnmatchcase(host, pattern)), None)

    @property
    def gazetteer(self) -> Path | None:
        """The folder of the imported gazetteers, None if there is none."""
        folder = self.data / "gazetteer"
        return folder if folder.is_dir() else None

    @property
    def prefect_home(self) -> Path:
        """Where a Prefect server that was started for one command keeps its history."""
        return (self.data / "prefect").absolute()


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process; raises ConfigError naming the variable that is wrong."""
    told = os.environ if environ is None else environ
    data = told.get("COMMUNIQUES_DATA") or "data"
    return Settings(
        data=Path("data" if data.startswith(BUCKET) else data),
        catalog=_read_folder(told, "COMMUNIQUES_CATALOG"),
        sources=_read_folder(told, "COMMUNIQUES_SOURCES"),
        contact=told.get("COMMUNIQUES_CONTACT", ""),
        hosts=_read_hosts(told.get("COMMUNIQUES_HOSTS", "")),
        fixed_now=_read_now(told.get("COMMUNIQUES_NOW", "")),
        cdx=_read_address(told, "COMMUNIQUES_CDX"),
        replay=_read_address(told, "COMMUNIQUES_REPLAY", holds=("{timestamp}", "{url}")),
        keep=_read_count(told, "COMMUNIQUES_KEEP", 10, least=1),
        retries=_read_count(told, "COMMUNIQUES_RETRIES", 2, least=0),
        patience_s=_read_count(told, "COMMUNIQUES_PATIENCE", 30, least=0),
        mirror=_read_bucket(told, "COMMUNIQUES_MIRROR" if not data.startswith(BUCKET) else "COMMUNIQUES_DATA"),
        engine=_read_engine(told.get("COMMUNIQUES_ENGINE", "")),
        scheduler=_read_scheduler(told.get("COMMUNIQUES_SCHEDULER", "")),
        visit_minutes=_read_count(told, "COMMUNIQUES_VISIT", 60, least=1),
        wait_s=_read_count(told, "COMMUNIQUES_WAIT", 120, least=0),
        drain_s=_read_count(told, "COMMUNIQUES_DRAIN", 60, least=0),
        notify=_read_notify(told),
        pages=_read_address(told, "COMMUNIQUES_PAGES"),
        verbose=bool(told.get("COMMUNIQUES_VERBOSE")),
    )


@contextmanager
def change_environment(changes: Mapping[str, str | None]) -> Iterator[None]:
    """Set (or, for None, remove) variables for this process and its children, and put them back."""
    before = {name: os.environ.get(name) for name in changes}
    _write_environment(changes)
    try:
        yield
    finally:
        _write_environment(before)


def _write_environment(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def describe_prefect(settings: Settings) -> dict[str, str | None]:
    """What Prefect must find in the environment before it is imported: its own home, and silence towards outside."""
    return {
        "PREFECT_HOME": str(settings.prefect_home),
        "PREFECT_PROFILES_PATH": None,
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_LOGGING_LEVEL": "INFO" if settings.verbose else "CRITICAL",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "pipelines",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    }


def read_prefect_server() -> str | None:
    """The address of the Prefect server that the operator runs, None to start one for this command."""
    return os.environ.get("PREFECT_API_URL") or None


def hide_user(address: str) -> str:
    """An address as it may be shown: without the name and the password that it may hold.

    >>> hide_user("postgresql+asyncpg://prefect:secret@db:5432/prefect")
    'postgresql+asyncpg://db:5432/prefect'
    """
    scheme, mark, rest = address.partition("://")
    return scheme + mark + rest.rpartition("@")[2].partition("?")[0]


def _read_folder(told: Mapping[str, str], name: str) -> Path | None:
    if not told.get(name):
        return None
    folder = Path(told[name])
    if not folder.is_dir():
        raise ConfigError(f"{name}: {folder} is not a folder; name an existing one or leave it out")
    return folder


def _read_bucket(told: Mapping[str, str], name: str) -> str:
    words = told.get(name, "")
    bucket = words.removeprefix(BUCKET).lstrip("/")  # a path on its way here loses one of two slashes
    if "@" in bucket:
        raise ConfigError(
            f"{name}: keys do not belong into the address of a bucket: set AWS_ACCESS_KEY_ID and the like"
        )
    if words and not (words.startswith(BUCKET) and bucket):
        raise ConfigError(f"{name}: {words!r} must be a bucket, s3://name or s3://name/prefix")
    return f"s3://{bucket}" if words else ""


def _read_address(told: Mapping[str, str], name: str, holds: Sequence[str] = ()) -> str:
    words = told.get(name, "")
    if words and not words.startswith(("http://", "https://")):
        raise ConfigError(f"{name}: {words!r} must be an address that begins with http:// or https://")
    if hide_user(words) != words.partition("?")[0]:
        raise ConfigError(f"{name}: {hide_user(words)} holds a user or a password, which would end up in the archive")
    for part in holds if words else ():
        if part not in words:
            raise ConfigError(
                f"{name}: {words!r} has no {part}; pywb's is http://host/collection/{{timestamp}}id_/{{url}}"
            )
    return words


def _read_notify(told: Mapping[str, str]) -> str:
    words = told.get("COMMUNIQUES_NOTIFY", "")
    if words and not re.match(r"[a-z0-9]+://\S", words):
        raise ConfigError(  # without the words, which may hold a password
            "COMMUNIQUES_NOTIFY: not an address of the form service://..., such as mailtos://user:password@host"
        )
    return words


def _read_hosts(words: str) -> dict[str, Address]:
    hosts = {}
    for entry in filter(None, (part.strip() for part in words.split(","))):
        pattern, _, address = entry.partition("=")
        ip, _, port = address.rpartition(":")
        if not (pattern and ip and port.isdigit()):
            raise ConfigError(f"COMMUNIQUES_HOSTS: {entry!r} is not of the form name=address:port")
        hosts[pattern] = (ip, int(port))
    return hosts


def _read_engine(words: str) -> str:
    if words and words not in ENGINES:
        raise ConfigError(f"COMMUNIQUES_ENGINE: {words!r} is none of {', '.join(ENGINES)}")
    return words


def _read_scheduler(words: str) -> str:
    kind, _, rest = words.partition("://")
    if words and not (kind in ("tcp", "tls") and rest.rpartition(":")[2].isdigit()):
        raise ConfigError(f"COMMUNIQUES_SCHEDULER: {words!r} is not of the form tcp://host:port")
    return words


def _read_now(words: str) -> datetime | None:
    if not words:
        return None
    try:
        moment = datetime.fromisoformat(words)
    except ValueError as error:
        raise ConfigError(f"COMMUNIQUES_NOW: {words!r} is not an instant such as 2026-05-01T12:00:00+00:00") from error
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _read_count(told: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    words = told.get(name, "")
    if not words:
        return default
    if not words.isdigit() or int(words) < least:
        raise ConfigError(f"{name}: {words!r} is not a whole number of at least {least}")
    return int(words)
