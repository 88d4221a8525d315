"""Claims to reports: days, places, names and figures understood, article by article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipelines.catalog.actors import Actors
from pipelines.catalog.language import Lexicon
from pipelines.mentions import Claim, DateMention, MaterielClaim, PlaceMention, Span, TollClaim
from pipelines.models import Article, Issue, Materiel, Report, Toll, Total, When, Where
from pipelines.resolve.confidence import weigh_signals
from pipelines.resolve.date_chains import resolve_chain
from pipelines.resolve.date_faults import check_day
from pipelines.resolve.dates import resolve_date
from pipelines.resolve.parties import resolve_claimant, resolve_party
from pipelines.resolve.place_survey import Survey
from pipelines.resolve.places import resolve_place
from pipelines.text import normalise

OLDEST_DAYS = 90  # an incident older than that on the day of publication is background


@dataclass(frozen=True)
class Resolver:
    """What the claims of one article are understood with."""

    article: Article
    lexicon: Lexicon
    actors: Actors
    published: date
    statement: date | None
    period: When | None
    is_bulletin: bool
    home: str
    places: Survey

    def report(self, claim: Claim) -> tuple[Report, tuple[Issue, ...]]:
        """The report of one incident, with what was not understood of it."""
        when = self.when(claim.date, claim.date_chain)
        where, issues = self.where(claim.places, when.start)
        tolls = tuple(_toll(toll) for toll in claim.tolls)
        signals = [*claim.signals, *_signals(when, where)]
        report = Report(
            report_id=claim.claim_id,
            claim_id=claim.claim_id,
            article_id=claim.article_id,
            trigger=claim.trigger,
            sub_event_type=claim.sub_event_type,
            when=when,
            where=where,
            initiator=resolve_party(claim.initiator, where.country, self.actors),
            target=resolve_party(claim.target, where.country, self.actors),
            others=tuple(
                party for party in (resolve_party(m, where.country, self.actors) for m in claim.others) if party
            ),
            tolls=tolls,
            materiel=tuple(_thing(thing) for thing in claim.materiel),
            claimant=resolve_claimant(claim, where, self.home, self.actors, self.lexicon),
            evidence=claim.evidence,
            event_clarity=2 if claim.kind == "joint" else 1,
            confidence=weigh_signals(signals),
            signals=tuple(sorted(set(signals))),
            flags=(
                *(signal for signal in claim.signals if signal in {"another", "item", "plural"}),
                *_flags(when, where),
            ),
        )
        return report, (*issues, *check_day(claim, when, self.published))

    def totals(self, claim: Claim) -> Iterable[Total]:
        """The figures of a roll-up."""
        nowhere = Where("country", None)
        claimant = resolve_claimant(claim, nowhere, self.home, self.actors, self.lexicon)
        period = self.when(claim.date, ()) if claim.date else None
        for toll in claim.tolls:
            yield Total(
                claim.article_id,
                toll.outcome,
                None,
                toll.side,
                toll.figure,
                toll.span,
                claimant,
                period,
                None,
                claim.trigger,
            )
        for row in claim.materiel:
            if row.figure is not None:
                yield Total(
                    claim.article_id,
                    None,
                    row.status,
                    row.side,
                    row.figure,
                    row.span,
                    claimant,
                    period,
                    None,
                    claim.trigger,
                )

    def when(self, mention: DateMention | None, chain: Sequence[DateMention]) -> When:
        """The days of a mention, against those told before it, the bulletin's period, the statement, publication."""
        if mention is None:
            return self._undated()
        found = resolve_chain(
            mention,
            chain,
            published=self.published,
            statement=self.statement,
            period=self.period,
            lexicon=self.lexicon,
        )
        return found if found.start is not None or mention.form in _OPEN_FORMS else self._from_report(mention)

    def _from_report(self, mention: DateMention) -> When:
        """A day that leans on one that the text does not tell: on the statement's, or that of publication."""
        day = self.statement or self.published
        return resolve_date(
            mention,
            published=self.published,
            statement=self.statement,
            previous=When(day, day, "day", "statement" if self.statement else "publication"),
            period=self.period,
            lexicon=self.lexicon,
        )

    def _undated(self) -> When:
        if self.period is not None:
            return replace(self.period, basis="bulletin")
        if self.is_bulletin:
            return When(None, None, "unknown", "publication")
        day = self.statement or self.published
        return When(day, day, "day", "statement" if self.statement else "publication")

    def where(self, places: Sequence[PlaceMention], day: date | None) -> tuple[Where, tuple[Issue, ...]]:
        """The place of an incident, by its mentions in order of trust."""
        near = [place for place in places if (place.distance_km or 0) < _FAR_KM or place.bearing is not None]
        mended = [_mend(place) for place in near or places]
        where, issues = resolve_place(mended, article=self.places, day=day, outlet_country=self.home or None)
        return replace(where, span=self._exact(where.span)), issues

    def _exact(self, span: Span | None) -> Span | None:
        return Span(span.start, span.end, self.article.text[span.start : span.end]) if span else None


