"""A small world of events that meet every expectation, to be spoilt one value at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import pyarrow as pa

from pipelines.merge import Ledger, merge_readings
from pipelines.publish import build_tables
from pipelines.schema.records import Merged, ReadArticle, Tables
from pipelines.validate import Surroundings
from tests.merge.factories import (
    NOW,
    make_article,
    make_materiel,
    make_report,
    make_span,
    make_toll,
    make_total,
    make_when,
    read_item,
)

FIRST_DAY = date(2024, 1, 1)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


class SahelRegions:
    """Stands in for the atlas: Mali's box, and two of its regions, the second one since 2023."""

    def admin1_names(self, country: str, day: date, /) -> Collection[str]:
        return () if country != "ML" else ("Ségou", "Nioro") if day.year >= 2023 else ("Ségou",)

    def box(self, country: str, /) -> tuple[float, float, float, float] | None:
        return (-12.3, 10.1, 4.3, 25.1) if country == "ML" else None

    def region_of_point(self, country: str, latitude: float, longitude: float, day: date, /) -> str | None:
        return "Ségou" if latitude < 15 else "Nioro"


def find_weekday(words: str, language: str) -> int | None:
    return next((number for number, name in enumerate(WEEKDAYS) if name in words.lower()), None)


class World(NamedTuple):
    merged: Merged
    tables: Tables
    texts: dict[str, str]

    def look_around(self, **changed: pa.Table) -> Surroundings:
        """The surroundings of the tables, some of them changed."""
        return Surroundings(self.tables | changed, self.texts, SahelRegions(), find_weekday)


def make_item(number: int) -> ReadArticle:
    """One article with one event, a toll with its part, a thing, and a total that the event explains in part."""
    day = FIRST_DAY + timedelta(days=7 * number)
    date_words = f"{WEEKDAYS[day.weekday()].capitalize()} {day.day}"
    sentence = (
        f"{date_words}, à Niono, 12 terroristes ont été neutralisés dont 3 tués, 2 pick-up détruits, bilan {number}."
    )
    article = make_article(
        f"a{number:03}", [sentence, "Plus de 40 neutralisés en un mois."], day=day + timedelta(days=1)
    )
    words = make_span(article.text, "12 terroristes")
    when = replace(make_when(day), span=make_span(article.text, date_words))
    report = make_report(article, sentence, when=when)
    tolls = (
        make_toll(words, 12, "neutralised"),
        make_toll(make_span(article.text, "3 tués"), 3, "killed", subset_of=0),
    )
    where = replace(report.where, span=make_span(article.text, "à Niono"))
    things = (
        make_materiel(make_span(article.text, "2 pick-up")),
        make_materiel(make_span(article.text, "2 pick-up"), "moto"),
    )
    total = make_total(article, "Plus de 40", 40, period=make_when(day, day + timedelta(days=1)))
    return read_item(article, replace(report, tolls=tolls, where=where, materiel=things), totals=[total])


def make_world(size: int) -> World:
    """As many events as that, in order of their days."""
    items = [make_item(number) for number in range(size)]
    merged = merge_readings(items, Ledger(), now=NOW)
    tables = build_tables(merged, now=NOW, run_id="run-1")
    return World(merged, tables, {item.article.article_id: item.article.text for item in items})


def spoil_row(table: pa.Table, position: int, changes: dict[str, Any]) -> pa.Table:
    """The table with other values in one row."""
    rows = table.to_pylist()
    rows[position] = rows[position] | changes
    fields = [pa.field(f.name, f.type) for f in table.schema]
    return pa.Table.from_pylist(rows, schema=pa.schema(fields))
