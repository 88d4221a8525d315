"""`communiques sample` as a process of its own: what it prints, how it ends, and that nothing is left of it."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.end_to_end.conftest import describe_machine

COMMAND = Path(sys.executable).parent / "communiques"
PATIENCE = 240

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("process"), pytest.mark.timeout(600)]


def start_sample(folder: Path) -> subprocess.Popen[str]:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([COMMAND, "sample"], cwd=folder, env=describe_machine(), text=True, **pipes)


def find_servers(folder: Path) -> list[int]:
    """The processes whose Prefect home lies in this folder."""
    home = f"PREFECT_HOME={folder}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if home in (entry / "environ").read_bytes() and b"flows.server" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def wait_for(condition, what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working directory in which the sample has run once."""
    folder = tmp_path_factory.mktemp("process")
    done = subprocess.run(
        [COMMAND, "sample"],
        cwd=folder,
        env=describe_machine(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        umask=0,
    )
    assert done.returncode == 0, done.stderr
    (folder / "told.txt").write_text(done.stdout)
    return folder


def test_it_tells_what_it_did_and_where_it_is(folder: Path) -> None:
    told = (folder / "told.txt").read_text()
    for words in ("articles seen", "communiqués found", "events published", "rows quarantined", "read_parquet"):
        assert words in told
    assert "data/sample/current" in told
    assert (folder / "data" / "sample" / "current" / "manifest.json").is_file()
    assert find_servers(folder) == []


def test_nobody_else_may_write_what_it_wrote_and_all_may_read_the_releases(folder: Path) -> None:
    """The command was started by a shell that lets everybody do everything."""
    data = folder / "data" / "sample"
    modes = {path: path.lstat().st_mode for path in data.rglob("*") if not path.is_symlink()}
    assert [path for path, mode in modes.items() if mode & 0o022 and "prefect" not in path.parts] == []
    assert stat.S_IMODE((data / "prefect").stat().st_mode) == 0o700
    releases = {path: mode for path, mode in modes.items() if "releases" in path.parts}
    assert releases
    assert all(mode & (0o005 if path.is_dir() else 0o004) for path, mode in releases.items())


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_ended_from_outside_it_leaves_no_process_behind(folder: Path, number: int, status: int) -> None:
    release = (folder / "data" / "sample" / "current").resolve()
    process = start_sample(folder)
    wait_for(lambda: find_servers(folder), "the server did not start")
    os.kill(process.pid, number)
    _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == status
    assert "Traceback" not in told
    wait_for(lambda: not find_servers(folder), "the server outlived its command")
    assert (folder / "data" / "sample" / "current").resolve() == release
