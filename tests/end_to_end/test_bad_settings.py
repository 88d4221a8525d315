"""What an operator can set wrong around a run: told in one line with what, where and how to mend it, exit status 2."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.errors import ConfigError, DataFolderError, UsageError
from pipelines.run import lock
from pipelines.run.backfill import check_span
from pipelines.run.lock import check_folder
from pipelines.run.opening import open_run
from pipelines.sample import SOURCES
from pipelines.settings import Settings
from tests.end_to_end.conftest import describe_machine
from tests.flows.stack import find_port
from tests.web.serving import serve

COMMAND = Path(sys.executable).parent / "communiques"
TODAY = date(2026, 3, 2)
PASSWORD = "canary-in-an-address"


def run_command(*arguments: str, folder: Path, **told: str) -> tuple[int, str]:
    """A command in a process of its own; gives its status and what stderr said."""
    environment = {
        **describe_machine(),
        "COMMUNIQUES_DATA": str(folder / "data"),
        "COMMUNIQUES_SOURCES": str(SOURCES),
        **told,
    }
    done = subprocess.run(
        [COMMAND, *arguments], env=environment, cwd=folder, capture_output=True, text=True, timeout=280, check=False
    )
    assert PASSWORD not in done.stdout + done.stderr
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (date(2025, 2, 1), date(2025, 1, 1), "before it begins"),
        (date(2026, 1, 1), date(2026, 3, 3), "nothing is published there yet"),
        (date(1990, 1, 1), date(2026, 1, 1), "more than 30 years"),
    ],
)
def test_a_span_that_cannot_be(start: date, end: date, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        check_span(start, end, TODAY)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--from", "2025-02-01", "--to", "2025-01-01"), "exchange the two"),
        (("--from", "2025-02-01", "--to", "2999-01-01"), "nothing is published there yet"),
        (("--from", "1980-02-01", "--to", "2025-01-01"), "more than 30 years"),
        (("--from", "2025-01-01", "--to", "2025-02-01", "--source", "echo-des-colines"), "did you mean echo-des-coll"),
    ],
)
def test_a_backfill_that_cannot_be(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    status, words = run_command("backfill", *arguments, folder=tmp_path)
    assert (status, told in words, "Traceback" in words) == (2, True, False), words
    assert not (tmp_path / "data").exists()


def test_a_server_that_cannot_be_reached(tmp_path: Path) -> None:
    address = f"http://somebody:{PASSWORD}@127.0.0.1:{find_port()}/api"
    status, words = run_command("build", folder=tmp_path, PREFECT_API_URL=address)
    assert status == 2
    assert "no Prefect server answers at http://127.0.0.1:" in words
    assert "mend PREFECT_API_URL, or unset it" in words


def test_a_server_that_is_another_program(tmp_path: Path) -> None:
    with serve({}) as site:
        status, words = run_command("build", folder=tmp_path, PREFECT_API_URL=f"http://127.0.0.1:{site.port}")
    assert (status, "ends in /api" in words) == (2, True), words


def test_a_database_that_cannot_be_reached(tmp_path: Path) -> None:
    database = f"postgresql+asyncpg://prefect:{PASSWORD}@127.0.0.1:{find_port()}/prefect"
    status, words = run_command("build", folder=tmp_path, PREFECT_API_DATABASE_CONNECTION_URL=database)
    assert status == 2, words
    assert "PREFECT_API_DATABASE_CONNECTION_URL" in words
    assert "postgresql+asyncpg://127.0.0.1" in words
    assert "unset the variable" in words
    logs = [path.read_text() for path in (tmp_path / "data").rglob("*.log")]
    assert logs
    assert not any(PASSWORD in log for log in logs)


def test_a_disk_without_room_is_told_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "LEAST_FREE", 2**62)
    with pytest.raises(DataFolderError, match=r"the disk is full .*make room or name another folder"):
        check_folder(tmp_path / "data")


def test_an_index_that_takes_nothing_is_told_with_its_remedy(tmp_path: Path) -> None:
    def fill(settings: Settings) -> None:
        with open_run(settings) as run:
            run.archive._connection.execute("PRAGMA max_page_count = 1")
            run.archive._connection.execute("CREATE TABLE more AS SELECT randomblob(100000)")

    with pytest.raises(DataFolderError, match=r"index.sqlite: .*full; make room"):
        fill(Settings(tmp_path))


def test_a_clock_that_cannot_be_right(tmp_path: Path) -> None:
    status, words = run_command("build", folder=tmp_path, COMMUNIQUES_NOW="1970-01-01T00:00:10")
    assert (status, "set it right" in words) == (2, True), words
    with pytest.raises(ConfigError), open_run(Settings(tmp_path, fixed_now=datetime(2000, 1, 1, tzinfo=UTC))):
        raise AssertionError("a run began")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        ("head -c 50000000 /dev/zero > data/filler", "the disk is full"),
        ("mount -o remount,ro data", "Read-only file system"),
    ],
)
def test_a_data_folder_on_a_disk_that_takes_nothing(tmp_path: Path, spoil: str, told: str) -> None:
    (tmp_path / "data").mkdir()
    script = f"mount -t tmpfs -o size=64m none data && {spoil} && exec {COMMAND} build"
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", script],
        env={**describe_machine(), "COMMUNIQUES_DATA": "data"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, told in done.stderr, "--data" in done.stderr) == (2, True, True), done.stderr
    assert "Traceback" not in done.stderr
