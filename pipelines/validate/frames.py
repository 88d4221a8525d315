"""The frame on which a suite runs: a table's columns and the checks' `ok_` columns beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.validate.checks import CHECKS
from pipelines.validate.rows import Rows
from pipelines.validate.surroundings import Surroundings

if TYPE_CHECKING:
    import pandas as pd


def build_frame(rows: Rows, name: str, around: Surroundings) -> pd.DataFrame:
    """One table as GX is to see it."""
    frame: pd.DataFrame = rows.table.to_pandas(date_as_object=False)
    for column in frame.select_dtypes("datetimetz"):  # GX compares instants of one zone only; all of ours are UTC
        frame[column] = frame[column].dt.tz_localize(None)
    for check, function in CHECKS[name].items():
        frame[f"ok_{check}"] = [bool(ok) for ok in function(rows, around)]
    return frame
