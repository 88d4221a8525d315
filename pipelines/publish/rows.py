"""The rows of the tables, out of events, reports, totals, articles and issues."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from pipelines.mentions import Figure, Span
from pipelines.models import Article, Event, Issue, Report
from pipelines.publish.history import date_event
from pipelines.publish.parties import find_camp, order_parties
from pipelines.publish.values import Facts, Told, describe_report, find_day, join_flags, make_point
from pipelines.schema.countries import find_country
from pipelines.schema.records import ExplainedTotal, FiledIssue, Merged

Row = dict[str, Any]
Toldest = Mapping[str, Told]  # articles with their readings, by article id
NOWHERE = "XX"
_CODE = re.compile("[A-Z]{2}")


def file_under(country: str | None, day: date | None) -> Row:
    """The partition of a row; `XX` for no country and 0 for no day, so that a key is never missing nor a path.

    >>> file_under("ML", date(2025, 7, 15)), file_under("../x", None)
    ({'country': 'ML', 'year': 2025, 'month': 7}, {'country': 'XX', 'year': 0, 'month': 0})
    """
    code = country if country and _CODE.fullmatch(country) else NOWHERE
    if day is None or day == date.min:
        return {"country": code, "year": 0, "month": 0}
    return {"country": code, "year": day.year, "month": day.month}


def build_event_row(event: Event, merged: Merged, told: Toldest, facts: Facts, now: datetime, run_id: str) -> Row:
    """One row of `events`."""
    articles = [told[article_id].article for article_id in event.article_ids]
    outlets = sorted({article.outlet for article in articles})
    lead = told[event.chosen.article_id]
    row = describe_report(event.chosen, event.tolls, lead, facts)
    flags = row["qc_flags"].split("; ") if row["qc_flags"] else []
    row |= {
        "event_id": event.event_id,
        "record_status": event.record_status,
        "geometry": make_point(row["latitude"], row["longitude"]),
        "verification": event.verification,
        "number_of_sources": len(outlets),
        "number_of_articles": len(set(event.article_ids)),
        "source": "; ".join(outlets),
        "source_url": lead.article.url,
        "notes": None,
        "qc_flags": join_flags((*event.flags, *flags)),
    }
    row |= date_event(row, merged.histories.get(event.event_id), event.first_seen_at, now, run_id)
    return row | file_under(event.chosen.where.country, row["date_start"])


def build_report_rows(event: Event, place: Row, merged: Merged, told: Toldest, facts: Facts) -> Iterator[Row]:
    """The rows of `reports` of one event, filed in the event's partition."""
    for report_id in event.report_ids:
        report = merged.reports[report_id]
        article = told[report.article_id].article
        sides = order_parties(report)
        yield {
            "report_id": report_id,
            "event_id": event.event_id,
            "article_id": report.article_id,
            "claim_id": report.claim_id,
            "outlet": article.outlet,
            "published_at": article.published_at,
            **describe_report(report, report.tolls, told[report.article_id], facts),
            "actor1_text": sides.one.span.text if sides.one else None,
            "actor2_text": sides.two.span.text if sides.two else None,
            **place,
        }


def build_toll_rows(event: Event, place: Row, reports: Mapping[str, Report]) -> Iterator[Row]:
    """The rows of `tolls` of one event: every report's figures, its rival ones after them."""
    for report in (reports[report_id] for report_id in event.report_ids):
        sides = order_parties(report)
        for number, toll in enumerate((*report.tolls, *report.contested)):
            yield {
                **_name_rows("toll_id", event, report, number, toll.subset_of),
                "side": toll.side,
                "camp": find_camp(toll, sides),
                "actor": toll.actor,
                "outcome": toll.outcome,
                **_spread_figure(toll.figure),
                **_spread_words(toll.span),
                "rule": toll.figure.rule,
                "claimant": toll.claimant or report.claimant,
                **place,
            }


def build_materiel_rows(event: Event, place: Row, reports: Mapping[str, Report]) -> Iterator[Row]:
    """The rows of `materiel` of one event."""
    for report in (reports[report_id] for report_id in event.report_ids):
        for number, thing in enumerate(report.materiel):
            yield {
                **_name_rows("materiel_id", event, report, number, thing.subset_of),
                "category": thing.category,
                "item": thing.item,
                **_spread_figure(thing.figure),
                "unit": thing.unit,
                **_spread_words(thing.span),
                "status": thing.status,
                "owner_side": thing.side,
                "claimant": report.claimant,
                **place,
            }


def _name_rows(key: str, event: Event, report: Report, number: int, whole: int | None) -> Row:
    return {
        key: f"{report.report_id}.{number}",
        "event_id": event.event_id,
        "report_id": report.report_id,
        "article_id": report.article_id,
        "subset_of": None if whole is None else f"{report.report_id}.{whole}",
    }


def _spread_figure(figure: Figure | None) -> Row:
    if figure is None:
        return {"low": None, "best": None, "high": None}
    return {"low": figure.low, "best": figure.best, "high": figure.high}


def _spread_words(span: Span) -> Row:
    return {"text": span.text, "text_start": span.start, "text_end": span.end}


def build_total_rows(totals: Iterable[ExplainedTotal], told: Toldest) -> Iterator[Row]:
    """The rows of `totals`, filed by the statement's day."""
    numbers: Counter[str] = Counter()
    for total, explained in totals:
        numbers[total.article_id] += 1
        article, reading = told[total.article_id].article, told[total.article_id].reading
        where, period, best = total.where, total.period, total.figure.best
        country = (where.country if where else None) or article.outlet_country
        yield {
            "total_id": f"{total.article_id}.{numbers[total.article_id]}",
            "article_id": total.article_id,
            "claimant": total.claimant,
            "period_start": period.start if period else None,
            "period_end": period.end if period else None,
            "scope_text": total.scope.text if total.scope else None,
            "country_name": _name_country(where.country if where else None),
            "admin1": where.admin1 if where else None,
            "outcome": total.outcome,
            "status": total.status,
            "side": total.side,
            **_spread_figure(total.figure),
            "text": total.span.text,
            "explained_best": explained,
            "residual_best": None if best is None or explained is None else max(0, best - explained),
            **file_under(country, reading.statement_date or find_day(article)),
        }


def _name_country(iso2: str | None) -> str | None:
    country = find_country(iso2)
    return country.name if country else None


def build_article_row(told: Told, duplicates: Mapping[str, str]) -> Row:
    """One row of `articles`."""
    article, reading, capture = told.article, told.reading, told.article.capture
    return {
        "article_id": article.article_id,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "published_at": article.published_at,
        "published_date": article.published_date,
        "fetched_at": article.fetched_at,
        "language": article.language,
        "is_security": reading.is_security,
        "is_communique": reading.is_communique,
        "issuer": reading.issuer,
        "statement_date": reading.statement_date,
        "content_sha256": article.content_sha256,
        "near_duplicate_of": duplicates.get(article.article_id),
        "warc_file": capture.warc_file if capture else None,
        "warc_offset": capture.warc_offset if capture else None,
        "http_status": capture.status if capture else None,
        **file_under(article.outlet_country, find_day(article)),
    }


def build_issue_rows(filed: Iterable[FiledIssue]) -> Iterator[Row]:
    """The rows of `issues`; the same issue twice in an article is two rows."""
    seen: Counter[Issue] = Counter()
    for issue, country, day in filed:
        seen[issue] += 1
        words = (issue.article_id or issue.source_id or "", issue.stage, issue.code, issue.quote, issue.detail)
        digest = hashlib.sha256("\n".join((*words, str(day), str(seen[issue]))).encode("utf-8", "surrogatepass"))
        yield {
            "issue_id": digest.hexdigest()[:16],
            "article_id": issue.article_id,
            "stage": issue.stage,
            "code": issue.code,
            "quote": issue.quote or None,
            "detail": issue.detail or None,
            **file_under(country, day),
        }


def file_issues(told: Iterable[Told]) -> Iterator[FiledIssue]:
    """The issues of readings, filed with their articles."""
    for one in told:
        article: Article = one.article
        for issue in one.reading.issues:
            yield FiledIssue(issue, article.outlet_country, find_day(article))
