"""Whether a segment opens an incident other than the one being told, or goes on with that one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.parse.drafts import Draft, is_new_item, is_new_section
from pipelines.parse.frames import (
    Frame,
    has_fine_site,
    is_fine_day,
    is_further_site,
    is_new_day,
    is_new_site,
    leads_with_number,
    leads_with_same_day,
    leads_with_site,
    pick_day,
    tells_where,
)
from pipelines.parse.joint import singles_out
from pipelines.parse.segments import Segment
from pipelines.parse.tagging import Tagged


@dataclass(frozen=True)
class Scene:
    """A segment with its frame, the context before it, and what has been read so far."""

    tagged: Tagged
    segment: Segment
    frame: Frame
    waiting: Sequence[Segment]
    paragraph: int  # that read last
    has_days: bool

    @property
    def has_own_day(self) -> bool:
        """Whether the segment tells a day by itself."""
        return pick_day(self.segment, self.has_days) is not None


def is_aside(tagged: Tagged, draft: Draft, segment: Segment, *, has_days: bool) -> bool:
    """Whether a segment that opens no incident belongs to none: it frames the news, or recalls what was before it."""
    day = pick_day(segment, has_days)
    if "framing" in segment.marks or ("background" in segment.marks and day is not None):
        return True
    if not segment.tolls or draft.date is None or not is_fine_day(draft.date):
        return False
    if day is None:
        return any(mention.form == "vague" for mention in segment.dates)
    is_before = (
        day.month is None
        or day.year is not None
        or not tagged.lexis.pluperfect.isdisjoint(tagged.words(segment.first, segment.end))
    )
    return not is_fine_day(day) and (is_before or is_new_day(draft.date, day))


def opens_incident(draft: Draft, scene: Scene) -> bool:
    """Whether a segment tells another incident than `draft`.

    What lists (a bullet, a numbered day, a heading) is asked first, then words for one more or for the same, then
    another place, then another day.
    """
    segment, frame = scene.segment, scene.frame
    if segment.marks & {"background", "pluperfect"} and not draft.is_dated and scene.has_own_day:
        return True
    new_day = is_new_day(draft.date, frame.day) and not _is_day_of_speech(segment, frame)
    listed = _is_listed_anew(draft, scene, new_day=new_day)
    if listed is not None:
        return listed
    if ("of_them" in segment.marks and not frame.sites) or _is_word_of_witness(scene):
        return False
    if "another_act" in segment.marks and segment.cause_acts and segment.is_further and segment.dates:
        return True
    if segment.is_anaphoric and not new_day:
        return False
    if singles_out(draft.listed, segment):
        return True
    if (frame.day is None and _tells_care(segment)) or _is_reaction(segment, frame) or _finds_the_dead(draft, segment):
        return False
    if is_other_deed(draft, segment):
        return True
    if not scene.has_own_day and _is_of_the_same(segment):
        return False
    if _is_elsewhere(draft, scene):
        return _is_told_there(scene, new_day=new_day)
    if new_day:
        return bool(segment.strong_acts or segment.tolls or (segment.things and has_fine_site(segment)))
    return _is_further_that_day(draft, scene)


def note_kinship(draft: Draft, before: Draft | None, segment: Segment) -> None:
    """Whether an incident is told as one more than the one before, and whether it happened there if no place is told.

    "Une autre attaque", "le même jour ... également"; "revenus dimanche, les assaillants ...".
    """
    is_other = before is not None and is_other_deed(before, segment)
    is_one_more = "another" in segment.marks and leads_with_same_day(segment)
    draft.is_another = is_other or is_one_more or "another_act" in segment.marks
    if before is not None and (is_other or segment.marks & {"another_act", "known_attackers"}):
        draft.lent = before.sites


def counts_others(segment: Segment) -> bool:
    """ "onze autres": more people than those told before."""
    return any(toll.amount.count.is_other for toll in segment.tolls)


def stands_for_told(segment: Segment) -> bool:
    """ "C'est Nampala qui a été visée", "X a été le lieu du drame": an act that only stands for the one told."""
    return bool(segment.acts) and all(act.kind in _STANDING_FOR for act in segment.acts)


def _is_listed_anew(draft: Draft, scene: Scene, *, new_day: bool) -> bool | None:
    """Whether the layout begins a further incident: a bullet, a list of days, a heading; None where there is none."""
    segment, frame = scene.segment, scene.frame
    if is_new_item(draft, segment) and (frame.day is not None or frame.sites):
        return True
    if leads_with_number(segment) and leads_with_number(draft.segments[0]) and draft.segments[0] is not segment:
        is_own = new_day and bool(segment.tolls and segment.cause_acts)
        return segment.is_fact and (is_own or has_fine_site(segment))  # a list of days, one an incident
    return True if is_new_section(scene.tagged, draft.segments[-1], segment) else None


def _is_reaction(segment: Segment, frame: Frame) -> bool:
    """ "Les assaillants ont été repoussés aux portes de Seguenega": how it went on, be it some way off.

    "Ce matin, selon le ministère, l'ennemi a été mis en déroute" is a day of who speaks.
    """
    is_undated = frame.day is None or (frame.day.form == "offset" and frame.day.anchor != "previous")
    return is_undated and bool(segment.cause_acts) and all(act.kind == "repel" for act in segment.cause_acts)


def _finds_the_dead(draft: Draft, segment: Segment) -> bool:
    """ "Les corps des trois gendarmes ont été retrouvés lundi à Tongomayel": the dead of what was told, found later."""
    if "bodies" not in segment.marks or segment.cause_acts or segment.is_further:
        return False
    told = [toll for part in draft.segments for toll in part.tolls if toll.outcome == "killed"]
    taken = [toll for part in draft.segments for toll in part.tolls if toll.outcome in {"missing", "kidnapped"}]
    counts = {toll.amount.count.best for toll in (*told, *taken)}
    return bool(counts) and all(toll.amount.count.best in counts for toll in segment.tolls)


def is_other_deed(draft: Draft, segment: Segment) -> bool:
    """ "Plus tôt dans la même journée, trois bergers avaient été enlevés", after an attack: a deed of another kind.

    Said of the same day, with words such as "en outre", or of another in a new paragraph: otherwise it may be a part
    of the one told.
    """
    is_apart = segment.sentence.paragraph != draft.segments[-1].sentence.paragraph
    is_led = "beside" in segment.marks or any(mention.form == "same_day" for mention in segment.dates)
    is_led = is_led or (is_apart and "another" in segment.marks)
    if "known_attackers" in segment.marks or not segment.cause_acts:
        return False
    is_of_help = "under_way" in segment.marks
    kinds = {act.kind for act in segment.cause_acts} & (_OWN_DEEDS | _MET_BY_HELP if is_of_help else _OWN_DEEDS)
    told = {act.kind for part in draft.segments for act in part.acts}
    return (is_led or is_of_help) and bool(kinds) and not kinds & told


def _is_word_of_witness(scene: Scene) -> bool:
    """ "« Ils ont tué tous les hommes », raconte un habitant": a quotation without a day and a place tells on."""
    if scene.has_own_day or has_fine_site(scene.segment):
        return False
    return not _QUOTES.isdisjoint(scene.tagged.words(scene.segment.first, scene.segment.end))


def _is_day_of_speech(segment: Segment, frame: Frame) -> bool:
    """ "Nous avons été attaqués ce matin": a day of who speaks, told without a place."""
    is_spoken = frame.day is not None and frame.day.form == "offset" and frame.day.anchor != "previous"
    return is_spoken and "of_self" in segment.marks and not tells_where(segment)


def _tells_care(segment: Segment) -> bool:
    """ "Vingt blessés ont été évacués à Niamey": what came of the wounded, wherever they are."""
    is_hurt = bool(segment.tolls) and all(toll.outcome == "wounded" for toll in segment.tolls)
    return is_hurt and not segment.cause_acts and not segment.things


def _is_of_the_same(segment: Segment) -> bool:
    """ "quand les assaillants ont ouvert le feu": of those told of already, who are not said to have gone on."""
    return "known_attackers" in segment.marks and not segment.marks & {"another", "onward"}


def _is_elsewhere(draft: Draft, scene: Scene) -> bool:
    """Whether a segment's place is another; a result without a place of its own stays where the incident was."""
    segment = scene.segment
    is_new = is_new_site(draft.sites, scene.frame) or is_further_site(draft.sites, segment)
    if not is_new or segment.sites or segment.cause_acts or scene.has_own_day:
        return is_new
    return any(_sets_scene(before) for before in scene.waiting if before.sites)


