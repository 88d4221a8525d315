"""The articles of the sample site: one YAML file each, with what a careful reader would draw from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from pipelines.errors import ConfigError

FOLDER = Path(__file__).parent / "articles"

BlockKind = Literal["paragraph", "heading", "list"]


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One article as its outlet shows it at one moment of the site's clock.

    `expected` says in the gold set's keys what a careful reader draws from it; a key left out is open to judgement.
    """

    name: str  # the file's stem
    outlet: str
    number: int
    slug: str
    published: datetime
    modified: datetime
    title: str
    body: str
    section: str
    expected: Mapping[str, Any]
    caption: str = ""
    comments: tuple[str, ...] = ()
    is_undated: bool = False  # no page of the outlet says when it came out

    @property
    def text(self) -> str:
        """Title, two newlines, body without heading marks: what a perfect extraction gives."""
        lines = (line.removeprefix("## ") for line in self.body.splitlines())
        return f"{self.title}\n\n" + "\n".join(lines)


@cache
def read_articles(now: datetime) -> tuple[SampleArticle, ...]:
    """Every article that is out at `now`, in its wording of that moment, newest first."""
    articles = (_read_article(path, now) for path in sorted(FOLDER.glob("*.yml")))
    return tuple(sorted((a for a in articles if a.published <= now), key=lambda a: (a.published, a.name), reverse=True))


def split_blocks(body: str) -> list[tuple[BlockKind, list[str]]]:
    """Headings, lists and paragraphs of a body, in order.

    >>> split_blocks("## Théâtre Est\\n\\n- un\\n- deux")
    [('heading', ['Théâtre Est']), ('list', ['un', 'deux'])]
    """
    return [_read_block(block) for block in body.strip().split("\n\n")]


def _read_block(block: str) -> tuple[BlockKind, list[str]]:
    lines = block.strip().splitlines()
    if block.startswith("## "):
        return "heading", [block.removeprefix("## ")]
    if all(line.startswith("- ") for line in lines):
        return "list", [line.removeprefix("- ") for line in lines]
    return "paragraph", lines


def _read_article(path: Path, now: datetime) -> SampleArticle:
    fields = _load_mapping(path)
    revision = fields.pop("revision", None)
    try:
        article = _build_article(path.stem, fields)
        return _revise_article(article, revision, now) if revision else article
    except (KeyError, TypeError) as error:
        raise ConfigError(f"{path}: {error}: a key is missing or not one of an article's") from error


def _load_mapping(path: Path) -> dict[str, Any]:
    fields = yaml.safe_load(path.read_text("utf-8"))
    if not isinstance(fields, dict):
        raise ConfigError(f"{path}: an article is a mapping of keys to values")
    return fields


def _build_article(name: str, fields: Mapping[str, Any]) -> SampleArticle:
    published = _read_instant(fields["published"])
    comments = tuple(fields.get("comments", ()))
    return SampleArticle(name=name, **{**fields, "published": published, "modified": published, "comments": comments})


def _revise_article(article: SampleArticle, revision: Mapping[str, Any], now: datetime) -> SampleArticle:
    modified = _read_instant(revision["at"])
    if modified > now:
        return article
    title, body = article.title, article.body
    for old, new in revision["replace"].items():
        title, body = title.replace(old, new), body.replace(old, new)
    return replace(article, title=title, body=body, modified=modified, expected=revision["expected"])


def _read_instant(value: datetime) -> datetime:
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
