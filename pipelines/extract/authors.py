"""Who signs an article: what the page declares, else what its markup marks as the author's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pipelines.extract.screens import PageSigns
from pipelines.extract.tree import read_text
from pipelines.text import fold

# One pass over the page, whatever its size; of what is found, the part that is the name alone.
_MARKED = "//*[@itemprop='author' or @rel='author' or contains(@class, 'author')]"
_NAME = ".//*[@itemprop='name' or contains(concat(' ', @class, ' '), ' fn ')]"
_LONGEST = 80  # characters of one name
_MOST = 5


def read_author(declared: Iterable[str], html: str, tree: Any, outlet: str, signs: PageSigns) -> str:
    """The names, parted by semicolons; empty if nobody signs, or only the outlet itself."""
    names = choose_names(declared, outlet, signs)
    if not names and "author" in html:
        marked = (part for element in tree.xpath(_MARKED)[:_MOST] for part in element.xpath(_NAME) or [element])
        names = choose_names(map(read_text, marked), outlet, signs)
    return "; ".join(names)


def choose_names(words: Iterable[str], outlet: str, signs: PageSigns) -> list[str]:
    """The names among words that may be names, each once.

    >>> choose_names(["Par A. Modèle", "http://le.site/a", "a. modèle"], "Le Site", PageSigns(signed=("par",)))
    ['A. Modèle']
    """
    kept: dict[str, str] = {}
    for name in (_strip_mark(" ".join(told.split()), signs) for told in words):
        is_name = 1 < len(name) <= _LONGEST and "://" not in name and "@" not in name
        if is_name and fold(name) != fold(outlet):
            kept.setdefault(fold(name), name)
    return list(kept.values())[:_MOST]


def _strip_mark(words: str, signs: PageSigns) -> str:
    first, _, rest = words.partition(" ")
    return re.sub(r"^\W+|\W+$", "", rest if fold(first) in signs.signed else words)
