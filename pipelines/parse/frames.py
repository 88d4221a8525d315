"""Day and place of a segment, and whether they are others than those of the incident told before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipelines.mentions import DateMention, PlaceMention
from pipelines.parse.segments import Segment
from pipelines.text import name_key, name_keys


class Frame(NamedTuple):
    """When and where a segment's facts happen, as far as it and the context before it say."""

    day: DateMention | None
    sites: tuple[PlaceMention, ...]


def build_frame(segment: Segment, waiting: Sequence[Segment], *, is_told: bool) -> Frame:
    """Day and sites of a segment, those of the context before it where it has none of its own."""
    day = pick_day(segment, is_told)
    sites = segment.sites
    days = [found for before in reversed(waiting) if (found := pick_day(before, is_told))]
    day = day or next(iter([*filter(is_fine_day, days), *days]), None)
    for before in reversed(waiting):
        if not sites or (all(is_coarse_place(site) for site in sites) and before.sites):
            sites = [*before.sites, *sites]
    return Frame(day, tuple(sites))


def is_event_day(mention: DateMention) -> bool:
    """Whether a mention can be the day of an incident."""
    if mention.form in _NO_EVENT_FORMS or mention.part in {"report", "base"}:
        return False
    return mention.part != "since" or mention.anchor == "previous"


def event_days(segment: Segment) -> list[DateMention]:
    """The days of a segment on which something may have happened."""
    return [mention for mention in segment.dates if is_event_day(mention)]


def pick_day(segment: Segment, is_told: bool) -> DateMention | None:
    """The day that a segment tells for its incident: the first that says more than a month.

    `is_told`: a day stands before it, so that "le même jour" has a meaning.
    """
    if "superseded_all" in segment.marks:
        return None
    days = [mention for mention in segment.dates if is_event_day(mention)]
    days = [mention for mention in days if is_told or not _goes_on(mention)]
    fine = [mention for mention in days if is_fine_day(mention) and not _is_apposed(mention, days)]
    if segment.act_start is not None:
        start = segment.act_start
        fine.sort(
            key=lambda mention: (
                mention.form in _SAME_FORMS | _SOME_DAYS,
                _distance(mention, start) // _NEARBY,
                _vagueness(mention),
            )
        )
    held = [mention for mention in segment.dates if mention.part == "since" and mention.form in FINE_FORMS]
    has_hold = any(act.kind == "abduct" for act in segment.acts)
    return next(iter([*fine, *(held if has_hold else []), *days]), None)


def _goes_on(mention: DateMention) -> bool:
    """ "Le même jour", "cinq jours après": what says nothing unless a day stands before it."""
    is_later = mention.form == "offset" and mention.anchor == "previous" and (mention.offset_days or 0) > 0
    return mention.form in _SAME_FORMS or (is_later and mention.part != "counted")


def _is_apposed(mention: DateMention, days: Sequence[DateMention]) -> bool:
    """ "le 17 juillet, soit deux jours plus tard", "jour de Tabaski": what only explains a numbered day beside it."""
    if mention.form not in {"offset", "feast"}:
        return False
    numbered = [day for day in days if day.form == "day" and day.day is not None]
    return any(
        0 <= mention.span.start - day.span.end <= _APPOSED or 0 <= day.span.start - mention.span.end <= _APPOSED
        for day in numbered
    )


def _vagueness(mention: DateMention) -> int:
    """A day with its number says more than a weekday or a distance."""
    return 0 if mention.day is not None else 1


def _distance(mention: DateMention, start: int) -> int:
    return min(abs(mention.span.start - start), abs(mention.span.end - start))


def is_fine_day(mention: DateMention) -> bool:
    """Whether a mention says more than a month."""
    return mention.form not in _COARSE_FORMS


def is_finer(day: DateMention, told: DateMention | None) -> bool:
    """Whether a day says more than the one told: "cet assaut s'est produit le 12 juin" after "en début de semaine"."""
    return told is not None and told.form in _SOME_DAYS and day.form in _ONE_DAY and day.part != "open"


def is_vague(segment: Segment) -> bool:
    """Whether a segment tells of acts over a period without a figure, and without a day and a site of their own."""
    is_told = has_fine_site(segment) and (bool(segment.dates) or not any(act.is_plural for act in segment.cause_acts))
    return "roll_up" in segment.marks and not segment.tolls and not segment.things and not is_told


