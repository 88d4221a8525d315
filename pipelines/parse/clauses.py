"""Two incidents in one sentence: where the second, with its own day, place and act, begins."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipelines.mentions import DateMention, PlaceMention
from pipelines.parse.tagging import Tag, Tagged, once_a_range
from pipelines.text import name_keys


def find_second_telling(tagged: Tagged, first: int, end: int) -> int | None:
    """The word with which a second incident of the sentence begins; None if it tells of one.

    Each half must hold a day, an act, and a site or a figure: "Le 3, une frappe à A, le 5, une embuscade à B".
    """
    days = [tag for tag in tagged.within("date", first, end) if _is_day(tag.value)]
    prior = find_prior(tagged, first, end)
    own = [tag for tag in days if not counts_from_act(tagged, tag, end) and not find_counted_clause(tagged, tag, end)]
    has_days = any(tag.first in prior for tag in own) and any(tag.first >= prior.stop for tag in own)
    if has_days and is_telling(tagged, first, prior.stop) and is_telling(tagged, prior.stop, end):
        return prior.stop
    for before, day in pairwise(own):
        for cut in _clause_starts(tagged, day.first, before.end):
            if is_telling(tagged, first, cut) and is_telling(tagged, cut, end):
                return cut
    counted = _find_counted_cut(tagged, first, end)
    return prior.stop if counted is None and _counts_people_elsewhere(tagged, prior, end) else counted


def _counts_people_elsewhere(tagged: Tagged, prior: range, end: int) -> bool:
    """ "Après la mort de trois soldats à Bosso, cinq ont été tués à Toumour": each half has a site and figures.

    Without figures what came before is only the reason for what is told.
    """
    if not prior or not is_telling(tagged, prior.stop, end):
        return False
    sites = [_find_sites(tagged, *words) for words in ((prior.start, prior.stop), (prior.stop, end))]
    counts = [tag for tag in tagged.within("count", prior.start, prior.stop) if tag.value.best]
    return bool(counts and sites[0] and sites[1]) and not sites[0] & sites[1]


def _find_sites(tagged: Tagged, first: int, end: int) -> set[str]:
    return name_keys(tag.value for tag in tagged.within("place", first, end) if is_one_site(tag.value))


def is_one_site(place: PlaceMention) -> bool:
    """Whether a place is told as where something happened, at or near one name."""
    return place.role == "site" and place.relation in {"at", "near"}


def counts_from_act(tagged: Tagged, tag: Tag, end: int) -> bool:
    """ "Trois jours après l'attaque de Boni": the day of the telling, not that of the attack."""
    return (tag.value.offset_days or 0) > 0 and counts_days(tagged, tag, end)


def counts_days(tagged: Tagged, tag: Tag, end: int) -> bool:
    """Whether a day is so many days before or after what a noun of action names: "deux jours avant l'assaut"."""
    if tag.value.form != "offset":
        return False
    small = tagged.lexis.inside | tagged.lexis.clause_subjects | tagged.lexis.contents
    index = tag.end
    while index < end and tagged.line.words[index] in small and tagged.at("count", index) is None:
        index += 1
    for at in range(index, min(end, index + _NOUN_PHRASE)):
        if any(tagged.at(kind, at) is not None for kind in ("act", "nominal", "mark:substitutes")):
            return True
        if tagged.line.words[at] == "," or tagged.at("deed", at) is not None:
            return False
    return False


def find_counted_clause(tagged: Tagged, tag: Tag, end: int) -> int | None:
    """The word with which the clause begins whose day is counted: "Deux jours après l'attaque de Boni, dix civils"."""
    if tag.value.anchor != "previous" or not counts_days(tagged, tag, end):
        return None
    words, subjects = tagged.line.words, tagged.lexis.clause_subjects
    commas = (i for i in range(tag.end, min(end, find_sentence_end(tagged, tag.end)) - 1) if words[i] == ",")
    return next((i + 1 for i in commas if words[i + 1] in subjects or tagged.at("count", i + 1) is not None), None)


def find_sentence_end(tagged: Tagged, first: int) -> int:
    """The word that ends the sentence, or part of one, of a word; of an endless one some word far off."""
    words = tagged.line.words
    stop = min(len(words), first + _LONGEST_SENTENCE)
    return next((index for index in range(first, stop) if ends_sentence(words[index])), stop)


def ends_sentence(word: str) -> bool:
    """Whether a sentence, or a part of one that stands by itself, ends with a word."""
    return word in _STOPS


def _find_counted_cut(tagged: Tagged, first: int, end: int) -> int | None:
    """Where the incident begins that another is counted from, or that is counted from another told before it."""
    for tag in tagged.within("date", first, end):
        start = find_counted_clause(tagged, tag, end)
        if start is not None and _tells_more(tagged, tag.end, start) and is_telling(tagged, start, end):
            return start
        is_after = tag.first > first and counts_days(tagged, tag, end) and _tells_more(tagged, tag.end, end)
        if is_after and tag.value.anchor == "previous" and is_telling(tagged, first, tag.first):
            return tag.first
    return None


@once_a_range
def find_prior(tagged: Tagged, first: int, end: int) -> range:
    """The words about what came before, "en réaction aux opérations de lundi", up to the clause that is told."""
    return _up_to_clause(tagged, next(iter(tagged.marks("prior", first, end)), None), end)


def find_likened(tagged: Tagged, first: int, end: int) -> range:
    """ "Comme cela s'était produit dix jours auparavant, une patrouille ...": what was like it, of another day."""
    return _up_to_clause(tagged, next(iter(tagged.marks("likewise", first, end)), None), end)


def _up_to_clause(tagged: Tagged, mark: Tag | None, end: int) -> range:
    if mark is None:
        return range(0)
    words, subjects = tagged.line.words, tagged.lexis.clause_subjects
    commas = (i for i in range(mark.end, end - 1) if words[i] == ",")
    ends = (i for i in commas if words[i + 1] in subjects or tagged.at("count", i + 1) is not None)
    return range(mark.first, next(ends, mark.first))


def find_afterwards(tagged: Tagged, first: int, end: int) -> range:
    """ "enlevés lundi avant d'être libérés le lendemain": what came of it later, up to the clause's end."""
    mark = next(iter(tagged.marks("afterwards", first + 1, end)), None)
    return range(0) if mark is None else range(mark.first, _clause_end(tagged, mark.end, end))


