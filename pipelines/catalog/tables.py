"""Reading the catalog's CSV tables: every fault is a ConfigError that names the file and the line."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by column, and where it stands, for messages."""

    file: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def refuse(self, why: str) -> ConfigError:
        """The error to raise about this line."""
        return ConfigError(f"{self.file}, line {self.line}: {why}")

    def words(self, column: str, separator: str = "|") -> tuple[str, ...]:
        """The cell's parts, stripped, without empty ones."""
        return tuple(part.strip() for part in self[column].split(separator) if part.strip())

    def day(self, column: str) -> date | None:
        """The cell as ISO date, None if empty."""
        try:
            return date.fromisoformat(self[column]) if self[column] else None
        except ValueError:
            raise self.refuse(f"{column}: {self[column]!r} is no date; write YYYY-MM-DD") from None

    def number(self, column: str, low: float, high: float) -> float | None:
        """The cell as number between two bounds, None if empty."""
        if not self[column]:
            return None
        try:
            value = float(self[column])
        except ValueError:
            raise self.refuse(f"{column}: {self[column]!r} is no number") from None
        if not low <= value <= high:
            raise self.refuse(f"{column}: {value} lies outside {low} to {high}")
        return value


def read_table(file: Path, columns: Sequence[str]) -> list[Row]:
    """All rows of a CSV file that must have exactly these columns in this order; no file is no row."""
    if not file.exists():
        return []
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return list(_read_rows(file, stream, columns))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(f"{file}: cannot be read as CSV in UTF-8: {error}") from error


def _read_rows(file: Path, stream: object, columns: Sequence[str]) -> list[Row]:
    reader = csv.reader(stream)  # type: ignore[arg-type]  # an open text file
    header = next(reader, [])
    if header != list(columns):
        raise ConfigError(f"{file}, line 1: the columns must be {','.join(columns)}")
    rows = []
    for cells in reader:
        if not any(cells):
            continue
        if len(cells) != len(columns):
            why = f"{len(cells)} cells where {len(columns)} are due; quote a cell with a comma"
            raise ConfigError(f"{file}, line {reader.line_num}: {why}")
        rows.append(Row(file, reader.line_num, dict(zip(columns, map(str.strip, cells), strict=True))))
    return rows
