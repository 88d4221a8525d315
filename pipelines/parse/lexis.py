"""The lexicons of incidents, compiled: which words are people, parties, things, fates, acts, voices and marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pipelines.catalog.language import Lexicon
from pipelines.mentions import Category
from pipelines.parse.phrases import Matcher, Scanner, cut_line
from pipelines.parse.sections import (
    ActorWords,
    ClaimWords,
    ConjugatedVerb,
    Form,
    MaterielWords,
    Outcomes,
    PhraseEntry,
    Triggers,
    VerbEntry,
)


class VerbUse(NamedTuple):
    """A form of a verb. `maybe_finite`: folded, the participle and the present look alike."""

    entry: VerbEntry
    form: Form
    maybe_finite: bool = False
    unless: tuple[str, ...] = ()


class Thing(NamedTuple):
    """A kind of materiel: category and the item as the data names it."""

    category: Category
    item: str


class Person(NamedTuple):
    """Words for people or a party: class of the actors' catalog, and whether people are counted by them."""

    actor_class: str
    is_counted: bool


class Lexis:
    """All matchers of one language. Build it with `lexis`."""

    def __init__(self, lexicon: Lexicon) -> None:
        triggers = lexicon.read("triggers", Triggers)
        outcomes = lexicon.read("outcomes", Outcomes)
        actors = lexicon.read("actors", ActorWords)
        materiel = lexicon.read("materiel", MaterielWords)
        claims = lexicon.read("claims", ClaimWords)
        self.scanner = Scanner(_families(triggers, outcomes, actors, materiel, claims))
        self.units = Matcher(materiel.units.items())
        self._take_sets(outcomes)
        self._take_people(actors)
        self._take_things(materiel)
        self._take_claims(claims)

    def _take_sets(self, outcomes: Outcomes) -> None:
        self.be = frozenset(outcomes.auxiliaries["be"])
        self.further = frozenset(outcomes.further)
        self.have = frozenset(outcomes.auxiliaries["have"])
        self.pluperfect = frozenset(outcomes.auxiliaries["pluperfect"])
        self.negation = frozenset(outcomes.auxiliaries["negation"])
        self.negated = frozenset(outcomes.auxiliaries["negated"])
        self.joiners = frozenset(outcomes.joiners)
        self.prepositions = frozenset(outcomes.unlike_auxiliaries)
        self.pronouns = frozenset(outcomes.pronouns)
        self.participle_endings = outcomes.participle_endings
        self.agreeing_endings = outcomes.agreeing_endings
        self.relatives = frozenset(outcomes.relatives)
        self.objects = frozenset(outcomes.objects)
        self.after_bare = frozenset(outcomes.after_bare)
        self.phrase_participles = frozenset(outcomes.auxiliaries["phrase_participles"])
        self.passive_marks = frozenset(outcomes.auxiliaries["passive"])
        self.subjects = frozenset(outcomes.subjects)
        self.we = frozenset(outcomes.we)
        self.shares = frozenset(outcomes.shares)
        self.out_of_all = frozenset(outcomes.out_of_all)
        self.before_objects = frozenset(outcomes.before_objects)
        self.clause_words = frozenset(outcomes.clause_words)
        self.clause_ending = outcomes.clause_ending
        self.not_clause = frozenset(outcomes.not_clause)

    def _take_people(self, actors: ActorWords) -> None:
        self.collective = frozenset(actors.collective)
        self.own = frozenset(actors.own)
        self.theirs = frozenset(actors.theirs)
        self.servants = frozenset(actors.servants)
        self.any_camp = frozenset(actors.any_camp)
        self.other_doings = frozenset(actors.other_doings)
        self.neutral_units = tuple([unit] for unit in actors.neutral_units)
        self.plain_people = frozenset(actors.plain_people)
        self.either_camp = frozenset(actors.either_camp)
        self.locations = frozenset(actors.locations)
        self.taken_from = frozenset(actors.taken_from)
        self.complements = frozenset(actors.complements)

    def _take_things(self, materiel: MaterielWords) -> None:
        self.inside = frozenset(materiel.inside)
        self.accentless = frozenset(materiel.accentless)
        self.plural = frozenset(materiel.determiners["plural"])
        self.singular = frozenset(materiel.determiners["singular"])
        self.before_determiner = frozenset(materiel.determiners.get("before", ()))
        self.holding = materiel.holding
        self.holders = frozenset(materiel.holders)
        self.holding_one = frozenset(materiel.holding_one)
        self.making = frozenset(materiel.making)
        self.calibre_words = frozenset(materiel.calibre_words)
        self.calibre_units = frozenset(materiel.calibre_units)
        self.makers = Matcher((phrase, True) for phrase in materiel.makers)
        self.before_maker = frozenset(materiel.before_maker)
        self.generic = frozenset(materiel.generic)
        self.listing = Matcher((phrase, True) for phrase in materiel.listing)
        self.measures = frozenset(materiel.measures)
        self.mass = frozenset(materiel.mass)

    def _take_claims(self, claims: ClaimWords) -> None:
        self.plural_endings = claims.plural_endings
        self.contents = frozenset(claims.contents)
        self.clause_subjects = frozenset(claims.clause_subjects)
        self.followed = frozenset(claims.followed)
        self.wheres = frozenset(claims.wheres)
        self.apart_words = frozenset(claims.apart_words)
        self.ordinals = frozenset(claims.ordinals)
        self.order = claims.order
        self.multiples = frozenset(claims.multiples)
        self.definite = frozenset(claims.definite)
        self.demonstratives = frozenset(claims.demonstratives)
        self.relative_objects = frozenset(claims.relative_objects)
        self.clause_openers = frozenset(claims.clause_openers)
        self.lesser = frozenset(claims.lesser)
        self.army_organs = frozenset(claims.army_organs)
        self.outside = frozenset(claims.outside)
        self.of = claims.of


