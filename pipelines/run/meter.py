"""What a run took: seconds by step, requests, bytes, memory; kept in its manifest and told to Prometheus."""

from __future__ import annotations

import resource
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Meter:
    """The measures of one run, taken as it goes; `archive_before` are the archive's bytes when it began."""

    archive_before: int = 0
    begun: float = field(default_factory=time.monotonic)
    steps: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    @contextmanager
    def time_step(self, name: str) -> Iterator[None]:
        """Add what the block takes to the seconds of a step."""
        start = time.monotonic()
        try:
            yield
        finally:
            self.steps[name] += time.monotonic() - start

    def read(self, data: Path, requests: int) -> dict[str, float]:
        """Every measure by its name, the unit at its end."""
        size = measure_archive(data)
        seconds = {f"{name}_seconds": round(taken, 3) for name, taken in sorted(self.steps.items())}
        return {
            "run_seconds": round(time.monotonic() - self.begun, 3),
            **seconds,
            "requests": requests,
            "archive_bytes": size,
            "archive_bytes_added": size - self.archive_before,
            "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        }


def measure_archive(data: Path) -> int:
    """The bytes of a data folder's archive."""
    return sum(path.stat().st_size for path in (data / "archive").rglob("*.warc.gz"))
