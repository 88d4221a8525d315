"""The records, in the order in which they come to be. All frozen: a later stage refers back by id, it changes nothing.

    Source ─discover→ Link ─fetch→ Page ─archive→ Capture ─extract→ Article ─parse→ Claim* ─resolve→ Report*
    Report* ─merge→ Event*

`Source` is what people write in YAML and stands in `pipelines.catalog.source`; `Claim` and the mentions that it is made
of stand in `pipelines.mentions`; the columns of the published tables stand in `pipelines.schema`. Offsets are code
points in `Article.text`. None means "not stated", 0 means "stated to be none".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pipelines.mentions import Category, Figure, Outcome, Relation, Side, Span, Status

DatePrecision = Literal["day", "range", "week", "month", "unknown"]
DateBasis = Literal["explicit", "weekday", "relative", "same_day", "bulletin", "statement", "publication"]

# ------------------------------------------------------------------------------------------------ the way in


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a source announces, with what the announcement says of it."""

    source_id: str
    url: str
    published_hint: datetime | None = None
    title_hint: str = ""
    content_html: str | None = None  # a feed's or WordPress's own full text, where it gives one
    modified_hint: datetime | None = None  # when the page last changed, where the announcement says so
    replay: str = ""  # where a web archive keeps a copy, to be asked instead of the site itself
    is_guess: bool = False  # made up from a pattern: that there is no such page is no fault
    is_whole: bool = False  # `content_html` is the whole article: the page itself need not be asked for


@dataclass(frozen=True, slots=True)
class Page:
    """One HTTP exchange: what was asked, what came back, byte for byte (body after content decoding)."""

    source_id: str
    url: str
    final_url: str
    fetched_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    sha256: str
    request_headers: tuple[tuple[str, str], ...] = ()
    is_unchanged: bool = False  # a 304, or a body with a digest that the archive holds already
    kind: str = "article"  # article | feed | listing | sitemap | api | robots


@dataclass(frozen=True, slots=True)
class Capture:
    """Where a page lies in the archive."""

    source_id: str
    url: str
    fetched_at: datetime
    status: int
    sha256: str
    warc_file: str  # relative to the archive folder
    warc_offset: int
    kind: str = "article"
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of publication days of one source, both ends included, that is or was gone through."""

    source_id: str
    start: date
    end: date
    via: str = "site"  # site | wayback | warc
    found: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says once its furniture is gone. `article_id` is made of the canonical address."""

    article_id: str
    source_id: str
    outlet: str
    outlet_country: str  # ISO2
    url: str
    language: str
    title: str
    body: str
    published_at: datetime | None
    published_date: date | None  # the day in the outlet's own timezone
    fetched_at: datetime | None = None
    content_sha256: str = ""
    capture: Capture | None = None
    is_issuer: bool = False  # the outlet is the issuing army's or government's own site
    author: str = ""  # as the page signs it; kept in the archive, in no published table

    @property
    def text(self) -> str:
        """The text that all offsets count in: title, two newlines, body."""
        return f"{self.title}\n\n{self.body}" if self.title else self.body


# ------------------------------------------------------------------------------------------------ what we understood


@dataclass(frozen=True, slots=True)
class Issue:
    """A value not understood, a row rejected, a page that did not extract. Never silent."""

    stage: str
    code: str
    quote: str = ""
    detail: str = ""
    article_id: str | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    name: str  # canonical
    side: Side
    span: Span
    country: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    start: date | None
    end: date | None
    precision: DatePrecision
    basis: DateBasis
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """A resolved place. `place` is the finest name as the text writes it, `location` its canonical name."""

    relation: Relation
    country: str | None  # ISO2
    admin1: str | None = None  # the official name in force on the event's day
    admin2: str | None = None
    admin3: str | None = None
    place: str | None = None
    location: str | None = None
    place_id: str | None = None
    geonameid: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    distance_km: float | None = None
    span: Span | None = None
    description: str = ""  # why this point: the reason, the losers


@dataclass(frozen=True, slots=True)
class Toll:
    outcome: Outcome
    side: Side
    figure: Figure
    span: Span
    actor: str | None = None
    subset_of: int | None = None  # index in the report's tolls
    claimant: str | None = None


@dataclass(frozen=True, slots=True)
class Materiel:
    category: Category
    item: str
    quantity: int | None
    figure: Figure | None
    status: Status
    side: Side
    span: Span
    unit: str | None = None
    subset_of: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What one article says of one incident, as we understood it."""

    report_id: str
    claim_id: str
    article_id: str
    trigger: Span
    sub_event_type: str
    when: When
    where: Where
    initiator: Party | None
    target: Party | None
    others: tuple[Party, ...]
    tolls: tuple[Toll, ...]
    materiel: tuple[Materiel, ...]
    claimant: str | None
    evidence: tuple[Span, ...]
    event_clarity: Literal[1, 2] = 1
    confidence: float = 0.5
    signals: tuple[str, ...] = ()  # the named facts that the confidence was weighed from
    flags: tuple[str, ...] = ()
    contested: tuple[Toll, ...] = ()  # rival figures by another voice in the same article


@dataclass(frozen=True, slots=True)
class Total:
    """A figure over several incidents or a period; never an event."""

    article_id: str
    outcome: Outcome | None
    status: Status | None
    side: Side
    figure: Figure
    span: Span
    claimant: str | None = None
    period: When | None = None
    where: Where | None = None
    scope: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read out of one article."""

    article_id: str
    is_security: bool
    is_communique: bool
    issuer: str | None
    statement_date: date | None
    reports: tuple[Report, ...] = ()
    totals: tuple[Total, ...] = ()
    issues: tuple[Issue, ...] = ()


# ------------------------------------------------------------------------------------------------ what outlets agree on


@dataclass(frozen=True, slots=True)
class Event:
    """One incident with all its reports. `chosen` is the report whose values lead, figure by figure in `tolls`."""

    event_id: str
    event_version: int
    chosen: Report
    report_ids: tuple[str, ...]
    article_ids: tuple[str, ...]
    tolls: tuple[Toll, ...]
    materiel: tuple[Materiel, ...]
    verification: str
    record_status: str
    first_seen_at: datetime
    flags: tuple[str, ...] = ()
