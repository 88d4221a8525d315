"""Work that only computes: jobs in, results out, in order. Where it is done is the caller's choice.

A worker gets all it needs in its job and gives all it found in its result; the archive, its index and the ledger are
written by the process that coordinates the run, and by no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


class Compute(Protocol):
    """Does a piece of work on every job and gives the results in the order of the jobs, as they are asked for."""

    def __call__(self, work: Callable[[Job], Result], jobs: Sequence[Job], /) -> Iterable[Result]: ...


def compute_here(work: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
    """The work done in this thread, one job after the other.

    >>> list(compute_here(len, ["a", "bcd"]))
    [1, 3]
    """
    return map(work, jobs)
