"""The gold set's labels as readings, so that merging is measured apart from reading."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from pipelines.export.gold import article_from_record
from pipelines.mentions import Figure, Span
from pipelines.models import Article, Materiel, Party, Reading, Report, Toll, When, Where
from pipelines.schema.records import ReadArticle

FOLDER = Path(__file__).parents[1] / "quality" / "gold"


def load_items() -> list[ReadArticle]:
    """Every gold file with its labels as reports; report ids are `file#event`."""
    records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
    return [read_record(record) for record in records]


def read_record(record: dict[str, Any]) -> ReadArticle:
    """One gold file as an article with its reading."""
    article = article_from_record(record)
    reports = tuple(_make_report(article, number, event) for number, event in enumerate(record["events"]))
    return ReadArticle(article, Reading(article.article_id, True, False, None, article.published_date, reports))


def _find(article: Article, words: str | None) -> Span:
    start = article.text.find(words or "")
    return Span(max(start, 0), max(start, 0) + len(words or ""), words or "")


def _party(article: Article, entry: dict[str, Any] | None) -> Party | None:
    return entry and Party(entry["name"], entry["side"], _find(article, entry["wording"]))


def _figure(article: Article, entry: dict[str, Any]) -> Figure:
    return Figure(entry["low"], entry["best"], entry["high"], _find(article, entry["wording"]), "gold")


def _make_report(article: Article, number: int, event: dict[str, Any]) -> Report:
    start, end = (event[key] and date.fromisoformat(event[key]) for key in ("date_start", "date_end"))
    evidence = tuple(_find(article, words) for words in event["evidence"])
    tolls = [
        Toll(
            e["outcome"],
            e["side"],
            _figure(article, e),
            _find(article, e["wording"]),
            subset_of=0 if e.get("subset") else None,
        )
        for e in event["tolls"]
    ]
    things = [
        Materiel(e["category"], e["item"], e["quantity"], None, e["status"], e["side"], _find(article, e["wording"]))
        for e in event["materiel"]
    ]
    return Report(
        report_id=f"{article.article_id}#{number}",
        claim_id=f"{article.article_id}#{number}",
        article_id=article.article_id,
        trigger=evidence[0],
        sub_event_type=event["sub_event_type"],
        when=When(start, end, event["date_precision"], "explicit"),
        where=Where(
            relation=event["where"],
            country=event["country"],
            admin1=event["admin1"],
            place=event["place"],
            location=event["place"],
            latitude=event["lat"],
            longitude=event["lon"],
        ),
        initiator=_party(article, event["initiator"]),
        target=_party(article, event["target"]),
        others=tuple(party for entry in event["others"] if (party := _party(article, entry))),
        tolls=tuple(tolls),
        materiel=tuple(things),
        claimant=event["claimant"],
        evidence=evidence,
        event_clarity=2 if event["where"] == "country" else 1,
    )


def list_close_pairs(items: list[ReadArticle]) -> Iterator[tuple[Report, Report]]:
    """Pairs of reports of two articles within 5 days and 100 km."""
    reports = [report for item in items for report in item.reading.reports]
    for one, other in combinations(reports, 2):
        if one.article_id != other.article_id and is_close(one, other):
            yield one, other


def is_close(one: Report, other: Report, days: int = 5, km: float = 100) -> bool:
    """Whether both have a day and a point, and these lie so close."""
    if not (one.when.start and other.when.start) or abs((one.when.start - other.when.start).days) > days:
        return False
    here, there = one.where, other.where
    if None in (here.latitude, here.longitude, there.latitude, there.longitude):
        return False
    lat, lon = here.latitude - there.latitude, here.longitude - there.longitude
    return hypot(lat, lon * cos(radians(here.latitude))) * 111.2 <= km
