"""Articles with nearly the same text: one communiqué carried by several outlets."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from pipelines.models import Article
from pipelines.text import fold

if TYPE_CHECKING:
    from datasketch import MinHash

_WORD = re.compile(r"\w+")
PERMUTATIONS = 64
SIMILARITY = 0.6  # share of common runs of three words
DAYS = 15  # the same words weeks later are another communiqué with the same formula


def find_duplicates(articles: Iterable[Article]) -> dict[str, str]:
    """The earliest article with nearly the same text, by article id; articles that came first are not in it."""
    from datasketch import MinHashLSH

    index = MinHashLSH(num_perm=PERMUTATIONS, params=_choose_bands())
    seen: dict[str, tuple[MinHash, Article]] = {}
    duplicates: dict[str, str] = {}
    for article in sorted(articles, key=_order):
        sketch = sketch_text(article.text)
        found = [seen[key] for key in index.query(sketch)]
        originals = [other for other, old in ((o, s) for s, o in found) if _is_copy(article, other, sketch, old)]
        if originals:
            first = min(originals, key=_order).article_id
            duplicates[article.article_id] = duplicates.get(first, first)
        index.insert(article.article_id, sketch)
        seen[article.article_id] = (sketch, article)
    return duplicates


def sketch_text(text: str) -> MinHash:
    """The MinHash of a text's runs of three words."""
    words = _WORD.findall(fold(text))
    runs: Sequence[str] = [" ".join(words[n : n + 3]) for n in range(max(1, len(words) - 2))]
    sketch = _make_blank().copy()
    sketch.update_batch([run.encode("utf-8", "surrogatepass") for run in runs])
    return sketch


@cache
def _choose_bands() -> tuple[int, int]:
    """Number and width of the index's bands for our similarity: an integration, done once."""
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=SIMILARITY, num_perm=PERMUTATIONS)
    return index.b, index.r


@cache
def _make_blank() -> MinHash:
    """An empty sketch: drawing the permutations costs more than a text does, so it is done once."""
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, hashfunc=zlib.crc32)


def _order(article: Article) -> tuple[date, str]:
    return article.published_date or date.max, article.article_id


def _is_copy(article: Article, other: Article, sketch: MinHash, old: MinHash) -> bool:
    days = abs((_order(article)[0] - _order(other)[0]).days)
    return days <= DAYS and float(sketch.jaccard(old)) >= SIMILARITY
