"""What one core does in an hour, and what that makes of a large crawl: `python -m benchmarks.bench_scale [PAGES]`.

Three rates are measured, in processor time, by calling what the workers of every engine call: pages of foreign hosts
passed over and pages of declared sources judged (`judge_leg`, one page in twenty relevant), relevant articles read
(`read_batch`). The rest is arithmetic on stated shares: what 100 million pages would take is not measured.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from benchmarks.bench_offline import SOURCE, write_archive
from benchmarks.bench_reading import list_relevant
from pipelines.catalog.source import Source
from pipelines.models import Article
from pipelines.run.judging import Leg, judge_leg
from pipelines.run.knowledge import recall_knowledge, state_rules
from pipelines.run.reading import cut_batches, read_batch
from pipelines.settings import Settings

PAGES = 100_000_000
DECLARED = 1 / 100  # of the pages of a news crawl that lie on a declared site: an assumption, and a high one
RELEVANT = 1 / 20  # of those, what the first look lets through
WORKERS = (1, 8, 64)
CENTS = 4  # for an hour of one core, as clouds ask for it
FOREIGN = Source.model_validate(
    {"id": "other", "name": "Autre", "country": "ML", "kind": "press", "home": "https://other.example/",
     "discover": ["sitemap"]}
)  # fmt: skip

Value = TypeVar("Value")


def measure(work: Callable[[], Value]) -> tuple[float, Value]:
    """Seconds of processor time, and what came of it."""
    begun = time.process_time()
    found = work()
    return time.process_time() - begun, found


def measure_legs(folder: Path, pages: int) -> tuple[float, float]:
    """Pages a second: of foreign hosts, and of a declared one."""
    write_archive(folder, pages)
    file, rules = next(folder.rglob("*.warc.gz")), state_rules(Settings())
    days = (date(2000, 1, 1), date(2030, 1, 1))
    judge_leg(Leg(file, {SOURCE.id: days}, (SOURCE,), rules))  # imports
    passed, none = measure(lambda: judge_leg(Leg(file, {FOREIGN.id: days}, (FOREIGN,), rules)))
    judged, found = measure(lambda: judge_leg(Leg(file, {SOURCE.id: days}, (SOURCE,), rules)))
    if none.kept or not found.kept:
        raise SystemExit("the hosts were not told apart")
    return pages / passed, pages / judged


def measure_reading(articles: int) -> float:
    """Relevant articles a second."""
    rules, now = state_rules(Settings()), datetime(2026, 3, 1, tzinfo=UTC)
    texts = list_relevant(recall_knowledge(rules).lexicons["fr"])
    drawn = [
        Article(
            str(number), "site", "Le Site", "ML", f"https://site.example/{number}", "fr", *_split(text), now, now.date()
        )
        for number, text in enumerate((texts * articles)[:articles])
    ]
    read_batch(cut_batches(drawn[:5], rules)[0])
    seconds, _ = measure(lambda: [read_batch(batch) for batch in cut_batches(drawn, rules)])
    return articles / seconds


def _split(text: str) -> tuple[str, str]:
    title, _, body = text.partition("\n\n")
    return title, body


def main(pages: int) -> None:
    """Measure, tell, extrapolate."""
    with tempfile.TemporaryDirectory() as name:
        foreign, judged = measure_legs(Path(name), pages)
    read = measure_reading(200)
    for words, rate in (("foreign pages passed over", foreign), ("pages judged", judged), ("articles read", read)):
        sys.stdout.write(f"{words:26} {rate:8.0f} a second, {rate * 3600:12,.0f} an hour of one core\n")
    mine = PAGES * DECLARED
    seconds = (PAGES - mine) / foreign + mine / judged + mine * RELEVANT / read
    sys.stdout.write(
        f"extrapolated: {PAGES:,} pages, {DECLARED:.0%} of declared sites, {RELEVANT:.0%} of those relevant: "
        f"{seconds / 3600:.1f} core-hours, about {seconds / 3600 * CENTS / 100:.2f} dollars at {CENTS} cents\n"
    )
    for workers in WORKERS:
        sys.stdout.write(f"  {workers:3} workers: {seconds / workers / 3600:6.2f} hours, if the disk keeps up\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000)
