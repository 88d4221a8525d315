"""A page as a tree, however deep or broken its markup is."""

from __future__ import annotations

import re
from typing import Any

_MAX_DEPTH = 400
_MAX_CHARS = 2_000_000
_IS_TOO_DEEP = f"boolean({'/*' * (_MAX_DEPTH + 2)})"


def parse_tree(html: str) -> Any | None:
    """The lxml tree of a page, None for what has no element; NULs are dropped, absurd depth is cut off."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "", html[:_MAX_CHARS])
    # lxml refuses text that declares an encoding of its own.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        tree = document_fromstring(text, parser=HTMLParser(remove_comments=True, remove_pis=True, encoding=None))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    _cut_depths(tree)
    return tree


def _cut_depths(tree: Any) -> None:
    """Flatten what lies deeper than any real page, for later steps walk by recursion."""
    if not tree.xpath(_IS_TOO_DEEP):
        return
    level = [tree]
    for _ in range(_MAX_DEPTH):
        level = [child for element in level for child in element]
    for element in level:
        text = " ".join(element.itertext())
        for child in list(element):
            element.remove(child)
        element.text = text


def read_text(element: Any) -> str:
    """An element's text with its spaces in order."""
    return " ".join("".join(element.itertext()).split())
