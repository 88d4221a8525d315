"""Articles and readings made by hand, for tests of everything that comes after reading."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from pipelines.mentions import Figure, Outcome, Side, Span
from pipelines.models import Article, Materiel, Party, Reading, Report, Toll, Total, When, Where
from pipelines.schema.records import ReadArticle

NOW = datetime(2025, 8, 1, 6, 0, tzinfo=UTC)
ARMY = "Military Forces of Mali"
STAFF = "État-major général des armées"
FIGHTERS = "Unidentified Armed Group (Mali)"


def make_span(text: str, words: str) -> Span:
    """Where words stand in a text."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def make_article(name: str, sentences: Sequence[str], *, day: date = date(2025, 7, 20), **changes: Any) -> Article:
    """An article of an invented outlet with a body of sentences."""
    outlet = changes.pop("outlet", f"outlet-{name}")
    article = Article(
        article_id=name,
        source_id=outlet,
        outlet=outlet,
        outlet_country="ML",
        url=f"https://{outlet}.example/{name}",
        language="fr",
        title=f"Titre {name}",
        body=" ".join(sentences),
        published_at=datetime.combine(day, time(9), tzinfo=UTC),
        published_date=day,
        fetched_at=datetime.combine(day, time(12), tzinfo=UTC),
        content_sha256=hashlib.sha256(name.encode()).hexdigest(),
    )
    return replace(article, **changes)


def make_where(location: str = "Niono", latitude: float = 14.2526, longitude: float = -5.993, **changes: Any) -> Where:
    """A place in Ségou unless told otherwise."""
    where = Where(
        relation="at",
        country="ML",
        admin1="Ségou",
        place=location,
        location=location,
        latitude=latitude,
        longitude=longitude,
    )
    return replace(where, **changes)


def make_when(day: date | None = date(2025, 7, 17), end: date | None = None) -> When:
    """One exact day, or a range."""
    precision = "unknown" if day is None else "range" if end else "day"
    return When(start=day, end=end or day, precision=precision, basis="explicit")


def make_toll(
    words: Span, best: int | None, outcome: Outcome = "killed", side: Side = "non-state", **changes: Any
) -> Toll:
    """A figure of exactly `best` people, or of "plusieurs" for None."""
    low, high = (2, None) if best is None else (best, best)
    figure = Figure(low, best, high, words, "several" if best is None else "exact")
    return replace(Toll(outcome=outcome, side=side, figure=figure, span=words), **changes)


def make_party(name: str, side: Side, words: Span) -> Party:
    """A party under its canonical name."""
    return Party(name=name, side=side, span=words, country="ML")


def make_report(article: Article, sentence: str, *, tolls: Sequence[tuple[Any, ...]] = (), **changes: Any) -> Report:
    """A report of an army's clash at Niono in `sentence` of the article; `tolls` are (best, outcome, side)."""
    span = make_span(article.text, sentence)
    report = Report(
        report_id=f"r-{article.article_id}-{span.start}",
        claim_id=f"c-{article.article_id}-{span.start}",
        article_id=article.article_id,
        trigger=span,
        sub_event_type="Armed clash",
        when=make_when(),
        where=make_where(),
        initiator=make_party(ARMY, "state", span),
        target=make_party(FIGHTERS, "non-state", span),
        others=(),
        tolls=tuple(make_toll(span, *toll) for toll in tolls),
        materiel=(),
        claimant=STAFF,
        evidence=(span,),
    )
    return replace(report, **changes)


def make_materiel(words: Span, item: str = "pick-up", quantity: int | None = 2) -> Materiel:
    """Destroyed vehicles of the armed group."""
    figure = None if quantity is None else Figure(quantity, quantity, quantity, words, "exact")
    return Materiel("vehicle", item, quantity, figure, "destroyed", "non-state", words)


def make_total(article: Article, words: str, best: int, **changes: Any) -> Total:
    """A roll-up of neutralised fighters by the staff."""
    span = make_span(article.text, words)
    total = Total(
        article_id=article.article_id,
        outcome="neutralised",
        status=None,
        side="non-state",
        figure=Figure(best, best, None, span, "at_least"),
        span=span,
        claimant=STAFF,
    )
    return replace(total, **changes)


def read_item(article: Article, *reports: Report, totals: Sequence[Total] = (), **changes: Any) -> ReadArticle:
    """An article with the reading that has these reports."""
    reading = Reading(
        article_id=article.article_id,
        is_security=bool(reports),
        is_communique=False,
        issuer=None,
        statement_date=article.published_date,
        reports=reports,
        totals=tuple(totals),
    )
    return ReadArticle(article, replace(reading, **changes))


def told_item(
    name: str, sentence: str, *, day: date = date(2025, 7, 20), outlet: str | None = None, **changes: Any
) -> ReadArticle:
    """An article of one sentence that reports one event."""
    article = make_article(name, [sentence], day=day, **({"outlet": outlet} if outlet else {}))
    return read_item(article, make_report(article, sentence, **changes))
