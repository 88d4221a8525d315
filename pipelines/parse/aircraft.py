"""What aircraft and devices do: the one that leads a verb, and whose it is."""

from __future__ import annotations

from pipelines.mentions import Side
from pipelines.parse.parties import find_parties
from pipelines.parse.tagging import Tag, Tagged


def find_flyer(tagged: Tagged, index: int, first: int) -> Tag | None:
    """ "Des drones de l'armée ont frappé": the aircraft that leads the verb at word `index`, None if none does."""
    return _find_leader(tagged, "air", index, first)


def is_device(tagged: Tagged, index: int, first: int) -> bool:
    """ "Une bombe artisanale a tué ...": whether a mine or bomb leads the verb at word `index`."""
    tag = _find_leader(tagged, "ied", index, first)  # "l'engin" was told of before
    return tag is not None and tagged.at("count", tag.first - 1) is not None


def _find_leader(tagged: Tagged, kind: str, index: int, first: int) -> Tag | None:
    for tag in reversed(tagged.within("act", max(first, index - _REACH), index)):
        if tag.value.act == kind and tag.end < index:
            return tag if _leads(tagged, tag, index) else None
    return None


def _leads(tagged: Tagged, tag: Tag, index: int) -> bool:
    """Whether only the owner, places and small words stand between an aircraft and its verb."""
    if any(word in _STOPS for word in tagged.words(tag.end, index)):
        return False
    told = [deed for deed in tagged.within("deed", tag.end, index) if not deed.value.is_bare]
    if told or _is_means(tagged, tag):
        return False
    small, parties = tagged.lexis.inside, find_parties(tagged, tag.end, index)
    return all(tagged.line.words[party.first - 1] in small or party.first == tag.end for party in parties)


def _is_means(tagged: Tagged, tag: Tag) -> bool:
    """ "appuyés par des drones": no subject."""
    return bool(tagged.marks("by", max(0, tag.first - 3), tag.first))


def flyer_side(tagged: Tagged, tag: Tag, index: int) -> Side:
    """Whose aircraft it is: an armed group's if its name stands behind it, else the forces'."""
    owners = find_parties(tagged, tag.first, index)
    return "non-state" if any(owner.side == "non-state" for owner in owners) else "state"


_REACH = 10  # words between an aircraft and its verb
_STOPS = frozenset(".;:()«»,")
