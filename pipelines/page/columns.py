"""The events as columns: what the map, the timeline and the table need at once, small enough to load as a whole.

Words stand once in a dictionary and the rows hold their numbers, so that 50,000 events are a few megabytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

Row = dict[str, Any]

# column -> the dictionary that its words stand in
WORDS = {
    "country": "country",
    "event_type": "event_type",
    "sub_event_type": "sub_event_type",
    "actor1": "actor",
    "actor2": "actor",
    "initiator": "initiator",
    "admin2": "admin2",
    "location": "location",
    "claimant": "claimant",
    "verification": "verification",
    "record_status": "record_status",
}
NUMBERS = (
    "date_prec", "geo_precision", "where_prec", "low", "best", "high", "deaths_a", "deaths_b", "deaths_civilians",
    "neutralised", "injured", "captured", "event_clarity", "number_of_sources", "number_of_articles", "confidence",
)  # fmt: skip
DAYS = ("date_start", "date_end")
POINTS = ("latitude", "longitude")
SPARE = ("geometry", "fatalities", "disorder_type", "country_name", "iso", "iso3", "year", "month", "evidence")
EPOCH = date(1970, 1, 1)


class Dictionary:
    """Words in the order in which they came; None is no word."""

    def __init__(self) -> None:
        self.words: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def number_of(self, word: Any) -> int | None:
        """The number of a word, a new one if it was not met before."""
        if word is None:
            return None
        if word not in self._numbers:
            self._numbers[word] = len(self.words)
            self.words.append(word)
        return self._numbers[word]


class EventColumns:
    """Encodes events piece by piece; `dictionaries` is complete once all pieces are."""

    def __init__(self) -> None:
        self._dictionaries = {name: Dictionary() for name in [*dict.fromkeys(WORDS.values()), "region"]}

    @property
    def dictionaries(self) -> dict[str, list[Any]]:
        """The words by dictionary; regions are pairs of country and name, since names repeat across borders."""
        return {name: dictionary.words for name, dictionary in self._dictionaries.items()}

    def encode(self, events: Sequence[Row]) -> dict[str, list[Any]]:
        """The columns of some events: days count from 1970, null stays null, degrees are cut to about 10 metres."""
        columns: dict[str, list[Any]] = {"event_id": [event["event_id"] for event in events]}
        for name, dictionary in WORDS.items():
            number_of = self._dictionaries[dictionary].number_of
            columns[name] = [number_of(event[name]) for event in events]
        for name in NUMBERS:
            columns[name] = [drop_nan(event[name]) for event in events]
        for name in DAYS:
            columns[name] = [(event[name] - EPOCH).days for event in events]
        for name in POINTS:
            columns[name] = [_round_degrees(event[name]) for event in events]
        columns["region"] = [self._number_region(event) for event in events]
        columns["actors"] = [self._number_actors(event) for event in events]
        return columns

    def _number_region(self, event: Row) -> int | None:
        return self._dictionaries["region"].number_of((event["country"], event["admin1"]))

    def _number_actors(self, event: Row) -> list[int]:
        """All who are named, the associated ones included."""
        number_of = self._dictionaries["actor"].number_of
        numbers = (number_of(name) for name in name_actors(event))
        return [number for number in numbers if number is not None]


def drop_nan(number: float | None) -> float | None:
    """A number, or None for what is none."""
    return None if number is None or number != number else number


def _round_degrees(degrees: float | None) -> float | None:
    told = drop_nan(degrees)
    return None if told is None else round(told, 4)


def name_actors(event: Row) -> list[str]:
    """The actors of a row, each once.

    >>> name_actors({"actor1": "A", "assoc_actor_1": "B; C", "actor2": None, "assoc_actor_2": "B"})
    ['A', 'B', 'C']
    """
    return list(
        dict.fromkeys(_split_names(event[name] for name in ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2")))
    )


def _split_names(cells: Iterable[str | None]) -> Iterable[str]:
    return (name for cell in cells if cell for name in cell.split("; "))
