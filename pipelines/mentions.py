"""What was said: words of one article and their classes, nothing resolved. The left half of `pipelines.models`.

Offsets are code points in `Article.text`; every `Span` is an exact substring of it.
"""

from __future__ import annotations

from dataclasses import dataclass
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
DEAD: frozenset[Outcome] = frozenset({"killed", "neutralised"})  # two words for the same end
Category = Literal[
    "base", "vehicle", "motorcycle", "weapon", "ammunition", "explosive", "drone", "aircraft",
    "boat", "fuel", "communication", "supplies", "livestock", "other",
]  # fmt: skip
Status = Literal["destroyed", "seized", "damaged", "lost", "burned"]
Relation = Literal["at", "near", "between", "admin2", "admin1", "country"]


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
    # night, start, middle, end …; report: of a telling; counted: from another incident's day, which is the base;
    # head: goes back where a sentence begins
    part: str | None = None


# Levels that a phrase gives to what stands around its name, beside those of units.
COUNTRY = "country"
BEARING = "bearing"  # a region whose name may only tell the direction: "à Kongoussi, dans le Nord"
ANCHOR = "anchor"  # a place that only helps to find the one before it


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
    is_post: bool = False  # the name only binds a camp or unit to its town: "le détachement militaire de"
    is_goal: bool = False  # where somebody was on the way to: "faisait route vers"
    regions: frozenset[str] = frozenset()  # ids of the first-level units that those who bear the name lie in


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
