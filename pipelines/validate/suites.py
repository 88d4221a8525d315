"""The suites of `expectations/*.json`: what is expected of every published table, each rule with name and reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, NamedTuple

from pipelines.schema.records import Severity

TABLES = ("events", "reports", "tolls", "materiel", "totals", "articles", "release")


class Rule(NamedTuple):
    """One expectation: GX's type and arguments, our name, reason and severity; `shows` are the columns to report."""

    table: str
    name: str
    reason: str
    severity: Severity
    type: str
    kwargs: Mapping[str, Any]
    shows: tuple[str, ...]


def load_suites() -> dict[str, tuple[Rule, ...]]:
    """All suites by table.

    >>> len(load_suites()["events"]) > 30
    True
    """
    folder = files("expectations")
    texts = {name: (folder / f"{name}.json").read_text(encoding="utf-8") for name in TABLES}
    return {
        name: tuple(_read_rule(name, entry) for entry in json.loads(texts[name])["expectations"]) for name in TABLES
    }


def _read_rule(table: str, entry: Mapping[str, Any]) -> Rule:
    meta, kwargs = entry["meta"], entry["kwargs"]
    named = [kwargs[key] for key in ("column", "column_A", "column_B") if key in kwargs]
    shows = tuple(meta.get("shows", named)) + tuple(kwargs.get("column_list", ()))
    return Rule(table, meta["name"], meta["reason"], entry["severity"], entry["type"], kwargs, shows)
