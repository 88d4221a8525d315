"""Figures of one incident told again: which is a rival, a repetition, a finer one, or more people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipelines.mentions import DEAD, TollClaim


@dataclass
class ToldTolls:
    """The rows of an incident while those of one more sentence are added."""

    rows: list[TollClaim]
    told: int = field(init=False)  # rows of the sentences before
    _listed: set[tuple[str, str]] = field(init=False, default_factory=set)  # whose list stands for a row before

    def __post_init__(self) -> None:
        self.told = len(self.rows)

    def add(self, row: TollClaim, beside: Sequence[TollClaim], *, is_more: bool) -> None:
        """One more row; `beside` are all rows of its outcome in its sentence, itself among them."""
        key = row.outcome, row.side
        twin = None if is_more or row.subset_of is not None else _find_twin(row, self.rows, self.told)
        if key in self._listed and twin is not None:
            self.rows.append(row)
        elif twin is not None:
            self._settle(row, twin, [other for other in beside if (other.outcome, other.side) == key])
        elif not any(_repeats(row, other) for other in self.rows[: self.told]):
            self.rows.append(row)

    def _settle(self, row: TollClaim, twin: int, beside: Sequence[TollClaim]) -> None:
        """Take a row for the one told before if it is finer; so is a list that adds up to it, or has it as a part."""
        parts = [other.figure.best or 0 for other in beside if _shares_verb(row, other)]
        old, total = self.rows[twin], sum(parts)
        same = [other for other in self.rows if _find_twin(row, [other], 1) is not None]
        if len(parts) < _FEWEST_PARTS or 0 in parts or len(same) > 1:
            self.rows[twin] = row if _is_finer(row, old) else old
            return
        whole = replace(row, figure=replace(row.figure, low=total, best=total, high=total, rule="exact"))
        is_part = (old.figure.best or 0) > 1 and old.figure.best in parts
        if is_part or old.figure.best == total or _is_finer(whole, old):
            self.rows[twin] = row
            self._listed.add((row.outcome, row.side))


def _shares_verb(row: TollClaim, other: TollClaim) -> bool:
    """ "quinze militaires et quatre supplétifs tués": counted in one list."""
    return other.subset_of is None and row.span.end == other.span.end


def _find_twin(row: TollClaim, rows: Sequence[TollClaim], told: int) -> int | None:
    """Index of the row for the same people: told in a sentence before, or beside it without a number."""
    for index, other in enumerate(rows):
        if (row.outcome, row.side, None) != (other.outcome, other.side, other.subset_of):
            continue
        if index < told or _UNCOUNTED in (row.figure.rule, other.figure.rule):
            return index
    return None


def _is_finer(row: TollClaim, other: TollClaim) -> bool:
    """Whether a figure tells what another left open: "plus de 200", then "203"; "plusieurs", then "une dizaine"."""
    new, old = row.figure, other.figure
    if new.best is None or (old.rule not in _OPEN and old.best is not None):
        return False
    if old.best is None and old.rule in _VAGUE:
        return True
    if old.rule in _ROUNDED and new.rule in _FIRM and old.best is not None:
        return old.best <= 2 * new.best <= 4 * old.best
    is_exact = new.low == new.best == new.high
    return is_exact and (old.low or 0) <= new.best and (old.high is None or new.best <= old.high)


def _repeats(row: TollClaim, other: TollClaim) -> bool:
    """Whether a toll says again what another said, of the dead perhaps by a softer word."""
    outcomes = {row.outcome, other.outcome}
    if row.side != other.side or (row.subset_of is None) != (other.subset_of is None):
        return False
    if len(outcomes) > 1 and outcomes != DEAD:
        return False
    return row.figure.best == other.figure.best and row.figure.low == other.figure.low


_UNCOUNTED = "plural"
_VAGUE = frozenset({"plural", "several"})
_ROUNDED = frozenset({"round", "approximate"})
_FIRM = frozenset({"exact", "at_least"})
_OPEN = frozenset({"at_least", "approximate", "round", "at_most", "range"})
_FEWEST_PARTS = 2
