"""Articles out of files: JSON, JSON Lines, gold files, plain text. What is none comes out as `Unreadable`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.errors import UsageError

Record = dict[str, Any]

LINES = frozenset({".jsonl", ".ndjson"})
SUFFIXES = LINES | {".json", ".txt"}


class Unreadable(NamedTuple):
    """A file or line that is no article, and why."""

    error: str


def read_records(paths: Iterable[Path]) -> Iterator[Record | Unreadable]:
    """Every article of the files, in order; a folder stands for its own files, sorted by name."""
    for path in paths:
        for file in _list_files(path):
            yield from _read_file(file)


def count_records(paths: Iterable[Path]) -> int:
    """About how many articles the files hold: one a file, or one a line of JSON Lines."""
    return sum(_count_lines(file) if file.suffix in LINES else 1 for path in paths for file in _list_files(path))


def _count_lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(1 for _ in file)
    except OSError:
        return 1  # the line that will say so


def _list_files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(child for child in path.iterdir() if child.suffix in SUFFIXES)
    if not files:
        raise UsageError(f"{path}: no article in this folder ({', '.join(sorted(SUFFIXES))})")
    return files


def _read_file(path: Path) -> Iterator[Record | Unreadable]:
    try:
        words = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        yield Unreadable(f"{path}: not readable as UTF-8 text: {error}")
        return
    if path.suffix == ".txt":
        yield {"id": path.stem, "text": words}
    else:
        yield from _read_json(path, words)


def _read_json(path: Path, words: str) -> Iterator[Record | Unreadable]:
    """One object, or one object a line: whichever the text is, whatever the file is called."""
    lines = words.split("\n")  # splitlines() would also cut at signs that JSON allows within a string
    if path.suffix == ".json" and not isinstance(_read_object(lines[0], ""), dict):
        yield _read_object(words, str(path))
        return
    if isinstance(whole := _read_object(words, str(path)), dict):
        yield whole
        return
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _read_object(line, f"{path}:{number}")


def _read_object(words: str, where: str) -> Record | Unreadable:
    try:
        value = json.loads(words)
    except (ValueError, RecursionError) as error:
        return Unreadable(f"{where}: not readable as JSON: {error}")
    if isinstance(value, dict):
        return value
    return Unreadable(f"{where}: an article is a JSON object, not {type(value).__name__}")
