"""How far long work has come: told item by item to whoever listens, which is the command line on a terminal.

Nothing is printed here, and where nobody listens a step costs less than a microsecond.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")

CHANNEL = logging.getLogger("communiques.progress")  # beside the log, which says what happened


class Step(NamedTuple):
    """How many items of a piece of work are done; `total` is None where nobody knows, `is_over` at its end."""

    name: str
    done: int
    total: int | None
    is_over: bool = False


def track(items: Iterable[Item], name: str, total: int | None = None) -> Iterator[Item]:
    """Hand the items through, and tell how many of them are done.

    >>> list(track([3, 1, 2], "sorting", total=3))
    [3, 1, 2]
    """
    done = 0
    try:
        for done, item in enumerate(items, 1):
            yield item
            tell_step(Step(name, done, total))
    finally:
        tell_step(Step(name, done, total, is_over=True))


def tell_step(step: Step) -> None:
    """Tell one step to whoever listens."""
    if CHANNEL.isEnabledFor(logging.INFO):
        CHANNEL.info("%s", step.name, extra={"step": step})
