"""The sections of a language's lexicon that tell incidents, as pydantic checks them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pipelines.mentions import Category, Outcome, Side, Status

Form = Literal["inf", "part", "ger", "fin", "act"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class VerbEntry(_Section):
    """What a verb tells: an act, and what becomes of its object (of its subject, if it undergoes)."""

    act: str = ""
    people: Outcome | None = None
    things: Status | None = None
    agent: Literal["state", "non-state", "civilian", "none", ""] = ""
    undergo: bool = False
    loses: bool = False  # the object was the subject's own
    turns: bool = False  # without an object it befalls its subject: "deux camions ont brûlé"
    makes: bool = False  # "fait": the fate stands in the object
    weak: bool = False  # tells no incident by itself
    suffers: bool = False  # the act befalls the subject
    needs: Literal["be", "have", ""] = ""  # only with this auxiliary
    only_of: Literal["non-state", ""] = ""  # means nothing where another side does it


class ConjugatedVerb(VerbEntry):
    """A verb of `triggers` with the way to its forms."""

    conjugation: str | None = Field(None, alias="as")
    forms: dict[Form, tuple[str, ...]] = {}
    unless: tuple[str, ...] = Field((), alias="not")


class PhraseEntry(VerbEntry):
    """Phrases of `triggers` with a verb inside."""

    words: tuple[str, ...]
    form: Form


class NounEntry(_Section):
    """A noun of action."""

    words: tuple[str, ...]
    act: str
    agent: Literal["state", "non-state", "civilian", "none", ""] = ""
    weak: bool = False


class Triggers(_Section):
    """The section `triggers`."""

    verbs: dict[str, ConjugatedVerb]
    phrases: tuple[PhraseEntry, ...]
    nouns: tuple[NounEntry, ...]


class Outcomes(_Section):
    """The section `outcomes`."""

    nouns: dict[Outcome, tuple[str, ...]]
    nominals: dict[Outcome, tuple[str, ...]]
    thing_nominals: dict[Status, tuple[str, ...]]
    losses: tuple[str, ...]
    tolling: tuple[str, ...] = ()
    none_words: tuple[str, ...]
    subset: tuple[str, ...]
    parts: tuple[str, ...]
    joining: tuple[str, ...]
    further: tuple[str, ...]
    superseded: tuple[str, ...]
    superseded_all: tuple[str, ...]
    set_against: tuple[str, ...] = ()
    meaning_dead: tuple[str, ...] = ()
    new_sum: tuple[str, ...]
    toll_word: tuple[str, ...]
    joiners: tuple[str, ...]
    unlike_auxiliaries: tuple[str, ...]
    pronouns: tuple[str, ...]
    subjects: tuple[str, ...]
    after_bare: tuple[str, ...]
    objects: tuple[str, ...]
    relatives: tuple[str, ...]
    participle_endings: tuple[str, ...]
    agreeing_endings: tuple[str, ...] = ()
    we: tuple[str, ...] = ()
    out_of_all: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()
    unhurt: tuple[str, ...] = ()
    before_objects: tuple[str, ...]
    clause_words: tuple[str, ...]
    clause_ending: str
    not_clause: tuple[str, ...]
    conjugations: dict[str, dict[Form, tuple[str, ...]]]
    auxiliaries: dict[str, tuple[str, ...]]


class ActorWords(_Section):
    """The section `actors`."""

    people: dict[str, tuple[str, ...]]
    parties: dict[str, tuple[str, ...]]
    civilian_marks: tuple[str, ...]
    collective: tuple[str, ...]
    servants: tuple[str, ...] = ()
    any_camp: tuple[str, ...] = ()
    either_camp: tuple[str, ...] = ()
    plain_people: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    neutral_units: tuple[str, ...] = ()
    other_doings: tuple[str, ...] = ()
    demonyms: dict[str, tuple[str, ...]]
    camps: dict[Side, tuple[str, ...]]
    camp_before: tuple[str, ...] = ()
    own: tuple[str, ...]
    carrying: tuple[str, ...]
    serving: tuple[str, ...] = ()
    taken_from: tuple[str, ...] = ()
    locations: tuple[str, ...]
    complements: tuple[str, ...]
    by: tuple[str, ...]
    against: tuple[str, ...]


class MaterielWords(_Section):
    """The section `materiel`."""

    things: dict[Category, dict[str, tuple[str, ...]]]
    mass: tuple[str, ...]
    units: dict[str, str]
    inside: tuple[str, ...]
    measures: tuple[str, ...]
    not_things: tuple[str, ...]
    holding: dict[str, str]
    holders: tuple[str, ...] = ()
    holding_one: tuple[str, ...] = ()
    making: tuple[str, ...] = ()
    calibre_words: tuple[str, ...] = ()
    calibre_units: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    before_maker: tuple[str, ...] = ()
    generic: tuple[str, ...]
    listing: tuple[str, ...]
    accentless: tuple[str, ...]
    determiners: dict[Literal["plural", "singular", "before"], tuple[str, ...]]


class ClaimWords(_Section):
    """The section `claims`."""

    organs: dict[str, tuple[str, ...]]
    army_voices: tuple[str, ...]
    saying: tuple[str, ...]
    naming: tuple[str, ...] = ()
    quoting: tuple[str, ...] = ()
    claims_of_attack: tuple[str, ...]
    background: tuple[str, ...]
    framing: tuple[str, ...]
    unreal: tuple[str, ...]
    intentions: tuple[str, ...]
    attempts: tuple[str, ...] = ()
    roll_up: tuple[str, ...]
    another: tuple[str, ...]
    anaphora: tuple[str, ...]
    apart_words: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()
    order: dict[str, int] = {}
    multiples: tuple[str, ...] = ()
    definite: tuple[str, ...] = ()
    demonstratives: tuple[str, ...]
    telling: tuple[str, ...]
    concession: tuple[str, ...]
    prior: tuple[str, ...]
    likewise: tuple[str, ...] = ()
    afterwards: tuple[str, ...]
    referring: tuple[str, ...]
    clause_subjects: tuple[str, ...]
    followed: tuple[str, ...] = ()
    accidents: tuple[str, ...]
    handed_over: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    burials: tuple[str, ...] = ()
    clause_openers: tuple[str, ...]
    relative_objects: tuple[str, ...]
    contents: tuple[str, ...]
    placing: tuple[str, ...]
    courteous: tuple[str, ...]
    denied: tuple[str, ...]
    same_place: tuple[str, ...]
    same_fate: tuple[str, ...]
    substitutes: tuple[str, ...] = ()
    superlatives: tuple[str, ...] = ()
    known_attackers: tuple[str, ...] = ()
    onward: tuple[str, ...] = ()
    of_self: tuple[str, ...] = ()
    one_more: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    rites: tuple[str, ...] = ()
    came_after: tuple[str, ...] = ()
    another_band: tuple[str, ...] = ()
    proverbs: tuple[str, ...] = ()
    of_them: tuple[str, ...] = ()
    under_way: tuple[str, ...] = ()
    meanwhile: tuple[str, ...] = ()
    wheres: tuple[str, ...] = ()
    respectively: tuple[str, ...] = ()
    plural_endings: tuple[str, ...]
    of: dict[str, str]
    region_of: dict[str, str] = {}
    region_default: str = ""
    outside: tuple[str, ...]
    lesser: tuple[str, ...]
    army_organs: tuple[str, ...] = ()
