"""Figures and articles that look like an amount and are none: repeated, of a whole, of an owner, a contraction."""

from __future__ import annotations

from pipelines.parse.counts import Count
from pipelines.parse.tagging import Tag, Tagged


def counts_nothing(tagged: Tagged, tag: Tag, first: int) -> bool:
    """Whether a figure of a sentence that begins at word `first` stands for nobody of its own."""
    if tag.value.rule == "plural" and _is_contraction(tagged, tag.first, first):
        return True
    finders = (_opens_quoted, _is_out_of, _repeats_words, _is_of_others, _is_owner, _is_apposed)
    return any(find(tagged, tag) for find in finders)


def _opens_quoted(tagged: Tagged, tag: Tag) -> bool:
    """ "une « vingtaine de terroristes »": the article of the round figure in quotes."""
    if tag.value.rule != "article" or tagged.words(tag.end, tag.end + 1)[:1] not in _OPENING:
        return False
    quoted = tagged.at("count", tag.end + 1)
    return quoted is not None and quoted.value.rule == "round"


def _is_out_of(tagged: Tagged, tag: Tag) -> bool:
    """ "trente-six des cinquante passagers", "la moitié des cinquante": how many there were, not whom it befell."""
    if tag.first < 2 or tagged.line.words[tag.first - 1] not in tagged.lexis.out_of_all:
        return False
    if tagged.line.words[tag.first - 2] in tagged.lexis.shares:
        return True
    before = tagged.within("count", max(0, tag.first - 6), tag.first)
    return any(part.end == tag.first - 1 and _is_lesser(part.value, tag.value) for part in before)


def _is_lesser(part: Count, whole: Count) -> bool:
    return part.best is not None and whole.best is not None and part.best < whole.best


def _repeats_words(tagged: Tagged, tag: Tag) -> bool:
    """ "une dizaine (10)": the figure in brackets only repeats the one before it."""
    words = tagged.line.words
    if tag.first < 2 or words[tag.first - 1] != "(":
        return False
    return any(before.end == tag.first - 1 for before in tagged.within("count", max(0, tag.first - 6), tag.first))


def _is_owner(tagged: Tagged, tag: Tag) -> bool:
    """ "la femme d'un policier", "la moto d'un éleveur": whose it is, none who is counted."""
    of = tagged.lexis.complements & tagged.lexis.inside
    if tag.value.rule != "article" or tag.first < 2 or tagged.line.words[tag.first - 1] not in of:
        return False
    reach = max(0, tag.first - 1 - _OWNED_REACH)
    owned = [*tagged.within("person", reach, tag.first - 1), *tagged.within("thing", reach, tag.first - 1)]
    return any(noun.end == tag.first - 1 for noun in owned)


def _is_apposed(tagged: Tagged, tag: Tag) -> bool:
    """ "le chauffeur, un Ghanéen, est mort": who the man just named is, no one more."""
    if tag.value.rule != "article" or tag.first < _APPOSED or tagged.line.words[tag.first - 1] != ",":
        return False
    named = tagged.at("person", tag.first - 2)
    return named is not None and tagged.line.words[tag.first - _APPOSED] in tagged.lexis.definite


def _is_of_others(tagged: Tagged, tag: Tag) -> bool:
    """ "une dizaine d'autres": no figure of its own."""
    before = tagged.within("count", max(0, tag.first - _ROUND_REACH), tag.first)
    return tag.value.is_other and tag.value.best is None and any(count.end == tag.first for count in before)


def _is_contraction(tagged: Tagged, index: int, first: int) -> bool:
    """ "le camp des terroristes": after a noun the article is a preposition, no figure."""
    if index == first:
        return False
    word = tagged.line.words[index - 1]
    if word in tagged.lexis.before_objects or not word[0].isalpha():
        return False
    return not any(tag.end == index for tag in tagged.within("deed", max(first, index - 6), index))


_OPENING = (["«"], ['"'])
_APPOSED = 3  # words of "le chauffeur," before its apposition
_OWNED_REACH = 4
_ROUND_REACH = 4
