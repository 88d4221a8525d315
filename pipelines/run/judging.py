"""Pages of others' crawls, judged by several processes: can they matter, and what article are they."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from pipelines.catalog.language import Lexicon, list_languages, load_language
from pipelines.catalog.source import Source
from pipelines.errors import ExtractError
from pipelines.extract import extract_article, is_worth_reading
from pipelines.models import Article, Issue, Page
from pipelines.parse.triage import look_at

BATCH = 32
AHEAD = 2  # batches that wait for each process; more would only fill memory


class Judged(NamedTuple):
    """A page that was looked at: its article, or the issue that it is, or neither if it cannot matter."""

    page: Page
    article: Article | None = None
    issue: Issue | None = None


Judge = Callable[[Iterable[Page]], Iterable[Judged]]
_judge_one: Callable[[Page], Judged]  # in a process of the pool, set when it starts


@contextmanager
def open_judges(sources: Sequence[Source], extra: Path | None, processes: int) -> Iterator[Judge]:
    """A judge of pages, in their order and some at a time; with one process it is this one.

    `extra` is the user's own catalog folder, from which each process reads its lexicons.
    """
    if processes == 1:
        yield partial(map, make_judge(sources, extra))
        return
    # A forked child would inherit the locks of the threads that write the archive.
    with ProcessPoolExecutor(processes, get_context("spawn"), _start_process, (sources, extra)) as pool:
        yield partial(_judge_batches, pool, processes)


def make_judge(sources: Sequence[Source], extra: Path | None) -> Callable[[Page], Judged]:
    """The judge of one page."""
    lexicons = {code: load_language(code, extra) for code in list_languages(extra)}
    return partial(judge_page, sources={source.id: source for source in sources}, lexicons=lexicons)


def judge_page(page: Page, *, sources: Mapping[str, Source], lexicons: Mapping[str, Lexicon]) -> Judged:
    """A first look at the words, then, where they may matter, the article."""
    source = sources[page.source_id]
    lexicon = lexicons.get(source.language)
    if lexicon and not is_worth_reading(page, lambda text: look_at(text, lexicon)):
        return Judged(page)
    try:
        return Judged(page, extract_article(page, None, source))
    except ExtractError as error:
        issue = Issue("extract", error.code, quote=page.url, detail=error.detail, source_id=source.id)
        return Judged(page, issue=issue)


def _start_process(sources: Sequence[Source], extra: Path | None) -> None:
    global _judge_one
    _judge_one = make_judge(sources, extra)


def _judge_batch(pages: Sequence[Page]) -> list[Judged]:
    return [_judge_one(page) for page in pages]


def _judge_batches(pool: ProcessPoolExecutor, processes: int, pages: Iterable[Page]) -> Iterator[Judged]:
    waiting: deque[Future[list[Judged]]] = deque()
    rest = iter(pages)
    while batch := list(islice(rest, BATCH)):
        waiting.append(pool.submit(_judge_batch, batch))
        if len(waiting) > AHEAD * processes:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()