def _sets_scene(before: Segment) -> bool:
    """Whether context with a place tells more than a detail such as "le camp est à côté du quartier Aliou"."""
    lead = before.sites[0].span.start - before.sentence.start
    return bool(before.acts or before.tolls or before.dates or before.marks - _OF_ACTORS) or lead < _SCENE_LEAD


def _is_told_there(scene: Scene, *, new_day: bool) -> bool:
    """Whether what is told of another place is an incident of its own rather than where somebody was or went."""
    segment = scene.segment
    is_led = bool(segment.cause_acts) or new_day or segment.is_further or leads_with_site(segment, scene.frame)
    is_led = is_led or ("another" in segment.marks and leads_with_same_day(segment))
    return is_led and segment.is_fact


def _is_further_that_day(draft: Draft, scene: Scene) -> bool:
    """ "Le même jour, un camion a lui aussi sauté sur une mine": one more of that day, told in another paragraph."""
    segment = scene.segment
    if leads_with_same_day(segment) and segment.sentence.paragraph != scene.paragraph:
        return bool(segment.strong_acts) and bool(segment.places or "another" in segment.marks)
    lead = next((part for part in scene.waiting[-1:] if leads_with_same_day(part)), None)
    if lead is None or lead.sentence.paragraph == draft.segments[-1].sentence.paragraph:
        return False
    return bool(segment.strong_acts) and bool(segment.places or lead.places)


_OWN_DEEDS = frozenset({"abduct", "mine_hit", "explode", "suicide", "strike"})  # those seldom a part of another deed
_MET_BY_HELP = frozenset({"ambush"})
_OF_ACTORS = frozenset({"known_attackers", "onward", "of_self"})  # marks that tell who acts, not where
_STANDING_FOR = frozenset({"target", "unnamed"})
_QUOTES = frozenset('"«»')
_SCENE_LEAD = 30  # characters from the start of the sentence
