"""Feast days from the lexicon's tables."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from pipelines.catalog.language import Lexicon


class _Feasts(BaseModel):
    """The part of the section `dates` that tells feasts: month-day of the fixed ones, days of the moving ones."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    fixed_feasts: dict[str, str]
    moving_feasts: dict[str, tuple[date, ...]]
    feast_lengths: dict[str, int] = {}


def find_feast(name: str, latest: date, lexicon: Lexicon) -> tuple[date, int] | None:
    """First day and length in days of the last such feast not after `latest`; None if the tables do not hold it."""
    feasts = lexicon.read("dates", _Feasts)
    fixed = feasts.fixed_feasts.get(name)
    if fixed is not None:
        month, day = map(int, fixed.split("-"))
        year = latest.year if (month, day) <= (latest.month, latest.day) else latest.year - 1
        return date(year, month, day), 1
    days = [day for day in feasts.moving_feasts.get(name, ()) if day <= latest]
    return (max(days), feasts.feast_lengths.get(name, 1)) if days else None