@once_a_range
def find_relative_past(tagged: Tagged, first: int, end: int) -> range:
    """ "les otages, que des hommes avaient enlevés lundi, ont été libérés": the clause that tells what went before."""
    if former := _find_former_fate(tagged, first, end):
        return former
    told = [tag for tag in tagged.within("deed", first, end) if tag.value.form == "part" and not tag.value.is_bare]
    past = next((tag for tag in told if tag.value.is_pluperfect), None)
    now = [tag for tag in told if not tag.value.is_pluperfect]
    if past is None or not now:
        return range(0)
    words, pronouns = tagged.line.words, tagged.lexis.relatives | tagged.lexis.relative_objects
    start = next(
        (i for i in range(past.first, max(first, past.first - _RELATIVE_REACH) - 1, -1) if words[i] in pronouns), None
    )
    if start is None or any(start <= tag.first < past.first for tag in now):
        return range(0)
    main = next((tag.first - _AUXILIARY for tag in now if tag.first > past.first), None)
    return range(start, max(past.end, main if main is not None else _clause_end(tagged, past.end, end)))


def _find_former_fate(tagged: Tagged, first: int, end: int) -> range:
    """ "Le maire, enlevé le 10 janvier à Koro, a été libéré lundi": how and when the released were taken."""
    deeds: list[Tag] = tagged.within("deed", first, end)
    freed = next((tag for tag in deeds if tag.value.entry.act == "release" and not tag.value.is_bare), None)
    abducted = (tag for tag in deeds if tag.value.entry.act == "abduct" and tag.value.form == "part")
    taken = next((tag for tag in abducted if tag.value.is_bare or tagged.line.words[tag.first - 1] == ","), None)
    if freed is None or taken is None or taken.first > freed.first:
        return range(0)
    days = [tag for tag in tagged.within("date", first, end) if _is_day(tag.value)]
    if len(days) < _BOTH or not taken.end <= days[0].first < freed.first:
        return range(0)
    return range(taken.first, max(taken.end, freed.first - _AUXILIARY))


@once_a_range
def find_rites(tagged: Tagged, first: int, end: int) -> frozenset[int]:
    """ "Les soldats tués lundi à Boni ont été inhumés à Niamey": where a rite is told, all words but those of the deed.

    A grave, an honour or a mass has a day and a place of its own.
    """
    rites = [mark.first for mark in tagged.marks("rites", first, end)]
    deeds = [tag for tag in tagged.within("deed", first, end) if tag.value.entry.people == "killed"] if rites else []
    if not deeds:
        return frozenset()
    kept: set[int] = set()
    for deed in deeds:
        stops = [index - _AUXILIARY for index in rites if index >= deed.end]
        kept.update(range(deed.first, min([end, *stops])))
    return frozenset(range(first, end)) - kept


def _clause_end(tagged: Tagged, first: int, end: int) -> int:
    return next((i for i in range(first, end) if tagged.line.words[i] == ","), end)


def _is_day(mention: DateMention) -> bool:
    """Whether a mention is the day of something that happened."""
    return mention.part != "report" and mention.form in _DAY_FORMS


def _clause_starts(tagged: Tagged, index: int, first: int) -> Iterator[int]:
    """The words after a comma, "et" or "que" between two days, the last first."""
    for position in range(index, first, -1):
        if tagged.line.words[position - 1] in tagged.lexis.clause_openers:
            yield position


def is_telling(tagged: Tagged, first: int, end: int) -> bool:
    """Whether words tell of an act and where it happened."""
    has_act = any(not tag.value.weak for tag in tagged.within("act", first, end)) or _has_deed(tagged, first, end)
    is_placed = any(tag.value.role == "site" for tag in tagged.within("place", first, end))
    return has_act and is_placed


def _tells_more(tagged: Tagged, first: int, end: int) -> bool:
    """Whether an incident is told with what was done: "l'attaque de Boni" is only named, with its dead it is told."""
    is_told = any(tag.value.form == "part" for tag in tagged.within("deed", first, end))
    return is_telling(tagged, first, end) and (is_told or bool(tagged.within("count", first, end)))


def _has_deed(tagged: Tagged, first: int, end: int) -> bool:
    deeds: list[Tag] = tagged.within("deed", first, end)
    return any(tag.value.entry.act and not tag.value.entry.weak for tag in deeds)


_STOPS = frozenset(".;!?")
_LONGEST_SENTENCE = 150  # words
_NOUN_PHRASE = 3  # words with which "une première tuerie" comes to its noun
_RELATIVE_REACH = 8  # words between "que" and the verb of its clause
_BOTH = 2  # the day of the taking and that of the release
_AUXILIARY = 3  # words that a participle's auxiliaries take
_DAY_FORMS = frozenset({"day", "weekday", "night", "offset", "range", "same_day"})
