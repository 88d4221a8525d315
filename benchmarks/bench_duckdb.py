"""One country-month out of a million events by DuckDB: `python -m benchmarks.bench_duckdb [EVENTS]`.

The events lie as a release lays them out; the plan of an analyst's query tells how many files were opened.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from benchmarks.synthetic import make_items
from pipelines.merge import Ledger, merge_readings
from pipelines.publish import build_tables
from pipelines.publish.partition import write_parts

NOW = datetime(2040, 1, 1, tzinfo=UTC)
SEED = 3_000  # events that are built; the others repeat them under ids and days of their own
FIRST = date(2012, 1, 1)
YEARS = 14
COUNTRIES = ("ML", "BF", "NE", "TD", "CI", "SN")
ASKED = "country = 'ML' and year = 2023 and month = 7"


def make_events(size: int) -> pa.Table:
    """That many events in 6 countries and 14 years, as the table of a release."""
    table = build_tables(merge_readings(make_items(SEED), Ledger(), now=NOW), now=NOW, run_id="bench")["events"]
    table = pa.concat_tables([table] * (size // table.num_rows + 1)).slice(0, size)
    days = [FIRST + timedelta(days=number * 365 * YEARS // size) for number in range(size)]
    own = {
        "event_id": [f"ev{number:014x}" for number in range(size)],
        "date_start": days, "date_end": days, "country": [COUNTRIES[number % 6] for number in range(size)],
        "year": [day.year for day in days], "month": [day.month for day in days],
    }  # fmt: skip
    for name, values in own.items():
        place = table.schema.get_field_index(name)
        table = table.set_column(place, table.schema.field(place), pa.array(values, table.schema.field(place).type))
    return table.sort_by([(key, "ascending") for key in ("country", "year", "month", "date_start", "event_id")])


def write_events(table: pa.Table, folder: Path) -> int:
    """Lay the partitions out; how many there are."""
    files = 0
    for part in write_parts("events", table):
        path = folder / part.path
        path.parent.mkdir(parents=True)
        path.write_bytes(part.data)
        files += 1
    return files


def main(size: int) -> None:
    """Write, ask, tell."""
    with tempfile.TemporaryDirectory() as name:
        files = write_events(make_events(size), Path(name))
        rows = f"read_parquet('{name}/events/**/*.parquet', hive_partitioning=true)"
        query = f"select event_id, best, location from {rows} where {ASKED}"  # noqa: S608 # constants and a folder
        begun = time.perf_counter()
        found = len(duckdb.sql(query).fetchall())
        seconds = time.perf_counter() - begun
        plan = duckdb.sql(f"explain analyze {query}").fetchall()[0][1]
    opened = re.search(r"Scanning Files: (\d+)/(\d+)", plan)
    told = f"{opened[1]} of {opened[2]} files opened" if opened else "the plan names no files"
    sys.stdout.write(f"{size} events, {files} partitions: {found} rows in {seconds:.2f} s, {told}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
