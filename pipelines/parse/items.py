"""How the data names a thing: its noun with the calibre, the maker and what it holds, as the text writes them."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.parse.lexis import Thing
from pipelines.parse.tagging import Tag, Tagged


class Item(NamedTuple):
    """A thing with its whole name and the index of the word after it."""

    thing: Thing
    end: int


def read_item(tagged: Tagged, tag: Tag) -> Item:
    """ "dépôt de munitions", "cartouches de 12,7", "radio Motorola": the thing with all that names it."""
    thing: Thing = tag.value
    named = _read_held(tagged, thing, tag.end) or _read_calibre(tagged, thing, tag.end)
    return named or _read_maker(tagged, thing, tag.end) or Item(thing, tag.end)


def _read_held(tagged: Tagged, thing: Thing, index: int) -> Item | None:
    """What a thing holds, serves or makes: "chargeurs pour AK-47", "atelier de fabrication d'EEI"."""
    words, lexis = tagged.line.words, tagged.lexis
    if thing.category not in _HOLDERS and thing.item not in lexis.holders:
        return None
    of = lexis.holding.get(words[index]) if index < len(words) else None
    if of is None:
        return None
    is_maker = index + 2 < len(words) and words[index + 1] in lexis.making and words[index + 2] in lexis.holding
    vessel = _read_vessel(tagged, thing, index)
    if vessel is not None:
        return vessel
    held = tagged.at("thing", index + 3 if is_maker else index + 1)
    if held is None:
        return None
    start, stop = tagged.chars(index + 1, held.end)
    kept = tagged.line.text[start:stop]
    if thing.item in lexis.holding_one and not is_maker:
        kept = held.value.item
    return Item(Thing(thing.category, f"{thing.item} {of}{kept}"), held.end)


def _read_vessel(tagged: Tagged, thing: Thing, index: int) -> Item | None:
    """ "bidons de 25 l d'essence", "sacs de 50 kg": how much it holds, and of what."""
    words = tagged.line.words
    unit = tagged.lexis.units.match(words, index + 2) if index + 2 < len(words) else None
    if unit is None or not words[index + 1].isdecimal():
        return None
    end = unit[0]
    if end < len(words) and words[end] in tagged.lexis.holding and (held := tagged.at("thing", end + 1)) is not None:
        end = held.end
    start, stop = tagged.chars(index, end)
    return Item(Thing(thing.category, f"{thing.item} {tagged.line.text[start:stop]}"), end)


def _read_calibre(tagged: Tagged, thing: Thing, index: int) -> Item | None:
    """ "mitrailleuses de calibre 12,7mm", "cartouches 7,62 court"."""
    words = tagged.line.words
    if thing.category not in _ARMS:
        return None
    while index < len(words) and words[index] in tagged.lexis.calibre_words:
        index += 1
    if index + 2 >= len(words) or not (words[index].isdecimal() and words[index + 1] in _DECIMAL):
        return None
    if not words[index + 2].isdecimal() or tagged.line.ends[index + 1] != tagged.line.starts[index + 2]:
        return None
    if len(words[index + 2]) > _MOST_DECIMALS:  # "18 chargeurs, 10.900 cartouches"
        return None
    end = index + 3
    name = tagged.line.text[tagged.line.starts[index] : tagged.line.ends[index + 2]]
    while end < len(words) and words[end] in tagged.lexis.calibre_units:
        name += f" {words[end]}"
        end += 1
    return Item(Thing(thing.category, f"{thing.item} {name}"), end)


def _read_maker(tagged: Tagged, thing: Thing, index: int) -> Item | None:
    """ "véhicules Toyota", "poste radio de type Motorola"."""
    words = tagged.line.words
    while index < len(words) and words[index] in tagged.lexis.before_maker:
        index += 1
    if index >= len(words):
        return None
    found = tagged.lexis.makers.match(words, index)
    if found is None:
        return None
    start, stop = tagged.chars(index, found[0])
    return Item(Thing(thing.category, f"{thing.item} {tagged.line.text[start:stop]}"), found[0])


def read_shared(tagged: Tagged, item: Item) -> Item:
    """ "une trentaine de maisons et de greniers": the names of all that one figure counts together.

    What has a determiner of its own ("et des greniers") is counted apart.
    """
    names, end, joiner = [item.thing.item], item.end, ""
    while (other := _find_shared(tagged, end)) is not None and _is_alike(item.thing, other.value):
        names.append(other.value.item)
        joiner, end = tagged.line.words[end], other.end
    if not joiner.isalpha():  # alone, or a list that goes on
        return item
    return Item(Thing(item.thing.category, f"{', '.join(names[:-1])} {joiner} {names[-1]}"), end)


def _find_shared(tagged: Tagged, index: int) -> Tag | None:
    """The thing after "," or "et" at `index`, with no more than "de" before it."""
    words, lexis = tagged.line.words, tagged.lexis
    if index + 1 >= len(words) or words[index] not in lexis.joiners:
        return None
    return tagged.at("thing", index + 1 + (words[index + 1] in lexis.holding))


def _is_alike(thing: Thing, other: Thing) -> bool:
    return thing.category == other.category or {thing.category, other.category} <= _STORES


_ARMS = frozenset({"weapon", "ammunition"})
_DECIMAL = frozenset(".,")
_HOLDERS = frozenset({"ammunition", "explosive", "supplies", "other", "fuel", "weapon"})
_MOST_DECIMALS = 2  # digits after the point of a calibre: more are thousands
_STORES = frozenset({"other", "supplies"})  # houses, shops and granaries
