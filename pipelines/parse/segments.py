"""A sentence cut into segments, each with what it tells: acts, tolls, things, days, places, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.mentions import DateMention, PlaceMention
from pipelines.parse.acts import RESULTS, Act, find_acts
from pipelines.parse.amounts import Amount
from pipelines.parse.clauses import find_prior, find_relative_past, find_rites, find_second_telling
from pipelines.parse.marks import read_marks, sums_up
from pipelines.parse.materiel import RawThing, find_materiel
from pipelines.parse.parallel import find_meanwhile, find_where_clauses
from pipelines.parse.parties import find_parties
from pipelines.parse.segment_dates import read_dates
from pipelines.parse.sentences import Sentence
from pipelines.parse.shares import find_items, find_shares, read_share, split_shares
from pipelines.parse.tagging import Tagged
from pipelines.parse.toll_sides import RawToll
from pipelines.parse.tolls import find_people, find_pronoun_tolls, find_tolls


@dataclass
class Segment:
    """Words `first` to `end` of sentence `index` and what they tell."""

    index: int
    sentence: Sentence
    first: int
    end: int
    acts: list[Act] = field(default_factory=list)
    tolls: list[RawToll] = field(default_factory=list)
    things: list[RawThing] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    marks: frozenset[str] = frozenset()
    act_start: int | None = None  # where the first telling act begins in the text
    is_anaphoric: bool = False  # opens with "cette attaque"
    is_further: bool = False  # opens with "par ailleurs"
    names_captive: bool = False  # says that somebody came free, counted or not: "le préfet a été libéré"
    names_prey: bool = False  # names an armed group or its people: what is done to them is told, counted or not

    @property
    def cause_acts(self) -> list[Act]:
        """The acts that tell what was done rather than what came of it."""
        return [act for act in self.strong_acts if act.kind not in RESULTS]

    @property
    def names_act(self) -> bool:
        """Whether it says what was done, be it only by a noun: "des tirs de roquettes"."""
        return bool(self.cause_acts) or any(act.kind in _NAMED for act in self.acts)

    @property
    def is_no_fight(self) -> bool:
        """Whether it tells of an accident, or of a burial and of nothing before it."""
        is_told = bool(self.strong_acts) or any(toll.amount.kind == "fate" for toll in self.tolls)  # "treize corps"
        return ("accidents" in self.marks and not self.cause_acts) or ("burials" in self.marks and not is_told)

    @property
    def counts_things(self) -> bool:
        """Whether it says how many things were taken, burned or destroyed."""
        return any(thing.count is not None and thing.count.best is not None for thing in self.things)

    @property
    def tells_of_nobody(self) -> bool:
        """Whether all that it says is that nobody was hurt: of an incident told beside it."""
        is_zero = bool(self.tolls) and all(toll.amount.count.rule == "none" for toll in self.tolls)
        return is_zero and not (self.acts or self.things or self.dates or self.places)

    @property
    def is_plural(self) -> bool:
        """Whether its first act is told in the plural: "deux attaques", "trois frappes"."""
        causes = self.cause_acts
        return bool(causes) and causes[0].is_plural

    @property
    def is_fact(self) -> bool:
        """Whether it says that something happened."""
        return bool(self.tolls or self.things or self.strong_acts)

    @property
    def strong_acts(self) -> list[Act]:
        """The acts that tell an incident by themselves."""
        has_result = bool(self.tolls or self.things)
        needy = frozenset() if has_result else _RESULT_ACTS - (_HITS if self.names_prey else frozenset())
        needy -= {"release"} if self.names_captive else frozenset()
        return [act for act in self.acts if not act.is_weak and (act.kind not in needy or self._is_surrender(act))]

    def _is_surrender(self, act: Act) -> bool:
        """ "une poignée d'hommes armés s'est livrée": told of fighters by a verb, counted or not."""
        return self.names_prey and act.kind == "surrender" and act.voice != "noun"

    @property
    def sites(self) -> list[PlaceMention]:
        """Where it happened, as far as this segment says."""
        return [place for place in self.places if place.role == "site"]


def read_segments(tagged: Tagged) -> list[Segment]:
    """The segments of all sentences but noise and captions, in text order."""
    segments: list[Segment] = []
    last_toll: RawToll | None = None
    last_thing: RawThing | None = None
    people: Amount | None = None
    paragraph = -1
    for index, sentence in enumerate(tagged.sentences):
        if sentence.kind in {"noise", "caption"}:
            continue
        if sentence.paragraph != paragraph:
            last_toll = None if sentence.kind == "bullet" else last_toll
            people = None
        paragraph = sentence.paragraph
        whole = tagged.word_range(sentence.start, sentence.end)
        shares = [*find_shares(tagged, *whole), *find_items(tagged, *whole)]
        for first, end in _cut(tagged, sentence, shares):
            is_listed = sentence.kind == "bullet" or first != whole[0]
            segment = _read(tagged, index, sentence, first, end, last_toll, last_thing if is_listed else None)
            last_thing = segment.things[-1] if segment.things else None
            if first in shares:
                segment.marks |= {"same_fate"}
                segment.tolls = segment.tolls or read_share(tagged, first, end, last_toll)
            if sums_up(tagged, *whole):
                segment.marks |= {"roll_up"}
            segment.act_start = next((tagged.line.starts[act.first] for act in segment.cause_acts), None)
            if not segment.tolls and people is not None:
                segment.tolls = find_pronoun_tolls(tagged, first, end, people)
            people = find_people(tagged, first, end) or people
            last_toll = segment.tolls[-1] if segment.tolls else last_toll
            segments += split_shares(tagged, segment)
    return segments


def _cut(tagged: Tagged, sentence: Sentence, shares: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Word ranges between the semicolons of a sentence, and around the incidents that it tells in one breath."""
    first, end = tagged.word_range(sentence.start, sentence.end)
    second = find_second_telling(tagged, first, end) if sentence.kind == "body" else None
    begins = {second, *shares, *find_meanwhile(tagged, first, end), *find_where_clauses(tagged, first, end)}
    for index in range(first, end):
        if tagged.line.words[index] == ";" or index in begins:
            if index > first:
                yield first, index
            first = index + (index not in begins)
    if end > first:
        yield first, end


