"""Feast days from the lexicon's tables."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict

from pipelines.catalog.language import Lexicon


class _Feasts(BaseModel):
    """The part of the section `dates` that tells feasts: month-day of the fixed ones, days of the moving ones."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    fixed_feasts: dict[str, str]
    moving_feasts: dict[str, tuple[date, ...]]
    counted_feasts: dict[str, tuple[str, int]] = {}
    shared_feasts: dict[str, tuple[str, ...]] = {}
    feast_lengths: dict[str, int] = {}


def find_feast(name: str, latest: date, lexicon: Lexicon) -> tuple[date, int] | None:
    """First day and length in days of the last such feast not after `latest`; None if the tables do not hold it."""
    feasts = lexicon.read("dates", _Feasts)
    names = feasts.shared_feasts.get(name, (name,))
    found = [(day, one) for one in names if (day := _find_day(one, latest, feasts)) is not None]
    if not found:
        return None
    day, one = max(found)
    return day, feasts.feast_lengths.get(one, 1)


def _find_day(name: str, latest: date, feasts: _Feasts) -> date | None:
    """The last such feast not after `latest`, be it fixed, counted from another, or in the tables."""
    if name in feasts.counted_feasts:
        base, offset = feasts.counted_feasts[name]
        found = _find_day(base, latest - timedelta(offset), feasts)
        return found + timedelta(offset) if found else None
    fixed = feasts.fixed_feasts.get(name)
    if fixed is not None:
        month, day = map(int, fixed.split("-"))
        year = latest.year if (month, day) <= (latest.month, latest.day) else latest.year - 1
        return date(year, month, day)
    return max((day for day in feasts.moving_feasts.get(name, ()) if day <= latest), default=None)
