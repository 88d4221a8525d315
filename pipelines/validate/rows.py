"""A table as columns of plain Python values, read once each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


class Rows:
    """An Arrow table whose columns are read as lists when they are asked for."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table
        self._columns: dict[str, list[Any]] = {}

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def values(self, name: str) -> list[Any]:
        """One column, None for missing values."""
        if name not in self._columns:
            self._columns[name] = self.table.column(name).to_pylist()
        return self._columns[name]

    def walk(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """The rows' values of some columns."""
        return zip(*(self.values(name) for name in names), strict=True)
