"""Which addresses may be articles, where nobody announces them: in web archives and in WARC files."""

from __future__ import annotations

from urllib.parse import urlsplit

from pipelines.catalog.source import Source, Way

_NO_ARTICLE = (".xml", ".rss", ".css", ".js", ".jpg", ".png", ".gif", ".pdf", "/feed/", "/feed", ".txt", ".ico")


def choose_way(source: Source) -> Way:
    """A way whose pattern tells articles from the rest, where the source has one."""
    ways = (*source.discover, *source.history)
    return next((way for way in ways if way.pattern), ways[0].model_copy(update={"pattern": None}))


def may_be_article(source: Source, url: str) -> bool:
    """Whether a canonical address may be an article's: not the home page, no file or feed, and of the way's pattern.

    >>> from pipelines.catalog.source import load_sources
    >>> lefaso = load_sources()["lefaso"]
    >>> [may_be_article(lefaso, f"https://lefaso.net/{path}") for path in ("spip.php?article116135", "", "IMG/a.jpg")]
    [True, False, False]
    """
    parts = urlsplit(url)
    is_home = not parts.query and parts.path.rstrip("/") == urlsplit(source.home).path.rstrip("/")
    return not is_home and not parts.path.lower().endswith(_NO_ARTICLE) and choose_way(source).matches(url)
