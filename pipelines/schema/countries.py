"""Countries by their ISO 3166-1 codes, with the short English names that conflict data sets use."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Country(NamedTuple):
    """One country: two and three letters, numeric code, English name."""

    iso2: str
    iso3: str
    iso: int
    name: str


def find_country(iso2: str | None) -> Country | None:
    """The country of a two-letter code, None if the code is none or unknown.

    >>> find_country("BF")
    Country(iso2='BF', iso3='BFA', iso=854, name='Burkina Faso')
    """
    return _load_countries().get(iso2 or "")


@cache
def _load_countries() -> Mapping[str, Country]:
    text = (files("pipelines.schema") / "countries.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["iso2"]: Country(row["iso2"], row["iso3"], int(row["iso"]), row["name"]) for row in rows}
