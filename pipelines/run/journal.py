"""The journal of a run: its log as JSON lines, each with the ids of run and source, beside the run's manifest."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

from pipelines.publish.folder import explain_disk_errors

KEPT = 1000  # journals, a month and a half of hourly runs; manifests are kept for good
_source: ContextVar[str | None] = ContextVar("source", default=None)


@contextmanager
def name_source(source_id: str) -> Iterator[None]:
    """What is logged in the block, in this thread, is about a source."""
    token = _source.set(source_id)
    try:
        yield
    finally:
        _source.reset(token)


@contextmanager
def keep_journal(data: Path, run_id: str) -> Iterator[Path]:
    """Write what our own code logs while the block lasts to `runs/<run id>.jsonl`; the oldest journals go."""
    path = data / "runs" / f"{run_id}.jsonl"
    with explain_disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in sorted(path.parent.glob("*.jsonl"))[: 1 - KEPT or None]:
            old.unlink(missing_ok=True)
        handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(_JsonLine(run_id))
    ours = logging.getLogger("pipelines")
    before = ours.level
    ours.setLevel(min(logging.INFO, before or logging.INFO))
    ours.addHandler(handler)
    try:
        yield path
    finally:
        ours.removeHandler(handler)
        ours.setLevel(before)
        handler.close()


class _JsonLine(logging.Formatter):
    def __init__(self, run_id: str) -> None:
        super().__init__()
        self._run_id = run_id

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "run_id": self._run_id,
            "source_id": _source.get(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1]:
            told["error"] = "".join(traceback.format_exception(record.exc_info[1]))
        return json.dumps(told, ensure_ascii=False)
