"""From the drafts of a story to claims: spans of the article and their classes, nothing resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pipelines.mentions import (
    ActorMention,
    Claim,
    DateMention,
    Figure,
    MaterielClaim,
    PlaceMention,
    Side,
    Span,
    TollClaim,
)
from pipelines.parse.drafts import Draft, Story
from pipelines.parse.frames import is_event_day
from pipelines.parse.materiel import RawThing
from pipelines.parse.parties import PartyTag
from pipelines.parse.roles import Roles, find_roles
from pipelines.parse.segments import Segment
from pipelines.parse.sides import is_told, settle_outcome, settle_side, settle_status, settle_thing_side
from pipelines.parse.tagging import Tagged
from pipelines.parse.told_things import add_thing
from pipelines.parse.told_tolls import ToldTolls
from pipelines.parse.toll_sides import RawToll
from pipelines.parse.toll_sums import lend_sides, settle_told_sums
from pipelines.parse.types import choose_type, gather_facts
from pipelines.parse.voices import Voice, own_voice


@dataclass(frozen=True)
class ClaimMaker:
    """Makes claims of one article. `raw` gives the words of the article under offsets of the normalised text."""

    article_id: str
    tagged: Tagged
    raw: Callable[[int, int], Span]
    main: Voice | None
    state: PartyTag | None

    def make_all(self, story: Story) -> list[Claim]:
        """All claims of a story: incidents in text order, then totals."""
        claims = [self._make_incident(draft) for draft in story.drafts]
        joint = None if story.drafts else find_joint(story)
        if joint is not None:
            story.totals.remove(joint.segments[0])
            claims.append(replace(self._make_incident(joint), kind="joint"))
        claims += [self._make_total(segment) for segment in story.totals if segment.tolls or segment.things]
        return [replace(claim, claim_id=f"{self.article_id}#{n}") for n, claim in enumerate(claims, 1)]

    def _make_incident(self, draft: Draft) -> Claim:
        model = draft.like.segments if draft.like else []
        roles = find_roles(self.tagged, draft.segments, self.state, model)
        facts = gather_facts([*draft.segments, *model], roles)
        kind = choose_type(facts)
        voice = own_voice(self.tagged, draft.segments, self.main, is_background=draft.is_background)
        return Claim(
            claim_id="",
            article_id=self.article_id,
            kind="incident",
            trigger=self._trigger(draft),
            sub_event_type=kind,
            date=self._date(draft.date),
            date_chain=tuple(self._dates(draft.date_chain)),
            places=tuple(self.place(place) for place in [*draft.sites, *draft.headings]),
            initiator=self._actor(roles.initiator),
            target=self._actor(roles.target),
            others=tuple(actor for actor in map(self._actor, roles.others) if actor),
            tolls=tuple(self._tolls(draft.segments, roles, kind)),
            materiel=tuple(self._materiel(draft.segments, roles)),
            claimant=self._speaker(voice),
            claimant_text=voice.organ if voice else None,
            evidence=tuple(self._evidence(draft.segments)),
            signals=(*_signals(draft, roles), *(["lent_voice"] if voice is self.main and voice else [])),
        )

    def _make_total(self, segment: Segment) -> Claim:
        first, end = self.tagged.chars(segment.first, segment.end)
        roles = Roles("", None, None, ())
        return Claim(
            claim_id="",
            article_id=self.article_id,
            kind="total",
            trigger=self.raw(first, end),
            sub_event_type="",
            date=self._date(next(iter(segment.dates), None)),
            date_chain=(),
            places=tuple(self.place(place) for place in segment.places),
            initiator=None,
            target=None,
            others=(),
            tolls=tuple(self._tolls([segment], roles)),
            materiel=tuple(self._materiel([segment], roles)),
            claimant=self._speaker(self.main),
            claimant_text=self.main.organ if self.main else None,
            evidence=(self.raw(first, end),),
        )

    def _trigger(self, draft: Draft) -> Span:
        segment = draft.segments[0]
        return self.raw(*self.tagged.chars(segment.first, segment.end))

    def _evidence(self, segments: Sequence[Segment]) -> Iterable[Span]:
        seen: set[int] = set()
        for segment in segments:
            if segment.index not in seen:
                seen.add(segment.index)
                yield self.raw(segment.sentence.start, segment.sentence.end)

    def _date(self, mention: DateMention | None) -> DateMention | None:
        return replace(mention, span=self.raw(mention.span.start, mention.span.end)) if mention else None

    def _dates(self, mentions: Iterable[DateMention]) -> Iterable[DateMention]:
        for mention in mentions:
            yield replace(mention, span=self.raw(mention.span.start, mention.span.end))

    def place(self, mention: PlaceMention) -> PlaceMention:
        """The mention with the words of the article."""
        return replace(
            mention,
            span=self.raw(mention.span.start, mention.span.end),
            names=tuple(self.raw(name.start, name.end) for name in mention.names),
            within=tuple((level, self.raw(name.start, name.end)) for level, name in mention.within),
        )

    def _actor(self, party: PartyTag | None) -> ActorMention | None:
        if party is None:
            return None
        return ActorMention(self._words(party.first, party.end), party.key, party.side, party.actor_class)

    def _speaker(self, voice: Voice | None) -> ActorMention | None:
        if voice is None:
            return None
        party = voice.party
        side: Side = party.side if party else "unknown"
        head = party.actor_class if party else "army"
        return ActorMention(self._words(voice.first, voice.end), party.key if party else None, side, head)

    def _words(self, first: int, end: int) -> Span:
        return self.raw(*self.tagged.chars(first, end))

    def _tolls(self, segments: Sequence[Segment], roles: Roles, kind: str = "") -> Iterable[TollClaim]:
        """The tolls of an incident; a later figure for the same people is a rival or a repetition: the finer stays."""
        rows: list[TollClaim] = []
        for tolls in lend_sides(settle_told_sums([segment.tolls for segment in segments])):
            told = ToldTolls(rows)
            for toll in tolls[: _MOST_ROWS - len(rows)]:
                beside = [self._toll(other, roles, rows, kind) for other in tolls if other.outcome == toll.outcome]
                told.add(self._toll(toll, roles, rows, kind), beside, is_more=toll.amount.count.is_other)
        return rows

    def _toll(self, toll: RawToll, roles: Roles, before: Sequence[TollClaim], kind: str) -> TollClaim:
        count = toll.amount.count
        span = self._words(toll.first, toll.end)
        side = settle_side(toll, roles)
        whole = _find_whole(toll, before) if toll.is_subset else None
        figure = Figure(count.low, count.best, count.high, self.raw(count.start, count.end), count.rule)
        return TollClaim(settle_outcome(toll, side, kind), figure, span, self._actor(toll.party), side, whole)

    def _materiel(self, segments: Sequence[Segment], roles: Roles) -> Iterable[MaterielClaim]:
        rows: list[MaterielClaim] = []
        for segment in segments:
            told = len(rows)
            kinds = frozenset(act.kind for act in segment.acts)
            for thing in segment.things[: _MOST_ROWS - told]:
                if not is_told(thing, roles, kinds):
                    continue
                row = self._thing(thing, roles)
                add_thing(rows, row, thing, told)
        return rows

    def _thing(self, row: RawThing, roles: Roles) -> MaterielClaim:
        count = row.count
        span = self._words(row.first, row.end)
        side = settle_thing_side(row, roles)
        figure = None
        if count is not None:
            figure = Figure(count.low, count.best, count.high, self.raw(count.start, count.end), count.rule)
        elif row.quantity is not None:
            figure = Figure(row.quantity, row.quantity, row.quantity, span, "article")
        if figure is not None and row.quantity is None:
            figure = replace(figure, best=None)
        return MaterielClaim(
            row.thing.category, row.thing.item, figure, span, settle_status(row, roles), side, row.unit
        )


def find_joint(story: Story) -> Draft | None:
    """The roll-up that stands for one incident because nothing finer is told: an army's own figure of its enemies."""
    for segment in story.totals:
        is_won = any(toll.side == "non-state" and toll.amount.count.best != 0 for toll in segment.tolls)
        if is_won and any(act.agent == "state" for act in segment.acts):
            day = next((mention for mention in segment.dates if is_event_day(mention)), None)
            places = segment.sites if len(segment.sites) == 1 else []
            return Draft([segment], day, (), places, is_dated=day is not None)
    return None


def _find_whole(toll: RawToll, before: Sequence[TollClaim]) -> int | None:
    """Index of the toll that a subset belongs to: the last of its outcome and side, else the last."""
    for index in range(len(before) - 1, -1, -1):
        if before[index].outcome == toll.outcome and before[index].subset_of is None:
            return index
    return len(before) - 1 if before else None


def _signals(draft: Draft, roles: Roles) -> Iterable[str]:
    if draft.date is not None:
        yield "own_date" if draft.is_dated else "lent_date"
    if draft.places:
        yield "own_place"
    elif draft.headings:
        yield "heading_place"
    if any(segment.strong_acts for segment in draft.segments):
        yield "strong_act"
    if any(segment.tolls for segment in draft.segments):
        yield "toll"
    if roles.initiator is not None:
        yield "initiator"
    if draft.is_background:
        yield "background"
    if draft.like is not None or draft.is_another:
        yield "another"
    if draft.segments[0].is_plural:
        yield "plural"
    if draft.segments[-1].sentence.kind == "bullet" or draft.headings:
        yield "item"


_MOST_ROWS = 100  # tolls or things of one incident; more is a table, not a story
