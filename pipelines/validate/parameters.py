"""The suites' parameters: today, the archive's start, vocabularies from the schema, and the limits of `limits.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from pipelines.schema import load_tables


@cache
def load_limits() -> Mapping[str, Any]:
    """The limits that the suites and the release rules refer to."""
    loaded: dict[str, Any] = yaml.safe_load((files("expectations") / "limits.yml").read_text(encoding="utf-8"))
    return loaded


def build_parameters(today: date, archive_start: date | None = None) -> dict[str, Any]:
    """Every parameter by name; `archive_start` comes from the sources where one says so."""
    import pandas as pd

    limits = dict(load_limits())
    start = archive_start or limits.pop("archive_start")
    parameters: dict[str, Any] = {
        **limits,
        "today": pd.Timestamp(today),
        "tomorrow": pd.Timestamp(today + timedelta(days=1)),
        "archive_start": pd.Timestamp(start),
    }
    for table in load_tables().values():
        parameters[f"{table.name}_columns"] = list(table.column_names)
        parameters |= {f"{column.name}_values": list(column.values) for column in table.columns if column.values}
    return parameters
