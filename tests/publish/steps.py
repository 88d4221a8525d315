"""A build from readings to a release, as a run composes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pipelines.merge import append_ledger, merge_readings, read_ledger
from pipelines.publish import build_tables, list_version_rows, publish_release
from pipelines.schema.records import ReadArticle, Release, Validated
from tests.merge.factories import NOW


def publish_items(items: Sequence[ReadArticle], data: Path, *, now: datetime = NOW, run_id: str = "run-1") -> Release:
    """Merge, build, append to the ledger, publish; validation has tests of its own."""
    path = data / "ledger" / "events.jsonl"
    ledger = read_ledger(path)
    merged = merge_readings(items, ledger, now=now)
    validated = Validated(build_tables(merged, now=now, run_id=run_id), {}, (), release_ok=True)
    append_ledger(path, [*merged.ledger_rows, *list_version_rows(validated, merged.histories)])
    return publish_release(validated, data, run_id, now=now)
