"""The published events as lines of cells, for a terminal or a page of Prefect's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
HEADINGS = ("date", "place", "region", "what", "against or by", "dead", "neutralised", "materiel", "outlets")


def list_events(release: Path) -> Iterator[tuple[str, ...]]:
    """One line of cells an event, in the order of their days."""
    things: dict[str, list[str]] = {}
    for row in read_rows(release, "materiel"):
        told = things.setdefault(row["event_id"], [])
        words = f"{'' if row['best'] is None else row['best']} {row['item']} {row['status']}".strip()
        told += [] if words in told else [words]
    for event in sorted(read_rows(release, "events"), key=lambda row: (row["date_start"], row["event_id"])):
        yield describe_event(event, things.get(event["event_id"], []))


def describe_event(event: Row, things: Sequence[str]) -> tuple[str, ...]:
    """The cells of one event."""
    parties = [event[name] for name in ("actor2", "actor1") if event[name]]
    return (
        str(event["date_start"]),
        event["location"] or "",
        ", ".join(filter(None, (event["admin1"], event["country"]))),
        event["sub_event_type"],
        parties[0] if parties else "",
        _describe_figure(event["best"]),
        _describe_figure(event["neutralised"]),
        ", ".join(things),
        str(event["number_of_sources"]),
    )


def _describe_figure(figure: int | None) -> str:
    """Null is not stated, 0 is stated to be none: an empty cell and a zero."""
    return "" if figure is None else str(figure)


def read_rows(release: Path, name: str) -> list[dict[str, Any]]:
    """All rows of one dataset of a release."""
    import pyarrow.dataset as ds

    folder = release / name
    if not folder.is_dir():
        return []
    rows: list[dict[str, Any]] = ds.dataset(folder, format="parquet", partitioning="hive").to_table().to_pylist()
    return rows
