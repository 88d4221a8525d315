"""Merging from 1,000 to 100,000 reports on one core: `python -m benchmarks.bench_merge [SIZE …]`."""

import sys
import time
from datetime import UTC, datetime

from benchmarks.synthetic import make_items
from pipelines.merge import Ledger, merge_readings

if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:]] or [1_000, 10_000, 100_000]
    merge_readings(make_items(20), Ledger(), now=datetime(2030, 1, 1, tzinfo=UTC))  # imports
    for size in sizes:
        items = make_items(size)
        start = time.process_time()
        merged = merge_readings(items, Ledger(), now=datetime(2030, 1, 1, tzinfo=UTC))
        seconds = time.process_time() - start
        each = seconds / size * 1e6
        sys.stdout.write(f"{size:>7} reports  {len(merged.events):>6} events  {seconds:6.1f} s  {each:5.0f} us each\n")