def is_beyond_one(segment: Segment) -> bool:
    """Whether no single incident can be meant: "plus de 17 000 morts", "deux millions ont fui"; weeks and no place."""
    is_many = any((toll.amount.count.low or 0) >= _MOST.get(toll.outcome, _MOST_ANY) for toll in segment.tolls)
    is_told = bool(segment.tolls or segment.things) and not tells_where(segment)
    return is_many or (is_told and any(_is_long(mention) for mention in segment.dates))


def _is_long(mention: DateMention) -> bool:
    """Whether a span of numbered days is longer than a fortnight, as far as its words say."""
    if mention.form != "range" or mention.day is None or mention.end_day is None:
        return False
    months = (mention.end_month - mention.month) % 12 if mention.month and mention.end_month else 0
    return months * 30 + mention.end_day - mention.day > _FORTNIGHT


def is_intro(segment: Segment) -> bool:
    """Whether several acts are announced without a figure or a site: they are told one by one below."""
    return segment.is_plural and not segment.tolls and not segment.things and not tells_where(segment)


def is_openable(segment: Segment, frame: Frame) -> bool:
    """Whether a segment may open an incident: background only with a day and a place or figures of its own."""
    if segment.marks & {"background", "framing", "pluperfect"}:
        is_day = frame.day is not None and not (frame.day.form == "offset" and (frame.day.offset_days or 0) > 0)
        return is_day and bool(frame.sites or segment.tolls)
    return True


def leads_with_number(segment: Segment) -> bool:
    """Whether a segment opens with a numbered day and its month: "Le 30 juillet 2022, ..."."""
    start = segment.sentence.start
    days = [mention for mention in segment.dates if mention.form == "day" and mention.month is not None]
    return any(mention.span.start - start <= _LEAD_CHARS for mention in days)


def leads_with_act(segment: Segment) -> bool:
    """Whether a segment opens with a noun of action: "L'interpellation a eu lieu"."""
    return any(act.voice == "noun" and act.first - segment.first <= _LEAD_WORDS for act in segment.acts)


def leads_with_same_day(segment: Segment) -> bool:
    """Whether a segment opens with "le même jour"."""
    return any(
        mention.form in _SAME_FORMS and mention.span.start - segment.sentence.start <= _LEAD
        for mention in segment.dates
    )


def leads_with_site(segment: Segment, frame: Frame) -> bool:
    """Whether the site stands before what happened: "À Boni, douze terroristes ont été tués"."""
    return any(site.span.start - segment.sentence.start <= _SITE_LEAD for site in frame.sites)


def is_new_day(told: DateMention | None, day: DateMention | None) -> bool:
    """Whether a day is another than the one told, by its words alone."""
    if day is None or told is None or day is told or day.form in _SAME_FORMS:
        return False
    if day.anchor == "previous":
        return True
    if (day.day, day.weekday, day.form) == (told.day, told.weekday, told.form):
        return False
    return not _agree(day, told)


def is_same_day(told: DateMention | None, day: DateMention | None) -> bool:
    """Whether two mentions name one day: "mardi", then "mardi 7 novembre"."""
    if told is None or day is None or day.form in _COARSE_FORMS or told.form in _COARSE_FORMS:
        return False
    has_name = day.day is not None or day.weekday is not None
    return has_name and not is_new_day(told, day)


def _agree(day: DateMention, other: DateMention) -> bool:
    """Whether two mentions may be the same day: the same number, or the same weekday."""
    if day.day is not None and other.day is not None:
        return day.day == other.day and (day.month is None or other.month is None or day.month == other.month)
    if day.weekday is not None and other.weekday is not None:
        return day.weekday == other.weekday
    if day.form not in _COARSE_FORMS:
        return False
    if day.month is not None and other.month is not None:
        return day.month == other.month
    return day.form != "month_part" or day.month is None


def is_coarse_place(place: PlaceMention) -> bool:
    """Whether a mention names only a unit such as a region."""
    return place.level in _UNITS or place.relation in {"admin1", "admin2", "country"}


def is_echo(place: PlaceMention) -> bool:
    """Whether a mention only refers back to a name: "non loin de là", beside which a name of its own may stand."""
    return place.names[0].end <= place.span.start


