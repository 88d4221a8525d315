"""Figures of one incident told as a sum and again in parts: "dix morts", then "quatre VDP et six civils tués"."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.mentions import DEAD
from pipelines.parse.toll_sides import RawToll, SideRule

Told = Sequence[Sequence[RawToll]]  # the tolls of each segment of an incident


def settle_told_sums(told: Told) -> list[list[RawToll]]:
    """The tolls without a sum of people nobody classes whose parts, of a side each, are told as well."""
    rows = [list(tolls) for tolls in told]
    every = [toll for tolls in rows for toll in tolls]
    for whole in [toll for toll in every if _may_be_sum(toll)] if len(every) <= _MOST_TOLLS else []:
        if not any(toll is whole for tolls in rows for toll in tolls):
            continue  # told again of a sum that was left out
        parts = next((parts for parts in _find_parts(rows, whole) if _add_up(parts, whole)), None)
        if parts is not None:
            rows = _drop_sum(rows, whole, parts)
    return rows


def lend_sides(told: Told) -> list[list[RawToll]]:
    """The tolls of nobody classed with the side that their figure has elsewhere: "dix soldats ... 10 morts".

    What is counted beside it in its sentence is of that side too: "10 morts et de nombreux blessés".
    """
    every = [toll for tolls in told for toll in tolls]
    if len(every) > _MOST_TOLLS:
        return [list(tolls) for tolls in told]
    return [_lend_beside([_lend_side(toll, every) if _is_unsided(toll) else toll for toll in tolls]) for tolls in told]


def _lend_side(toll: RawToll, every: Sequence[RawToll]) -> RawToll:
    lenders = [other for other in every if not _is_unsided(other) and not other.is_subset and _is_as_many(other, toll)]
    return _take_side(toll, lenders[0]) if len({other.side for other in lenders}) == 1 else toll


def _lend_beside(tolls: list[RawToll]) -> list[RawToll]:
    lent = [toll for toll in tolls if toll.rule == _LENT and toll.amount.count.best is not None]
    return [_take_side(toll, lent[0]) if lent and _is_unsided(toll) else toll for toll in tolls]


def _take_side(toll: RawToll, lender: RawToll) -> RawToll:
    return toll._replace(side=lender.side, actor_class=lender.actor_class, rule=_LENT)


def _is_unsided(toll: RawToll) -> bool:
    """Whether only the incident can tell whose people a figure counts."""
    return _may_be_open(toll) and (toll.side is None or (toll.side == "civilian" and toll.actor_class is None))


def _is_as_many(toll: RawToll, other: RawToll) -> bool:
    """Whether a figure is that of another, or may be, the other being open: "des morts"."""
    best = other.amount.count.best
    return toll.outcome == other.outcome and best in {None, toll.amount.count.best}


def _may_be_open(toll: RawToll) -> bool:
    is_open = toll.party is None and toll.rule in _OPEN
    return is_open and not toll.is_subset and toll.amount.kind in _UNCLASSED and toll.amount.count.best != 0


def _may_be_sum(toll: RawToll) -> bool:
    return _may_be_open(toll) and (toll.amount.count.best or 0) > 1


def _find_parts(rows: Told, whole: RawToll) -> list[list[RawToll]]:
    """What may be the parts of a sum: the figures of one sentence, all of them, its own parts with all others."""
    found = [[toll for toll in tolls if _is_part(toll, whole) and not toll.is_subset] for tolls in rows]
    every = _drop_repeated([toll for tolls in found for toll in tolls])
    own = _own_parts(rows, whole)
    return [*found, every, [*own, *(toll for toll in every if not _is_repeated(toll, own))] if own else []]


def _own_parts(rows: Told, whole: RawToll) -> list[RawToll]:
    return [toll for toll in _find_subsets(rows, whole) if _is_part(toll, whole)]


def _find_subsets(rows: Told, whole: RawToll) -> list[RawToll]:
    """ "deux morts, dont un policier": what is told as a part right after a sum, be it in the next sentence."""
    every = [toll for tolls in rows for toll in tolls]
    index = next(index for index, toll in enumerate(every) if toll is whole)
    own: list[RawToll] = []
    for toll in every[index + 1 :]:
        if not toll.is_subset:
            break
        own.append(toll)
    return own


def _is_part(toll: RawToll, whole: RawToll) -> bool:
    is_same = toll.outcome == whole.outcome or {toll.outcome, whole.outcome} == DEAD
    return toll is not whole and is_same and toll.side is not None and not _may_be_sum(toll)


def _drop_repeated(tolls: Sequence[RawToll]) -> list[RawToll]:
    kept: list[RawToll] = []
    for toll in tolls:
        if not _is_repeated(toll, kept):
            kept.append(toll)
    return kept


def _is_repeated(toll: RawToll, others: Sequence[RawToll]) -> bool:
    """Whether the same figure of the same side stands among others, told in another place."""
    return any(_figure(toll) == _figure(other) and toll.first - other.end > _NEAR for other in others)


def _figure(toll: RawToll) -> tuple[object, object]:
    return toll.side, toll.amount.count.best


def _add_up(parts: Sequence[RawToll], whole: RawToll) -> bool:
    figures = [toll.amount.count.best for toll in parts]
    told = [figure for figure in figures if figure]
    is_many_sided = len({toll.side for toll in parts}) > 1
    return is_many_sided and None not in figures and len(told) > 1 and sum(told) == whole.amount.count.best


def _drop_sum(rows: Told, whole: RawToll, parts: Sequence[RawToll]) -> list[list[RawToll]]:
    """The tolls without a sum wherever it is told; its own parts become rows if they are needed."""
    needed = {id(toll) for toll in parts}
    sums = [toll for tolls in rows for toll in tolls if _is_told_again(toll, whole)]
    own = {id(toll) for told in sums for toll in _find_subsets(rows, told)} - needed
    kept = [[toll for toll in tolls if id(toll) not in own and not _is_told_again(toll, whole)] for tolls in rows]
    return [[toll._replace(is_subset=False) if id(toll) in needed else toll for toll in tolls] for tolls in kept]


def _is_told_again(toll: RawToll, whole: RawToll) -> bool:
    is_same = toll.amount.count.best == whole.amount.count.best and toll.outcome == whole.outcome
    return toll is whole or (is_same and _may_be_sum(toll))


_LENT: SideRule = "lent"
_OPEN = frozenset({"open", "previous"})
_UNCLASSED = frozenset({"person", "fate"})
_MOST_TOLLS = 60  # of one incident: a longer list of figures is no story
_NEAR = 12  # words in which "deux soldats ... et deux gendarmes" are counted side by side
