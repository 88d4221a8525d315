"""One article, explained: where each value comes from, in the order in which a reader would ask."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.mentions import Figure, Span
from pipelines.models import Issue, Materiel, Party, Reading, Report, Toll, Total
from pipelines.page import Chapter, Fact, Word
from pipelines.page.marking import Kind
from pipelines.run.remedies import find_remedy


def explain_reading(reading: Reading) -> list[Chapter]:
    """What was read out of an article, event by event, then totals, then what was not understood."""
    chapters = [_explain_article(reading)]
    chapters += [_explain_report(number, report) for number, report in enumerate(reading.reports, start=1)]
    if reading.totals:
        chapters.append(Chapter("Totals", [_explain_total(total) for total in reading.totals]))
    if reading.issues:
        chapters.append(Chapter("Not understood", list(dict.fromkeys(map(explain_issue, reading.issues)))))
    return chapters


def explain_issue(issue: Issue) -> Fact:
    """An issue with its words, what was known about it, and what can be done."""
    told = "; ".join(filter(None, (issue.detail, find_remedy(issue.stage, issue.code))))
    return Fact(f"{issue.stage} {issue.code}", issue.quote, reason=told)


def _explain_article(reading: Reading) -> Chapter:
    kind = "security news" if reading.is_security else "no security news"
    facts = [
        Fact("kind", f"{kind}, {'a' if reading.is_communique else 'no'} communiqué"),
        Fact("issuer", reading.issuer or "not stated"),
        Fact("statement of", str(reading.statement_date or "no day stated")),
    ]
    return Chapter("Article", facts)


def _explain_report(number: int, report: Report) -> Chapter:
    quote = " […] ".join(span.text for span in report.evidence)
    return Chapter(f"Event {number}: {report.sub_event_type}", list(_list_facts(report)), quote)


def _list_facts(report: Report) -> Iterator[Fact]:
    when, where = report.when, report.where
    days = f"{when.start}" if when.start == when.end else f"{when.start} to {when.end}"
    yield _fact("date", days, "date", when.span, f"{when.precision}, by {when.basis}")
    place = ", ".join(filter(None, (where.location or where.place, where.admin2, where.admin1, where.country)))
    yield _fact("place", f"{where.relation} {place or 'nowhere named'}", "place", where.span, where.description)
    if where.latitude is not None and where.longitude is not None:
        yield Fact("point", f"{where.latitude:.4f}, {where.longitude:.4f}")
    yield from _explain_party("initiator", report.initiator)
    yield from _explain_party("target", report.target)
    for party in report.others:
        yield from _explain_party("beside", party)
    for toll in report.tolls:
        yield _explain_toll("toll", toll)
    for toll in report.contested:
        yield _explain_toll("rival figure", toll)
    for thing in report.materiel:
        yield _explain_thing(thing)
    yield Fact("claimant", report.claimant or "the outlet itself")
    yield Fact(
        "confidence", f"{report.confidence:.2f}", reason=", ".join(dict.fromkeys((*report.signals, *report.flags)))
    )


def _fact(name: str, value: str, kind: Kind, span: Span | None, reason: str = "") -> Fact:
    return Fact(name, value, Word(kind, span.text, span.start) if span else None, reason)


def _explain_party(name: str, party: Party | None) -> Iterator[Fact]:
    if party is not None:
        yield _fact(name, f"{party.name} ({party.side})", "actor", party.span)


def _explain_toll(name: str, toll: Toll) -> Fact:
    part = "" if toll.subset_of is None else ", part of another"
    return _fact(
        name, f"{_describe(toll.figure)} {toll.outcome}, {toll.side}{part}", "figure", toll.span, toll.figure.rule
    )


def _explain_thing(thing: Materiel) -> Fact:
    count = _describe(thing.figure) if thing.figure else "some"
    return _fact("materiel", f"{count} {thing.item} {thing.status}, of {thing.side}", "thing", thing.span)


def _explain_total(total: Total) -> Fact:
    kind = total.outcome or total.status or ""
    return _fact("total", f"{_describe(total.figure)} {kind}, {total.side}", "figure", total.span, total.figure.rule)


def _describe(figure: Figure) -> str:
    """A figure as low/best/high where they differ.

    >>> _describe(Figure(8, 10, 12, Span(0, 3, "une dizaine"), "dozen"))
    '10 (8 to 12)'
    """
    if figure.low == figure.best == figure.high:
        return str(figure.best)
    low, high = ("?" if bound is None else bound for bound in (figure.low, figure.high))
    return f"{'some' if figure.best is None else figure.best} ({low} to {high})"
