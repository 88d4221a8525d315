"""A terminal of our own, and what a command shows on it."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

COMMAND = Path(sys.executable).parent / "communiques"


def watch_terminal(command: Sequence[object], folder: Path, *, columns: int) -> str:
    """Everything that a command writes to a terminal of its own."""
    ours, theirs = pty.openpty()
    told = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color"}
    with subprocess.Popen(list(map(str, command)), cwd=folder, env=told, stdout=theirs, stderr=theirs) as started:
        os.close(theirs)
        parts = []
        while part := _read_some(ours):
            parts.append(part)
        started.wait(60)
    os.close(ours)
    return b"".join(parts).decode().replace("\r\n", "\n")


def _read_some(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other side is closed
        return b""


def strip_colours(words: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", words)
