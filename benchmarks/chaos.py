"""Everything that can go wrong at once, then calm: `python -m benchmarks.chaos FOLDER [ROUNDS] [SEED] [SEED] ...`.

The sample site fails in the ways of hostile sites, runs are killed at random moments, the disk fills up in the middle
(start this below `unshare --map-root-user --mount`, so that the data folder gets a small file system of its own; else
runs are killed there), the clock jumps. Between runs lies an hour. Afterwards the dataset must be the one of a folder
that has only seen calm (FOLDER/calm, made once). All chance comes from SEED.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.hostile import HostileSite, serve_hostile
from pipelines.publish import find_current, verify_release
from pipelines.run.events import read_rows
from pipelines.sample import NOW, SOURCES
from pipelines.settings import change_environment

ROOM_MB = 64
LEFT_BYTES = (20_000, 400_000)  # what a full disk still takes
TABLES = ("articles", "events", "reports", "tolls", "materiel", "totals", "issues")
HOUR = timedelta(hours=1)  # from run to run, as scheduled: hosts that asked for rest have had it
HISTORY = frozenset({"run_id", "event_version", "warc_file", "warc_offset", "sha256", "issue_id"})
JUMPS = (timedelta(), timedelta(), timedelta(hours=7), timedelta(hours=-6), timedelta(days=400))
CALM_RUNS = 3
LOG_END = 6000  # characters of a log that are told


@dataclass(frozen=True)
class Round:
    """What happens in one run: how many answers in a hundred are hostile, what ends it, what the clock says."""

    hostile: int
    end: str  # kill, term, full or calm
    after: int  # requests, after which that happens
    delay: float  # seconds more
    jump: timedelta


def draw_rounds(number: int, seed: int) -> list[Round]:
    """The rounds of a seed, the same each time."""
    chance = random.Random(seed)  # noqa: S311 - drawings, not secrets
    return [
        Round(
            chance.choice([0, 5, 20]), chance.choice(["kill", "kill", "term", "full", "calm"]), chance.randrange(1, 20),
            chance.uniform(0, 6), chance.choice(JUMPS),
        )
        for _ in range(number)
    ]  # fmt: skip


@contextmanager
def start_run(data: Path, site: HostileSite, jump: timedelta) -> Iterator[subprocess.Popen[bytes]]:
    """`communiques run` as a process of its own."""
    told = {
        "COMMUNIQUES_DATA": str(data),
        "COMMUNIQUES_SOURCES": str(SOURCES),
        "COMMUNIQUES_HOSTS": f"*.example=127.0.0.1:{site.server_address[1]}",
        "COMMUNIQUES_NOW": (NOW + jump).isoformat(),
        "COMMUNIQUES_RETRIES": "0",
    }
    command = [Path(sys.executable).parent / "communiques", "run"]
    with (data.parent / f"{data.name}.log").open("ab") as log, change_environment(told):
        process = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def live_through(told: Round, data: Path, site: HostileSite) -> int:
    """One round; gives the status of its run."""
    site.hostile, before = told.hostile, len(site.asked)
    with start_run(data, site, told.jump) as process:
        while len(site.asked) < before + told.after and process.poll() is None:
            time.sleep(0.01)
        if told.end != "calm" and process.poll() is None:
            time.sleep(told.delay)
        if told.end in ("kill", "term"):
            process.send_signal(signal.SIGKILL if told.end == "kill" else signal.SIGTERM)
        with fill_disk(data, random.Random(told.after)) if told.end == "full" else change_environment({}):  # noqa: S311 - drawings
            return process.wait(timeout=600)


@contextmanager
def fill_disk(data: Path, chance: random.Random) -> Iterator[None]:
    """Leave next to no room on the file system of the data folder."""
    filler, left = data / "filler", chance.randrange(*LEFT_BYTES)
    with filler.open("wb", buffering=0) as file:
        stat = os.statvfs(data)
        with suppress(OSError):  # the run may take the room first
            file.write(bytes(max(0, stat.f_bavail * stat.f_frsize - left)))
    yield
    filler.unlink()


def read_dataset(data: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows without their history: an event's id becomes the reports that it is told by."""
    current = find_current(data)
    if current is None:
        raise SystemExit(f"{data}: nothing was published")
    tables = {name: read_rows(current, name) for name in TABLES}
    told: dict[str, list[str]] = {}
    for row in tables["reports"]:
        told.setdefault(str(row["event_id"]), []).append(str(row["report_id"]))
    names = {event: " ".join(sorted(reports)) for event, reports in told.items()}
    return {name: [_strip(row, names) for row in rows] for name, rows in tables.items()}


