"""The running text of a page: by a selector where its source gives one, else by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pipelines.catalog.source import Selectors
from pipelines.extract.screens import PageSigns
from pipelines.extract.tree import parse_tree, read_text
from pipelines.text import fold

_BLOCKS = ("p", "h2", "h3", "h4", "h5", "li", "blockquote", "pre", "td", "div")
_ANNOUNCEMENT = 250  # characters: what announces another article is not longer
_LONG = 40  # characters from which on a repeated paragraph is a repetition, not a refrain


def read_body(html: str, tree: Any, selectors: Selectors, title: str, signs: PageSigns) -> str:
    """The text in paragraphs parted by an empty line; empty if the page has none."""
    if not (selectors.body or selectors.drop):
        return join_lines(_extract_lines(tree), title, signs)
    part = parse_tree(_select_part(html, selectors))
    if part is None:
        return ""
    return join_lines(_list_blocks(part) if selectors.body else _extract_lines(part), title, signs)


def _select_part(html: str, selectors: Selectors) -> str:
    """The page's markup without what the selectors drop, and only what they name as the body."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "lxml")
    for selector in selectors.drop:
        for element in soup.select(selector):
            element.decompose()
    return "".join(str(part) for part in soup.select(selectors.body)) if selectors.body else str(soup)


def read_fragment(html: str, title: str, signs: PageSigns) -> str:
    """The text of a piece of markup that is all content, such as WordPress' `content.rendered`."""
    tree = parse_tree(f"<html><body>{html}</body></html>")
    return join_lines(_list_blocks(tree), title, signs) if tree is not None else ""


def join_lines(lines: Iterable[str], title: str, signs: PageSigns) -> str:
    """Lines to paragraphs: the title, furniture between paragraphs and doubled paragraphs left out.

    >>> signs = PageSigns(announce=("lire aussi",))
    >>> join_lines(["Lire aussi : Le prix du mil", "L'armée a saisi dix motos.", ""], "Titre", signs)
    "L'armée a saisi dix motos."
    """
    unwanted = {*signs.drop, fold(title)}
    kept: list[str] = []
    long_ones: set[str] = set()
    for line in (" ".join(line.split()) for line in lines):
        bare = fold(line).strip(" :.…-–|«»\"'[]()>*→►•")
        if not line or bare in unwanted or (kept and kept[-1] == line):
            continue
        if len(line) < _ANNOUNCEMENT and bare.startswith(signs.announce):
            continue
        if len(line) >= _LONG and line in long_ones:
            continue
        long_ones.add(line)
        kept.append(line)
    return "\n\n".join(kept)


def _extract_lines(tree: Any) -> list[str]:
    from trafilatura import extract

    try:
        text = extract(tree, favor_precision=True, include_comments=False, include_tables=True, output_format="txt")
    except (ValueError, RecursionError, AttributeError, TypeError):
        return []  # markup so broken that the library gives up; told as an empty page
    return (text or "").split("\n")


def _list_blocks(tree: Any) -> list[str]:
    """The texts of the innermost blocks, in order; line breaks part lines."""
    for gone in tree.xpath("//script|//style|//noscript|//figcaption|//form|//iframe"):
        gone.drop_tree()
    for mark in tree.xpath("//br"):
        mark.tail = "\n" + (mark.tail or "")
    lines: list[str] = []
    for element in tree.iter(*_BLOCKS):
        inner = list(element.iterdescendants(*_BLOCKS))
        if inner:
            own = [element.text or "", *(child.tail or "" for child in element)]
            lines += [piece for piece in own if piece.strip()]
            continue
        words = "".join(element.itertext())
        mark = "- " if element.tag == "li" else ""
        lines += [mark + piece for piece in words.split("\n\n") for piece in re.split(r"\n+", piece) if piece.strip()]
    return lines or [read_text(tree)]
