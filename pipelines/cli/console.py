"""Where tables and marked texts are printed: as wide as the terminal, plain where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 160  # columns of text, where no terminal says how many there are


def open_console(width: int = WIDTH) -> Console:
    """Standard output for rich: colours and the terminal's own width on a terminal, neither in a pipe."""
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=width)
