"""Whole builds, killed at a random moment and run again: `python -m benchmarks.bench_kill [KILLS] [FIRST SEED]`.

A folder holds a release of 20 articles and 20 more that are archived and not built yet. A build of them is killed, the
next one has to give the dataset of a build that nobody killed, and a reader that polls all the while has to see one of
the two releases whole, whenever it looks. Equal means: all rows of all tables, but for `run_id`.
"""

from __future__ import annotations

import logging
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.bench_reading import list_relevant
from benchmarks.bench_rebuild import NOW, make_articles, store_articles
from pipelines.publish import find_current, verify_release
from pipelines.publish.manifest import list_entries, read_manifest
from pipelines.run.build import publish_shaped, read_articles, shape_release
from pipelines.run.knowledge import Knowledge, load_knowledge, state_rules
from pipelines.run.opening import open_run
from pipelines.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

FIRST, ALL = 20, 40
FORKS = get_context("forkserver")  # its children begin with everything imported, so that kills fall into the build
Dataset = dict[str, "pa.Table"]


class Trial(NamedTuple):
    """A folder before the build, the datasets before and after it, and how long it takes."""

    folder: Path
    before: Dataset
    after: Dataset
    seconds: float


@cache
def know() -> Knowledge:
    """The catalog, loaded once a process."""
    return load_knowledge()


def build_all(data: Path) -> None:
    """The whole of a build: read, merge, validate, publish, write the validation's pages."""
    settings = Settings(data=data, fixed_now=NOW, patience_s=60)
    with open_run(settings) as run:
        built = publish_shaped(run, shape_release(run, know(), read_articles(run, state_rules(settings))))
    if built.refusal:
        raise SystemExit(built.refusal)


def read_dataset(release: Path) -> Dataset:
    """All tables of a release without `run_id`, which two runs cannot share."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables: dict[str, list[pa.Table]] = {}
    for entry in list_entries(read_manifest(release)):
        tables.setdefault(entry.table, []).append(pq.ParquetFile(release / entry.path).read())
    whole = {name: pa.concat_tables(parts) for name, parts in tables.items()}
    return {name: t.drop_columns(["run_id"]) if "run_id" in t.column_names else t for name, t in whole.items()}


def prepare_trial(root: Path) -> Trial:
    """Build the first articles, archive the others, and build them too in a copy."""
    logging.disable()
    articles = list(make_articles(list_relevant(know().lexicons["fr"]), 12, 40))[::12]
    folder, whole = root / "before", root / "whole"
    store_articles(folder, articles[:FIRST])
    build_all(folder)
    store_articles(folder, articles[FIRST:ALL])
    shutil.copytree(folder, whole, symlinks=True)
    process = start_build(whole)
    begun = time.monotonic()
    process.join()
    return Trial(folder, _dataset_of(folder), _dataset_of(whole), time.monotonic() - begun)


def start_build(data: Path) -> ForkServerProcess:
    """A build in a process of its own."""
    FORKS.set_forkserver_preload(["benchmarks.bench_kill", "great_expectations", "datasketch"])
    process = FORKS.Process(target=build_all, args=(data,))
    process.start()
    return process


def kill_build(trial: Trial, data: Path, seed: int) -> list[str]:
    """Kill a build in a copy of the folder, run it again; everything that is not as it should be."""
    shutil.copytree(trial.folder, data, symlinks=True)
    problems: list[str] = []
    with poll(data, (trial.before, trial.after), problems.append):
        process = start_build(data)
        process.join(random.Random(seed).uniform(0, trial.seconds))  # noqa: S311 # drawings, not secrets
        process.kill()
        process.join()
        if _dataset_of(data) not in (trial.before, trial.after):
            problems.append("after the kill the dataset is neither the old nor the new one")
        again = start_build(data)
        again.join()
    if again.exitcode or _dataset_of(data) != trial.after:
        problems.append(f"the next build ended with {again.exitcode} and another dataset than an uninterrupted one")
    problems += verify_release(_find(data))
    return [f"seed {seed}: {problem}" for problem in problems]


@contextmanager
def poll(data: Path, known: tuple[Dataset, ...], tell: Callable[[str], None]) -> Iterator[None]:
    """Read the current release again and again while the block lasts."""
    is_done = threading.Event()

    def look() -> None:
        while not is_done.wait(0.05):
            try:
                if _dataset_of(data) not in known:
                    tell("a reader saw a dataset that no release holds")
            except Exception as error:  # whatever it is, the reader should not have met it
                tell(f"a reader met {error!r}")

    reader = threading.Thread(target=look)
    reader.start()
    try:
        yield
    finally:
        is_done.set()
        reader.join()


def _dataset_of(data: Path) -> Dataset:
    return read_dataset(_find(data))


def _find(data: Path) -> Path:
    current = find_current(data)
    if current is None:
        raise SystemExit(f"{data}: nothing is published")
    return current


def main(kills: int, first: int) -> None:
    """Kill as many builds, one after another, and print what was wrong."""
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        trial = prepare_trial(Path(name))
        sys.stdout.write(f"a build takes {trial.seconds:.1f} s\n")
        for number, seed in enumerate(range(first, first + kills), start=1):
            problems = kill_build(trial, Path(name) / "trial", seed)
            shutil.rmtree(Path(name) / "trial")
            wrong += bool(problems)
            sys.stdout.write("\n".join([*problems, f"{number - wrong} of {number} killed builds lost nothing\n"]))
            sys.stdout.flush()


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:]]
    main(asked[0] if asked else 100, asked[1] if len(asked) > 1 else 0)
