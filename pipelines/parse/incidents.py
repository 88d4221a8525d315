"""Which sentences tell of the same incident: where one begins, what goes on it, what is a sum over several."""

from __future__ import annotations

from typing import Literal

from pipelines.mentions import DateMention, PlaceMention
from pipelines.parse.drafts import Draft, Story, heading_day, heading_places
from pipelines.parse.frames import (
    Frame,
    build_frame,
    event_days,
    has_fine_site,
    is_beyond_one,
    is_coarse_place,
    is_fine_day,
    is_intro,
    is_near,
    is_new_day,
    is_new_site,
    is_openable,
    is_same_day,
    is_vague,
    leads_with_act,
    pick_day,
    site_names,
    tells_where,
)
from pipelines.parse.joint import are_told_apart, find_listed, hand_out, is_split, singles_out, split_draft
from pipelines.parse.openings import (
    Scene,
    counts_others,
    is_aside,
    note_kinship,
    opens_incident,
    stands_for_told,
)
from pipelines.parse.segments import Segment
from pipelines.parse.tagging import Tagged
from pipelines.parse.told_days import ToldDays
from pipelines.text import name_keys

Decision = Literal["open", "attach", "place", "total", "context", "skip"]


class StoryBuilder:
    """Goes through the segments with the incident that is open, the days told, and what waits for its fact."""

    def __init__(self, tagged: Tagged) -> None:
        self._tagged = tagged
        self.story = Story()
        self._open: Draft | None = None
        self._days = ToldDays()
        self._waiting: list[Segment] = []  # context whose facts are still to come
        self._intro: Segment | None = None  # "trois frappes ont été délivrées": told one by one below
        self._joint: list[Draft] = []
        self._summary_sites: list[PlaceMention] = []
        self._skipped = self._paragraph = -1  # the paragraph whose background was left out; that read last

    def take(self, segment: Segment) -> None:
        """Read one segment on."""
        is_first = self._open is None
        near = [before for before in self._waiting if is_near(before, segment, is_first=is_first)]
        self._waiting = near[-_MOST_CONTEXT:]
        frame = build_frame(segment, self._waiting, is_told=bool(self._days))
        decision = self._decide(segment, frame)
        if not (decision in _PASSED_OVER and "background" in segment.marks):
            self._days.add(segment)  # a day of long ago is none that "deux jours plus tôt" counts from
        earlier = self._find_earlier(segment, frame) if decision == "open" else None
        if earlier is not None:
            self._open = earlier
            self._attach(earlier, segment, frame)
        elif decision == "open":
            self._begin(segment, frame)
        elif decision in {"attach", "place"} and self._open is not None:
            if decision == "place":
                self._open.places[:0] = segment.sites
                self._days.mend_day(self._open, frame)
            self._attach(self._open, segment, frame)
        elif decision == "total":
            self.story.totals.append(segment)
        elif decision == "context":
            self._keep_context(segment)
        if decision != "context":
            self._waiting = []
        if decision == "total" or is_intro(segment):
            self._note_summary(segment)
        self._paragraph = segment.sentence.paragraph

    def _decide(self, segment: Segment, frame: Frame) -> Decision:
        if segment.sentence.kind == "heading":
            return "context" if not segment.is_fact else "skip"
        if self._goes_on_skipped(segment) or segment.is_no_fight:
            return "skip"
        if "denied" in segment.marks:
            return "skip"
        is_told = bool(segment.tolls or segment.things)
        if not is_told and "unreal" in segment.marks:
            return "skip"
        further = self._decide_further(segment, frame)
        if further is not None:
            return further
        is_own = segment.names_act and pick_day(segment, bool(self._days)) is not None and has_fine_site(segment)
        if not is_told and "courteous" in segment.marks and not is_own:
            return "skip"
        if "claims_of_attack" in segment.marks and not segment.tolls and self._open is not None and not is_own:
            is_later = is_new_day(self._open.date, frame.day) and bool(segment.cause_acts)
            return "open" if is_later and not segment.is_anaphoric else "attach"
        if "claims_of_attack" in segment.marks and is_own and self._open is not None:
            return "open" if self._starts_new(self._open, segment, frame) else "attach"
        if self._places_open(segment):
            return "place"
        if (
            not (segment.is_fact or (is_own and self._open is None))
            or is_vague(segment)
            or (self._open is None and segment.tells_of_nobody)
        ):
            return "context"
        if self._is_total(segment):
            return "total"
        if is_intro(segment):
            return "context"
        if self._open is None or self._starts_new(self._open, segment, frame):
            opens = is_openable(segment, frame)
            self._skipped = -1 if opens else segment.sentence.paragraph
            return "open" if opens else "skip"
        return "skip" if is_aside(self._tagged, self._open, segment, has_days=bool(self._days)) else "attach"

    def _decide_further(self, segment: Segment, frame: Frame) -> Decision | None:
        """What tells one more incident by its words: "la troisième a visé Nioro", "même sort pour"."""
        if self._open is None:
            return None
        if "another_act" in segment.marks and has_fine_site(segment) and segment.is_fact:
            return "open" if is_new_site(self._open.sites, frame) else None
        is_later = "another" in segment.marks or is_new_day(self._open.date, frame.day)
        if is_later and "same_fate" in segment.marks and not frame.sites:
            return "open"
        has_fate = "same_fate" in segment.marks or ("another_one" in segment.marks and bool(segment.sites))
        if not has_fate or not frame.sites:
            return None
        is_new = is_new_site(self._open.sites, frame) or is_new_day(self._open.date, frame.day)
        return "open" if is_new else "attach"

    def _places_open(self, segment: Segment) -> bool:
        """ "L'assaut a eu lieu lundi dans le village de S": where and when of what was told."""
        if self._open is None or "placing" not in segment.marks or segment.is_further or segment.tolls:
            return False
        names = name_keys(segment.sites)
        if not leads_with_act(segment) and any(names & draft.names for draft in self.story.drafts[:-1]):
            return False
        is_again = leads_with_act(segment) and not is_new_day(self._open.date, pick_day(segment, bool(self._days)))
        return is_again or all(is_coarse_place(place) for place in self._open.places) or not tells_where(segment)

    def _find_earlier(self, segment: Segment, frame: Frame) -> Draft | None:
        """The incident told before at the same site that a sentence without a day comes back to."""
        is_more = bool(segment.marks & _FURTHER) or counts_others(segment)
        if frame.day is not None or segment.sentence.kind == "bullet" or is_more:
            return None
        names = site_names(frame)
        told = (draft for draft in reversed(self.story.drafts) if names & draft.names)
        return next((draft for draft in told if not singles_out(draft.listed, segment)), None)

    def _goes_on_skipped(self, segment: Segment) -> bool:
        """Whether a segment only goes on with background that was left out."""
        if segment.sentence.paragraph != self._skipped or segment.sentence.kind == "bullet":
            return False
        return pick_day(segment, bool(self._days)) is None and not has_fine_site(segment)

    def _is_total(self, segment: Segment) -> bool:
        """A figure over a period or over several incidents, no site told."""
        if is_beyond_one(segment):
            return True
        is_joint = self._open is not None and self._open.is_joint and segment.sentence.kind == "body"
        if not segment.tolls and not (segment.counts_things if is_joint else segment.things):
            return False
        last = self.story.totals[-1] if self.story.totals else None
        if last is not None and last.sentence.paragraph == segment.sentence.paragraph and not self._is_own(segment):
            return segment.index - last.index <= 1
        if "roll_up" in segment.marks:
            if not self.story.drafts and self._sums_up_waiting(segment):
                return False
            if are_told_apart(self._tagged, find_listed(self._tagged, segment)):
                return False
            if segment.is_plural and segment.tolls and len(event_days(segment)) > 1:
                return True
            day = pick_day(segment, bool(self._days))
            return not (has_fine_site(segment) and day is not None and is_fine_day(day))
        if len(segment.sites) > 1 and all(is_coarse_place(site) for site in segment.sites) and segment.tolls:
            return (
                any(mention.form in _SPANS for mention in segment.dates) or pick_day(segment, bool(self._days)) is None
            )
        if not segment.is_plural or tells_where(segment) or self.story.drafts or not segment.tolls:
            return False
        is_led = segment.cause_acts[0].first < segment.tolls[0].first
        return is_led or pick_day(segment, bool(self._days)) is None

    def _sums_up_waiting(self, segment: Segment) -> bool:
        """ "Une opération a été menée du 20 au 27 à X. Bilan global : ...": the result of one operation."""
        same = [before for before in self._waiting if before.sentence.paragraph == segment.sentence.paragraph]
        return any(pick_day(before, bool(self._days)) is not None and has_fine_site(before) for before in same)

    def _is_own(self, segment: Segment) -> bool:
        """Whether a segment has a day or a fine site of its own, or its facts follow context that has."""
        return bool(self._waiting) or pick_day(segment, bool(self._days)) is not None or has_fine_site(segment)

    def _starts_new(self, draft: Draft, segment: Segment, frame: Frame) -> bool:
        if draft.is_joint and site_names(frame) <= {name for part in self._joint for name in part.names}:
            return False
        if segment.tells_of_nobody:
            return False
        scene = Scene(self._tagged, segment, frame, self._waiting, self._paragraph, bool(self._days))
        return opens_incident(draft, scene)

    def _begin(self, segment: Segment, frame: Frame) -> None:
        own = [before for before in self._waiting if before.sentence.kind != "heading"]
        draft = Draft(headings=heading_places(self._tagged, segment))
        draft.is_background = bool(segment.marks & {"background", "pluperfect"})
        is_like = any(part.marks & {"same_fate", "another_one"} for part in (segment, *own))
        if self._open is not None and (is_like or singles_out(self._open.listed, segment)):
            draft.like = self._open
        if not segment.cause_acts and self._intro is not None and segment.index - self._intro.index <= _INTRO_REACH:
            draft.segments.append(self._intro)
        draft.segments += own
        self.story.drafts.append(draft)
        self._attach(draft, segment, frame)
        draft.places = list(frame.sites)
        marks = segment.marks.union(*(before.marks for before in own))
        note_kinship(draft, self._open, segment)
        if not draft.places and marks & {"same_place", "same_fate"}:
            draft.places = list(self._open.places) if self._open else []
        if frame.day is not None:
            self._days.set_day(draft, frame.day)
        elif not draft.is_dated:
            self._days.lend_day(draft, heading_day(self._tagged, segment), segment)
        if not draft.places and not draft.is_background:
            draft.places = self._summary_sites
        if not draft.places:
            draft.places = draft.find_ways()
        self._open = draft
        self._split_joint(draft, segment)

    def _split_joint(self, draft: Draft, segment: Segment) -> None:
        """ "des attaques à X et à Y": one incident a place, the figures belong to both."""
        draft.listed = find_listed(self._tagged, segment)
        if not is_split(self._tagged, draft.listed, segment):
            return
        if segment.tolls or segment.things:
            self.story.totals.append(segment)
        self._joint = split_draft(draft)
        self.story.drafts[-1:] = self._joint
        self._open = self._joint[-1]

    def _attach(self, draft: Draft, segment: Segment, frame: Frame) -> None:
        if draft.is_joint and (segment.tolls or segment.things):
            self.story.totals += hand_out(self._tagged, self._joint, segment)
            return
        draft.segments.append(segment)
        self._days.refine_day(draft, frame)
        draft.add_places(segment.sites, frame.sites)

    def _keep_context(self, segment: Segment) -> None:
        """What tells no fact gives day and place: to the incident before it that lacks them, else to what follows."""
        if is_intro(segment) and segment.is_fact:
            self._intro = segment
        day = pick_day(segment, bool(self._days))
        if segment.sentence.kind == "heading" or self._fills_gap(segment, day):
            return
        if day is not None or segment.sites or segment.strong_acts or self._waiting:
            self._waiting.append(segment)

    def _note_summary(self, segment: Segment) -> None:
        """The one site that a summary tells holds for what it sums up."""
        sites = [site for site in segment.sites if not is_coarse_place(site)]
        self._summary_sites = sites if len(sites) == 1 else self._summary_sites

    def _fills_gap(self, segment: Segment, day: DateMention | None) -> bool:
        draft = self._open
        if draft is None or self._waiting or (day is None and not segment.sites):
            return False
        is_told_day = day is not None and draft.is_dated
        is_placed = bool(draft.places) and not all(is_coarse_place(place) for place in draft.places)
        if is_told_day and not (is_same_day(draft.date, day) and not is_placed and has_fine_site(segment)):
            return False
        if not is_told_day and (segment.sentence.paragraph != draft.segments[-1].sentence.paragraph):
            return False
        is_named_late = not is_placed and has_fine_site(segment) and stands_for_told(segment)
        if segment.sites and draft.places and not is_told_day and not is_named_late:
            return False
        if day is not None and not is_told_day:
            self._days.set_day(draft, day)
        draft.add_places(segment.sites, segment.sites)
        draft.segments.append(segment)
        return True


_SPANS = frozenset({"range", "week", "month", "month_range", "month_part", "last_days"})
_PASSED_OVER = frozenset({"context", "skip", "total"})
_FURTHER = frozenset({"another", "another_one", "another_act", "same_fate"})
_INTRO_REACH = 6
_MOST_CONTEXT = 20  # segments that wait for their fact
