"""Articles and readings in the index, as JSON; the newest version of an article is the one that counts."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipelines.errors import ArchiveError
from pipelines.models import Article, Reading

_NEWEST = "ORDER BY fetched_at DESC, content_sha256 LIMIT 1"


def dump_article(article: Article) -> bytes:
    """An article as JSON."""
    return bytes(_adapt(Article).dump_json(article, exclude_none=False))


def load_article(data: bytes) -> Article:
    """An article from its JSON; ArchiveError if it is none."""
    article: Article = _load(Article, data)
    return article


def add_article(connection: sqlite3.Connection, article: Article, data: bytes) -> None:
    """Note a version of an article; one that was there before becomes the newest again."""
    row = (
        article.article_id, article.content_sha256, article.source_id, article.url,
        article.published_date.isoformat() if article.published_date else None, _write_time(article.fetched_at),
        article.capture.sha256 if article.capture else "", zlib.compress(data, 1),
    )  # fmt: skip
    connection.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def find_newest(connection: sqlite3.Connection, article_id: str) -> Article | None:
    """The newest version of an article."""
    asked = f"SELECT data FROM articles WHERE article_id = ? {_NEWEST}"  # noqa: S608 - constants
    row = connection.execute(asked, (article_id,)).fetchone()
    return load_article(zlib.decompress(row[0])) if row else None


def find_versions(connection: sqlite3.Connection, article_id: str) -> list[Article]:
    """All versions of an article, oldest first."""
    rows = connection.execute("SELECT data FROM articles WHERE article_id = ? ORDER BY fetched_at", (article_id,))
    return [load_article(zlib.decompress(row[0])) for row in rows]


def walk_articles(
    connection: sqlite3.Connection, source_id: str | None, start: date | None, end: date | None
) -> Iterator[Article]:
    """The newest version of every article, by source, day of publication and id; days bound the publication."""
    rows = connection.execute(
        "SELECT article_id, max(published_date) FROM articles WHERE (?1 IS NULL OR source_id = ?1) "
        "GROUP BY source_id, article_id ORDER BY source_id, 2, article_id",
        (source_id,),
    ).fetchall()
    for article_id, _ in rows:
        article = find_newest(connection, article_id)
        day = article.published_date if article else None
        if article and not (day and ((start and day < start) or (end and day > end))):
            yield article


def find_dates(connection: sqlite3.Connection, source_id: str) -> list[tuple[date | None, datetime | None]]:
    """Day of publication and first fetch of every article of a source, by these; the texts are not read."""
    rows = connection.execute(
        "SELECT max(published_date), min(fetched_at) FROM articles WHERE source_id = ? GROUP BY article_id "
        "ORDER BY 1, 2",
        (source_id,),
    )
    return [
        (date.fromisoformat(day) if day else None, datetime.fromisoformat(fetched) if fetched else None)
        for day, fetched in rows
    ]


def add_reading(connection: sqlite3.Connection, article: Article, parser: str, reading: Reading) -> None:
    """Note what a version of the parser read in a version of an article."""
    data = zlib.compress(_adapt(Reading).dump_json(reading), 1)
    row = (article.article_id, article.content_sha256, parser, data)
    connection.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)", row)


def find_reading(connection: sqlite3.Connection, article: Article, parser: str) -> Reading | None:
    """What this version of the parser read in this version of the article, None if it has not yet."""
    row = connection.execute(
        "SELECT data FROM readings WHERE article_id = ? AND content_sha256 = ? AND parser = ?",
        (article.article_id, article.content_sha256, parser),
    ).fetchone()
    return _load(Reading, zlib.decompress(row[0])) if row else None


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapt(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _load(kind: type[Any], data: bytes) -> Any:
    try:
        return _adapt(kind).validate_json(data)
    except ValidationError as error:
        raise ArchiveError(
            f"no {kind.__name__.lower()} as this version knows it: {error.errors()[0]['msg']}"
        ) from error


def _write_time(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else ""
