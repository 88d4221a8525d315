"""Small published datasets of invented facts, written with the project's own schema."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as parquet

from pipelines.schema import SCHEMA_VERSION, load_tables, table_from_rows

Row = dict[str, Any]
NOW = datetime(2026, 3, 1, 6, 30, tzinfo=UTC)

EVENT: Row = {
    "event_version": 1, "record_status": "candidate", "date_prec": 1, "time_precision": 1, "date_text": "15 juillet",
    "date_basis": "explicit", "disorder_type": "Political violence", "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "Military Forces of Mali", "inter1": 1, "actor2": "JNIM", "inter2": 2,
    "interaction": 12, "initiator": "actor2", "country": "ML", "country_name": "Mali", "iso": 466, "iso3": "MLI",
    "admin1": "Ségou", "admin2": "Niono", "location": "Niono", "location_text": "à Niono", "latitude": 14.2526,
    "longitude": -5.993, "geo_precision": 1, "where_prec": 1, "where_description": "Niono, chef-lieu de cercle",
    "fatalities": 3, "low": 3, "best": 3, "high": 5, "deaths_a": 3, "fatality_rule": "exact", "event_clarity": 1,
    "claimant": "JNIM", "claimant_inter": 2, "verification": "single_party", "number_of_sources": 1,
    "number_of_articles": 1, "source": "Le Fil", "evidence_start": 0, "language": "fr", "confidence": 0.8,
    "codebook_version": "2026.1", "pipeline_version": "0.1.0", "run_id": "run-1", "first_seen_at": NOW,
    "updated_at": NOW,
}  # fmt: skip
EVIDENCE = "Le 15 juillet, à Niono, trois soldats ont été tués et deux pick-up brûlés par des hommes armés."


def make_event(number: int, **values: Any) -> Row:
    """An event like the others but for the values given."""
    day = values.pop("day", date(2025, 7, 15))
    evidence = values.pop("evidence", EVIDENCE)
    own = {"event_id": f"ev-{number:06}", "date_start": day, "date_end": day, "evidence": evidence}
    own |= {"evidence_end": len(evidence), "source_url": f"https://fil.example/{number}", "year": day.year}
    return {**EVENT, **own, "month": day.month, **values}


def make_report(event: Row, outlet: str = "Le Fil", **values: Any) -> Row:
    """A report that says what the event says, but for the values given."""
    keys = {column.name for column in load_tables()["reports"].columns} | {"country", "year", "month"}
    shared = {name: value for name, value in event.items() if name in keys}
    own = {"report_id": f"{event['event_id']}-{outlet}", "claim_id": "c1", "outlet": outlet, "published_at": NOW}
    own |= {"article_id": event["source_url"] + outlet, "actor1_text": "soldats", "actor2_text": "hommes armés"}
    return {**shared, **own, **values}


def make_toll(report: Row, text: str = "trois soldats", **values: Any) -> Row:
    """A figure of a report."""
    start = report["evidence"].find(text)
    own = {"toll_id": f"{report['report_id']}-{text}", "side": "state", "camp": "a", "outcome": "killed"}
    own |= {"low": 3, "best": 3, "high": 3, "text": text, "text_start": start, "text_end": start + len(text)}
    return {**_link(report), **own, "rule": "exact", "is_contested": False, "is_leading": True, **values}


def make_thing(report: Row, text: str = "deux pick-up", **values: Any) -> Row:
    """A thing of a report."""
    start = report["evidence"].find(text)
    own = {"materiel_id": f"{report['report_id']}-{text}", "category": "vehicle", "item": "pick-up", "status": "burned"}
    own |= {"low": 2, "best": 2, "high": 2, "text": text, "text_start": start, "text_end": start + len(text)}
    return {**_link(report), **own, "owner_side": "state", "is_leading": True, **values}


def _link(report: Row) -> Row:
    return {name: report[name] for name in ("event_id", "report_id", "article_id", "country", "year", "month")}


def make_article(report: Row, **values: Any) -> Row:
    """The article of a report."""
    own = {"article_id": report["article_id"], "url": report["article_id"].removesuffix(report["outlet"])}
    own |= {"outlet": report["outlet"], "title": "Niono : trois soldats tués", "published_at": NOW, "language": "fr"}
    own |= {"published_date": NOW.date(), "fetched_at": NOW, "is_security": True, "is_communique": False}
    return {**own, "content_sha256": "0" * 64, "country": "ML", "year": 2026, "month": 3, **values}


def make_source(outlet: str, **values: Any) -> Row:
    """An outlet of the lookup table."""
    counts = {"number_of_articles": 1, "number_of_events": 1}
    return {"outlet": outlet, "country_code": "ML", "language": "fr", "is_issuer": False, **counts, **values}


def make_revision(event: Row, **values: Any) -> Row:
    """A changed value of an event."""
    own = {
        "event_id": event["event_id"],
        "event_version": 2,
        "changed_at": NOW,
        "field": "best",
        "old": "3",
        "new": "4",
    }
    return {**own, "reason": "new_report", "run_id": "run-2", "year": 2026, "month": 3, **values}


def make_issue(number: int, **values: Any) -> Row:
    """A value that was not understood."""
    own = {"issue_id": f"is-{number}", "stage": "resolve", "code": "place_unknown", "quote": "Ouro-Tiéno"}
    return {**own, "country": "ML", "year": 2026, "month": 3, **values}


def write_dataset(folder: Path, tables: Mapping[str, Iterable[Row]], **manifest: Any) -> Path:
    """A data folder with one release that `current` names."""
    release = folder / "releases" / "r1"
    release.mkdir(parents=True)
    for name, rows in tables.items():
        _write_table(table_from_rows(name, rows), release / name, load_tables()[name].partition)
    told = {"release": "r1", "schema_version": SCHEMA_VERSION, "codebook_version": "2026.1", **manifest}
    (release / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    (folder / "current").symlink_to("releases/r1")
    return folder


def _write_table(table: pa.Table, folder: Path, partition: tuple[str, ...]) -> None:
    keys = pa.schema([table.schema.field(name) for name in partition])
    parquet.write_dataset(
        table,
        folder,
        format="parquet",
        partitioning=parquet.partitioning(keys, flavor="hive") if partition else None,
        max_partitions=100_000,
        existing_data_behavior="overwrite_or_ignore",
    )


def tell_story() -> dict[str, list[Row]]:
    """Two outlets on one event that differ, a roll-up, an event known to its region, one with a claim only."""
    clash = make_event(
        1, number_of_sources=2, number_of_articles=2, verification="independent", event_version=2, best=4
    )
    strike = make_event(
        2, day=date(2025, 8, 2), event_type="Explosions/Remote violence", sub_event_type="Air/drone strike",
        low=None, best=None, fatalities=None, deaths_a=None, high=44, neutralised=40,
        claimant="Military Forces of Mali", initiator="actor1", location="Tessit",
        location_text="à 22 km au sud de Tessit", admin1="Gao", admin2="Ansongo",
        latitude=15.0, longitude=0.4, geo_precision=2, where_prec=2, fatality_rule="about",
        evidence="Une frappe à 22 km au sud de Tessit a neutralisé une quarantaine de terroristes.",
    )  # fmt: skip
    region = make_event(
        3, day=date(2025, 9, 10), location=None, location_text="dans la région de Mopti", admin1="Mopti", admin2=None,
        latitude=None, longitude=None, geo_precision=3, where_prec=4, low=None, best=None, high=None, fatalities=None,
        deaths_a=None, actor1=None, event_type="Violence against civilians", sub_event_type="Attack",
        actor2="Civilians (Mali)", claimant=None, fatality_rule=None,
        evidence="Un village a été attaqué dans la région de Mopti, sans autre précision.",
    )  # fmt: skip
    total = make_event(
        4, day=date(2025, 9, 1), date_end=date(2025, 9, 30), date_prec=4, event_clarity=2, low=100, high=None
    )
    second = make_report(clash, "La Dune", best=4, evidence=EVIDENCE.replace("trois", "quatre"), date_basis="statement")
    reports = [make_report(event) for event in (clash, strike, region, total)]
    reports = [*reports, second]
    tolls = [make_toll(reports[0]), make_toll(second, "quatre soldats", best=4, claimant="habitants", is_leading=False)]
    return {
        "events": [clash, strike, region, total],
        "reports": reports,
        "tolls": tolls,
        "materiel": [make_thing(reports[0])],
        "articles": [make_article(report) for report in reports],
        "revisions": [make_revision(clash)],
        "issues": [make_issue(1), make_issue(2)],
        "retired": [{"event_id": "ev-000009", "superseded_by": "ev-000001", "reason": "merged", "retired_at": NOW}],
        "sources": [make_source("Le Fil"), make_source("La Dune", country_code="BF")],
    }


PLACES = [
    ("ML", "Mali", "Gao", "Gao", 16.27, -0.04), ("ML", "Mali", "Mopti", "Bandiagara", 14.35, -3.61),
    ("ML", "Mali", "Ségou", "Niono", 14.25, -5.99), ("ML", "Mali", "Ménaka", "Ménaka", 15.92, 2.4),
    ("BF", "Burkina Faso", "Sahel", "Djibo", 14.1, -1.63), ("BF", "Burkina Faso", "Est", "Fada N'Gourma", 12.06, 0.36),
    ("NE", "Niger", "Tillabéri", "Téra", 14.01, 0.75), ("NE", "Niger", "Diffa", "Bosso", 13.7, 13.31),
    ("TD", "Chad", "Lac", "Bol", 13.46, 14.71), ("BJ", "Benin", "Alibori", "Banikoara", 11.3, 2.44),
]  # fmt: skip
KINDS = [
    ("Battles", "Armed clash"), ("Explosions/Remote violence", "Air/drone strike"),
    ("Explosions/Remote violence", "Remote explosive/landmine/IED"), ("Violence against civilians", "Attack"),
    ("Strategic developments", "Arrests"), ("Riots", "Mob violence"),
]  # fmt: skip


def scatter_events(count: int, seed: int = 1) -> list[Row]:
    """Many events over ten years, around ten towns, with figures as they come: some open, some missing."""
    chance = random.Random(seed)
    return [_scatter_event(number, chance) for number in range(count)]


def _scatter_event(number: int, chance: random.Random) -> Row:
    country, name, region, town, latitude, longitude = chance.choice(PLACES)
    kind, sub = chance.choices(KINDS, weights=(40, 20, 15, 18, 5, 2))[0]
    best = chance.choice([None, 0, 1, 2, 3, 5, 8, 20])
    precise = chance.random() < 0.8
    where: Row = dict.fromkeys(("latitude", "longitude", "location"))
    if precise:
        latitude, longitude = (round(degrees + chance.gauss(0, 0.8), 1) for degrees in (latitude, longitude))
        where = {"latitude": latitude, "longitude": longitude, "location": town}
    return make_event(
        number, day=date(2016, 1, 1) + timedelta(days=chance.randrange(3650)), country=country, country_name=name,
        admin1=region, event_type=kind, sub_event_type=sub, low=best, best=best, fatalities=best,
        high=None if best is None else best + chance.choice([0, 0, 2, 9]),
        **where,
        geo_precision=1 if precise else 3, where_prec=1 if precise else 4,
        verification=chance.choice(["single_party", "independent", "contested"]),
        actor1=f"Military Forces of {name}", actor2=chance.choice(["JNIM", "IS Sahel", "FLA", None]),
    )  # fmt: skip