def _strip(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    kept = {
        key: value
        for key, value in row.items()
        if key not in HISTORY and (key == "published_at" or not key.endswith("_at"))
    }
    return kept | ({"event_id": names.get(str(row["event_id"]), "none")} if "event_id" in row else {})


def compare(calm: Path, tried: Path) -> list[str]:
    """In what the two datasets differ, in words."""
    left, right = read_dataset(calm), read_dataset(tried)
    found = []
    for name in TABLES:
        calm_rows, tried_rows = (Counter(map(repr, rows[name])) for rows in (left, right))
        found += [f"{name}: only in calm: {row}" for row in (calm_rows - tried_rows).elements()]
        found += [f"{name}: only after chaos: {row}" for row in (tried_rows - calm_rows).elements()]
    return found


def settle(data: Path, site: HostileSite, hours: int = 0) -> None:
    """Run in calm, hour by hour, until a run has nothing left to tell."""
    for number in range(CALM_RUNS):
        status = live_through(Round(0, "calm", 10**6, 0, (hours + number) * HOUR), data, site)
        if status == 0:
            return
    raise SystemExit(f"{data}: still status {status} after {CALM_RUNS} calm runs\n{tell_runs(data)}")


def tell_runs(data: Path) -> str:
    """What the last runs said, with the log of the last one: the data folder's own file system is gone with this."""
    told = []
    for file in sorted((data / "runs").glob("*.json"))[-CALM_RUNS:]:
        run = json.loads(file.read_text(encoding="utf-8"))
        told.append(f"{run['run_id']} at {run['started_at']}: {json.dumps(run['build'], ensure_ascii=False)}")
        told += [f"  {source['source_id']}: {source['error']} {source['issues']}" for source in run["sources"]]
    log = (data.parent / f"{data.name}.log").read_text(encoding="utf-8")
    return "\n".join([*told, log[-LOG_END:]])


def mount_small(folder: Path) -> bool:
    """Give the folder a small file system of its own, where we may."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM_MB}m", "none", folder]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def try_seed(folder: Path, rounds: int, seed: int) -> list[str]:
    """Chaos and then calm in one folder; gives in what the dataset is wrong, or other than in calm."""
    tried = folder / f"tried-{seed}"
    if not (is_small := mount_small(tried)):
        sys.stdout.write(f"{tried} has no file system of its own: runs are killed where its disk would be full\n")
    with serve_hostile(seed) as site:
        if not find_current(folder / "calm"):
            settle(folder / "calm", site)
        for number, drawn in enumerate(draw_rounds(rounds, seed)):
            end = "kill" if drawn.end == "full" and not is_small else drawn.end
            lived = replace(drawn, end=end, jump=drawn.jump + number * HOUR)
            status = live_through(lived, tried, site)
            current = find_current(tried)
            faults = verify_release(current) if current else []
            sys.stdout.write(f"{number + 1}: {lived} -> {status}\n")
            sys.stdout.flush()
            if faults:
                return list(map(str, faults))
        settle(tried, site, rounds)
    found = compare(folder / "calm", tried)
    words = f"{len(found)} rows differ" if found else "the same dataset"
    sys.stdout.write(f"{rounds} rounds of seed {seed}, {site.turned} hostile answers: {words}\n")
    return found


def main(folder: Path, rounds: int = 20, *seeds: int) -> int:
    """Every seed in turn; 0 if all ended in the dataset of calm."""
    found = [f"seed {seed}: {words}" for seed in seeds or (1,) for words in try_seed(folder, rounds, seed)]
    sys.stdout.write("".join(f"{words}\n" for words in found))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:])))