def tells_where(segment: Segment) -> bool:
    """Whether a segment names a site, be it a region; a country or a part of it says too little."""
    return any(site.relation != "country" for site in segment.sites)


def has_fine_site(segment: Segment) -> bool:
    """Whether a segment names a site finer than a unit."""
    return any(not is_coarse_place(site) for site in segment.sites)


def site_names(frame: Frame) -> set[str]:
    """The folded names of a frame's sites that are finer than units."""
    return name_keys(site for site in frame.sites if not is_coarse_place(site))


def is_near(before: Segment, segment: Segment, *, is_first: bool) -> bool:
    """Whether context still holds: longer inside its paragraph than beyond it, and until a first incident is told."""
    is_long = is_first or before.sentence.paragraph == segment.sentence.paragraph
    return segment.index - before.index <= (_LONG_REACH if is_long else _WAITING_REACH)


def is_new_site(told: Sequence[PlaceMention], frame: Frame) -> bool:
    """Whether a frame names a site that is not among those told; a finer one inside a region told is not new."""
    if _lies_elsewhere(told, frame.sites):
        return True
    sites = sorted((site for site in frame.sites if not is_coarse_place(site)), key=is_echo)
    if not sites or not told or all(is_coarse_place(place) for place in told):
        return False
    names = name_keys(sites[:1])
    return not names & name_keys(told)


def is_further_site(told: Sequence[PlaceMention], segment: Segment) -> bool:
    """ "Par ailleurs, dans le cercle de Koro": whether a segment that opens so names a place or unit not told yet."""
    names = name_keys(segment.sites)
    return segment.is_further and bool(names and told) and not names & _all_names(told)


def _lies_elsewhere(told: Sequence[PlaceMention], sites: Sequence[PlaceMention]) -> bool:
    """Whether both tell units of one level, and none of them is the same; or lie in other regions for all we know."""
    before, now = _units(told), _units(sites)
    if any(before[level] and now[level] and not before[level] & now[level] for level in before.keys() & now.keys()):
        return True
    held, holding = _find_regions(told), _find_regions(sites)
    return bool(held and holding) and not held & holding


def _find_regions(places: Iterable[PlaceMention]) -> set[str]:
    """The regions in which any of the places may lie; empty if of one of them nothing is known."""
    regions = [place.regions for place in places if place.relation != "country"]
    return set().union(*regions) if all(regions) else set()


def _units(places: Iterable[PlaceMention]) -> dict[str, set[str]]:
    """The names of the units told, by level."""
    units: dict[str, set[str]] = {}
    for place in places:
        pairs = [(level, span) for level, span in place.within if level in _LEVELS]
        pairs += [(place.level, span) for span in place.names if place.level in _LEVELS]
        for level, span in pairs:
            units.setdefault(str(level), set()).add(name_key(span.text))
    return units


def _all_names(places: Iterable[PlaceMention]) -> set[str]:
    spans = [span for place in places for span in (*place.names, *(unit for _, unit in place.within))]
    return {name_key(span.text) for span in spans}


_MOST_TAKEN = dict.fromkeys(("surrendered", "released", "kidnapped", "arrested", "captured"), 2_000)
_MOST = {"displaced": 50_000, **_MOST_TAKEN}  # people of one incident
_MOST_ANY = 500
_LEVELS = frozenset({"admin1", "admin2"})
_NO_EVENT_FORMS = frozenset({"year", "vague"})
_SOME_DAYS = frozenset({"week", "weekend", "last_days", "month", "month_part"})
_ONE_DAY = frozenset({"day", "weekday", "night"})
_COARSE_FORMS = frozenset({"month", "month_part", "month_range"})
FINE_FORMS = frozenset({"day", "weekday", "offset"})
_SAME_FORMS = frozenset({"same_day", "same_period"})
_UNITS = frozenset({"admin1", "admin2", "region", "country", "commune"})
_APPOSED = 12  # characters
_NEARBY = 60  # characters: days as near as that to the act count as equally near
_LEAD_WORDS = 2  # words before a noun of action that opens a sentence
_LEAD_CHARS = 4  # characters before a day that opens a sentence
_SITE_LEAD = 90  # characters from the start of the sentence
_LEAD = 40  # characters from the start of the sentence
_WAITING_REACH = 3  # sentences that context holds for beyond its paragraph
_LONG_REACH = 7
_FORTNIGHT = 14  # days
