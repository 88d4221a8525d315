"""The columns that events and reports share, out of one report."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple, Protocol

from pipelines.mentions import Span
from pipelines.models import Article, Reading, Report, Toll, Where
from pipelines.publish.figures import is_open, sum_figures
from pipelines.publish.parties import InterOf, describe_parties, order_parties
from pipelines.schema.codebook import code_days, code_place, code_violence, days_before, find_relation, load_codebook
from pipelines.schema.countries import find_country

EVIDENCE_LENGTH = 600
EVIDENCE_JOINT = " […] "
SHORTEST_QUOTE = 20  # a shorter rest says nothing


class Facts(NamedTuple):
    """What the catalog knows beyond a report: kind and country of an actor, version of the admin units on a day."""

    inter_of: InterOf
    country_of: Callable[[str], str | None]
    admin_version: Callable[[str, date], str | None]


class Told(Protocol):
    """An article with its reading."""

    @property
    def article(self) -> Article: ...
    @property
    def reading(self) -> Reading: ...


def describe_report(report: Report, tolls: Sequence[Toll], told: Told, facts: Facts) -> dict[str, Any]:
    """The values of a report by column, `tolls` being the figures that count."""
    sides = order_parties(report)
    return {
        **describe_days(report, told),
        **_describe_type(report),
        **describe_parties(report, facts.inter_of),
        **_describe_place(report.where, describe_days(report, told)["date_start"], facts),
        **sum_figures(tolls, sides),
        "event_clarity": report.event_clarity,
        "claimant": report.claimant,
        "claimant_inter": facts.inter_of(report.claimant) if report.claimant else None,
        **_describe_evidence(report.evidence or (report.trigger,)),
        "language": told.article.language,
        "confidence": round(report.confidence, 3),
        "qc_flags": join_flags((*report.flags, *(["open_figure"] if is_open(tolls) else []))),
    }


def join_flags(flags: Sequence[str]) -> str | None:
    """Flags in order of their names, each once; None if there is none."""
    return "; ".join(sorted(set(flags))) or None


def describe_days(report: Report, told: Told) -> dict[str, Any]:
    """The columns of the group `when`; an unknown day becomes the bulletin's period or the days up to the statement."""
    when = report.when
    start, end, basis = when.start, when.end or when.start, str(when.basis)
    precision = when.precision
    if start is None or end is None:
        start, end, basis = _find_period(told)
        precision = "unknown"
    date_prec, time_precision = code_days(precision, (end - start).days + 1)
    return {
        "date_start": start,
        "date_end": end,
        "date_prec": date_prec,
        "time_precision": time_precision,
        "date_text": when.span.text if when.span else None,
        "date_basis": basis,
    }


def _find_period(told: Told) -> tuple[date, date, Literal["bulletin", "statement", "publication"]]:
    periods = [t.period for t in told.reading.totals if t.period and t.period.start and t.period.end]
    for period in periods:
        if period.start and period.end:
            return period.start, period.end, "bulletin"
    statement = told.reading.statement_date
    start, end = days_before(statement or find_day(told.article))
    return start, end, "statement" if statement else "publication"


def find_day(article: Article) -> date:
    """The day of publication, else of the fetch, else the first day there is."""
    if article.published_date:
        return article.published_date
    return article.fetched_at.date() if article.fetched_at else date.min


def _describe_type(report: Report) -> dict[str, Any]:
    unknown = (report.sub_event_type, report.sub_event_type)  # the vocabulary's rule refuses it, with its wording
    event_type, disorder = load_codebook().sub_event_types.get(report.sub_event_type, unknown)
    sides = order_parties(report)
    target_is_civilian = report.target is not None and report.target.side == "civilian"
    one, two = (party.side if party else None for party in (sides.one, sides.two))
    return {
        "disorder_type": disorder,
        "event_type": event_type,
        "sub_event_type": report.sub_event_type,
        "type_of_violence": code_violence(one, two, event_type),
        "civilian_targeting": "Civilian targeting" if target_is_civilian else None,
    }


def _describe_place(where: Where, day: date, facts: Facts) -> dict[str, Any]:
    country = find_country(where.country)
    geo_precision, where_prec = code_place(where)
    relation = find_relation(where)
    has_point = relation in ("at", "near", "between")
    unit = {"admin2": where.admin2 or where.admin3, "admin1": where.admin1}.get(relation)
    return {
        "country_name": country.name if country else None,
        "iso": country.iso if country else None,
        "iso3": country.iso3 if country else None,
        "admin1": where.admin1,
        "admin2": where.admin2,
        "admin3": where.admin3,
        "admin_version": facts.admin_version(where.country, day) if where.country else None,
        "location": where.location or unit or (country.name if country else None),
        "location_text": where.span.text if where.span else None,
        "latitude": round(where.latitude, 5) if has_point and where.latitude is not None else None,
        "longitude": round(where.longitude, 5) if has_point and where.longitude is not None else None,
        "geo_precision": geo_precision,
        "where_prec": where_prec,
        "geonameid": where.geonameid,
        "where_description": where.description or None,
    }


def make_point(latitude: float | None, longitude: float | None) -> bytes | None:
    """A WKB point, longitude first."""
    if latitude is None or longitude is None:
        return None
    return struct.pack("<BIdd", 1, 1, longitude, latitude)


def _describe_evidence(spans: Sequence[Span]) -> dict[str, Any]:
    ordered = sorted(spans, key=lambda span: span.start)
    return {
        "evidence": join_quotes([span.text for span in ordered]),
        "evidence_start": ordered[0].start,
        "evidence_end": max(span.end for span in ordered),
    }


def join_quotes(quotes: Sequence[str]) -> str:
    """Quotes joined by ' […] ', as many as there is room for; the last one is cut by '…', never the joint.

    >>> join_quotes(["Deux morts.", "Un blessé."])
    'Deux morts. […] Un blessé.'
    """
    joined = ""
    for quote in quotes:
        longer = f"{joined}{EVIDENCE_JOINT}{quote}" if joined else quote
        if len(longer) > EVIDENCE_LENGTH:
            room = EVIDENCE_LENGTH - (len(longer) - len(quote)) - 1
            return f"{longer[: len(longer) - len(quote) + room]}…" if room > SHORTEST_QUOTE else joined
        joined = longer
    return joined
