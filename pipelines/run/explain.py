"""One article, explained: where each value comes from, in the order in which a reader would ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipelines.archive import Archive
from pipelines.errors import UsageError
from pipelines.mentions import Figure, Span
from pipelines.models import Article, Materiel, Party, Reading, Report, Toll, Total
from pipelines.web import identify_article


class Decision(NamedTuple):
    """One value with the words that it was read from, and why it came out so."""

    name: str
    value: str
    span: Span | None = None
    reason: str = ""


class Account(NamedTuple):
    """One event, or the totals or issues, of an article."""

    title: str
    decisions: tuple[Decision, ...]
    evidence: tuple[Span, ...] = ()


def find_article(archive: Archive, url: str) -> Article:
    """The newest version of the article at an address; UsageError if the archive has none."""
    try:
        versions = archive.versions(identify_article(url))
    except ValueError as error:
        raise UsageError(f"{url}: neither a file nor a web address") from error
    if not versions:
        raise UsageError(f"{url}: no article of this address is in the archive {archive.folder}")
    return versions[-1]


def explain_reading(reading: Reading) -> list[Account]:
    """What was read out of an article, event by event, then totals, then what was not understood."""
    accounts = [_explain_article(reading)]
    accounts += [_explain_report(number, report) for number, report in enumerate(reading.reports, start=1)]
    if reading.totals:
        accounts.append(Account("Totals", tuple(_explain_total(total) for total in reading.totals)))
    if reading.issues:
        told = (Decision(f"{issue.stage} {issue.code}", issue.quote or issue.detail) for issue in reading.issues)
        accounts.append(Account("Not understood", tuple(told)))
    return accounts


def _explain_article(reading: Reading) -> Account:
    kind = "security news" if reading.is_security else "no security news"
    return Account(
        "Article",
        (
            Decision("kind", f"{kind}, {'a' if reading.is_communique else 'no'} communiqué"),
            Decision("issuer", reading.issuer or "not stated"),
            Decision("statement of", str(reading.statement_date or "no day stated")),
        ),
    )


def _explain_report(number: int, report: Report) -> Account:
    title = f"Event {number}: {report.sub_event_type}"
    return Account(title, tuple(_list_decisions(report)), report.evidence)


def _list_decisions(report: Report) -> Iterator[Decision]:
    when, where = report.when, report.where
    days = f"{when.start}" if when.start == when.end else f"{when.start} to {when.end}"
    yield Decision("date", days, when.span, f"{when.precision}, by {when.basis}")
    place = ", ".join(filter(None, (where.location or where.place, where.admin2, where.admin1, where.country)))
    yield Decision("place", f"{where.relation} {place or 'nowhere named'}", where.span, where.description)
    if where.latitude is not None and where.longitude is not None:
        yield Decision("point", f"{where.latitude:.4f}, {where.longitude:.4f}")
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
    yield Decision("claimant", report.claimant or "the outlet itself")
    yield Decision("confidence", f"{report.confidence:.2f}", reason=", ".join(report.flags))


def _explain_party(name: str, party: Party | None) -> Iterator[Decision]:
    if party is not None:
        yield Decision(name, f"{party.name} ({party.side})", party.span)


def _explain_toll(name: str, toll: Toll) -> Decision:
    part = "" if toll.subset_of is None else ", part of another"
    return Decision(name, f"{_describe(toll.figure)} {toll.outcome}, {toll.side}{part}", toll.span, toll.figure.rule)


def _explain_thing(thing: Materiel) -> Decision:
    count = _describe(thing.figure) if thing.figure else "some"
    return Decision("materiel", f"{count} {thing.item} {thing.status}, of {thing.side}", thing.span)


def _explain_total(total: Total) -> Decision:
    kind = total.outcome or total.status or ""
    return Decision("total", f"{_describe(total.figure)} {kind}, {total.side}", total.span, total.figure.rule)


def _describe(figure: Figure) -> str:
    """A figure as low/best/high where they differ.

    >>> _describe(Figure(8, 10, 12, Span(0, 3, "une dizaine"), "dozen"))
    '10 (8 to 12)'
    """
    if figure.low == figure.best == figure.high:
        return str(figure.best)
    low, high = ("?" if bound is None else bound for bound in (figure.low, figure.high))
    return f"{'some' if figure.best is None else figure.best} ({low} to {high})"
