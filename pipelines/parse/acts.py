"""What is done in a sentence: the verbs and nouns of action that it asserts, and whose doing each is by itself."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.parse.aircraft import find_flyer, flyer_side, is_device
from pipelines.parse.clauses import find_relative_past
from pipelines.parse.cues import find_subject
from pipelines.parse.tagging import Tag, Tagged


@dataclass(frozen=True)
class Act:
    """A word that tells an incident, in words `first` to `end`."""

    first: int
    end: int
    kind: str
    agent: str
    is_weak: bool
    voice: str = "noun"
    is_suffered: bool = False  # the subject is the one it befalls: "essuyer", "tomber dans une embuscade"
    is_plural: bool = False
    is_referred: bool = False  # known before or meant in general: "au lendemain de l'attaque"

    @property
    def is_apart(self) -> bool:
        """Whether several are meant by a plural: "des attaques"; "des combats" may be one."""
        return self.is_plural and self.kind != "clash"


def find_acts(tagged: Tagged, first: int, end: int) -> list[Act]:
    """The acts asserted among words `first` to `end`, in text order."""
    acts = [_noun_act(tagged, tag) for tag in tagged.within("act", first, end) if not _is_denied(tagged, tag, first)]
    acts = [act for act in acts if not _is_inside(tagged, act) and not _is_planned(tagged, act, first)]
    for tag in tagged.within("deed", first, end):
        act = _deed_act(tagged, tag, first)
        if act is not None:
            acts = [other for other in acts if not (act.is_suffered and act.first < other.first < act.end)]
            acts.append(act)
    aside = find_relative_past(tagged, first, end)
    return sorted((act for act in acts if act.first not in aside), key=lambda act: act.first)


def _deed_act(tagged: Tagged, tag: Tag, first: int) -> Act | None:
    """What a verb tells, by who or what leads it."""
    deed = tag.value
    if deed.is_negated or (deed.form == "fin" and tagged.at("act", tag.first) is not None):
        return None
    if deed.voice == "active" and deed.entry.act in _FROM_ABOVE:
        flyer = find_flyer(tagged, tag.first, first)
        if flyer is not None:
            return Act(tag.first, tag.end, "strike", flyer_side(tagged, flyer, tag.first), False, deed.voice)
    if deed.voice == "active" and deed.entry.people in _HARM and is_device(tagged, tag.first, first):
        return Act(tag.first, tag.end, "explode", "none", False, deed.voice)
    if deed.entry.suffers and (noun := _find_suffered(tagged, tag)) is not None:
        return Act(tag.first, noun.end, noun.value.act, deed.entry.agent, False, deed.voice, True)
    if deed.entry.act == "strike_verb" and not _is_strike(tagged, tag, first):
        is_attack = _is_led_by_group(tagged, tag, first)
        return Act(tag.first, tag.end, "attack", "non-state", False, deed.voice) if is_attack else None
    if not deed.entry.act or _is_wish(tagged, tag, first):
        return None
    entry = deed.entry
    return Act(tag.first, tag.end, entry.act, entry.agent, entry.weak, deed.voice, entry.suffers)


def _find_suffered(tagged: Tagged, tag: Tag) -> Tag | None:
    """ "a essuyé huit tirs de mortier": what the subject underwent."""
    nouns = tagged.within("act", tag.end, tag.end + _SUFFERED_REACH)
    return next((noun for noun in nouns if noun.value.act == "shell"), None)


def _noun_act(tagged: Tagged, tag: Tag) -> Act:
    """A noun of action; in the plural it tells of several incidents, after "leur" or "face aux" of none by itself."""
    noun = tag.value
    if not noun.weak and _is_referred_to(tagged, tag) and not _is_told_after(tagged, tag):
        return Act(tag.first, tag.end, noun.act, noun.agent, True, is_referred=True)
    is_many = tag.first > 0 and tagged.line.words[tag.first - 1] in tagged.lexis.multiples
    is_plural = not noun.weak and (is_many or tagged.line.words[tag.first].endswith(tagged.lexis.plural_endings))
    return Act(tag.first, tag.end, noun.act, noun.agent, noun.weak, is_plural=is_plural and noun.act in _COUNTABLE)


def _is_referred_to(tagged: Tagged, tag: Tag) -> bool:
    """ "leur rapt", "face aux attaques": known already, or meant in general."""
    is_told = any(word in tagged.lexis.relatives for word in tagged.words(tag.end, tag.end + _RELATIVE_REACH))
    marks = tagged.marks("referring", max(0, tag.first - _REFERRING_REACH), tag.first)
    return not is_told and any(mark.end == tag.first for mark in marks)


def _is_told_after(tagged: Tagged, tag: Tag) -> bool:
    """ "les auteurs d'une attaque menée le 8 avril dans le village de Boni": referred to, but with day and place."""
    after = (tag.end, tag.end + _TOLD_REACH)
    return bool(tagged.within("date", *after)) and any(p.value.role == "site" for p in tagged.within("place", *after))


def _is_strike(tagged: Tagged, tag: Tag, first: int) -> bool:
    """ "a frappé une base" of an army; terror, hunger and villages struck are something else."""
    subject = find_subject(tagged, tag.first, first)
    if tag.value.voice == "active":
        return subject is not None and subject.side in {"state", "external"}
    has_means = any(noun.value.act == "air" for noun in tagged.within("act", first, tag.first + _MEANS_REACH))
    is_aimed = bool(tagged.within("thing", first, tag.first)) or (subject is None and has_means)
    return is_aimed or (subject is not None and subject.side == "non-state")


def _is_led_by_group(tagged: Tagged, tag: Tag, first: int) -> bool:
    """ "Des assaillants ont frappé plusieurs villages": no strike, an attack."""
    subject = find_subject(tagged, tag.first, first) if tag.value.voice == "active" else None
    return subject is not None and subject.side == "non-state"


def _is_inside(tagged: Tagged, act: Act) -> bool:
    """Whether a noun is only a part of a verb phrase: "pris d'assaut"."""
    return any(tag.first < act.first < tag.end for tag in tagged.within("deed", act.first - 4, act.first))


def _is_planned(tagged: Tagged, act: Act, first: int) -> bool:
    """ "un groupe qui préparait un assaut": it did not come to it."""
    return bool(tagged.marks("planned", max(first, act.first - _PLAN_REACH), act.first))


def _is_denied(tagged: Tagged, tag: Tag, first: int) -> bool:
    """ "aucun contact", "sans incident"."""
    near = tagged.within("count", max(first, tag.first - 2), tag.first)
    return any(count.value.rule == "none" for count in near)


def _is_past(tagged: Tagged, tag: Tag, first: int) -> bool:
    """ "ont récupéré 200 bœufs volés": what befell the object of an active verb before."""
    is_beside = any(thing.end == tag.first for thing in tagged.within("thing", tag.first - 3, tag.first))
    if not is_beside or tag.value.entry.act not in _ROBBERIES:
        return False
    before = tagged.within("deed", max(first, tag.first - _OBJECT_REACH), tag.first)
    return bool(before) and before[-1].value.voice == "active" and before[-1].value.entry.things == "seized"


def _is_wish(tagged: Tagged, tag: Tag, first: int) -> bool:
    """ "pour neutraliser", "continuer à traquer": an aim, no deed."""
    if tag.value.form != "inf":
        return False
    return any(mark.end >= tag.first - 1 for mark in tagged.marks("intentions", max(first, tag.first - 4), tag.first))


_PLAN_REACH = 4  # words between "préparait" and the act
_FROM_ABOVE = frozenset({"strike_verb", "fire", "attack"})
_SUFFERED_REACH = 4  # words between "essuyé" and what it was
_RELATIVE_REACH = 2  # words between "du massacre" and the "qui" that tells it
_REFERRING_REACH = 6
_HARM = frozenset({"killed", "wounded"})
_OBJECT_REACH = 8  # words between an active verb and what befell its object before
_ROBBERIES = frozenset({"loot", "abduct"})
_TOLD_REACH = 8  # words in which day and place follow a noun of action
_MEANS_REACH = 10  # words in which "par des drones" follows "frappé"
RESULTS = frozenset({"hit", "kill", "hurt", "lose", "seize", "miss", "target", "unnamed", "air", "ground"})
_COUNTABLE = frozenset({"strike", "attack", "clash", "ambush", "raid", "shell"})
