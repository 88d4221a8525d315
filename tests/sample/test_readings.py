"""What the reader makes of the sample's articles against what they say; floors may rise, and fall for a reason only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from pipelines.catalog.source import load_sources
from pipelines.models import Article, Reading, Report
from pipelines.run.knowledge import load_knowledge, read_article
from pipelines.sample import LATER_NOW, SOURCES, SampleArticle, list_addresses
from pipelines.web import identify_article

FLOORS = {
    "date_start": 0.90,
    "sub_event_type": 0.85,
    "country": 1.0,
    "admin1": 0.95,
    "place": 0.85,
    "initiator": 0.90,
    "target": 0.90,
    "tolls": 0.75,
    "claimant": 0.85,
}


@cache
def read_all() -> tuple[tuple[SampleArticle, Reading], ...]:
    """Every article of the sample, beside its reading."""
    sources, knowledge = load_sources(folder=SOURCES), load_knowledge()
    readings = []
    for url, told in list_addresses(LATER_NOW).items():
        source = sources[told.outlet]
        article = Article(
            article_id=identify_article(url), source_id=source.id, outlet=source.name, outlet_country=source.country,
            url=url, language="fr", title=told.title, body=told.text.partition("\n\n")[2],
            published_at=told.published, published_date=told.published.date(), is_issuer=source.is_issuer,
        )  # fmt: skip
        readings.append((told, read_article(article, knowledge)))
    return tuple(readings)


def pair_events() -> Iterator[tuple[dict[str, Any], Report]]:
    for told, reading in read_all():
        yield from zip(told.expected["events"], reading.reports, strict=False)


def name_party(party: Any) -> str | None:
    return party["name"] if isinstance(party, dict) else getattr(party, "name", None)


def list_figures(tolls: Any) -> list[tuple[Any, ...]]:
    figures = [
        (t["outcome"], t["side"], t["low"], t["best"], t["high"]) if isinstance(t, dict)
        else (t.outcome, t.side, t.figure.low, t.figure.best, t.figure.high)
        for t in tolls
    ]  # fmt: skip
    return sorted(figures, key=str)


def agree(field: str, event: dict[str, Any], report: Report) -> bool:
    match field:
        case "date_start":
            return bool(event[field] == report.when.start)
        case "country" | "admin1" | "place":
            return bool(event[field] == getattr(report.where, field))
        case "initiator" | "target":
            return name_party(event[field]) == name_party(getattr(report, field))
        case "tolls":
            return list_figures(event[field]) == list_figures(report.tolls)
    return bool(event[field] == getattr(report, field))


def test_security_news_are_told_from_other_news():
    wrong = [told.name for told, reading in read_all() if reading.is_security != told.expected["is_security"]]
    assert wrong == []


def test_every_article_gives_as_many_events_as_it_tells():
    counts = {told.name: (len(reading.reports), len(told.expected["events"])) for told, reading in read_all()}
    assert {name: pair for name, pair in counts.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("field", FLOORS)
def test_a_field_agrees_as_often_as_it_did(field: str):
    compared = [agree(field, event, report) for event, report in pair_events() if field in event]
    assert sum(compared) / len(compared) >= FLOORS[field], f"{sum(compared)} of {len(compared)}"
