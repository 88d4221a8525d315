"""The language of an article: its source's, unless the page names another one and the text is none of the source's."""

from __future__ import annotations

import re
from functools import cache

from pipelines.catalog.language import load_language
from pipelines.text import fold

_SAMPLE = 2000  # characters that tell
_FEWEST = 0.08  # of the words: running text has several times as many small words, another language fewer
_WORD = re.compile(r"[^\W\d_]{2,}|[^\W\d_]'")


def settle_language(declared: str, text: str, language: str) -> str:
    """The code of a text's language. What pages declare is often their theme's: it counts only if the text agrees.

    >>> text = "Une patrouille est tombée dans une embuscade à la sortie de la ville, selon le maire."
    >>> settle_language("en", text, "fr"), settle_language("en", "A patrol was ambushed near the town on Monday.", "fr")
    ('fr', 'en')
    """
    words = _WORD.findall(fold(text[:_SAMPLE]))
    if declared in ("", language) or not words:
        return language
    small = _list_small_words(language)
    return language if sum(word in small for word in words) >= _FEWEST * len(words) else declared


@cache
def _list_small_words(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in load_language(language).section("layout")["line_enders"])
