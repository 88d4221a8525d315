"""The identity ledger: JSON Lines, appended to and never rewritten.

    {"row": "sight",   "event_id", "article_id", "sentence", "day", "place", "at"}
    {"row": "version", "event_id", "version", "at", "run_id", "pipeline_version", "codebook_version", "reason",
                       "articles", "values": {changed column: new value}}
    {"row": "retired", "event_id", "superseded_by", "reason", "at"}       {"row": "revived", "event_id", "at"}

A kill while appending leaves at most one torn last line; reading passes over it, the next append cuts it off.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.errors import DataFolderError
from pipelines.schema.records import History, LedgerRow, Retired, Revision


class Sighting(NamedTuple):
    """That an event was seen in a sentence of an article; `order` is the row's place in the ledger."""

    event_id: str
    sentence: str
    day: str
    place: str
    order: int


@dataclass(slots=True)
class Ledger:
    """The rows of the ledger, folded: what is known of every event that ever was."""

    sightings: dict[str, list[Sighting]] = field(default_factory=lambda: defaultdict(list))  # by article id
    first_seen: dict[str, datetime] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)  # by event id: its first row
    retired: dict[str, Retired] = field(default_factory=dict)
    histories: dict[str, History] = field(default_factory=dict)
    revisions: list[Revision] = field(default_factory=list)


def read_ledger(path: Path) -> Ledger:
    """The ledger's rows folded into one; empty if there is no file, DataFolderError if a line cannot be read."""
    return fold_rows(_read_rows(path)) if path.exists() else Ledger()


def fold_rows(rows: Iterable[LedgerRow]) -> Ledger:
    """What rows in their order amount to."""
    ledger = Ledger()
    for order, row in enumerate(rows):
        _FOLDS[row["row"]](ledger, row, order)
    return ledger


def append_ledger(path: Path, rows: Iterable[LedgerRow]) -> None:
    """Append rows and have them on the disk before returning; a torn last line is cut off first."""
    lines = [json.dumps(row, separators=(",", ":")) + "\n" for row in rows]
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        file.truncate(_find_end(file.seek(0, os.SEEK_END), path))
        file.write("".join(lines).encode())
        file.flush()
        os.fsync(file.fileno())


def _find_end(size: int, path: Path) -> int:
    """Where the last whole line ends."""
    with path.open("rb") as file:
        end = size
        while end:
            start = max(0, end - 65536)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")
            if found >= 0:
                return start + found + 1
            end = start
    return 0


def _read_rows(path: Path) -> Iterator[LedgerRow]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n"):
                return
            try:
                row = json.loads(line)
                known = row["row"] in _FOLDS
            except (ValueError, KeyError, TypeError):
                known = False
            if not known:
                raise DataFolderError(f"{path}: line {number} is no row of the ledger; restore the file from a backup")
            yield row


def _fold_sight(ledger: Ledger, row: Mapping[str, Any], order: int) -> None:
    event_id = row["event_id"]
    ledger.sightings[row["article_id"]].append(Sighting(event_id, row["sentence"], row["day"], row["place"], order))
    ledger.order.setdefault(event_id, order)
    ledger.first_seen.setdefault(event_id, datetime.fromisoformat(row["at"]))


def _fold_version(ledger: Ledger, row: Mapping[str, Any], _: int) -> None:
    event_id, at = row["event_id"], datetime.fromisoformat(row["at"])
    before = ledger.histories.get(event_id)
    old = dict(before.values) if before else {}
    if before:
        ledger.revisions += [
            Revision(
                event_id, row["version"], at, name, _as_text(old.get(name)), _as_text(new), row["reason"], row["run_id"]
            )
            for name, new in sorted(row["values"].items())
        ]
    ledger.histories[event_id] = History(
        version=row["version"],
        values=old | row["values"],
        reports=frozenset(row["articles"]),
        updated_at=at,
        run_id=row["run_id"],
        pipeline_version=row["pipeline_version"],
        codebook_version=row["codebook_version"],
    )


def _as_text(value: Any) -> str | None:
    return None if value is None else str(value)


def _fold_retired(ledger: Ledger, row: Mapping[str, Any], _: int) -> None:
    at = datetime.fromisoformat(row["at"])
    ledger.retired[row["event_id"]] = Retired(row["event_id"], row["superseded_by"], row["reason"], at)


def _fold_revived(ledger: Ledger, row: Mapping[str, Any], _: int) -> None:
    ledger.retired.pop(row["event_id"], None)


_FOLDS = {"sight": _fold_sight, "version": _fold_version, "retired": _fold_retired, "revived": _fold_revived}
