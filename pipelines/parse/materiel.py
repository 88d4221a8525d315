"""Things destroyed, seized, lost: category, item, quantity, what became of them and whose they were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.mentions import Side, Status
from pipelines.parse.amounts import Amount, find_amounts
from pipelines.parse.counts import Count
from pipelines.parse.cues import Cue, find_cue
from pipelines.parse.found_again import find_again
from pipelines.parse.items import read_item, read_shared
from pipelines.parse.lexis import Thing
from pipelines.parse.owners import find_owner, find_taker
from pipelines.parse.sums import drop_sums
from pipelines.parse.tagging import Tag, Tagged
from pipelines.parse.thing_guards import (
    is_complement,
    is_example,
    is_in_verb,
    is_location,
    is_means,
    is_pointed_at,
    is_twin,
    serves,
)


class RawThing(NamedTuple):
    """A kind of things in words `first` to `end`; `side` None while only the incident can tell."""

    first: int
    end: int
    thing: Thing
    count: Count | None  # type: ignore[assignment]  # hides the method of tuples, which nobody calls
    quantity: int | None
    unit: str | None
    status: Status
    side: Side | None
    is_subset: bool
    taker: Side | None = None  # who took it, where the verb has a subject
    is_carried: bool = False  # only found on people
    is_target: bool = False  # only aimed at
    is_listed: bool = False  # shares the fate of what the list stands for
    is_again: bool = False  # told before: only what became of it in the end is new
    is_pointed_at: bool = False  # "ces deux véhicules": told before under another name, if anything alike was


def find_materiel(tagged: Tagged, first: int, end: int, before: RawThing | None = None) -> list[RawThing]:
    """The things of words `first` to `end` of which a fate is told, in text order.

    `before` is the last thing told in the list that these words go on.
    """
    rows: list[RawThing] = []
    things = _find_things(tagged, first, end)
    is_bare_list = _is_inventory(tagged, things, first, end)
    for tag, amount in things:
        row = _read_thing(tagged, tag, amount, first, end)
        whole = rows[-1] if rows and _heads_list(tagged, rows[-1], tag.first) else None
        if not rows and before is not None and _goes_on(tagged, tag, amount, first):
            whole = before
        if row is None and whole is not None:
            row = _read_listed(tagged, tag, amount, whole, first)
        if row is None and is_bare_list:
            row = _read_inventory(tagged, tag, amount)
        if row is not None and rows and whole is not None and not whole.is_listed and _is_generic(tagged, whole):
            rows.pop()
        rows += [row] if row is not None else []
    return drop_sums(rows) or _find_again(tagged, first, end)


def _find_again(tagged: Tagged, first: int, end: int) -> list[RawThing]:
    """ "Elle a été rasée", "ils l'ont incendié": what became of the thing told last."""
    tag = find_again(tagged, first, end)
    told = _find_things(tagged, max(0, first - _ANTECEDENT_REACH), first) if tag is not None else []
    if tag is None or not told:
        return []
    thing, amount = told[-1]
    start = amount.first if amount else _determiner(tagged, thing, 0)
    if start is None:
        return []
    status: Status = tag.value.entry.things
    cue = Cue(tag.end, None, status, tag, True, tag.value.voice == "active", tag.value.entry.loses)
    quantity, count = _quantity(tagged, thing, amount, start), amount.count if amount else None
    taker = find_taker(tagged, cue, first)
    return [RawThing(tag.first, tag.end, thing.value, count, quantity, None, status, None, False, taker, is_again=True)]


def _is_inventory(tagged: Tagged, things: Sequence[tuple[Tag, Amount | None]], first: int, end: int) -> bool:
    """ "Dans les caches : huit AK-47, deux PKM": a list of counted arms without a verb is what was found."""
    counted = [tag.value.category for tag, amount in things if amount is not None and amount.count.rule == "exact"]
    is_verbless = not any(tagged.within(kind, first, end) for kind in ("deed", "nominal", "thing_nominal"))
    is_verbless = is_verbless and all(tag.value.weak for tag in tagged.within("act", first, end))
    return is_verbless and len(counted) >= _FEWEST_LISTED and any(kind in _ARMS for kind in counted)


def _read_inventory(tagged: Tagged, tag: Tag, amount: Amount | None) -> RawThing | None:
    if amount is None and tagged.line.words[tag.first - 1] not in tagged.lexis.plural:
        return None
    start = amount.first if amount else tag.first - 1
    quantity, count = _quantity(tagged, tag, amount, start), amount.count if amount else None
    is_part = bool(amount and amount.is_subset)
    return RawThing(start, tag.end, tag.value, count, quantity, None, "seized", None, is_part)


def _goes_on(tagged: Tagged, tag: Tag, amount: Amount | None, first: int) -> bool:
    """Whether a thing opens words that go on a list: "ont été récupérés : six motos ; deux PKM"."""
    start = amount.first if amount else _determiner(tagged, tag, first)
    return start is not None and all(word in tagged.lexis.joiners for word in tagged.words(first, start))


def _find_things(tagged: Tagged, first: int, end: int) -> list[tuple[Tag, Amount | None]]:
    """Every word for a thing with its figure, and figures that stand for a thing told before."""
    figures = [(amount, amount.head) for amount in find_amounts(tagged, first, end) if amount.kind == "thing"]
    amounts = {head.first: amount for amount, head in figures if head is not None and not amount.is_elliptical}
    things: list[tuple[Tag, Amount | None]] = []
    for tag in tagged.within("thing", first, end):
        if is_in_verb(tagged, tag) or serves(tagged, tag, first):
            continue
        if not things or tag.first >= things[-1][0].end:  # else only a part of the name before
            amount = amounts.get(tag.first)
            item = read_item(tagged, tag) if amount is None else read_shared(tagged, read_item(tagged, tag))
            things.append((Tag(tag.first, item.end, item.thing), amount))
    things += [
        (_name_elliptical(tagged, amount, head), amount)
        for amount, head in figures
        if head is not None and amount.is_elliptical
    ]
    return sorted(things, key=lambda pair: pair[0].first)


def _name_elliptical(tagged: Tagged, amount: Amount, head: Tag) -> Tag:
    """ "84 cartouches de 12,7 et 440 de 7,62": the noun of the figure before, with a name of its own."""
    item = read_item(tagged, Tag(amount.first, amount.end, head.value))
    return Tag(amount.first, item.end, item.thing)


def _heads_list(tagged: Tagged, row: RawThing, index: int) -> bool:
    """Whether words such as "à savoir" lead from a thing to the one at `index`, and nothing else does."""
    if index - row.end > _LIST_REACH or index <= row.end:
        return False
    if row.is_listed and tagged.line.words[row.end] in tagged.lexis.joiners:
        return True
    found = (tagged.lexis.listing.match(tagged.line.words, at) for at in range(row.first, index))
    return any(found)


def _is_generic(tagged: Tagged, row: RawThing) -> bool:
    """Whether a thing only stands for those listed after it: "des équipements, à savoir ..."."""
    return row.quantity is None and row.thing.item in tagged.lexis.generic


def _read_listed(tagged: Tagged, tag: Tag, amount: Amount | None, whole: RawThing, first: int) -> RawThing | None:
    """A thing of a list that shares the fate told of the whole."""
    start = amount.first if amount else _determiner(tagged, tag, first)
    if start is None:
        return None
    count = amount.count if amount else None
    quantity = _quantity(tagged, tag, amount, start)
    return whole._replace(
        first=start,
        end=max(tag.end, amount.end if amount else 0),
        thing=tag.value,
        count=count,
        quantity=quantity,
        is_listed=True,
    )


def _read_thing(tagged: Tagged, tag: Tag, amount: Amount | None, first: int, end: int) -> RawThing | None:
    if amount is not None and (amount.is_superseded or amount.count.rule == "none"):
        return None
    if any(party.first <= tag.first and tag.end <= party.end for party in _units(tagged, tag)):
        return None
    start = amount.first if amount else _determiner(tagged, tag, first)
    if start is None or (amount is None and (is_complement(tagged, start) or is_twin(tagged, tag, start))):
        return None
    if is_means(tagged, start, first) or (amount is None and is_example(tagged, tag, first)):
        return None
    whole = Amount(
        start, max(tag.end, amount.end if amount else 0), amount.count if amount else _NO_COUNT, "thing", tag
    )
    cue = find_cue(tagged, whole._replace(is_label=bool(amount and amount.is_label)), first, end, "things")
    if cue is not None and is_location(tagged, start, cue, first):
        cue = None
    is_carried = cue is None and bool(tagged.marks("carrying", first, start))
    if is_carried:
        cue = Cue(tag.end, None, "seized", None, False)
    if cue is None or cue.status is None:
        return None
    last = max(whole.end, cue.end if cue.is_right else 0)
    return RawThing(
        start, last, tag.value, amount.count if amount else None, _quantity(tagged, tag, amount, start),
        _unit(tagged, start, tag), _last_status(tagged, cue.status, whole.end, last, end),
        find_owner(tagged, start, tag, cue, first, end), bool(amount and amount.is_subset),
        find_taker(tagged, cue, first), is_carried, _is_target(cue), is_pointed_at=is_pointed_at(tagged, start),
    )  # fmt: skip


def _unit(tagged: Tagged, start: int, tag: Tag) -> str | None:
    """ "litres" in "7 300 litres de gasoil"."""
    found = (tagged.lexis.units.match(tagged.line.words, index) for index in range(start, tag.first))
    return next((match[1] for match in found if match), None)


def _last_status(tagged: Tagged, status: Status, index: int, last: int, end: int) -> Status:
    """What became of things in the end: "découvert un engin qui a été désamorcé", "l'ont fait sauter"."""
    if status != "seized":
        return status
    for tag in tagged.within("deed", last, min(end, last + _LATER_REACH)):
        fate: Status | None = tag.value.entry.things
        if any(tagged.within(kind, last, tag.first) for kind in ("thing", "count")):
            return status
        is_own = tag.value.voice == "passive" and not tag.value.is_bare
        is_own = is_own or any(
            word in tagged.lexis.objects for word in tagged.words(max(index, tag.first - 3), tag.first)
        )
        if fate in {"destroyed", "burned"} and is_own and not tag.value.is_negated:
            return fate
    return status


def _units(tagged: Tagged, tag: Tag) -> list[Tag]:
    """Parties in whose words a thing stands: a "camp militaire" is no camp destroyed."""
    found = tagged.within("person", max(0, tag.first - 3), tag.first + 1)
    return [party for party in found if party.end - party.first > tag.end - tag.first]


def _is_target(cue: Cue) -> bool:
    return cue.tag is not None and cue.tag.value.entry.act in {"target", "strike_verb"}


def _determiner(tagged: Tagged, tag: Tag, first: int) -> int | None:
    """The word that opens an uncounted noun phrase; after a list's comma or "et" none is needed."""
    index = tag.first - 1
    if index < first:
        return tag.first
    word = tagged.line.words[index]
    if word in tagged.lexis.plural or word in tagged.lexis.singular:
        return index
    if word in tagged.lexis.joiners or word in _OPENERS:
        return tag.first
    previous = tagged.line.words[index - 1] if index > first else ""
    if previous in tagged.lexis.plural or previous in tagged.lexis.singular:
        return index - 1
    return tag.first if tagged.at("deed", index) else None


def _quantity(tagged: Tagged, tag: Tag, amount: Amount | None, start: int) -> int | None:
    is_mass = not tagged.lexis.mass.isdisjoint((tag.value.item, tagged.line.words[tag.first]))
    if any(word in tagged.lexis.measures for word in tagged.words(start, tag.first)) or (
        is_mass and (amount is None or amount.count.rule == "article")
    ):
        return None
    if amount is not None:
        return amount.count.best if amount.count.rule not in _VAGUE else None
    is_single = tagged.line.words[start] in tagged.lexis.singular
    return 1 if is_single else None


_ANTECEDENT_REACH = 45  # words back to the thing that a pronoun stands for
_LATER_REACH = 16  # words between things and what became of them in the end
_FEWEST_LISTED = 2
_ARMS = frozenset({"weapon", "ammunition", "explosive", "communication"})
_LIST_REACH = 8  # words between what stands for a list and its first thing
_NO_COUNT = Count(0, 0, None, None, None, "article")
_VAGUE = frozenset({"several", "plural", "range"})
_OPENERS = frozenset({":", "(", "«", "-", "•", "*", ";"})
