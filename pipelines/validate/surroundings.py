"""What rows are checked against besides themselves: the other tables, the articles' texts, the country's units."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from pipelines.schema.records import Tables
from pipelines.validate.rows import Rows

Box = tuple[float, float, float, float]  # west, south, east, north


class RegionFacts(Protocol):
    """What the catalog knows of countries; an empty answer or None means that it knows nothing of this one."""

    def admin1_names(self, country: str, day: date, /) -> Collection[str]:
        """First-level units in force on a day."""

    def box(self, country: str, /) -> Box | None:
        """The country's bounding box in degrees."""

    def region_of_point(self, country: str, latitude: float, longitude: float, day: date, /) -> str | None:
        """The first-level unit that a point lies in."""


class NoRegions:
    """The facts of a catalog without countries."""

    def admin1_names(self, _country: str, _day: date, /) -> Collection[str]:
        """None is known."""
        return ()

    def box(self, _country: str, /) -> Box | None:
        """None is known."""
        return None

    def region_of_point(self, _country: str, _latitude: float, _longitude: float, _day: date, /) -> str | None:
        """None is known."""
        return None


def no_weekdays(_words: str, _language: str) -> int | None:
    """The weekday that words name, Monday being 0; without a lexicon none is known."""
    return None


@dataclass(frozen=True)
class Surroundings:
    """All tables and what else the checks look at; a pure function of it and a row decides."""

    tables: Tables
    texts: Mapping[str, str]  # article id -> text that offsets count in
    regions: RegionFacts = field(default_factory=NoRegions)
    find_weekday: Callable[[str, str], int | None] = no_weekdays
    find_numbers: Callable[[str, str], Collection[int]] | None = None

    @cached_property
    def rows(self) -> dict[str, Rows]:
        """All tables by name."""
        return {name: Rows(table) for name, table in self.tables.items()}

    @cached_property
    def published(self) -> dict[str, date | None]:
        """Day of publication by article."""
        return dict(self.rows["articles"].walk("article_id", "published_date"))

    @cached_property
    def languages(self) -> dict[str, str]:
        """Language by article."""
        return dict(self.rows["articles"].walk("article_id", "language"))

    @cached_property
    def event_ids(self) -> frozenset[str]:
        """The live events."""
        return frozenset(self.rows["events"].values("event_id"))

    @cached_property
    def evidence(self) -> dict[str, str]:
        """The quoted sentences of each report."""
        return dict(self.rows["reports"].walk("report_id", "evidence"))

    @cached_property
    def report_events(self) -> dict[str, str]:
        """The event of each report."""
        return dict(self.rows["reports"].walk("report_id", "event_id"))
