"""The lookup tables: actors, places and outlets that the rows name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipelines.publish.values import Facts
from pipelines.schema import table_from_rows
from pipelines.schema.codebook import load_codebook
from pipelines.schema.records import Tables

Row = dict[str, Any]


def build_lookups(tables: Tables, facts: Facts) -> Tables:
    """The lookup tables of what is published."""
    events, reports, articles = (tables[name].to_pylist() for name in ("events", "reports", "articles"))
    rows = {
        "actors": list_actors(events, facts),
        "places": list_places(events),
        "sources": list_sources(articles, reports),
    }
    return {name: table_from_rows(name, rows[name]) for name in rows}


def list_actors(events: Iterable[Row], facts: Facts) -> Iterator[Row]:
    """One row per name that stands in an actor's column."""
    counts: Counter[str] = Counter()
    inters: dict[str, int | None] = {}
    for event in events:
        inters |= {event[f"actor{n}"]: event[f"inter{n}"] for n in (1, 2) if event[f"actor{n}"]}
        joined = [event["assoc_actor_1"], event["assoc_actor_2"]]
        names = {event["actor1"], event["actor2"], *(name for text in joined if text for name in text.split("; "))}
        counts.update(name for name in names if name)
    for name in sorted(counts):
        yield {
            "actor": name,
            "inter": inters.get(name, facts.inter_of(name)),
            "country_code": facts.country_of(name),
            "number_of_events": counts[name],
        }


def list_places(events: Iterable[Row]) -> Iterator[Row]:
    """One row per place and point, the latest event's region beside it."""
    found: dict[tuple[Any, ...], Row] = {}
    counts: Counter[tuple[Any, ...]] = Counter()
    for event in sorted(events, key=lambda row: (row["date_start"], row["event_id"])):
        if event["location"]:
            key = (event["country"], event["location"], event["latitude"], event["longitude"])
            counts[key] += 1
            found[key] = event
    for key, event in found.items():
        geonameid = event["geonameid"]
        yield {
            "location": event["location"],
            "country_code": event["country"],
            "admin1": event["admin1"],
            "latitude": event["latitude"],
            "longitude": event["longitude"],
            "geonameid": geonameid,
            "attribution": None if geonameid is None else load_codebook().geonames_attribution,
            "number_of_events": counts[key],
        }


def list_sources(articles: Sequence[Row], reports: Iterable[Row]) -> Iterator[Row]:
    """One row per outlet that was read."""
    counts = Counter(article["outlet"] for article in articles)
    events: dict[str, set[str]] = {}
    for report in reports:
        events.setdefault(report["outlet"], set()).add(report["event_id"])
    firsts = {article["outlet"]: article for article in reversed(articles)}
    for outlet in sorted(firsts):
        yield {
            "outlet": outlet,
            "country_code": firsts[outlet]["country"],
            "language": firsts[outlet]["language"],
            "number_of_articles": counts[outlet],
            "number_of_events": len(events.get(outlet, ())),
        }
