"""The days that an article has told so far, and which of them an incident takes."""

from __future__ import annotations

from pipelines.mentions import DateMention
from pipelines.parse.drafts import Draft
from pipelines.parse.frames import FINE_FORMS, Frame, is_event_day, is_finer
from pipelines.parse.segments import Segment


class ToldDays:
    """All days in text order, each with the headings that it stands under."""

    def __init__(self) -> None:
        self._told: list[tuple[DateMention, tuple[int, ...]]] = []

    def __bool__(self) -> bool:
        return bool(self._told)

    def add(self, segment: Segment) -> None:
        """Note the days of a segment."""
        self._told += [(mention, segment.sentence.headings) for mention in segment.dates]

    def set_day(self, draft: Draft, day: DateMention) -> None:
        """Give an incident a day of its own, with those told before it that it may lean on."""
        is_counted = day.part == "counted"  # from a day that may be told after it
        told = [m for m, _ in self._told if m.span.start < day.span.start or (is_counted and m.span != day.span)]
        draft.date, draft.date_chain, draft.is_dated = day, tuple(reversed(told)), True

    def refine_day(self, draft: Draft, frame: Frame) -> None:
        """The day of a further sentence, where the incident has none yet or a vaguer one."""
        if frame.day is not None and (not draft.is_dated or is_finer(frame.day, draft.date)):
            self.set_day(draft, frame.day)

    def mend_day(self, draft: Draft, frame: Frame) -> None:
        """ "L'assaut s'est produit le 12 juin": a numbered day says more than "en début de semaine"."""
        is_vague = draft.date is not None and draft.date.form not in FINE_FORMS
        if is_vague and frame.day is not None and frame.day.form in FINE_FORMS:
            self.set_day(draft, frame.day)

    def lend_day(self, draft: Draft, heading: DateMention | None, segment: Segment) -> None:
        """The day told before holds on for what follows it; a heading's day for the items below it."""
        if heading is not None:
            draft.date, draft.date_chain = heading, ()
            return
        told = [mention for mention, _ in self._told]
        same = [index for index, (_, headings) in enumerate(self._told) if headings == segment.sentence.headings]
        events = [index for index in same if is_event_day(told[index])]
        if events:
            draft.date, draft.date_chain = told[events[-1]], tuple(reversed(told[: events[-1]]))
