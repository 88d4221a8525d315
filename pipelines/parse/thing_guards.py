"""Words for things that tell no thing of their own: what names, serves, holds or did another, or where it happened."""

from __future__ import annotations

from pipelines.parse.cues import Cue
from pipelines.parse.tagging import Tag, Tagged


def is_complement(tagged: Tagged, start: int) -> bool:
    """ "caisse de munitions", "transportant de la drogue": the noun only completes another thing's noun."""
    of = tagged.lexis.complements & tagged.lexis.inside
    if start > 0 and tagged.line.words[start - 1] in of and tagged.line.words[start] in tagged.lexis.singular:
        start -= 1  # "les véhicules de la mairie"
    if tagged.line.words[start] not in tagged.lexis.complements or start == 0:
        return False
    return any(other.end == start for other in tagged.within("thing", max(0, start - 4), start))


def is_in_verb(tagged: Tagged, tag: Tag) -> bool:
    """ "criblés de balles": only a part of the verb."""
    return any(deed.first < tag.first < deed.end for deed in tagged.within("deed", tag.first - _VERB_REACH, tag.first))


def serves(tagged: Tagged, tag: Tag, first: int) -> bool:
    """ "un atelier servant à fabriquer des engins explosifs": only says what another thing is for."""
    marks = tagged.marks("serving", max(first, tag.first - _MOST_SERVED), tag.first)
    return bool(marks) and not any(word in _BREAKS for word in tagged.words(marks[-1].end, tag.first))


def is_twin(tagged: Tagged, tag: Tag, start: int) -> bool:
    """ "une base et centre d'entraînement": two names of one thing."""
    if start != tag.first or start < 2 or tagged.line.words[start - 1] not in tagged.lexis.joiners:
        return False
    twins = [other for other in tagged.within("thing", max(0, start - 5), start) if other.end == start - 1]
    return bool(twins) and twins[0].value.category == tag.value.category and tagged.line.words[start - 1] != ","


def is_means(tagged: Tagged, start: int, first: int) -> bool:
    """ "frappée par les aéronefs", "l'explosion d'une mine": what did it, not what it befell."""
    if any(mark.end == start for mark in tagged.marks("by", max(first, start - 4), start)):
        return True
    is_part = start > 0 and tagged.line.words[start - 1] in tagged.lexis.complements & tagged.lexis.inside
    acts = tagged.within("act", max(first, start - 4), start)
    return is_part and any(tag.end == start - 1 and tag.value.act in _BLASTS for tag in acts)


def is_location(tagged: Tagged, start: int, cue: Cue, first: int) -> bool:
    """ "a détruit deux motos dans un camp": where it happened, nothing destroyed."""
    if cue.is_right or start <= first or cue.end >= start:
        return False
    preposition = tagged.line.words[start - 1]
    is_own = tagged.line.words[cue.end - 1] == preposition  # "ont mis la main sur des armes et sur deux motos"
    return preposition in tagged.lexis.locations and not is_own


def is_example(tagged: Tagged, tag: Tag, first: int) -> bool:
    """ "des denrées (riz, huile, pâtes)": what stands in brackets after a thing only says of which kind it is."""
    for index in range(tag.first - 1, max(first, tag.first - _BRACKET_REACH) - 1, -1):
        if tagged.line.words[index] == ")":
            return False
        if tagged.line.words[index] == "(":
            return any(other.end == index for other in tagged.within("thing", max(first, index - 4), index))
    return False


def is_pointed_at(tagged: Tagged, start: int) -> bool:
    """ "ces deux véhicules", "cette base": told before."""
    return any(word in tagged.lexis.demonstratives for word in tagged.words(max(0, start - 1), start + 1))


_BLASTS = frozenset({"explode"})
_BRACKET_REACH = 14  # words of a bracket
_BREAKS = frozenset(",;:")
_MOST_SERVED = 8  # words between "servant à" and the last thing that it names
_VERB_REACH = 4  # words of a verb phrase
