"""A recorded page: a site's real markup with its prose replaced, so that it may be kept among the tests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Any

from pipelines.catalog.source import Source
from pipelines.extract.article import extract_article
from pipelines.extract.tree import parse_tree
from pipelines.models import Link, Page
from pipelines.web import decode_body

# Words of no language, so that nothing of the outlet's text is left and nothing looks like news.
_FILLER = ("lorem", "ipsum", "dolor", "sit", "amet", "consectetur", "adipiscing", "elit", "sed", "eiusmod", "tempor")
_PROSE = ("articleBody", "description", "text", "abstract", "person", "caption", "keywords")
_PRIVATE = re.compile(r"description|author|creator|keywords|data\d$", re.IGNORECASE)
_KEPT = ("title", "h1", "time", "abbr")
_GONE = "//script[not(@type='application/ld+json')]|//style|//noscript|//iframe|//svg|//form"
_DAY = re.compile(
    r"\b(?:\d{1,2}|1er)(?:\s+|[/.-])(?:\w{3,9}|\d{1,2})(?:\s+|[/.-])(?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d"
)


@dataclass(frozen=True, slots=True)
class Recording:
    """A page that may be committed, and what the extraction makes of it."""

    html: str
    expected: dict[str, str | int | None]


def record_page(page: Page, source: Source, link: Link | None = None) -> Recording:
    """The page with titles, dates and markup kept and prose turned to filler; ExtractError if it gives no article.

    The expected result is that of the recorded page: address, title, day, number of paragraphs.
    """
    from lxml.html import tostring

    content_type = next((value for name, value in page.headers if name.lower() == "content-type"), "")
    tree = parse_tree(decode_body(page.body, content_type))
    extract_article(page, None, source, link)
    _fill(tree)
    html = "<!doctype html>\n" + tostring(tree, encoding="unicode")
    article = extract_article(_replace_body(page, html), None, source, link)
    return Recording(
        html,
        {
            "url": article.url,
            "title": article.title,
            "published_date": str(article.published_date),
            "paragraphs": len(article.body.split("\n\n")),
        },
    )


def _fill(tree: Any) -> None:
    for element in tree.xpath(_GONE):
        element.drop_tree()
    words = cycle(_FILLER)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag not in (*_KEPT, "script"):
            element.text = _blur(element.text, words)
        elif element.tag == "script":
            element.text = _blur_json(element.text or "", words)
        element.tail = _blur(element.tail, words)
        for name in ("alt", "title", "placeholder", "aria-label"):
            if element.tag != "abbr" and element.get(name):
                element.set(name, _blur(element.get(name), words) or "")
        if element.tag == "meta" and _PRIVATE.search(element.get("name") or element.get("property") or ""):
            element.set("content", _blur(element.get("content"), words) or "")


def _blur(text: str | None, words: Iterator[str]) -> str | None:
    """The text with as many words of filler, its days kept."""
    if not text or not text.strip():
        return text
    pieces = re.split(f"({_DAY.pattern})", text)
    return "".join(p if _DAY.fullmatch(p) else re.sub(r"\w[\w'’-]*", lambda _: next(words), p) for p in pieces)


def _blur_json(text: str, words: Iterator[str]) -> str:
    """JSON-LD with its prose and its persons blurred; nothing of what is no JSON."""
    try:
        return json.dumps(_blur_value(json.loads(text), "", words), ensure_ascii=False).replace("</", "<\\/")
    except (ValueError, RecursionError):
        return ""


def _blur_value(value: Any, key: str, words: Iterator[str]) -> Any:
    if isinstance(value, dict):
        is_person = "Person" in str(value.get("@type"))
        return {name: _blur_value(item, "person" if is_person else name, words) for name, item in value.items()}
    if isinstance(value, list):
        return [_blur_value(item, key, words) for item in value]
    return _blur(value, words) if isinstance(value, str) and key in _PROSE else value


def _replace_body(page: Page, html: str) -> Page:
    return replace(page, body=html.encode(), headers=(("Content-Type", "text/html; charset=utf-8"),))
