"""Incidents told side by side in one sentence, and words that stand for one told before: "celui de Toéni"."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.mentions import PlaceMention
from pipelines.parse.clauses import is_one_site, is_telling
from pipelines.parse.tagging import Tag, Tagged
from pipelines.text import name_keys


def find_meanwhile(tagged: Tagged, first: int, end: int) -> Iterator[int]:
    """The words with which clauses begin that tell another incident, each clause with an act and a site of its own.

    "Une frappe a détruit une base à Tessit, tandis qu'une embuscade a tué trois soldats à Ansongo."
    """
    marks = {mark.first: mark.end for mark in tagged.marks("meanwhile", first, end)}
    joiners = [index for index in range(first, end) if tagged.line.words[index] in tagged.lexis.joiners]
    joints = {index: index + 1 for index in joiners if _opens_main_clause(tagged, index, end)}
    start = first
    yield from _find_after_fronted(tagged, first, end)
    for cut, after in sorted((joints | marks).items()):
        if is_telling(tagged, start, cut) and is_telling(tagged, after, end) and _is_elsewhere(tagged, start, cut, end):
            yield cut
            start = cut


def _find_after_fronted(tagged: Tagged, first: int, end: int) -> Iterator[int]:
    """ "Tandis que Segbana était visée, on tirait à Kalalé": where the main clause begins."""
    fronted = tagged.marks("meanwhile", first, min(end, first + _FRONT))
    for index in range(fronted[0].end, end - 1) if fronted else ():
        before, after = tagged.within("place", first, index), _find_names(tagged, index + 1, end)
        is_two = bool(before and after) and not after & name_keys(tag.value for tag in before)
        if tagged.line.words[index] == "," and is_two and is_telling(tagged, index + 1, end):
            yield index + 1
            return


def find_where_clauses(tagged: Tagged, first: int, end: int) -> Iterator[int]:
    """The places with which clauses begin that tell what happened there, on a day of their own or long ago.

    "Le ministre s'est rendu mardi à Boni, où dix soldats ont été tués dimanche"; "après celle de Boni, qui avait ..."
    """
    framed = tagged.marks("framing", first, end) or tagged.marks("prior", first, end)
    for tag in tagged.within("place", first + 1, end):
        clause = tag.end + (tagged.words(tag.end, tag.end + 1) == [","])
        if clause >= end or not _is_relative(tagged, clause, has_who=bool(framed)):
            continue
        days = [day for day in tagged.within("date", clause, end) if day.value.part != "report"]
        is_past = any(deed.value.is_pluperfect for deed in tagged.within("deed", clause, end))
        if not days and tagged.marks("came_after", first, tag.first):
            continue  # "C'était deux jours après l'attaque de Boni, où ...": the clause tells the attack on
        if (days or (framed and is_past)) and is_telling(tagged, tag.first, end):
            yield tag.first


def _is_relative(tagged: Tagged, index: int, *, has_who: bool) -> bool:
    """Whether "où" (no "ou"), or "qui" where it may, stands at a word."""
    word = tagged.line.words[index]
    raw = tagged.line.text[tagged.line.starts[index] : tagged.line.ends[index]].lower()
    return raw in tagged.lexis.wheres or (has_who and word in tagged.lexis.relatives)


def _opens_main_clause(tagged: Tagged, index: int, end: int) -> bool:
    """Whether "et" (no comma) at a word begins a clause with its own subject: "et un douanier est mort à Koloko"."""
    word, following = tagged.words(index, index + 2) if index + 1 < end else ("", "")
    if not word.isalpha():
        return False
    if following not in tagged.lexis.clause_subjects and tagged.at("count", index + 1) is None:
        return False
    deed = next((tag for tag in tagged.within("deed", index + 1, end) if not tag.value.is_bare), None)
    return deed is not None and deed.first - index <= _SUBJECT_REACH


def _is_elsewhere(tagged: Tagged, first: int, cut: int, end: int) -> bool:
    """Whether the sites before and after a cut are others, and told as sites."""
    before, after = _find_names(tagged, first, cut), _find_names(tagged, cut, end)
    return bool(before and after) and not before & after


def _find_names(tagged: Tagged, first: int, end: int) -> set[str]:
    return name_keys(tag.value for tag in tagged.within("place", first, end) if is_fine_site(tag.value))


def is_fine_site(place: PlaceMention) -> bool:
    """Whether a place is told as where something happened, by a word such as "à"."""
    return is_one_site(place) and place.span.start < place.names[0].start and not place.is_post


def stands_for_another(tagged: Tagged, first: int, end: int) -> bool:
    """Whether words open with a pronoun for a further incident or target: "Une autre a visé", "Celui de Toéni"."""
    words = tagged.line.words
    for mark in tagged.marks("substitutes", first, min(end, first + _OPENING)):
        if mark.end < end and _is_pronoun(tagged, mark, words[mark.end]):
            return True
    return bool(tagged.marks("proverbs", first, end))


def _is_pronoun(tagged: Tagged, mark: Tag, following: str) -> bool:
    """Whether no noun follows: a verb, a comma, a place or "qui" does."""
    words = tagged.lexis
    is_small = following in words.be | words.have | words.relatives | words.after_bare | {","}
    deed = tagged.at("deed", mark.end)
    return is_small or (deed is not None and deed.value.form != "part") or tagged.at("place", mark.end) is not None


def names_another_act(tagged: Tagged, first: int, end: int) -> bool:
    """ "une seconde explosion", "Un autre groupe a tenté": whether an act, or the band that leads it, is one more."""
    if tagged.marks("another_band", first, min(end, first + _LEAD)):
        return True
    for mark in tagged.marks("one_more", first, end):
        noun = next(iter(tagged.within("act", mark.end, mark.end + _NOUN_REACH)), None)
        if noun is not None and not noun.value.weak:
            return True
    return False


_SUBJECT_REACH = 6  # words between "et" and the verb of the clause that it begins
_OPENING = 9  # words in which a sentence comes to the pronoun that leads it
_NOUN_REACH = 2  # words between "une seconde" and its noun
_FRONT = 4  # words in which a sentence comes to the "tandis que" that leads it
_LEAD = 4  # words that a sentence opens with
