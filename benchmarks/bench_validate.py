"""Validating 100,000 events, none failing and 30 % failing: `python -m benchmarks.bench_validate [REPORTS]`."""

import sys
import time
from dataclasses import replace
from datetime import UTC, datetime

from benchmarks.synthetic import make_items
from pipelines.merge import Ledger, merge_readings
from pipelines.publish import build_tables
from pipelines.schema.records import ReadArticle
from pipelines.validate import Surroundings, validate_tables

NOW = datetime(2040, 1, 1, tzinfo=UTC)


def spoil(items: list[ReadArticle]) -> list[ReadArticle]:
    """Three items in ten with a confidence that is none."""
    return [
        item
        if number % 10 > 2
        else item._replace(
            reading=replace(item.reading, reports=tuple(replace(r, confidence=7.0) for r in item.reading.reports))
        )
        for number, item in enumerate(items)
    ]


def measure(items: list[ReadArticle], told: str) -> None:
    """Seconds for each step, on one core."""
    merged = merge_readings(items, Ledger(), now=NOW)
    start = time.process_time()
    tables = build_tables(merged, now=NOW, run_id="bench")
    built = time.process_time()
    texts = {item.article.article_id: item.article.text for item in items}
    validated = validate_tables(tables, merged, Surroundings(tables, texts), today=NOW.date())
    done = time.process_time()
    held = validated.quarantine["events"].num_rows if "events" in validated.quarantine else 0
    sys.stdout.write(
        f"{told}: {tables['events'].num_rows} events, {held} refused; "
        f"tables {built - start:.1f} s, validation {done - built:.1f} s\n"
    )


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 150_000
    items = make_items(size)
    measure(items[:100], "warm-up")
    measure(items, "none failing")
    measure(spoil(items), "30 % failing")