def is_too_old(when: When, published: date) -> bool:
    """Whether an incident is no news: older than 90 days before publication."""
    return when.end is not None and when.end < published - timedelta(OLDEST_DAYS)


def take_back_voice(report: Report, others: Sequence[Report], published: date) -> Report:
    """The report without the article's voice where it only recalls what happened well before all that is news."""
    day = report.when.end
    if "lent_voice" not in report.signals or day is None or day >= published - timedelta(_RECALLED_DAYS):
        return report
    later = [other.when.end for other in others if other.when.end is not None and other.when.end > day]
    return replace(report, claimant=None) if later and min(later) - day > timedelta(_GAP_DAYS) else report


def is_empty(report: Report) -> bool:
    """Whether an incident has neither a place nor a result: no more than that there was one."""
    has_toll = any(toll.figure.best != 0 for toll in report.tolls)
    return report.where.admin1 is None and report.where.place is None and not has_toll and not report.materiel


def _mend(place: PlaceMention) -> PlaceMention:
    """The mention with its words as the text is meant, for looking them up."""
    return replace(
        place,
        span=_mend_span(place.span),
        names=tuple(_mend_span(name) for name in place.names),
        within=tuple((level, _mend_span(name)) for level, name in place.within),
    )


def _mend_span(span: Span) -> Span:
    return replace(span, text=normalise(span.text).text)


def _toll(claim: TollClaim) -> Toll:
    return Toll(
        claim.outcome,
        claim.side,
        claim.figure,
        claim.span,
        claim.victim.head if claim.victim else None,
        claim.subset_of,
    )


def _thing(claim: MaterielClaim) -> Materiel:
    quantity = claim.figure.best if claim.figure else None
    return Materiel(
        claim.category,
        claim.item,
        quantity,
        claim.figure,
        claim.status,
        claim.side,
        claim.span,
        claim.unit,
        claim.subset_of,
    )


def _signals(when: When, where: Where) -> Iterable[str]:
    if when.start is None:
        yield "no_date"
    if where.place is None:
        yield "no_place"
    elif where.latitude is None:
        yield "no_point"


def _flags(when: When, where: Where) -> Iterable[str]:
    if when.start is None:
        yield "no_date"
    elif when.basis in {"publication", "statement"}:
        yield "date_of_report"
    if where.place is not None and where.location is None:
        yield "place_not_found"
    if where.country is None:
        yield "no_country"


_OPEN_FORMS = frozenset({"year", "vague", "recent", "period", "week", "month", "month_part"})
_RECALLED_DAYS = 14
_GAP_DAYS = 21  # a bulletin of a month leaves no gap like that
_FAR_KM = 60.0  # "à une centaine de kilomètres de la capitale" says no site
