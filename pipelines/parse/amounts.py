"""What figures count: a figure with the noun it belongs to ("03 véhicules", "15 de ses hommes", "deux autres")."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.parse.counts import Count
from pipelines.parse.tagging import Tag, Tagged


class Amount(NamedTuple):
    """A figure and its noun in words `first` to `end`. `head` is None for a figure that stands for people told before.

    `kind` is person | fate | thing | loss | none.
    """

    first: int
    end: int
    count: Count
    kind: str
    head: Tag | None
    is_label: bool = False  # "Terroristes neutralisés : deux"
    is_subset: bool = False
    is_superseded: bool = False


def find_amounts(tagged: Tagged, first: int, end: int) -> list[Amount]:
    """The figures among words `first` to `end` with what they count, in text order."""
    amounts: list[Amount] = []
    for tag in tagged.within("count", first, end):
        if tag.value.rule == "plural" and _is_contraction(tagged, tag.first, first):
            continue
        if _repeats_words(tagged, tag):
            continue
        amount = _read_amount(tagged, tag, first, end)
        if amount is not None:
            amounts.append(_mark(tagged, amount, first))
    return amounts


def _read_amount(tagged: Tagged, tag: Tag, first: int, end: int) -> Amount | None:
    found = _find_head(tagged, tag.end, end)
    if found is not None:
        kind, head = found
        return Amount(tag.first, head.end, tag.value, kind, head)
    label = _find_label(tagged, tag, first)
    if label is not None:
        return label
    if tag.value.rule == "article" or not _may_stand_alone(tagged, tag, end):
        return None
    return Amount(tag.first, tag.end, tag.value, "none", None)


def _repeats_words(tagged: Tagged, tag: Tag) -> bool:
    """ "une dizaine (10)": the figure in brackets only repeats the one before it."""
    words = tagged.line.words
    if tag.first < 2 or words[tag.first - 1] != "(":
        return False
    return any(before.end == tag.first - 1 for before in tagged.within("count", max(0, tag.first - 6), tag.first))


def _is_contraction(tagged: Tagged, index: int, first: int) -> bool:
    """ "le camp des terroristes": after a noun the article is a preposition, no figure."""
    if index == first:
        return False
    word = tagged.line.words[index - 1]
    if word in tagged.lexis.before_objects or not word[0].isalpha():
        return False
    return not any(tag.end == index for tag in tagged.within("deed", max(first, index - 6), index))


def _find_head(tagged: Tagged, index: int, end: int) -> tuple[str, Tag] | None:
    """The noun that follows a figure, small words between them skipped."""
    stop = min(end, index + _REACH)
    while index < stop:
        best: tuple[str, Tag] | None = None
        for kind in _HEAD_KINDS:
            tag = tagged.at(kind, index)
            if tag is not None and (kind != "person" or tag.value.is_counted):
                if best is None or tag.end > best[1].end:
                    best = kind.removeprefix("mark:"), tag
        if best is not None:
            return ("loss" if best[0] == "losses" else best[0]), best[1]
        if tagged.line.words[index] not in tagged.lexis.inside and not tagged.within("count", index, index + 1):
            return None
        index += 1
    return None


def _find_label(tagged: Tagged, tag: Tag, first: int) -> Amount | None:
    """ "Motos détruites : deux", "leurs corps, une centaine,", "les pirogues, au nombre de six": the noun stands before."""
    before = tag.first - 1
    if before < first or tagged.line.words[before] not in _LABEL_SIGNS:
        return None
    fate: Amount | None = None
    for index in range(before - 1, max(first - 1, before - 1 - _LABEL_REACH), -1):
        if tagged.line.words[index] in _LABEL_SIGNS:
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


def _may_stand_alone(tagged: Tagged, tag: Tag, end: int) -> bool:
    """Whether a figure without a noun can mean people told before: "deux autres", "dont quatre grièvement", "en a tué dix"."""
    count: Count = tag.value
    if count.is_other or count.rule in {"round", "one_of"}:
        return True
    if count.rule in {"plural", "none", "article"}:
        return False
    if _is_new_sum(tagged, tag) or _is_subset(tagged, tag.first) or tagged.line.words[max(0, tag.first - 1)] in tagged.lexis.pronouns:
        return True
    return any(deed.value.voice != "active" for deed in tagged.within("deed", tag.end, min(end, tag.end + 4))) or any(
        deed.end == tag.first and deed.value.voice == "active"
        for deed in tagged.within("deed", tag.first - 3, tag.first)
    )


def _is_new_sum(tagged: Tagged, tag: Tag) -> bool:
    """ "le bilan est passé à 16"."""
    return any(mark.end == tag.first for mark in tagged.marks("new_sum", tag.first - 4, tag.first))


def _mark(tagged: Tagged, amount: Amount, first: int) -> Amount:
    near = tagged.marks("superseded", max(first, amount.first - 4), amount.first)
    given_up = any(mark.end >= amount.first - 1 for mark in near) or _is_given_up(tagged, amount.first, first)
    return amount._replace(is_subset=_is_subset(tagged, amount.first), is_superseded=given_up)


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
_REACH = 5  # words between a figure and its noun
_LABEL_REACH = 4
_LABEL_SIGNS = frozenset({":", ","})
