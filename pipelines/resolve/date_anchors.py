"""What a date may lean on, and the calendar steps that all forms share."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.catalog.language import Lexicon
from pipelines.models import DateBasis, DatePrecision, When

UNKNOWN = When(None, None, "unknown", "explicit")


@dataclass(frozen=True, slots=True)
class Anchors:
    """The days that a mention may lean on; `day` is that of publication or of the statement, as its anchor says."""

    day: date
    previous: When | None = None
    period: When | None = None
    lexicon: Lexicon | None = None

    @property
    def told(self) -> date | None:
        """The first day of the date told before, None if there is none."""
        return self.previous.start if self.previous else None


def one_day(day: date, basis: DateBasis = "explicit") -> When:
    """A single day."""
    return When(day, day, "day", basis)


def days(start: date, end: date, precision: DatePrecision, basis: DateBasis) -> When:
    """Several days, or one told as a range of itself."""
    return When(start, end, precision, basis)


def nearest_day(day: int, month: int, year: int | None, latest: date) -> date:
    """The day in its year, or in the last year in which it is not after `latest`; ValueError if there is none.

    >>> nearest_day(28, 12, None, date(2022, 1, 4))
    datetime.date(2021, 12, 28)
    """
    if year is not None:
        return date(year, month, day)
    for back in range(9):  # a 29 February may be eight years off
        if day <= monthrange(latest.year - back, month)[1]:
            found = date(latest.year - back, month, day)
            if found <= latest:
                return found
    raise ValueError("no such day")


def weekday_until(latest: date, weekday: int) -> date:
    """The last such weekday on or before `latest`; 0 is Monday."""
    return latest - timedelta((latest.weekday() - weekday) % 7)


def weekday_from(earliest: date, weekday: int) -> date:
    """The first such weekday on or after `earliest`."""
    return earliest + timedelta((weekday - earliest.weekday()) % 7)


def month_before(year: int, month: int) -> tuple[int, int]:
    """Year and month of the month before."""
    return (year, month - 1) if month > 1 else (year - 1, 12)


def last_of_month(first: date) -> date:
    """The last day of the month of `first`."""
    return first.replace(day=monthrange(first.year, first.month)[1])
