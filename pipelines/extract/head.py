"""What a page says of itself: JSON-LD, OpenGraph and meta tags, in this order of trust."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

_ARTICLE_TYPES = frozenset(
    {"Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "Report", "SocialMediaPosting", "LiveBlogPosting",
     "AnalysisNewsArticle", "BackgroundNewsArticle", "AdvertiserContentArticle", "WebPage", "ItemPage"}
)  # fmt: skip
_MAX_JSON = 500_000
_PUBLISHED = ("article:published_time", "og:article:published_time", "og:published_time", "datepublished",
              "dc.date.issued", "dc.date.created", "dcterms.created", "dc.date", "pubdate", "publish_date")  # fmt: skip
_WRITTEN_BY = ("author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author")
_TONGUE = re.compile(r"""<html\b[^<>]{0,300}?\blang\s*=\s*["']?([\w-]{2,20})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """The metadata of a page; empty where it says nothing."""

    titles: tuple[str, ...] = ()  # best first
    dates: tuple[str, ...] = ()
    canonical: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    language: str = ""  # the two letters of the language that the page says it is written in
    site_name: str = ""
    is_free: bool = True


def read_head(html: str) -> Head:
    """The metadata in a page's head and its JSON-LD blocks."""
    from bs4 import BeautifulSoup
    from bs4.filter import SoupStrainer

    end = re.search(r"<body\b|</head>", html, re.IGNORECASE)
    # One small soup of what is needed: a soup of the whole page costs more than everything else here together.
    part = html[: end.end() if end else 50_000]
    soup = BeautifulSoup(part, "lxml", parse_only=SoupStrainer(["title", "meta", "link"]))
    metas = _read_metas(soup)
    objects = list(_walk_json_ld(html))
    linked = [item for item in objects if _list_kinds(item) & _ARTICLE_TYPES]
    title = soup.title.get_text(" ") if soup.title else ""
    rels = [str(tag.get("href") or "") for tag in soup.find_all("link") if "canonical" in _list_rels(tag)]
    return Head(
        titles=_tidy_all([*_values(linked, "headline"), metas.get("og:title"), metas.get("twitter:title"), title]),
        dates=_tidy_all([*_values(linked, "datePublished"), *(metas.get(name) for name in _PUBLISHED)]),
        canonical=_tidy_all([*rels, metas.get("og:url")]),
        authors=_tidy_all(_list_authors(linked, objects) or [metas.get(name) for name in _WRITTEN_BY]),
        language=_read_language([*_values(linked, "inLanguage"), metas.get("og:locale"), *_TONGUE.findall(part)]),
        site_name=" ".join((metas.get("og:site_name") or "").split()),
        is_free=not any(str(value).lower() == "false" for value in _values(linked, "isAccessibleForFree")),
    )


def _read_metas(soup: Any) -> dict[str, str]:
    metas: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        name = str(tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        if name and tag.get("content"):
            metas.setdefault(name, str(tag["content"]))
    return metas


def _list_rels(tag: Any) -> list[str]:
    rel = tag.get("rel") or []
    return [str(word).lower() for word in (rel if isinstance(rel, list) else str(rel).split())]


def _walk_json_ld(html: str) -> Iterator[dict[str, Any]]:
    """The objects in the page's JSON-LD that say what they are."""
    for block in _walk_scripts(html):
        text = re.sub(r"[\x00-\x1f]+", " ", re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*$", "", block))
        try:
            yield from _walk_objects(json.loads(text), 0)
        except (ValueError, RecursionError):
            continue


def _walk_scripts(html: str) -> Iterator[str]:
    """The contents of the page's JSON-LD scripts; one pass, however many tags are left open."""
    at = html.find("application/ld+json")
    while at >= 0:
        start = html.find(">", at) + 1
        end = html.find("</", start)
        if start <= 0 or end < 0:
            return
        # A "</" inside a JSON string is no end of the script.
        while end >= 0 and html[end : end + 8].lower() != "</script":
            end = html.find("</", end + 2)
        if end < 0:
            return
        if end - start <= _MAX_JSON:
            yield html[start:end]
        at = html.find("application/ld+json", end)


def _walk_objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(data, list):
        for item in data[:200]:
            yield from _walk_objects(item, depth + 1)
    elif isinstance(data, dict):
        if _list_kinds(data):
            yield data
        yield from _walk_objects(data.get("@graph"), depth + 1)


def _list_kinds(item: dict[str, Any]) -> set[str]:
    kinds = item.get("@type")
    return {str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind}


def _list_authors(articles: list[dict[str, Any]], objects: list[dict[str, Any]]) -> list[str]:
    """The names of those who wrote the first article that names any; a name may stand in an object of its own."""
    names = {str(item["@id"]): item.get("name") for item in objects if "@id" in item}
    for item in articles:
        told = item.get("author")
        found = [
            writer if isinstance(writer, str) else writer.get("name") or names.get(str(writer.get("@id")))
            for writer in (told if isinstance(told, list) else [told])[:20]
            if isinstance(writer, str | dict)
        ]
        if written := [name for name in found if isinstance(name, str) and name.strip()]:
            return written
    return []


def _read_language(told: list[Any]) -> str:
    codes = (re.match(r"([a-z]{2})(?![a-z])", str(value or "").strip().lower()) for value in told)
    return next((code[1] for code in codes if code), "")


def _values(objects: list[dict[str, Any]], key: str) -> list[Any]:
    """A key's values, those of articles before those of mere web pages."""
    ranked = sorted(objects, key=lambda item: "Page" in str(item.get("@type")))
    return [item[key] for item in ranked if isinstance(item.get(key), str | bool)]


def _tidy_all(values: list[Any]) -> tuple[str, ...]:
    tidy = [" ".join(unescape(str(value)).replace("\x00", "").split()) for value in values if value]
    return tuple(dict.fromkeys(value for value in tidy if value))
