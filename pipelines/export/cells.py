"""Values as cells of a sheet: one line each, and never a formula."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
_BREAK = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]+\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def write_cell(value: Any) -> str:
    """A value as text of a CSV cell; text that a spreadsheet would take for a formula gets a leading apostrophe.

    >>> write_cell("=1+1"), write_cell(-5.99), write_cell(None), write_cell(date(2025, 7, 15))
    ("'=1+1", '-5.99', '', '2025-07-15')
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        text = clean_text(value)
        return f"'{text}" if _FORMULA.match(text) else text
    return str(value)


def clean_text(text: str) -> str:
    """Text on one line, without control characters."""
    return _CONTROL.sub("", _BREAK.sub(" ", text))
