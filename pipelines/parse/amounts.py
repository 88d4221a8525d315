"""What figures count: a figure with the noun it belongs to ("03 véhicules", "15 de ses hommes", "deux autres")."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.parse.counts import Count
from pipelines.parse.lexis import Person
from pipelines.parse.no_amounts import counts_nothing
from pipelines.parse.tagging import Tag, Tagged, once_a_range


class Amount(NamedTuple):
    """A figure and its noun in words `first` to `end`. `head` is None for a figure that stands for people told before.

    `kind` is person | fate | thing | loss | none.
    """

    first: int
    end: int
    count: Count  # type: ignore[assignment]  # hides the method of tuples, which nobody calls
    kind: str
    head: Tag | None
    is_label: bool = False  # "Terroristes neutralisés : deux"
    is_subset: bool = False
    is_superseded: bool = False
    is_elliptical: bool = False  # "... et en ont brûlé quatre": the noun stands with the figure before


@once_a_range
def find_amounts(tagged: Tagged, first: int, end: int) -> list[Amount]:
    """The figures among words `first` to `end` with what they count, in text order."""
    amounts: list[Amount] = []
    for tag in tagged.within("count", first, end):
        if counts_nothing(tagged, tag, first):
            continue
        amount = _read_amount(tagged, tag, first, end)
        if amount is not None and amounts and amounts[-1].kind == "thing" and _means_things(tagged, amount):
            amount = amount._replace(kind="thing", head=amounts[-1].head, is_elliptical=True)
        if amount is not None:
            amounts.append(_mark(tagged, amount, first, amounts[-1] if amounts else None))
    return amounts


def _means_things(tagged: Tagged, amount: Amount) -> bool:
    """Whether the verb beside a figure without a noun befalls things: "en ont brûlé quatre", "dont trois détruites"."""
    if amount.kind != "none":
        return False
    before = [deed for deed in tagged.within("deed", amount.first - 3, amount.first) if deed.end == amount.first]
    beside = [*before, *tagged.within("deed", amount.end, amount.end + _VERB_REACH)]
    return bool(beside) and beside[0].value.entry.things is not None


def _read_amount(tagged: Tagged, tag: Tag, first: int, end: int) -> Amount | None:
    found = _find_head(tagged, tag.end, end)
    if found is not None:
        kind, head = found
        return Amount(tag.first, head.end, tag.value, kind, head)
    label = _find_label(tagged, tag, first)
    if label is not None:
        return label
    if not _may_stand_alone(tagged, tag, end):
        return None
    return Amount(tag.first, tag.end, tag.value, "none", None)


def _find_head(tagged: Tagged, index: int, end: int) -> tuple[str, Tag] | None:
    """The noun that follows a figure, small words between them skipped."""
    stop = min(end, index + _REACH)
    while index < stop:
        best: tuple[str, Tag] | None = None
        for kind in _HEAD_KINDS:
            tag = tagged.at(kind, index)
            if tag is None or (kind == "person" and not tag.value.is_counted):
                continue
            if best is None or tag.end > best[1].end:
                best = kind.removeprefix("mark:"), tag
        if best is not None:
            return ("loss" if best[0] == "losses" else best[0]), _take_calling(tagged, best)
        actor, nation = tagged.at("actor", index), tagged.at("demonym", index)
        if actor is not None:
            return "person", Tag(index, actor.end, Person(actor.value.actor_class, True))
        if nation is not None:  # "quatre Nigériens"
            return "person", Tag(index, nation.end, Person("anyone", True))
        unit = tagged.lexis.units.match(tagged.line.words, index)
        word, other = tagged.line.words[index], tagged.at("count", index)
        if unit is None and word not in tagged.lexis.inside and other is None:
            return None
        index = other.end if other is not None else index + 1
    return None


def _take_calling(tagged: Tagged, head: tuple[str, Tag]) -> Tag:
    """ "trois jeunes soldats", "deux membres VDP": people nobody classes are what the noun right after them says."""
    kind, tag = head
    calling = tagged.at("person", tag.end) if kind == "person" and tag.value.actor_class == "anyone" else None
    return calling if calling is not None and calling.value.is_counted else tag


def _find_label(tagged: Tagged, tag: Tag, first: int) -> Amount | None:
    """The noun before its figure: "Motos détruites : deux", "leurs corps, une centaine,"."""
    before = tag.first - 1
    if before < first or tagged.line.words[before] not in _LABEL_SIGNS:
        return None
    fate: Amount | None = None
    is_comma = tagged.line.words[before] == ","
    for index in range(before - 1, max(first - 1, before - 1 - _LABEL_REACH), -1):
        if tagged.line.words[index] in _LABEL_SIGNS or (is_comma and not _is_aside(tagged, tag)):
            break
        for kind in ("thing", "person", "fate"):
            head = tagged.at(kind, index)
            if head is None or head.end > before or (kind == "person" and not head.value.is_counted):
                continue
            amount = Amount(head.first, tag.end, tag.value, kind, head, is_label=True)
            if kind != "fate":
                return amount
            fate = fate or amount
    return fate


def _ends_bare(tagged: Tagged, tag: Tag) -> bool:
    """Whether no other noun follows a figure: what is not known is not counted as people."""
    words, others = tagged.lexis, tagged.at("count", tag.end)
    index = others.end if others is not None and others.value.is_other else tag.end  # "une dizaine d'autres"
    while index < len(tagged.line.words) and tagged.line.words[index] in words.further:
        index += 1
    word = tagged.line.words[index] if index < len(tagged.line.words) else "."
    if not word[0].isalpha() or word in words.after_bare or word in words.be or word in words.have:
        return True
    return any(tagged.at(kind, index) is not None for kind in ("deed", "fate", "camp", "mark:subset", "date", "place"))


def _is_further(tagged: Tagged, tag: Tag) -> bool:
    """ "un troisième", "un emporté": one more of those told before."""
    if tag.value.best != 1 or tag.end >= len(tagged.line.words):
        return False
    if any(deed.value.is_bare for deed in tagged.within("deed", tag.end, tag.end + 1)):
        return True
    if tagged.line.words[tag.end] not in tagged.lexis.further:
        return False
    deeds = tagged.within("deed", tag.first - _VERB_REACH, tag.first)
    if deeds and deeds[-1].end == tag.first and deeds[-1].value.voice == "active":
        return True
    return any(deed.value.voice != "active" for deed in tagged.within("deed", tag.end, tag.end + _FURTHER_REACH))


def _is_aside(tagged: Tagged, tag: Tag) -> bool:
    """Whether a figure after a comma is closed by a sign: "leurs corps, une centaine, ..."."""
    return tag.end >= len(tagged.line.words) or not tagged.line.words[tag.end][0].isalnum()


def _may_stand_alone(tagged: Tagged, tag: Tag, end: int) -> bool:
    """Whether a figure without a noun can mean people told before: "deux autres", "en a tué dix"."""
    count: Count = tag.value
    if _is_further(tagged, tag):
        return True
    if count.rule in {"plural", "none", "article"} or not _ends_bare(tagged, tag):
        return False
    if count.is_other or count.rule in {"round", "one_of"}:
        return True
    start = tag.first - 1 if tagged.line.words[max(0, tag.first - 1)] in _QUOTES else tag.first
    if (
        _is_new_sum(tagged, tag)
        or _is_subset(tagged, start)
        or tagged.line.words[max(0, start - 1)] in tagged.lexis.pronouns
    ):
        return True
    if tagged.at("camp", tag.end) is not None:
        return True
    return any(deed.value.voice != "active" for deed in tagged.within("deed", tag.end, min(end, tag.end + 4))) or any(
        deed.end == start and deed.value.voice == "active" for deed in tagged.within("deed", start - 3, start)
    )


def _is_new_sum(tagged: Tagged, tag: Tag) -> bool:
    """ "le bilan est passé à 16"."""
    marks = tagged.marks("new_sum", tag.first - 4, tag.first)
    return any(mark.end >= tag.first for mark in marks)  # "seraient de" reaches into "de l'ordre de 130"


def _mark(tagged: Tagged, amount: Amount, first: int, before: Amount | None) -> Amount:
    near = tagged.marks("superseded", max(first, amount.first - 4), amount.first)
    if not _is_of_other_camp(tagged, amount):
        near = [*near, *tagged.marks("set_against", max(first, amount.first - 4), amount.first)]
    given_up = any(mark.end >= amount.first - 1 for mark in near) or _is_given_up(tagged, amount.first, first)
    is_part = before is not None and (_is_part(tagged, amount, before) or _goes_on_subset(tagged, amount, before))
    return amount._replace(is_subset=is_part or _is_subset(tagged, amount.first), is_superseded=given_up)


def _is_of_other_camp(tagged: Tagged, amount: Amount) -> bool:
    """ "30 terroristes contre deux soldats", "24 morts, contre 17 côté ennemi": set against, not given up."""
    if amount.kind == "person":
        return True
    return bool(tagged.within("camp", amount.end, amount.end + _CAMP_REACH))


def _is_part(tagged: Tagged, amount: Amount, before: Amount) -> bool:
    """ "35 morts, soit 11 adultes et 24 enfants": a smaller figure of the same kind after the sum."""
    marks = tagged.marks("parts", max(before.end, amount.first - 2), amount.first)
    return bool(marks) and marks[-1].end == amount.first and _is_less(amount, before)


def _goes_on_subset(tagged: Tagged, amount: Amount, before: Amount) -> bool:
    """ "dont sept femmes et quatre enfants", "dont une femme enceinte et un enfant": the list of parts goes on."""
    if not before.is_subset or amount.kind != before.kind or amount.kind not in {"person", "thing"}:
        return False
    between = tagged.words(before.end, amount.first)
    if not 0 < len(between) <= _PART_REACH or between[-1] not in tagged.lexis.joiners:
        return False
    if any(not word[0].isalpha() for word in between[:-1]) or tagged.within("deed", before.end, amount.first):
        return False
    return not any(not tag.value.entry.weak for tag in tagged.within("deed", amount.end, amount.end + 2))


def _is_less(amount: Amount, before: Amount) -> bool:
    best, whole = amount.count.best, before.count.best
    return best is not None and (whole is None or best < whole)


def _is_given_up(tagged: Tagged, index: int, first: int) -> bool:
    """Whether words of a former count stand before the figure, in the same parenthesis if they stand in one."""
    marks = tagged.marks("superseded_all", first, index)
    if not marks:
        return False
    return ")" not in tagged.words(marks[-1].end, index)


def _is_subset(tagged: Tagged, index: int) -> bool:
    """Whether the figure at `index` follows "dont" or another word that makes it a part."""
    return any(mark.end >= index - 1 for mark in tagged.marks("subset", max(0, index - 4), index))


_HEAD_KINDS = ("fate", "person", "thing", "mark:losses")
_VERB_REACH = 5  # words between a figure without a noun and its verb
_FURTHER_REACH = 6  # words between "un troisième" and its verb
_CAMP_REACH = 10  # words between a figure set against another and its camp
_REACH = 5  # words between a figure and its noun
_PART_REACH = 4  # words from one part to the next: "une femme enceinte et"
_LABEL_REACH = 4
_QUOTES = frozenset('«"')
_LABEL_SIGNS = frozenset({":", ","})
