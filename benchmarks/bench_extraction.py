"""Our extraction against trafilatura alone, and where its time goes: `python -m benchmarks.bench_extraction [FOLDER]`.

Without a folder: the pages of the sample site, whose articles we wrote. With one: a clone of
article-extraction-benchmark (bodies), or Fundus' tests/resources/parser/test_data (bodies, titles, authors, days).
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any
from unittest.mock import patch

from benchmarks.bench_offline import RELEVANT_EVERY, SOURCE, make_page
from benchmarks.extraction_pages import Known, list_own, list_public
from pipelines.errors import ExtractError
from pipelines.extract import extract_article
from pipelines.models import Link
from pipelines.text import fold
from pipelines.web import decode_body

SHINGLE = 4  # words, as article-extraction-benchmark counts them


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one of the two makes of a page; empty where it finds nothing."""

    body: str = ""
    title: str = ""
    day: date | None = None
    author: str = ""


def extract_ours(known: Known) -> Extracted:
    """By our layer over trafilatura, without selectors; only a page whose day nobody knows has one from its feed."""
    link = None if known.day else Link(known.source.id, known.page.url, known.page.fetched_at)
    try:
        article = extract_article(known.page, None, known.source, link)
    except ExtractError:
        return Extracted()
    return Extracted(article.body, article.title, article.published_date, article.author)


def extract_alone(known: Known) -> Extracted:
    """By trafilatura alone, in the same mode, from the same text."""
    from trafilatura import bare_extraction

    html = decode_body(known.page.body, "")
    found: Any = bare_extraction(html, favor_precision=True, include_comments=False, with_metadata=True)
    if found is None:
        return Extracted()
    told = found.as_dict()
    day = date.fromisoformat(told["date"]) if told.get("date") else None
    return Extracted(told.get("text") or "", told.get("title") or "", day, told.get("author") or "")


def score_body(true: str, found: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of a body by its shingles of four words.

    >>> score_body("un deux trois quatre cinq", "un deux trois quatre")
    (1.0, 0.5, 0.6666666666666666)
    """
    wanted, given = _count_shingles(true), _count_shingles(found)
    common = sum((wanted & given).values())
    precision = common / max(sum(given.values()), 1) if given or wanted else 1.0
    recall = common / max(sum(wanted.values()), 1) if wanted else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0


def _count_shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[n : n + SHINGLE]) for n in range(max(1, len(words) - SHINGLE + 1)) if words)


def score(pages: Sequence[Known], extract: Callable[[Known], Extracted]) -> dict[str, float]:
    """The mean F1 of the bodies, and the share of right titles, authors and days among those that are known."""
    pairs = [(known, extract(known)) for known in pages]
    precision, recall, _ = (mean(parts) for parts in zip(*(score_body(k.body, f.body) for k, f in pairs), strict=True))
    right = {
        "title": [_same(known.title, found.title) for known, found in pairs if known.title],
        "author": [_same(known.author, found.author) for known, found in pairs if known.author],
        "day": [known.day == found.day for known, found in pairs if known.day],
    }
    both = precision + recall
    bodies = {"body F1": 2 * precision * recall / both if both else 0.0, "precision": precision, "recall": recall}
    return bodies | {name: mean(values) for name, values in right.items() if values}


def _same(true: str | None, found: str) -> bool:
    one, other = (sorted(re.findall(r"\w+", fold(words or ""))) for words in (true, found))
    return one == other


@contextmanager
def _measure_parts(spent: Counter[str]) -> Iterator[None]:
    """Count the time that goes into trafilatura, htmldate and the parsing of markup while the block lasts."""

    def timed(step: str, work: Any) -> Any:
        def run(*given: Any, **named: Any) -> Any:
            started = time.process_time()
            try:
                return work(*given, **named)
            finally:
                spent[step] += time.process_time() - started

        return run

    import bs4
    import htmldate
    import trafilatura

    from pipelines.extract import article

    with (
        patch.object(trafilatura, "extract", timed("trafilatura", trafilatura.extract)),
        patch.object(htmldate, "find_date", timed("htmldate", htmldate.find_date)),
        patch.object(article, "parse_tree", timed("parsing", article.parse_tree)),
        patch.object(bs4.BeautifulSoup, "__init__", timed("parsing", bs4.BeautifulSoup.__init__)),
    ):
        yield


def share_time(pages: Sequence[Known], rounds: int = 3) -> tuple[float, dict[str, float]]:
    """Milliseconds a page, and the share of each part in them; `ours` is what is left."""
    extract_ours(pages[0])  # the imports
    spent: Counter[str] = Counter()
    with _measure_parts(spent):
        started = time.process_time()
        for known in pages * rounds:
            extract_ours(known)
        whole = time.process_time() - started
    parts = {name: seconds / whole for name, seconds in spent.items()}
    return 1000 * whole / (rounds * len(pages)), parts | {"ours": 1 - sum(parts.values())}


def main(folder: Path | None) -> None:
    """Measure and tell."""
    pages = list(list_public(folder) if folder else list_own())
    for name, extract in (("ours", extract_ours), ("trafilatura alone", extract_alone)):
        told = "  ".join(f"{what} {value:.3f}" for what, value in score(pages, extract).items())
        sys.stdout.write(f"{name:18} {told}\n")
    large = [Known(make_page(RELEVANT_EVERY * number, random.Random(number)), SOURCE, "") for number in range(40)]  # noqa: S311
    for name, timed in (("these pages", pages), ("pages of 45 KB", large)):
        milliseconds, parts = share_time(timed)
        shares = ", ".join(f"{what} {share:.0%}" for what, share in parts.items())
        sys.stdout.write(f"{name}: {milliseconds:.1f} ms each: {shares}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
