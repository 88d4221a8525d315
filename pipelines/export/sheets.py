"""Rows as CSV and XLSX."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.errors import UsageError
from pipelines.export.cells import clean_text, write_cell

Row = dict[str, Any]
XLSX_ROWS = 1_048_576
XLSX_CELL = 32_767


def write_csv(path: Path, names: Sequence[str], rows: Iterable[Row], tags: Sequence[str] | None = None) -> int:
    """Write UTF-8 with a byte order mark, which Excel needs; the number of rows is returned."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        if tags:
            writer.writerow(tags)
        for row in rows:
            writer.writerow([write_cell(row[name]) for name in names])
            count += 1
    return count


def write_xlsx(path: Path, names: Sequence[str], rows: Iterable[Row], tags: Sequence[str] | None = None) -> int:
    """Write one sheet; text stays text, whatever it begins with. UsageError for more rows than a sheet holds."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("events")
    sheet.freeze_panes = "A2"
    sheet.append(list(names))
    count = 0
    if tags:
        sheet.append([_text_cell(sheet, tag) for tag in tags])
    for row in rows:
        count += 1
        if count > XLSX_ROWS - 2:
            raise UsageError(f"a sheet holds {XLSX_ROWS} rows at most; export CSV, or fewer days with --from and --to")
        sheet.append([_make_cell(sheet, row[name]) for name in names])
    book.save(path)
    return count


def _make_cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, str):
        return _text_cell(sheet, clean_text(value)[:XLSX_CELL])
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _text_cell(sheet: Any, text: str) -> Any:
    """A cell that holds text even if it begins like a formula."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell
