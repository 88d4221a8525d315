"""Corrections applied to readings before they are merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipelines.catalog.corrections import Correction, Corrections, ReportRef, Values
from pipelines.models import Issue, Report
from pipelines.schema.records import ReadArticle

Pair = tuple[str, str]  # report ids, the smaller first


class Corrected(NamedTuple):
    """The corrected readings, and what corrections say of pairs and of status; unused entries became issues."""

    items: list[ReadArticle]
    same: frozenset[Pair]
    separate: frozenset[Pair]
    confirmed: frozenset[str]  # report ids
    dropped: frozenset[str]  # article ids
    issues: tuple[Issue, ...]


def correct_items(items: Sequence[ReadArticle], corrections: Corrections) -> Corrected:
    """Readings with the corrections applied; one that meets no single report becomes an issue."""
    met = {number: _find_reports(items, entry) for number, entry in enumerate(corrections)}
    same, separate = set[Pair](), set[Pair]()
    confirmed = set[str]()
    changed: dict[str, Correction] = {}
    issues = []
    for number, entry in enumerate(corrections):
        other = entry.same_as or entry.separate_from
        ends = [met[number], _find_reports(items, other)] if other else [met[number]]
        if any(len(found) != 1 for found in ends):
            issues.append(_unused(entry, [len(found) for found in ends]))
            continue
        ids = sorted(found[0].report_id for found in ends)
        if entry.set or entry.drop:
            changed[ids[0]] = entry
        elif entry.confirm:
            confirmed.add(ids[0])
        else:
            (same if entry.same_as else separate).add((ids[0], ids[-1]))
    corrected = [_apply(item, changed) for item in items]
    dropped = {r.article_id for item in items for r in item.reading.reports if _is_drop(r, changed)}
    return Corrected(
        corrected, frozenset(same), frozenset(separate), frozenset(confirmed), frozenset(dropped), tuple(issues)
    )


def _find_reports(items: Iterable[ReadArticle], ref: ReportRef) -> list[Report]:
    return [
        report
        for article, reading in items
        if ref.article in (article.url, article.article_id)
        for report in reading.reports
        if _has_words(report, ref.quote)
    ]


def _has_words(report: Report, quote: str) -> bool:
    return any(quote in span.text for span in report.evidence) or quote in report.trigger.text


def _unused(entry: Correction, found: Sequence[int]) -> Issue:
    detail = (
        f"the correction for {entry.article} meets {' and '.join(map(str, found))} reports, not one: {entry.reason}"
    )
    return Issue(stage="merge", code="unused_correction", quote=entry.quote, detail=detail)


def _is_drop(report: Report, changed: dict[str, Correction]) -> bool:
    return report.report_id in changed and changed[report.report_id].drop


def _apply(item: ReadArticle, changed: dict[str, Correction]) -> ReadArticle:
    if not any(report.report_id in changed for report in item.reading.reports):
        return item
    kept = [report for report in item.reading.reports if not _is_drop(report, changed)]
    reports = tuple(_set_values(r, values) if (values := _values_of(r, changed)) else r for r in kept)
    issues = tuple(_withdrawn(r, changed[r.report_id]) for r in item.reading.reports if _is_drop(r, changed))
    return ReadArticle(item.article, replace(item.reading, reports=reports, issues=item.reading.issues + issues))


def _values_of(report: Report, changed: dict[str, Correction]) -> Values | None:
    entry = changed.get(report.report_id)
    return entry.set if entry else None


def _withdrawn(report: Report, entry: Correction) -> Issue:
    return Issue("merge", "corrected_away", report.trigger.text, entry.reason, report.article_id)


def _set_values(report: Report, values: Values) -> Report:
    given = values.model_dump(exclude_none=True)
    days = {name: given.pop(f"date_{name}") for name in ("start", "end") if f"date_{name}" in given}
    own = {name: given.pop(name) for name in ("sub_event_type", "claimant") if name in given}
    when = replace(report.when, **days) if days else report.when
    if days and when.precision == "unknown":
        when = replace(when, precision="day" if when.start == when.end else "range", basis="explicit")
    where = replace(report.where, **given) if given else report.where
    if "latitude" in given and where.relation in ("admin2", "admin1", "country"):
        where = replace(where, relation="near")
    return replace(report, when=when, where=where, flags=(*report.flags, "corrected"), **own)
