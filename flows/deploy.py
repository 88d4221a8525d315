"""What `deployments/start deploy` does: work pool, lanes, deployments and automations, all declared in files, made or
brought up to date on the Prefect server. It may be called again and again.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import asyncpg
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.exceptions import ObjectNotFound
from prefect.settings import get_current_settings
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from flows.automations import declare_automations
from flows.lanes import list_limits
from flows.server import reach_server
from pipelines.errors import CommuniquesError, ConfigError
from pipelines.run.opening import choose_sources, choose_web_archive
from pipelines.settings import Settings, read_settings

DECLARED = Path(__file__).parents[1] / "deployments"
POOL = "local"
FORM = "it must be of the form postgresql+asyncpg://user:password@host:5432/name"


def deploy() -> None:
    """Bring the server in line with what the files in deployments/ and the catalog declare."""
    settings = read_settings()
    limits = list_limits(choose_sources(settings), choose_web_archive(settings), settings.data)
    check_server()
    with get_client(sync_client=True) as client:
        _make_pool(client)
        for name in limits:
            client.upsert_global_concurrency_limit_by_name(name, 1)
        _call_prefect("--no-prompt", "deploy", "--all", "--prefect-file", str(DECLARED / "prefect.yaml"))
        made = declare_automations(client, DECLARED / "automations.yml", settings.notify)
    counts = f"work pool {POOL}, {len(limits)} concurrency limits, {len(made)} automations"
    print(f"deployed: {counts}; {_tell_notify(settings)}")


def _make_pool(client: SyncPrefectClient) -> None:
    try:
        client.read_work_pool(POOL)
    except ObjectNotFound:
        _call_prefect("work-pool", "create", POOL, "--type", "process")


def _call_prefect(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "prefect", *arguments], cwd=DECLARED.parent, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ConfigError(f"prefect {' '.join(arguments)}: {done.stdout} {done.stderr}")


def _tell_notify(settings: Settings) -> str:
    if settings.notify:
        return f"word goes to {settings.notify.partition('://')[0]}"
    return "no word is sent: COMMUNIQUES_NOTIFY names no address"


def check_server() -> None:
    """Wait for the server; ConfigError with its address and the remedy if it does not answer."""
    address = get_current_settings().api.url
    if not address:
        raise ConfigError("PREFECT_API_URL: not set; deployments/prefect.env has its usual value")
    reach_server(address, patience_s=read_settings().wait_s)


def check_database() -> None:
    """Wait for the database; ConfigError says which one does not answer and why, without its password."""
    url = get_current_settings().server.database.connection_url
    words = url.get_secret_value() if url else ""
    if not words or words.startswith("sqlite"):
        return  # its file is made by the server
    if not words.startswith("postgresql+asyncpg:"):
        raise ConfigError(f"PREFECT_API_DATABASE_CONNECTION_URL: begins with {words.partition(':')[0]!r}; {FORM}")
    end = time.monotonic() + read_settings().wait_s
    while reason := asyncio.run(_ask_database(words)):
        if time.monotonic() > end:
            raise ConfigError(
                f"PREFECT_API_DATABASE_CONNECTION_URL: {make_url(words).render_as_string()} cannot be used "
                f"({reason}); {FORM}"
            )
        time.sleep(1)


async def _ask_database(words: str) -> str:
    """Why the database does not answer, nothing if it does."""
    try:
        engine = create_async_engine(words, connect_args={"timeout": 10})
        async with engine.connect():
            pass
        await engine.dispose()
    except (SQLAlchemyError, OSError, asyncpg.PostgresError, ImportError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


STEPS: Mapping[str, Callable[[], None]] = {
    "deploy": deploy,
    "check-server": check_server,
    "check-database": check_database,
}

if __name__ == "__main__":
    try:
        STEPS[(sys.argv[1:] or ["deploy"])[0]]()
    except CommuniquesError as error:
        print(f"communiques: {error}", file=sys.stderr)
        sys.exit(error.exit_status)
