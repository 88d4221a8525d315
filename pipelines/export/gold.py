"""The gold set's own terms: articles in, readings out, one plain JSON object each.

`communiques parse` writes this form and `communiques evaluate` compares in it, so that a label and a reading can be
laid side by side. The keys are those of `tests/quality/gold/README.md`, with a few that only a reading has.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pipelines.errors import UsageError
from pipelines.mentions import Figure, Span
from pipelines.models import Article, Materiel, Party, Reading, Report, Toll, Total

GoldRecord = dict[str, Any]


def article_from_record(record: Mapping[str, Any]) -> Article:
    """An article from a JSON object; every key but `text` may be absent or null, unknown keys are ignored.

    >>> article_from_record({"text": "Deux soldats ont été tués à Niono.", "published": "2024-03-05"}).published_date
    datetime.date(2024, 3, 5)
    """
    text = _text_of(record, "text")
    if not text.strip():
        raise UsageError('an article needs a "text" that is not empty')
    title, url = _text_of(record, "title"), _text_of(record, "url")
    digest = hashlib.sha256(f"{title}\n\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
    published_at, published_date = _read_published(_text_of(record, "published"))
    return Article(
        article_id=_text_of(record, "id") or digest[:16],
        source_id="",
        outlet=_text_of(record, "outlet"),
        outlet_country=_text_of(record, "country").upper(),
        url=url,
        language=_text_of(record, "language") or "fr",
        title=title,
        body=text,
        published_at=published_at,
        published_date=published_date,
        content_sha256=digest,
    )


def _text_of(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UsageError(f'"{key}" must be text, not {type(value).__name__}')
    return value


def _read_published(words: str) -> tuple[datetime | None, date | None]:
    if not words:
        return None, None
    try:
        if len(words) > len("2025-07-20"):
            moment = datetime.fromisoformat(words)
            return (moment if moment.tzinfo else None), moment.date()
        return None, date.fromisoformat(words)
    except ValueError as error:
        raise UsageError(f'"published" must be an ISO date such as 2025-07-20, not {words!r}') from error


def reading_to_gold(reading: Reading, article: Article) -> GoldRecord:
    """The reading of one article as `communiques parse` writes it."""
    return {
        "id": article.article_id,
        "is_security": reading.is_security,
        "is_communique": reading.is_communique,
        "events": [report_to_gold(report) for report in reading.reports],
        "totals": [_total_to_gold(total) for total in reading.totals],
        "issues": [{"stage": i.stage, "code": i.code, "text": i.quote or i.detail} for i in reading.issues],
    }


def report_to_gold(report: Report) -> GoldRecord:
    """One report as an event of the gold set, with `location`, `event_clarity`, `confidence` and `flags` beside."""
    when, where = report.when, report.where
    return {
        "date_start": when.start.isoformat() if when.start else None,
        "date_end": when.end.isoformat() if when.end else None,
        "date_precision": when.precision,
        "date_wording": _words(when.span),
        "sub_event_type": report.sub_event_type,
        "initiator": _party_to_gold(report.initiator),
        "target": _party_to_gold(report.target),
        "others": [_party_to_gold(party) for party in report.others],
        "country": where.country,
        "admin1": where.admin1,
        "place": where.place,
        "place_wording": _words(where.span),
        "where": where.relation,
        "lat": where.latitude,
        "lon": where.longitude,
        "tolls": [_toll_to_gold(toll) for toll in report.tolls],
        "materiel": [_materiel_to_gold(thing) for thing in report.materiel],
        "claimant": report.claimant,
        "evidence": [span.text for span in report.evidence],
        "location": where.location,
        "event_clarity": report.event_clarity,
        "confidence": round(report.confidence, 3),
        "flags": list(report.flags),
    }


def _words(span: Span | None) -> str | None:
    return span.text if span else None


def _figures(figure: Figure) -> GoldRecord:
    return {"low": figure.low, "best": figure.best, "high": figure.high}


def _party_to_gold(party: Party | None) -> GoldRecord | None:
    return {"name": party.name, "side": party.side, "wording": party.span.text} if party else None


def _toll_to_gold(toll: Toll) -> GoldRecord:
    row = {"outcome": toll.outcome, "side": toll.side, **_figures(toll.figure), "wording": toll.span.text}
    return row if toll.subset_of is None else {**row, "subset": True}


def _materiel_to_gold(thing: Materiel) -> GoldRecord:
    return {
        "category": thing.category,
        "item": f"{thing.item} ({thing.unit})" if thing.unit else thing.item,
        "quantity": thing.quantity,
        "status": thing.status,
        "side": thing.side,
        "wording": thing.span.text,
    }


def _total_to_gold(total: Total) -> GoldRecord:
    kind = {"outcome": total.outcome} if total.outcome else {"status": total.status}
    return {**kind, **_figures(total.figure), "wording": total.span.text}
