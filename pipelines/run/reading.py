"""Articles read in batches: the work of one task, and how the batches are cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pipelines.models import Article, Reading
from pipelines.run.knowledge import Rules, keep_knowledge, read_safely, recall_knowledge

BATCH = 250  # articles: some seconds of reading, so that a task's own cost does not matter


class Batch(NamedTuple):
    """The unread articles of a month, or of a few small ones, or a part of a large one."""

    articles: tuple[Article, ...]
    rules: Rules

    @property
    def label(self) -> str:
        """What the task is called: the months of publication."""
        first, last = _name_month(self.articles[0]), _name_month(self.articles[-1])
        return f"read-{first}" if first == last else f"read-{first}-to-{last}"


def cut_batches(articles: Sequence[Article], rules: Rules, size: int = BATCH) -> list[Batch]:
    """Whole months together up to a batch's size, in their order; a month that is larger is cut."""
    batches: list[list[Article]] = []
    for _, month in groupby(sorted(articles, key=_name_month), _name_month):
        for part in _cut(list(month), size):
            if batches and len(batches[-1]) + len(part) <= size:
                batches[-1] += part
            else:
                batches.append(part)
    return [Batch(tuple(batch), rules) for batch in batches]


def _cut(articles: list[Article], size: int) -> Iterator[list[Article]]:
    yield from (articles[start : start + size] for start in range(0, len(articles), size))


def _name_month(article: Article) -> str:
    return f"{article.published_date:%Y-%m}" if article.published_date else "undated"


def read_batch(batch: Batch) -> tuple[Reading, ...]:
    """The readings of a batch, in its order; nothing is written."""
    knowledge = recall_knowledge(batch.rules)
    readings = tuple(read_safely(article, knowledge) for article in batch.articles)
    keep_knowledge()
    return readings
