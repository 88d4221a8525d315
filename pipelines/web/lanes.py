"""One lane a host: requests go one by one, with the host's delay between them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Lane:
    """What is known of one host during a run."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    next_at: float = 0.0  # on the monotonic clock
    retry_at: datetime | None = None
    failures: int = 0  # in a row
    blocked: str = ""  # why the host is left alone


class Lanes:
    """The lanes of all hosts; safe to use from several threads."""

    def __init__(self, monotonic: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._lanes: dict[str, Lane] = {}
        self._lock = threading.Lock()

    def of(self, host: str) -> Lane:
        """The lane of a host; `www.` is the same machine's door."""
        with self._lock:
            return self._lanes.setdefault(host.removeprefix("www."), Lane())

    @contextmanager
    def turn(self, host: str, delay: float) -> Iterator[Lane]:
        """Hold the host's lane for one request, after its delay has passed; the delay counts from the request's end."""
        lane = self.of(host)
        with lane.lock:
            wait = lane.next_at - self._monotonic()
            if wait > 0:
                self._sleep(wait)
            try:
                yield lane
            finally:
                lane.next_at = self._monotonic() + delay
