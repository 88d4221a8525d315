"""The Prefect flows: a thin skin over `pipelines.run`. Only this package imports Prefect."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def find_flow(name: str) -> Any:
    """The flow of this name, which stands in the module of the same name."""
    return getattr(import_module(f"flows.{name}"), name)
