"""Which sentences tell of the same incident: where one begins, what goes on it, what is a sum over several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipelines.mentions import DateMention, PlaceMention
from pipelines.parse.segments import Segment
from pipelines.parse.tagging import Tagged
from pipelines.text import fold

Decision = Literal["open", "attach", "total", "context", "skip"]


@dataclass
class Draft:
    """An incident while it is being put together."""

    segments: list[Segment] = field(default_factory=list)
    date: DateMention | None = None
    date_chain: tuple[DateMention, ...] = ()
    places: list[PlaceMention] = field(default_factory=list)
    headings: list[PlaceMention] = field(default_factory=list)
    is_background: bool = False
    is_dated: bool = False  # its own sentences tell the day

    @property
    def names(self) -> set[str]:
        """The folded finest names told as its site."""
        return {fold(span.text) for place in self.places for span in place.names}


@dataclass
class Story:
    """All incidents of an article in order, and the segments that only sum up."""

    drafts: list[Draft] = field(default_factory=list)
    totals: list[Segment] = field(default_factory=list)


def build_story(tagged: Tagged, segments: Sequence[Segment]) -> Story:
    """The incidents of an article; its title is read only where the body tells none."""
    builder = _Builder(tagged)
    body = [segment for segment in segments if segment.sentence.kind != "title"]
    for segment in body:
        builder.take(segment)
    if not builder.story.drafts:
        for segment in segments:
            if segment.sentence.kind == "title":
                builder.take(segment)
    return builder.story


class _Builder:
    """Goes through the segments with the incident that is open, and the days told so far."""

    def __init__(self, tagged: Tagged) -> None:
        self._tagged = tagged
        self.story = Story()
        self._open: Draft | None = None
        self._dates: list[DateMention] = []
        self._pending_place: tuple[PlaceMention, int] | None = None
        self._pending_date: tuple[DateMention, int] | None = None
        self._paragraph = -1

    def take(self, segment: Segment) -> None:
        """Read one segment on."""
        decision = self._decide(segment)
        if decision == "open":
            self._begin(segment)
        elif decision == "attach" and self._open is not None:
            self._attach(self._open, segment)
        elif decision == "total":
            self.story.totals.append(segment)
        if decision in {"context", "open"} or (decision == "attach" and _day_of(segment)):
            self._remember(segment)
        self._paragraph = segment.sentence.paragraph

    def _decide(self, segment: Segment) -> Decision:
        if segment.sentence.kind == "heading":
            return "context" if not segment.is_fact else "skip"
        if "unreal" in segment.marks and not (segment.tolls or segment.things):
            return "skip"
        if not segment.is_fact:
            return "context"
        if self._is_total(segment):
            return "total"
        if self._open is None or self._starts_new(self._open, segment):
            return "open" if self._is_openable(segment) else "skip"
        return "attach"

    def _is_total(self, segment: Segment) -> bool:
        """A figure over a period or over several incidents, no site told."""
        if not segment.tolls and not segment.things:
            return False
        if "roll_up" not in segment.marks:
            return False
        return not (segment.sites and _day_of(segment))

    def _is_openable(self, segment: Segment) -> bool:
        """Background opens an incident only with a day and a place or figures of its own."""
        if segment.marks & {"background", "pluperfect"}:
            return bool(_day_of(segment)) and bool(segment.sites or segment.tolls)
        return True

    def _starts_new(self, draft: Draft, segment: Segment) -> bool:
        new_day = _is_new_day(draft, segment)
        new_site = _is_new_site(draft, segment)
        is_item = segment.sentence.kind == "bullet" and segment.sentence.paragraph != self._paragraph
        if is_item and (segment.sites or _day_of(segment)) and (new_day or new_site):
            return True
        if new_site and (segment.strong_acts or segment.tolls or segment.things):
            return True
        if new_day and (segment.strong_acts or segment.tolls):
            return True
        return "another" in segment.marks and bool(segment.strong_acts) and bool(segment.sites) and new_site

    def _begin(self, segment: Segment) -> None:
        headings = self._heading_places(segment)
        draft = Draft(headings=headings, is_background=bool(segment.marks & {"background", "pluperfect"}))
        self.story.drafts.append(draft)
        self._open = draft
        self._attach(draft, segment)
        if not draft.places and self._pending_place and segment.index - self._pending_place[1] <= _PENDING_REACH:
            draft.places.append(self._pending_place[0])
        if draft.date is None:
            self._lend_date(draft, segment)
        self._pending_place = None

    def _attach(self, draft: Draft, segment: Segment) -> None:
        draft.segments.append(segment)
        day = _day_of(segment)
        if day is not None and not draft.is_dated:
            draft.date, draft.date_chain, draft.is_dated = day, tuple(reversed(self._dates)), True
        draft.places.extend(segment.sites)

    def _lend_date(self, draft: Draft, segment: Segment) -> None:
        """The day told before holds on for what follows it; a heading's day for the items below it."""
        heading = self._heading_date(segment)
        if heading is not None:
            draft.date, draft.date_chain = heading, ()
        elif self._dates:
            draft.date, draft.date_chain = self._dates[-1], tuple(reversed(self._dates[:-1]))

    def _remember(self, segment: Segment) -> None:
        for mention in segment.dates:
            if _is_event_day(mention):
                self._dates.append(mention)
        if not segment.is_fact and segment.sites and segment.sentence.kind != "heading":
            self._pending_place = segment.sites[0], segment.index

    def _heading_places(self, segment: Segment) -> list[PlaceMention]:
        places: list[PlaceMention] = []
        for index in reversed(segment.sentence.headings):
            heading = self._tagged.sentences[index]
            first, end = self._tagged.word_range(heading.start, heading.end)
            places += [tag.value for tag in self._tagged.within("place", first, end)]
        return places

    def _heading_date(self, segment: Segment) -> DateMention | None:
        for index in reversed(segment.sentence.headings):
            heading = self._tagged.sentences[index]
            first, end = self._tagged.word_range(heading.start, heading.end)
            for tag in self._tagged.within("date", first, end):
                if _is_event_day(tag.value):
                    mention: DateMention = tag.value
                    return mention
        return None


