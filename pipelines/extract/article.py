"""One page to one article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from pipelines.catalog.source import Selectors, Source
from pipelines.errors import ExtractError
from pipelines.extract.authors import read_author
from pipelines.extract.body import read_body, read_fragment
from pipelines.extract.dates import read_published, read_stamp
from pipelines.extract.head import Head, read_head
from pipelines.extract.language import settle_language
from pipelines.extract.screens import PageSigns, read_signs, screen_body, screen_title
from pipelines.extract.tree import parse_tree, read_text
from pipelines.models import Article, Capture, Link, Page
from pipelines.text import fold
from pipelines.web import canonicalise_url, decode_body, identify_article

_NOT_TEXT = ("application/pdf", "image/", "video/", "audio/")
_SEPARATORS = (" - ", " | ", " – ", " — ", " :: ", " • ", " » ", " « ")


def extract_article(page: Page, capture: Capture | None, source: Source, link: Link | None = None) -> Article:
    """The article on a page; `link` fills in what the page itself does not say.

    Raises ExtractError: `soft_404`, `maintenance`, `challenge`, `consent_wall`, `teaser_only`, `communique_not_text`,
    `not_html`, `empty`, `too_short`, `no_title`, `no_date`.
    """
    content_type = next((value for name, value in page.headers if name.lower() == "content-type"), "")
    signs = read_signs(source.language)
    _check_type(page, content_type, link, signs)
    html = decode_body(page.body, content_type)
    tree = parse_tree(html)
    if tree is None:
        raise ExtractError("empty", page.url)
    head = read_head(html)
    selectors = source.selectors_on(link.published_hint.date() if link and link.published_hint else None)
    title = _read_title(tree, head, selectors, source, link, signs)
    published_at, published_date = _read_date(tree, head, selectors, page, source, link)
    body = _read_text(html, tree, head, selectors, title, signs, link)
    if published_date is None:
        raise ExtractError("no_date", f"{page.url}: {title}")
    known = _make_article(
        page, capture, source, _settle_url(page, head, source), title, body, published_at, published_date
    )
    language = settle_language(head.language, body, source.language)
    return replace(known, language=language, author=read_author(head.authors, html, tree, source.name, signs))


def _check_type(page: Page, content_type: str, link: Link | None, signs: PageSigns) -> None:
    if content_type.lower().startswith(_NOT_TEXT) or page.body[:5] == b"%PDF-":
        title = fold(f"{link.title_hint if link else ''} {page.url}")
        is_issued = any(phrase in title for phrase in signs.issued)
        raise ExtractError("communique_not_text" if is_issued else "not_html", f"{page.url}: {content_type}")


def _read_title(
    tree: Any, head: Head, selectors: Selectors, source: Source, link: Link | None, signs: PageSigns
) -> str:
    """The title as the page declares it, less the outlet's name; ExtractError for none or one of an error page."""
    headings = [text for element in tree.xpath("//h1")[:3] if (text := read_text(element))]
    chosen = _select_text(tree, selectors.title)
    # A heading that the declared title begins with is the title without what the outlet puts behind it.
    names = [head.site_name, source.name, urlsplit(source.home).hostname or ""]
    declared = [_cut_site(title, names, headings) for title in head.titles]
    title = next(filter(None, [chosen, *declared, *headings, link.title_hint if link else ""]), "")
    for words in (title, *headings[:1]):
        screen_title(words, signs)
    if not title:
        raise ExtractError("no_title")
    return title[:500]


def _cut_site(title: str, names: Iterable[str], headings: list[str]) -> str:
    """A declared title without the outlet's name, and whole where the page's heading has more of it.

    >>> _cut_site("Nara : une base détruite | lecourrier.ml", ["Le Courrier"], [])
    'Nara : une base détruite'
    >>> _cut_site("Nara : une base…", [], ["Nara : une base détruite à l'aube"])
    "Nara : une base détruite à l'aube"
    """
    shortened = title.rstrip(" .…")
    for heading in headings:
        if len(heading) > 10 and (title.startswith(heading) or (shortened != title and heading.startswith(shortened))):
            return heading
    for separator in _SEPARATORS:
        front, found, tail = title.rpartition(separator)
        if found and front.strip() and any(_is_same_name(tail, name) for name in names):
            return front.strip()
    return title


def _is_same_name(one: str, other: str) -> bool:
    """Whether two spellings name one outlet, as far as letters tell."""
    bare, wanted = (re.sub(r"[^a-z0-9]", "", fold(words)) for words in (one, other))
    return min(len(bare), len(wanted)) > 2 and (bare in wanted or wanted in bare)


def _read_date(
    tree: Any, head: Head, selectors: Selectors, page: Page, source: Source, link: Link | None
) -> tuple[datetime | None, date | None]:
    chosen = _select_text(tree, selectors.date)
    if chosen and (stamp := read_stamp(chosen, source.zone, selectors.date_format)):
        return stamp
    hint = link.published_hint if link else None
    return read_published(tree, head.dates, hint, page.fetched_at, source.zone)


def _read_text(
    html: str, tree: Any, head: Head, selectors: Selectors, title: str, signs: PageSigns, link: Link | None
) -> str:
    """The body, from the announcement's own full text where the page gives none; ExtractError for a page without."""
    body = read_body(html, tree, selectors, title, signs)
    try:
        screen_body(title, body, html, signs, is_free=head.is_free)
    except ExtractError:
        announced = read_fragment(link.content_html, title, signs) if link and link.content_html else ""
        if len(announced) <= len(body):
            raise
        screen_body(title, announced, "", signs, is_free=True)
        return announced
    return body


def _select_text(tree: Any, selector: str | None) -> str:
    if not selector:
        return ""
    from bs4 import BeautifulSoup
    from lxml.html import tostring

    found = BeautifulSoup(tostring(tree, encoding="unicode"), "lxml").select_one(selector)
    if found is None:
        return ""
    return " ".join(str(found.get("datetime") or found.get("content") or found.get_text(" ")).split())


def _settle_url(page: Page, head: Head, source: Source) -> str:
    """The canonical address that the page names, unless it is another site's or the front page's."""
    own = canonicalise_url(page.final_url if source.covers(page.final_url) else page.url)
    for words in head.canonical:
        try:
            address = canonicalise_url(words, own)
        except ValueError:
            continue
        parts = urlsplit(address)
        if (
            source.covers(address)
            and (parts.path.strip("/") or parts.query)
            and address != canonicalise_url(source.home)
        ):
            return address
    return own


def _make_article(
    page: Page, capture: Capture | None, source: Source, url: str, title: str, body: str,
    published_at: datetime | None, published_date: date,
) -> Article:  # fmt: skip
    version = f"{title}\n\n{body}\n\n{published_date.isoformat()}"
    return Article(
        article_id=identify_article(url),
        source_id=source.id,
        outlet=source.name,
        outlet_country=source.country,
        url=url,
        language=source.language,
        title=title,
        body=body,
        published_at=published_at,
        published_date=published_date,
        fetched_at=page.fetched_at,
        content_sha256=sha256(version.encode("utf-8", "replace")).hexdigest(),
        capture=capture,
        is_issuer=source.is_issuer,
    )
