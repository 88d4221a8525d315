"""An incident while it is being put together, and what the headings over it give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.mentions import DateMention, PlaceMention
from pipelines.parse.frames import is_coarse_place, is_echo, is_event_day
from pipelines.parse.segments import Segment
from pipelines.parse.tagging import Tagged
from pipelines.text import name_keys


@dataclass
class Draft:
    """An incident while it is being put together."""

    segments: list[Segment] = field(default_factory=list)
    date: DateMention | None = None
    date_chain: tuple[DateMention, ...] = ()
    places: list[PlaceMention] = field(default_factory=list)  # told as it is opened, or until one is finer than a unit
    further: list[PlaceMention] = field(default_factory=list)  # told later on
    headings: list[PlaceMention] = field(default_factory=list)
    is_background: bool = False
    is_dated: bool = False  # its own sentences tell the day
    is_another: bool = False  # told as one more: "une seconde explosion"
    lent: list[PlaceMention] = field(default_factory=list)  # where the incident before was, until a place is told
    like: Draft | None = None  # the incident whose course it shares: "même sort pour ..."
    listed: list[PlaceMention] = field(default_factory=list)  # sites named in one breath as it is opened
    is_joint: bool = False  # one of several told in one breath: figures beside them belong to none of them alone

    @property
    def sites(self) -> list[PlaceMention]:
        """All places told for it, in the order in which they may be its site."""
        own = [*sorted(self.places, key=_rank_trust), *sorted(self.further, key=_rank_trust)]
        return own or self.lent

    @property
    def names(self) -> set[str]:
        """The folded names told as its site."""
        return name_keys(self.sites)

    def find_ways(self) -> list[PlaceMention]:
        """Where those who were struck came from or went, short of a site; whence they left only if no site is lent."""
        others = [place for part in self.segments for place in part.places if place.role != "site"]
        return [place for place in others if not (self.lent and place.role == "origin" and place.relation == "at")]

    def add_places(self, told: Sequence[PlaceMention], with_context: Sequence[PlaceMention]) -> None:
        """More places: with those of the context before them as long as nothing finer than a unit is known."""
        if all(is_coarse_place(place) for place in self.places):
            self.places.extend(with_context)
        elif len(self.further) < _MOST_PLACES:
            self.further.extend(told)


@dataclass
class Story:
    """All incidents of an article in order, and the segments that only sum up."""

    drafts: list[Draft] = field(default_factory=list)
    totals: list[Segment] = field(default_factory=list)


def is_new_item(draft: Draft, segment: Segment) -> bool:
    """Whether a segment opens another bullet than those of the incident."""
    told = {before.sentence.paragraph for before in draft.segments}
    return segment.sentence.kind == "bullet" and segment.sentence.paragraph not in told


def is_sum_of(drafts: Sequence[Draft], segment: Segment) -> bool:
    """Whether a title's figures can only sum up several incidents: each is greater than any of theirs."""
    figures = [toll.amount.count.best or toll.amount.count.low or 0 for toll in segment.tolls]
    told = [toll.amount.count.best or 0 for draft in drafts for part in draft.segments for toll in part.tolls]
    return len(drafts) > 1 and bool(figures) and min(figures) > max(told, default=0)


def _rank_trust(place: PlaceMention) -> int:
    """How far a name is from being told as the site: by "à", "dans le secteur de"; as a unit's post; by nothing."""
    if is_echo(place) or place.is_goal or (place.is_post and not place.within):
        return 1
    return 2 if place.span.start == place.names[0].start and place.level is None else 0


def heading_places(tagged: Tagged, segment: Segment) -> list[PlaceMention]:
    """The places that the headings over a segment name, units before anything else."""
    places: list[PlaceMention] = []
    for first, end in _heading_words(tagged, segment):
        places += [tag.value for tag in tagged.within("place", first, end)]
    coarse = [place for place in places if is_coarse_place(place)]
    return coarse or places


def heading_day(tagged: Tagged, segment: Segment) -> DateMention | None:
    """The day that the headings over a segment name, the innermost first."""
    for first, end in _heading_words(tagged, segment):
        for tag in tagged.within("date", first, end):
            if is_event_day(tag.value):
                mention: DateMention = tag.value
                return mention
    return None


def is_new_section(tagged: Tagged, before: Segment, segment: Segment) -> bool:
    """Whether another heading that names a place or day governs a segment than the one before."""
    told = before.sentence.headings
    if not segment.sentence.headings or segment.sentence.headings == told:
        return False
    fresh = [tagged.sentences[index] for index in segment.sentence.headings if index not in told]
    ranges = [tagged.word_range(heading.start, heading.end) for heading in fresh]
    return any(tagged.within(kind, *words) for words in ranges for kind in ("place", "date"))


def _heading_words(tagged: Tagged, segment: Segment) -> list[tuple[int, int]]:
    """The words of the headings over a segment, innermost first."""
    found = [tagged.sentences[index] for index in reversed(segment.sentence.headings)]
    return [tagged.word_range(heading.start, heading.end) for heading in found]


_MOST_PLACES = 60  # told of one incident; a list of more is none of its places