def _is_event_day(mention: DateMention) -> bool:
    """Whether a mention can be the day of an incident."""
    return mention.part not in _NO_EVENT_PARTS and mention.form not in _NO_EVENT_FORMS


def _day_of(segment: Segment) -> DateMention | None:
    """The day that a segment tells for its incident: the first that says more than a month or a year."""
    days = [mention for mention in segment.dates if _is_event_day(mention)]
    fine = [mention for mention in days if mention.form not in _COARSE_FORMS]
    return (fine or days or [None])[0]


def _is_new_day(draft: Draft, segment: Segment) -> bool:
    day = _day_of(segment)
    if day is None or draft.date is None or day.form in _SAME_FORMS:
        return False
    if day.anchor == "previous":
        return True
    told = (day.day, day.weekday, day.form)
    return told != (draft.date.day, draft.date.weekday, draft.date.form) and not _agree(day, draft.date)


def _agree(day: DateMention, other: DateMention) -> bool:
    """Whether two mentions may be the same day: the same number, or the same weekday."""
    if day.day is not None and other.day is not None:
        return day.day == other.day and (day.month is None or other.month is None or day.month == other.month)
    if day.weekday is not None and other.weekday is not None:
        return day.weekday == other.weekday
    return False


def _is_new_site(draft: Draft, segment: Segment) -> bool:
    sites = [site for site in segment.sites if site.level not in _REGIONS]
    if not sites or not draft.places:
        return False
    names = {fold(span.text) for site in sites for span in site.names}
    return not names & draft.names


_PENDING_REACH = 2  # sentences
_NO_EVENT_PARTS = frozenset({"report", "since"})
_NO_EVENT_FORMS = frozenset({"year", "vague"})
_COARSE_FORMS = frozenset({"month", "month_part", "month_range"})
_SAME_FORMS = frozenset({"same_day", "same_period"})
_REGIONS = frozenset({"admin1", "region", "country"})
