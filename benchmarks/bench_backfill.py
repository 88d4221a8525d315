"""Memory and speed of a backfill from one WARC file: `python -m benchmarks.bench_backfill PAGES`.

One page in twenty is relevant. The file is judged leg by leg in a process of its own, as the engine `processes` does
it (without Prefect around it); more files would be judged side by side.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from benchmarks.bench_offline import NOW, SOURCE, write_archive
from pipelines.archive import Archive
from pipelines.run.knowledge import state_rules
from pipelines.run.warc_files import import_files, plan_files
from pipelines.settings import Settings


def main(pages: int) -> None:
    """Write the file, take it over, tell; memory is told for this process and for the largest of its children."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_archive(folder / "crawl", pages)
        started = time.perf_counter()
        with (
            Archive(folder / "data", now=lambda: NOW) as archive,
            ProcessPoolExecutor(1, get_context("spawn")) as pool,
        ):
            jobs = plan_files([SOURCE], date(2000, 1, 1), NOW.date(), archive, [folder / "crawl" / "archive"])
            rules = state_rules(Settings())
            done = import_files(jobs, archive=archive, now=NOW, rules=rules, compute=pool.map)
        found = [summary for job in done for summary in job]
        seconds = time.perf_counter() - started
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    sys.stdout.write(
        f"{sum(s.links for s in found)} pages, {sum(s.articles for s in found)} articles: "
        f"{pages / seconds:.0f} pages/s "
        f"with one process; at most {own:.0f} MB here and {child:.0f} MB in the largest child\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000)