def lexis(lexicon: Lexicon) -> Lexis:
    """The compiled lexis of a lexicon, made once."""
    return lexicon.build(Lexis, lambda: Lexis(lexicon))


def _families(
    triggers: Triggers, outcomes: Outcomes, actors: ActorWords, materiel: MaterielWords, claims: ClaimWords
) -> dict[str, Matcher[Any]]:
    """The phrases of each kind of tag."""
    verbs: Matcher[VerbUse] = Matcher(_phrase_uses(triggers.phrases))
    _add_conjugated(verbs, triggers.verbs, outcomes.conjugations)
    marks = _marks(outcomes, claims, actors)
    return {
        "deed": verbs,
        "act": Matcher((words, noun) for noun in triggers.nouns for words in noun.words),
        "person": Matcher(_persons(actors)),
        "fate": _by_key(outcomes.nouns),
        "nominal": _by_key(outcomes.nominals),
        "thing_nominal": _by_key(outcomes.thing_nominals),
        "thing": Matcher(_things(materiel)),
        "camp": _by_key(actors.camps),
        "demonym": _by_key(actors.demonyms),
        "organ": Matcher(_organs(claims)),
        **{f"mark:{name}": Matcher((phrase, True) for phrase in phrases) for name, phrases in marks.items()},
    }


def _by_key(table: Mapping[Any, Iterable[str]]) -> Matcher[Any]:
    return Matcher((phrase, key) for key, phrases in table.items() for phrase in phrases)


def _persons(actors: ActorWords) -> Iterator[tuple[str, Person]]:
    for table, is_counted in ((actors.people, True), (actors.parties, False)):
        for actor_class, phrases in table.items():
            for phrase in phrases:
                yield phrase, Person(actor_class, is_counted)


def _things(materiel: MaterielWords) -> Iterator[tuple[str, Thing]]:
    for category, items in materiel.things.items():
        for item, phrases in items.items():
            for phrase in phrases:
                yield phrase, Thing(category, item)
    for phrase in materiel.not_things:
        yield phrase, Thing("other", "")


def _organs(claims: ClaimWords) -> Iterator[tuple[str, str]]:
    for organ, phrases in claims.organs.items():
        for phrase in phrases:
            yield phrase, organ
    for phrase in claims.army_voices:
        yield phrase, ""


_CLAIM_MARKS = (
    "saying", "quoting", "naming", "claims_of_attack", "background", "framing", "unreal", "intentions",
    "attempts", "roll_up", "another", "anaphora", "telling", "same_place", "concession", "prior", "likewise",
    "afterwards", "referring", "accidents", "placing", "courteous", "denied", "same_fate",
    "substitutes", "one_more", "superlatives", "came_after", "another_band", "proverbs", "meanwhile", "respectively",
    "burials", "handed_over", "planned", "known_attackers", "onward", "of_self", "beside", "bodies", "rites",
    "of_them", "under_way",
)  # fmt: skip
_OUTCOME_MARKS = (
    "subset", "parts", "joining", "superseded", "superseded_all", "losses", "new_sum", "toll_word",
    "meaning_dead", "set_against", "tolling",
    "identity", "doubted", "unhurt",
)  # fmt: skip
_ACTOR_MARKS = ("by", "against", "camp_before", "carrying", "serving")


def _marks(outcomes: Outcomes, claims: ClaimWords, actors: ActorWords) -> dict[str, tuple[str, ...]]:
    """All sentence marks under one roof: mark name -> phrases."""
    marks: dict[str, tuple[str, ...]] = {name: getattr(claims, name) for name in _CLAIM_MARKS}
    marks |= {name: getattr(outcomes, name) for name in _OUTCOME_MARKS}
    marks |= {name: getattr(actors, name) for name in _ACTOR_MARKS}
    return {**marks, "none": outcomes.none_words, "civilian": actors.civilian_marks}


def _phrase_uses(phrases: Iterable[PhraseEntry]) -> Iterator[tuple[str, VerbUse]]:
    for phrase in phrases:
        for words in phrase.words:
            yield words, VerbUse(phrase, phrase.form)


def _add_conjugated(
    matcher: Matcher[VerbUse],
    verbs: Mapping[str, ConjugatedVerb],
    conjugations: Mapping[str, Mapping[Form, tuple[str, ...]]],
) -> None:
    for stem, verb in verbs.items():
        endings = verb.forms or conjugations.get(verb.conjugation or "", {})
        finite = set(endings.get("fin", ()))
        for form, suffixes in endings.items():
            for suffix in suffixes:
                if form == "fin" and suffix in endings.get("part", ()):
                    continue
                use = VerbUse(verb, form, form == "part" and suffix in finite, verb.unless)
                matcher.add(cut_line(stem + suffix).words, use)
