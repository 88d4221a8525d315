"""Who the people of a figure were, listed beside it: "six morts (un soldat et cinq djihadistes)"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.mentions import Side
from pipelines.parse.amounts import Amount
from pipelines.parse.counts import Count
from pipelines.parse.lexis import Person
from pipelines.parse.parties import PartyTag, find_parties
from pipelines.parse.tagging import Tag, Tagged, follows_dash
from pipelines.parse.toll_sides import RawToll


class Item(NamedTuple):
    """One kind of people of a list in words `first` to `end`: how many, and whose they are."""

    first: int
    end: int
    number: int
    person: Tag
    party: PartyTag | None
    side: Side


def settle_lists(tagged: Tagged, tolls: Sequence[RawToll]) -> list[RawToll]:
    """The tolls, each figure with a list of its people beside it as one toll a side.

    People of one side only make the figure theirs: "deux blessés (le préfet et son chauffeur)".
    """
    settled: list[RawToll] = []
    end = 0
    for toll in settle_parts(tagged, tolls):
        if toll.amount.first < end:
            continue  # listed already
        items = find_list(tagged, toll)
        handed = _hand_out(tagged, toll, items)
        settled += handed
        end = items[-1].end if items and handed != [toll] else end
    return settled


def add_joined_fates(tagged: Tagged, tolls: Sequence[RawToll]) -> list[RawToll]:
    """The tolls, "plusieurs morts et blessés" as two: an open figure before both fates is that of each."""
    every: list[RawToll] = []
    for toll in tolls:
        every.append(toll)
        amount = toll.amount
        fate = tagged.at("fate", amount.end + 1)
        if fate is None or amount.kind != "fate" or amount.count.best is not None or fate.value == toll.outcome:
            continue
        if tagged.line.words[amount.end] in tagged.lexis.joiners and tagged.at("count", fate.first) is None:
            joined = amount._replace(end=fate.end, head=fate)
            every.append(toll._replace(end=fate.end, outcome=fate.value, amount=joined))
    return every


def settle_parts(tagged: Tagged, tolls: Sequence[RawToll]) -> list[RawToll]:
    """ "douze personnes, dont trois VDP": of whom nothing is told but that fewer than half were soldiers, civilians."""
    settled = list(tolls)
    for index, (whole, part) in enumerate(pairwise(tolls)):
        head = whole.amount.head
        is_plain = head is not None and tagged.line.words[head.first] in tagged.lexis.plain_people
        is_lesser = part.is_subset and 2 * (part.amount.count.best or 0) < (whole.amount.count.best or 0)
        if is_plain and is_lesser and whole.side is None and part.side in {"state", "external"}:
            settled[index] = whole._replace(side="civilian")
    return settled


def _is_open(tagged: Tagged, toll: RawToll) -> bool:
    """Whether a list may say better whose the people are than the words so far."""
    if toll.is_subset:
        return False
    head = toll.amount.head
    is_either = head is not None and not tagged.lexis.either_camp.isdisjoint(tagged.words(head.first, head.end))
    return is_either or toll.rule in _OPEN_RULES


def _hand_out(tagged: Tagged, toll: RawToll, items: Sequence[Item]) -> list[RawToll]:
    sides = {item.side for item in items}
    if not _is_open(tagged, toll) or not items:
        parts = items if sides == {toll.side} else []
        return [toll, *(_make_part(tagged, toll, item, is_subset=True) for item in parts)]
    if len(sides) == 1:
        item = items[0]
        actor_class = item.party.actor_class if item.party else None
        whole = toll._replace(side=item.side, party=item.party, actor_class=actor_class, rule="named")
        return [whole, *(_make_part(tagged, toll, item, is_subset=True) for item in items)]
    return [_make_part(tagged, toll, item, is_subset=False) for item in items]


def _make_part(tagged: Tagged, toll: RawToll, item: Item, *, is_subset: bool) -> RawToll:
    start, stop = tagged.chars(item.first, item.end)
    count = Count(start, stop, item.number, item.number, item.number, "named")
    amount = Amount(item.first, item.end, count, "person", item.person)
    return toll._replace(
        first=item.first,
        end=item.end,
        amount=amount,
        side=item.side,
        actor_class=item.party.actor_class if item.party else None,
        party=item.party,
        rule="named",
        is_subset=is_subset,
        cue=None,
    )


def find_list(tagged: Tagged, toll: RawToll) -> list[Item]:
    """The people listed right after a figure if they are as many as it says; none if the list goes on otherwise."""
    amount, whole = toll.amount, toll.amount.count.best
    if amount.kind not in {"fate", "person"} or whole is None or whole < _FEWEST:
        return []
    start = _find_opening(tagged, amount.end)
    if start is None and toll.cue is not None and toll.cue.is_right:
        start = _find_opening(tagged, toll.cue.end)
    if start is None:
        return []
    items: list[Item] = []
    while (item := _read_item(tagged, start, items[0] if items else None)) is not None:
        items.append(item)
        if sum(item.number for item in items) >= whole:
            break
        start = _skip_joiner(tagged, item.end)
    is_whole = len(items) >= _FEWEST and sum(item.number for item in items) == whole
    return items if is_whole and not _has_own_fate(tagged, items[-1].end, toll) else []


def _has_own_fate(tagged: Tagged, end: int, toll: RawToll) -> bool:
    """ "deux morts, un gendarme et un civil blessés": they are others."""
    fates = {tag.value.entry.people for tag in tagged.within("deed", end, end + _FATE_REACH)}
    return bool(fates - {None, toll.outcome})


def _find_opening(tagged: Tagged, first: int) -> int | None:
    """The word after the sign that opens the list: behind "six morts", "dix civils maliens", "ont péri hier"."""
    for index in range(first, first + _OPENING_REACH):
        if follows_dash(tagged.line, index):
            return index
        if index >= len(tagged.line.words) or tagged.at("deed", index) is not None or tagged.at("count", index):
            return None
        if tagged.line.words[index] in _OPENERS:
            return index + 1
    return None


def _skip_joiner(tagged: Tagged, index: int) -> int:
    mark = tagged.marks("joining", index, index + 1)
    if mark:
        return mark[0].end
    while tagged.words(index, index + 1) and tagged.line.words[index] in tagged.lexis.joiners:
        index += 1
    return index


def _read_item(tagged: Tagged, first: int, leader: Item | None) -> Item | None:
    """ "cinq djihadistes", "le préfet", "sa fille": the suite of an official is counted with him."""
    words = tagged.line.words
    number, index = _read_number(tagged, first)
    if number is None:
        return None
    for at in range(index, min(index + _NOUN_REACH, len(words))):
        person, nation = tagged.at("person", at), tagged.at("demonym", at)
        if person is None and nation is not None:  # "un Indien"
            person = Tag(at, nation.end, Person("anyone", True))
        if person is not None:
            return _make_item(tagged, first, number, person, leader)
        if words[at] in _SIGNS or tagged.at("deed", at) is not None:
            return None
    return None


def _read_number(tagged: Tagged, first: int) -> tuple[int | None, int]:
    """How many a list's item counts, and the word after it: "cinq", "ses deux", "le"."""
    determiner = tagged.words(first, first + 1)
    if not determiner:
        return None, first
    count = tagged.at("count", first) or (
        tagged.at("count", first + 1) if determiner[0] in tagged.lexis.theirs else None
    )
    if count is not None:
        return count.value.best, count.end
    return (1 if determiner[0] in tagged.lexis.singular else None), first + 1


def _make_item(tagged: Tagged, first: int, number: int, person: Tag, leader: Item | None) -> Item:
    party = next(iter(find_parties(tagged, person.first, person.first + 1)), None)
    end = max(person.end, party.end if party else 0)
    nation = tagged.at("demonym", end)
    is_suite = leader is not None and leader.person.value.actor_class == "government"
    if is_suite and leader is not None and tagged.line.words[first] in tagged.lexis.theirs:
        party = leader.party
    side: Side = party.side if party is not None else "civilian"
    return Item(first, nation.end if nation else end, number, person, party, side)


_OPEN_RULES = frozenset({"open", "previous", "agent", "own"})
_OPENERS = frozenset(":(,")
_SIGNS = frozenset(",.;:()«»")
_FEWEST = 2
_OPENING_REACH = 4  # words between a figure or its verb and the sign that opens the list
_FATE_REACH = 2  # words between the last of a list and a verb of their own
_NOUN_REACH = 3  # words between a figure and the noun of people
