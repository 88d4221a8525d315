"""Verb forms in their sentence: active, passive or undergone, asserted or only wished for."""

from __future__ import annotations

from collections.abc import Container
from typing import Literal, NamedTuple

from pipelines.parse.lexis import Lexis, VerbUse
from pipelines.parse.phrases import Line
from pipelines.parse.sections import VerbEntry

Voice = Literal["active", "passive", "undergo"]


class Deed(NamedTuple):
    """What a verb form says. `voice` active: its objects follow; passive and undergo: it befalls its subject."""

    entry: VerbEntry
    voice: Voice
    is_bare: bool = False  # a participle without auxiliary
    is_negated: bool = False
    is_pluperfect: bool = False
    form: str = ""


def read_deed(
    line: Line, first: int, end: int, use: VerbUse, words: Lexis, before: Deed | None, figures: Container[int]
) -> Deed | None:
    """The deed of a verb form at words `first` to `end`; None if the word is something else.

    `before` is the deed of the verb before it: a participle that follows "et" and precedes its object shares its voice;
    `figures` are the words that a figure begins with.
    """
    raw = line.text[line.starts[end - 1] : line.ends[end - 1]].lower()
    if raw in use.unless:
        return None
    is_negated = _is_negated(line, first, end, words)
    if use.form == "act":
        is_passive = first > 0 and _is_passive_phrase(line, first, words, before)
        return Deed(use.entry, "passive" if is_passive else "active", is_negated=is_negated, form=use.form)
    if use.form != "part":
        voice: Voice = "undergo" if use.entry.undergo else "active"
        return Deed(use.entry, voice, is_negated=is_negated, form=use.form)
    goes_on = before is not None and before.voice == "active" and _shares_auxiliary(line, first, end, words, figures)
    deed = _read_participle(line, first, end, use, words, before if goes_on else None, figures)
    return deed._replace(is_negated=is_negated) if deed else None


def _is_passive_phrase(line: Line, first: int, words: Lexis, before: Deed | None) -> bool:
    """ "a été pris d'assaut", "le camp est pris pour cible", "un camp pris d'assaut"."""
    if line.words[first - 1] in words.passive_marks or line.words[first] in words.be:
        return True
    if line.words[first] not in words.phrase_participles:
        return False
    auxiliary, _ = _find_auxiliary(line, first, words)
    shares = before is not None and before.voice == "active" and line.words[first - 1] in words.joiners
    return auxiliary != "have" and not shares


def _read_participle(
    line: Line, first: int, end: int, use: VerbUse, words: Lexis, before: Deed | None, figures: Container[int]
) -> Deed | None:
    """`before` is the active verb whose auxiliary this one shares, None if it has none to share."""
    raw = line.text[line.starts[end - 1] : line.ends[end - 1]].lower()
    auxiliary, is_pluperfect = _find_auxiliary(line, first, words)
    if auxiliary == "have" and raw.endswith(words.agreeing_endings) and _has_object(line, first, words, figures):
        auxiliary, is_pluperfect = "", False
    entry = use.entry
    if entry.needs == "have" and auxiliary != "have" and before is None:
        return None
    if use.maybe_finite and not (auxiliary or before or line.is_plain) and raw.endswith(_FINITE_ENDINGS):
        return Deed(entry, "undergo" if entry.undergo else "active", form="fin")
    if entry.undergo:
        is_other = bool(entry.needs) and auxiliary != entry.needs
        return None if is_other else Deed(entry, "undergo", not auxiliary, is_pluperfect=is_pluperfect, form="part")
    if not auxiliary and entry.loses and end in figures:
        return Deed(entry, "active", form="part")
    if auxiliary:
        return Deed(entry, "active" if auxiliary == "have" else "passive", is_pluperfect=is_pluperfect, form="part")
    if before is not None:
        return Deed(entry, "active", is_pluperfect=before.is_pluperfect, form="part")
    return Deed(entry, "passive", True, form="part")


def _find_auxiliary(line: Line, first: int, words: Lexis) -> tuple[str, bool]:
    """be or have before a participle, and whether it makes a pluperfect; "" if there is none near."""
    is_be = False
    for index in range(first - 1, max(-1, first - 1 - _REACH), -1):
        word = line.words[index]
        if word in _QUOTES and index == first - 1:
            continue
        if word in _STOPS:
            break
        if word in words.have and line.text[line.starts[index] : line.ends[index]].lower() not in words.prepositions:
            return ("be" if is_be else "have"), word in words.pluperfect
        if word in words.be:
            is_be = True
        elif is_be:
            break
    return ("be" if is_be else ""), False


def _has_object(line: Line, first: int, words: Lexis, figures: Container[int]) -> bool:
    """ "Il y a des chauffeurs blessés", "l'armée a eu deux véhicules brûlés": the participle belongs to the object."""
    for index in range(first - 1, max(-1, first - 1 - _REACH), -1):
        word = line.words[index]
        if word in words.have:
            return False
        if word in words.plural or index in figures:
            return first - index > 1
    return False


def _shares_auxiliary(line: Line, first: int, end: int, words: Lexis, figures: Container[int]) -> bool:
    """Whether a bare participle goes on an active verb: ", saisi deux motos", "et détruit la base"."""
    if first == 0 or end >= len(line.words) or line.words[first - 1] not in words.joiners:
        return False
    if line.words[end] in _QUOTES and end + 1 < len(line.words):
        end += 1
    following = line.words[end]
    return end in figures or any(following in kind for kind in (words.plural, words.singular, words.before_determiner))


def _is_negated(line: Line, first: int, end: int, words: Lexis) -> bool:
    before = line.words[max(0, first - 4) : first]
    after = line.words[first : end + 2]
    return any(word in words.negation for word in before) and any(word in words.negated for word in before + after)


_FINITE_ENDINGS = ("e", "es", "ent")
_QUOTES = frozenset('«"')
_REACH = 4  # words between auxiliary and participle
_STOPS = frozenset(".;:!?()«»\n")
