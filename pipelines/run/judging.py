"""Pages of others' crawls, judged by whatever process has the time: can they matter, and what article are they."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from socket import gethostname
from typing import NamedTuple

from pipelines.catalog.language import Lexicon
from pipelines.catalog.source import Source
from pipelines.discover import find_damage, walk_warc
from pipelines.errors import DataFolderError, ExtractError
from pipelines.extract import extract_article, is_worth_reading
from pipelines.models import Article, Issue, Page
from pipelines.parse.triage import look_at
from pipelines.run.knowledge import Rules, recall_knowledge

KEPT_BYTES = 16_000_000  # of packed pages, after which a leg ends: what is under way stays small in memory


class Leg(NamedTuple):
    """A stretch of one WARC file, from a record on: for each source the first and the last day that is wanted."""

    path: Path
    days: Mapping[str, tuple[date, date]]
    sources: tuple[Source, ...]
    rules: Rules
    start: int = 0

    @property
    def label(self) -> str:
        """What the task is called."""
        return f"{self.path.name}-{self.start}"


class Judged(NamedTuple):
    """A page that was looked at: its article, or the issue that it is, or neither if it cannot matter."""

    page: Page
    article: Article | None = None
    issue: Issue | None = None


class Found(NamedTuple):
    """What a leg gave: its wanted pages with packed bodies, the counts and other days' articles by source."""

    kept: tuple[Judged, ...]
    passed_over: Mapping[str, int]
    other_days: tuple[Page, ...]  # without their bodies
    following: int | None = None  # where the next leg begins, None at the end of the file
    damage: str | None = None


def judge_leg(leg: Leg) -> Found:
    """Judge the pages of a leg, the work of one task; nothing is written."""
    lexicons, sources = recall_knowledge(leg.rules).lexicons, {source.id: source for source in leg.sources}
    kept: list[Judged] = []
    others: list[Page] = []
    passed_over: Counter[str] = Counter()
    size = 0
    try:
        for start, page in walk_warc(leg.path, leg.sources, leg.start):
            if size > KEPT_BYTES:
                return Found(tuple(kept), passed_over, tuple(others), following=start)
            judged = judge_page(page, sources=sources, lexicons=lexicons)
            if _is_wanted(judged, *leg.days[page.source_id]):
                kept.append(judged._replace(page=_pack(page)))
                size += len(kept[-1].page.body)
            elif judged.article:
                others.append(replace(page, body=b""))
            else:
                passed_over[page.source_id] += 1
        return Found(tuple(kept), passed_over, tuple(others), damage=find_damage(leg.path))
    except FileNotFoundError as error:
        remedy = "WARC files must lie where every worker sees them under the same name"
        raise DataFolderError(f"{leg.path}: not there for the worker on {gethostname()}; {remedy}") from error


def _is_wanted(judged: Judged, start: date, end: date) -> bool:
    day = judged.article.published_date if judged.article else None
    return judged.issue is not None or bool(day and start <= day <= end)


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


def _pack(page: Page) -> Page:
    return replace(page, body=zlib.compress(page.body, 1))


def unpack_page(page: Page) -> Page:
    """The page of a leg with its body as it was."""
    return replace(page, body=zlib.decompress(page.body))
