"""All claims of an article understood: reports, totals, and what was not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Protocol

from pipelines.catalog.actors import Actors
from pipelines.catalog.country import Atlas
from pipelines.catalog.language import Lexicon
from pipelines.mentions import Claim, DateMention, PlaceMention
from pipelines.models import Article, Issue, Report, Total, When
from pipelines.resolve.dates import resolve_date
from pipelines.resolve.place_survey import survey_places
from pipelines.resolve.reports import Resolver, is_empty, is_too_old, take_back_voice
from pipelines.resolve.restatements import merge_restatements


class Reading(Protocol):
    """What resolve needs of a parsed article."""

    @property
    def statement(self) -> DateMention | None: ...
    @property
    def claims(self) -> Sequence[Claim]: ...
    @property
    def period(self) -> DateMention | None: ...
    @property
    def is_bulletin(self) -> bool: ...
    @property
    def home(self) -> str: ...
    @property
    def places(self) -> Sequence[PlaceMention]: ...


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the claims of an article come to."""

    statement_date: date | None
    reports: tuple[Report, ...]
    totals: tuple[Total, ...]
    issues: tuple[Issue, ...]


def resolve_claims(parsed: Reading, article: Article, lexicon: Lexicon, actors: Actors, atlas: Atlas) -> Resolved:
    """The reports and totals of one article; without a day of publication an issue, as nothing can be dated."""
    if not parsed.claims:
        return Resolved(None, (), (), ())
    published = article.published_date
    if published is None:
        issue = Issue("resolve", "no_publication_date", article_id=article.article_id)
        return Resolved(None, (), (), (issue,))
    statement = _day(parsed.statement, published, lexicon)
    resolver = Resolver(
        article, lexicon, actors, published, statement,
        _period(parsed.period, published, statement, lexicon), parsed.is_bulletin, parsed.home,
        survey_places(parsed.places, atlas),
    )  # fmt: skip
    issues: list[Issue] = []
    reports: list[Report] = []
    for claim in parsed.claims:
        if claim.kind != "total":
            report, found = resolver.report(claim)
            issues += found
            if is_too_old(report.when, published):
                issues.append(Issue("resolve", "background", claim.trigger.text[:200], article_id=article.article_id))
            elif is_empty(report):
                issues.append(Issue("resolve", "nothing_told", claim.trigger.text[:200], article_id=article.article_id))
            else:
                reports.append(report)
    merged, summaries = merge_restatements(reports)
    kept = [take_back_voice(report, merged, published) for report in merged]
    totals = list(chain.from_iterable(resolver.totals(claim) for claim in parsed.claims if claim.kind == "total"))
    for report in summaries:
        totals += [
            Total(article.article_id, toll.outcome, None, toll.side, toll.figure, toll.span, report.claimant)
            for toll in report.tolls
        ]
    return Resolved(statement, tuple(kept), tuple(totals), tuple(issues))


def _day(mention: DateMention | None, published: date, lexicon: Lexicon) -> date | None:
    if mention is None:
        return None
    return resolve_date(mention, published=published, lexicon=lexicon).start


def _period(mention: DateMention | None, published: date, statement: date | None, lexicon: Lexicon) -> When | None:
    if mention is None:
        return None
    when = resolve_date(mention, published=published, statement=statement, lexicon=lexicon)
    return when if when.start is not None else None
