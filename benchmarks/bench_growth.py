"""How the archive grows: bytes for an article, and bytes for an hourly visit that finds nothing new.

.venv/bin/python -m benchmarks.bench_growth
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from pipelines.run.ingest import ingest_source
from pipelines.run.meter import measure_archive
from pipelines.run.opening import open_run
from pipelines.sample import SOURCES, serve_sample
from pipelines.settings import Settings

VISITS = 24


def visit_hourly(data: Path) -> Iterator[tuple[int, int]]:
    """Articles and bytes that each visit to the sample's four outlets adds, the first one and a day of hourly ones."""
    with serve_sample() as site:
        for hour in range(VISITS + 1):
            before = measure_archive(data)
            now = site.now + timedelta(hours=hour)
            hosts = {"*.example": ("127.0.0.1", site.port)}
            with open_run(Settings(data=data, sources=SOURCES, hosts=hosts, fixed_now=now)) as run:
                given = {"client": run.client, "archive": run.archive, "now": now}
                found = [ingest_source(source, **given) for source in run.sources]
            yield sum(summary.articles for summary in found), measure_archive(data) - before


def count_kinds(data: Path) -> Counter[str]:
    """How many captures of each kind the archive holds."""
    settings = Settings(data=data, sources=SOURCES)
    with open_run(settings) as run:
        return Counter(capture.kind for capture in run.archive.captures())


def main() -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as folder:
        first, *rest = visit_hourly(Path(folder))
        sources = 4
        hourly = sum(size for _, size in rest) / len(rest) / sources
        print(f"first visit: {first[0]} articles, {first[1]:,} bytes, {first[1] / first[0]:,.0f} an article")
        print(f"a visit with nothing new: {hourly:,.0f} bytes a source")
        print(f"a month of hourly visits: {hourly * 24 * 30 / 1e6:.1f} MB a source without an article")
        print(f"captures: {dict(count_kinds(Path(folder)))}")


if __name__ == "__main__":
    main()