def _read(
    tagged: Tagged,
    index: int,
    sentence: Sentence,
    first: int,
    end: int,
    last_toll: RawToll | None,
    last_thing: RawThing | None,
) -> Segment:
    return Segment(
        index,
        sentence,
        first,
        end,
        acts=find_acts(tagged, first, end),
        tolls=find_tolls(tagged, first, end, last_toll),
        things=find_materiel(tagged, first, end, last_thing),
        dates=read_dates(tagged, first, end),
        places=_read_places(tagged, first, end),
        marks=read_marks(tagged, first, end),
        is_anaphoric=_speaks_again(tagged, first, end),
        is_further=_turns_to_another(tagged, first, end),
        names_captive=_names_captive(tagged, first, end),
        names_prey=any(party.side == "non-state" for party in find_parties(tagged, first, end)),
    )


def _turns_to_another(tagged: Tagged, first: int, end: int) -> bool:
    """Whether words open with "un autre", or soon turn to something else: "Près de Gao, d'autre part"."""
    is_further = tagged.marks("another", first, min(end, first + _OPENING))
    return bool(is_further or tagged.marks("beside", first, min(end, first + _TURN_REACH)))


def _names_captive(tagged: Tagged, first: int, end: int) -> bool:
    """Whether somebody stands before a verb of coming free, or a pronoun for him: "l'armée les a libérés"."""
    freed = [tag for tag in tagged.within("deed", first, end) if tag.value.entry.act == "release"]
    for tag in freed:
        before = tagged.words(max(first, tag.first - _PRONOUN_REACH), tag.first)
        if tag.value.voice == "active" and tag.value.form == "part" and not tagged.lexis.objects.isdisjoint(before):
            return True
    told = [tag for tag in freed if tag.value.voice != "active" and tag.value.form == "part"]
    return any(find_parties(tagged, first, tag.first) for tag in told)


def _speaks_again(tagged: Tagged, first: int, end: int) -> bool:
    """Whether words open with what was told just before: "le bilan", "cette frappe", "Ils ont été remis à"."""
    opening = min(end, first + _OPENING)
    if tagged.line.words[first] in tagged.lexis.subjects and tagged.marks("handed_over", first, opening + _OPENING):
        return True
    if _is_all_known(tagged, first, end):
        return True
    acts = tagged.within("act", first + 1, opening)
    is_shown = any(tagged.line.words[tag.first - 1] in tagged.lexis.demonstratives for tag in acts)
    return is_shown or bool(tagged.marks("anaphora", first, opening))


def _is_all_known(tagged: Tagged, first: int, end: int) -> bool:
    """ "L'engin suivait le convoi quand l'explosion a eu lieu": no act but one that is known already."""
    acts = [tag for tag in tagged.within("act", first, end) if not tag.value.weak]
    if not acts or any(tag.value.entry.act and not tag.value.entry.weak for tag in tagged.within("deed", first, end)):
        return False
    known = tagged.lexis.definite | tagged.lexis.demonstratives
    is_known = all(tagged.line.words[tag.first - 1] in known for tag in acts if tag.first > first)
    is_placed = any(tagged.within("place", tag.end, tag.end + 2) for tag in acts)
    return is_known and not is_placed and not tagged.within("count", first, end)


def _read_places(tagged: Tagged, first: int, end: int) -> list[PlaceMention]:
    """The places of a segment; "calme à Niono malgré l'attaque de Dogofry" happened at the second."""
    marks = tagged.marks("concession", first, end)
    start = marks[-1].end if marks and tagged.within("act", marks[-1].end, end) else first
    rites = find_rites(tagged, first, end)
    tags = [tag for tag in tagged.within("place", start, end) if tag.first not in rites]
    aside = {*find_prior(tagged, first, end), *find_relative_past(tagged, first, end)}
    own = [tag for tag in tags if tag.first not in aside]
    return [tag.value for tag in (own if any(_is_fine_site(tag.value) for tag in own) else tags)]


def _is_fine_site(place: PlaceMention) -> bool:
    return place.role == "site" and place.relation in {"at", "near", "between"} and place.level != "commune"


_OPENING = 3  # words that open a sentence
_TURN_REACH = 12  # words in which a sentence turns to something else
_PRONOUN_REACH = 3  # words from a pronoun to its verb
# acts that tell an incident only with a figure or a thing
_RESULT_ACTS = frozenset(
    {"seize", "find", "hurt", "kill", "lose", "arrest", "miss", "hit", "capture", "release", "surrender", "intercept"}
)
_NAMED = frozenset({"shell", "suicide_noun", "car_bomb"})
_HITS = frozenset({"hit", "kill"})
