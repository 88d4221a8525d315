"""Memory of a backfill from one WARC file, one page in twenty relevant: `python -m benchmarks.bench_backfill PAGES`."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.bench_offline import NOW, SOURCE, write_archive
from pipelines.archive import Archive
from pipelines.run.judging import open_judges
from pipelines.run.warc_files import import_file, plan_files

PROCESSES = 2


def main(pages: int) -> None:
    """Write the file, take it over, tell; memory is told for this process and for the largest of its children."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_archive(folder / "crawl", pages)
        started = time.perf_counter()
        with (
            Archive(folder / "data", now=lambda: NOW) as archive,
            open_judges([SOURCE], None, PROCESSES) as judge,
        ):
            jobs = plan_files([SOURCE], date(2000, 1, 1), NOW.date(), archive, [folder / "crawl" / "archive"])
            found = [summary for job in jobs for summary in import_file(job, archive=archive, now=NOW, judge=judge)]
        seconds = time.perf_counter() - started
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    sys.stdout.write(
        f"{sum(s.links for s in found)} pages, {sum(s.articles for s in found)} articles: "
        f"{pages / seconds:.0f} pages/s "
        f"with {PROCESSES} processes; at most {own:.0f} MB here and {child:.0f} MB in the largest child\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000)
