"""Progress bars on a terminal: how much is done, how fast it goes, how long it will take. Elsewhere silence."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipelines.progress import CHANNEL, Step

if TYPE_CHECKING:
    from rich.progress import Progress, Task, TaskID


@contextmanager
def show_progress() -> Iterator[None]:
    """Show the steps of long work while a command runs, if a person looks at standard error."""
    if not sys.stderr.isatty():
        yield
        return
    bars = _Bars()
    CHANNEL.addHandler(bars)
    CHANNEL.setLevel(logging.INFO)
    CHANNEL.propagate = False
    try:
        yield
    finally:
        CHANNEL.removeHandler(bars)
        CHANNEL.setLevel(logging.NOTSET)
        bars.close()


class _Bars(logging.Handler):
    """One line for each piece of work that is under way; all are gone when it is done."""

    def __init__(self) -> None:
        super().__init__()
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Draw one step. The handler's own lock keeps threads apart."""
        step: Step = record.__dict__["step"]
        if step.is_over:
            self._end(step.name)
            return
        if self._progress is None:
            self._progress = _make_progress()
            self._progress.start()
        if step.name not in self._tasks:
            self._tasks[step.name] = self._progress.add_task(step.name, total=step.total)
        self._progress.update(self._tasks[step.name], completed=step.done)

    def close(self) -> None:
        """Wipe what is left of the bars."""
        for name in list(self._tasks):
            self._end(name)
        super().close()

    def _end(self, name: str) -> None:
        if self._progress is not None and name in self._tasks:
            self._progress.remove_task(self._tasks.pop(name))
            if not self._tasks:
                self._progress.stop()
                self._progress = None


def _make_progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class RateColumn(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(describe_rate(task.speed))

    return Progress(
        TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), RateColumn(),
        TimeRemainingColumn(elapsed_when_finished=True), TextColumn("left"),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip


def describe_rate(speed: float | None) -> str:
    """How many items a second, or a minute where it goes slowly.

    >>> describe_rate(103.21), describe_rate(0.2), describe_rate(None)
    ('103.2/s', '12.0/min', '')
    """
    if speed is None:
        return ""
    return f"{speed:.1f}/s" if speed >= 1 else f"{60 * speed:.1f}/min"
