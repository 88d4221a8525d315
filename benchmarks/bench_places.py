"""`python benchmarks/bench_places.py [DUMP…]` (GeoNames dumps beside the shipped tables)."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from pipelines.catalog.country import load_atlas
from pipelines.catalog.language import load_language
from pipelines.gazetteer import import_dump
from pipelines.parse.places import find_places

SENTENCE = (
    "Le 15 juillet, une patrouille des FAMa partie de {} est tombée dans une embuscade à 12 km au nord de {}, dans le "
    "cercle de {} ; le bilan provisoire fait état de deux blessés et de plusieurs terroristes neutralisés.\n"
)
Value = TypeVar("Value")


def measure(what: str, work: Callable[[], Value]) -> Value:
    """Do the work once and tell how long it took."""
    start = time.perf_counter()
    value = work()
    print(f"{what}: {time.perf_counter() - start:.2f} s")
    return value


def write_text(names: list[str], size: int) -> str:
    """A text of `size` characters that goes through the names."""
    pieces, length, at = [], 0, 0
    while length < size:
        pieces.append(SENTENCE.format(*(names[(at + step) % len(names)] for step in range(3))))
        length, at = length + len(pieces[-1]), at + 3
    return "".join(pieces)[:size]


def main(dumps: list[str]) -> None:
    """Print seconds for loading, for matching 1 MB, and for reading place phrases."""
    with tempfile.TemporaryDirectory() as folder:
        for dump in dumps:
            measure(f"import {Path(dump).name}", partial(import_dump, Path(dump), Path(folder)))
        atlas = measure("load the shipped tables", load_atlas)
        measure("index their names", lambda: atlas.index)
        if dumps:
            atlas = measure("load with the imported dumps", lambda: load_atlas(gazetteer=Path(folder) / "gazetteer"))
            measure("index all names", lambda: atlas.index)
        print(f"{len(atlas.index)} names")
        text = write_text([place.name for place in atlas.places.values()], 1_000_000)
        hits = measure("find names in 1 MB", lambda: atlas.find_names(text))
        print(f"{len(hits)} names found")
        lexicon = load_language("fr")
        mentions = measure("read place phrases in 100 kB", lambda: find_places(text[:100_000], lexicon, atlas))
        print(f"{len(mentions)} phrases read")


if __name__ == "__main__":
    main(sys.argv[1:])
