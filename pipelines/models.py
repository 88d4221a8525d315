"""The records, in the order in which they come to be. All frozen: a later stage refers back by id, it changes nothing.

    Source ─discover→ Link ─fetch→ Page ─archive→ Capture ─extract→ Article ─parse→ Claim* ─resolve→ Report* ─merge→ Event*

`Source` is what people write in YAML and stands in `pipelines.catalog.source`; the columns of the published tables stand
in `pipelines.schema`. Offsets are code points in `Article.text`. None means "not stated", 0 means "stated to be none".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Side = Literal["state", "non-state", "civilian", "external", "unknown"]
Outcome = Literal[
    "killed",
    "neutralised",
    "wounded",
    "captured",
    "arrested",
    "missing",
    "kidnapped",
    "surrendered",
    "released",
    "displaced",
]
Category = Literal[
    "base", "vehicle", "motorcycle", "weapon", "ammunition", "explosive", "drone", "aircraft",
    "boat", "fuel", "communication", "supplies", "livestock", "other",
]  # fmt: skip
Status = Literal["destroyed", "seized", "damaged", "lost", "burned"]
Relation = Literal["at", "near", "between", "admin2", "admin1", "country"]
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

    @property
    def text(self) -> str:
        """The text that all offsets count in: title, two newlines, body."""
        return f"{self.title}\n\n{self.body}" if self.title else self.body


# ------------------------------------------------------------------------------------------------ what was said


@dataclass(frozen=True, slots=True)
class Span:
    """Words of an article: `text` is `article.text[start:end]`, always."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as told: `rule` names how low, best and high came of the words (`exact`, `dozen`, `at_least` …)."""

    low: int | None
    best: int | None
    high: int | None
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words about a day, not yet resolved. `form` is the grammar's form; fields it does not use stay None."""

    span: Span
    form: str
    day: int | None = None
    month: int | None = None
    year: int | None = None
    end_day: int | None = None
    end_month: int | None = None
    end_year: int | None = None
    weekday: int | None = None  # 0 = Monday
    offset_days: int | None = None  # from the anchor: la veille -1, deux jours plus tard +2
    anchor: Literal["none", "previous", "statement", "publication"] = "none"
    part: str | None = None  # night, start, middle, end …


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words about a place, not yet resolved: one phrase with the names in it.

    `names` are the finest names of the phrase in text order (two for "entre A et B"), `within` the coarser names that
    the phrase or its heading puts around them with their declared level ("région", "cercle" …, None if undeclared).
    """

    span: Span
    relation: Relation
    names: tuple[Span, ...]
    level: str | None = None  # the level that the text declares for names[0]: village, commune, admin2, admin1 …
    within: tuple[tuple[str | None, Span], ...] = ()
    distance_km: float | None = None
    bearing: float | None = None  # degrees clockwise from north
    role: Literal["site", "origin", "destination", "home", "title"] = "site"


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words about a party. `key` is the id in the actors' catalog, None for words that the lexicon only classes."""

    span: Span
    key: str | None
    side: Side
    head: str = ""  # the class of the head noun: army, fighters, civilians …


@dataclass(frozen=True, slots=True)
class TollClaim:
    outcome: Outcome
    figure: Figure
    span: Span
    victim: ActorMention | None
    side: Side
    subset_of: int | None = None  # index in the claim's tolls


@dataclass(frozen=True, slots=True)
class MaterielClaim:
    category: Category
    item: str
    figure: Figure | None
    span: Span
    status: Status
    side: Side
    unit: str | None = None
    subset_of: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that the text says happened: spans and classes only, nothing resolved."""

    claim_id: str
    article_id: str
    kind: Literal["incident", "joint", "total"]  # joint: one figure for several places, nothing finer told
    trigger: Span
    sub_event_type: str
    date: DateMention | None
    date_chain: tuple[DateMention, ...]  # the mentions before it that it may lean on, nearest first
    places: tuple[PlaceMention, ...]
    initiator: ActorMention | None
    target: ActorMention | None
    others: tuple[ActorMention, ...]
    tolls: tuple[TollClaim, ...]
    materiel: tuple[MaterielClaim, ...]
    claimant: ActorMention | None
    claimant_text: str | None
    evidence: tuple[Span, ...]
    signals: tuple[str, ...] = ()  # named facts about the reading; the confidence is computed from them
    status: Status | None = None  # kind "total" about things


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
    flags: tuple[str, ...] = field(default=())
