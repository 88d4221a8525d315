"""What is wrong with an article before it is read: nothing in it, too much, no text, another language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.catalog.language import Lexicon
from pipelines.models import Article, Issue
from pipelines.parse.layout import layout
from pipelines.text import fold

LONGEST_TEXT = 60_000  # code points; what follows is left unread, with an issue


def check_article(article: Article, lexicon: Lexicon) -> Iterator[Issue]:
    """An issue for each reason why the reading of this article may say less than it holds."""
    for code, detail in _find_faults(article, lexicon):
        yield Issue("parse", code, detail=detail, article_id=article.article_id)


def _find_faults(article: Article, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    text = article.text
    if not text.strip():
        yield "empty_text", ""
        return
    if len(text) > LONGEST_TEXT:
        yield "text_too_long", f"{len(text)} characters, read {LONGEST_TEXT}"
    sample = text[:_SAMPLE]
    controls = len(_CONTROL.findall(sample))
    if controls > len(sample) * _MOST_CONTROLS:
        yield "not_text", f"{controls} of the first {len(sample)} characters are control characters"
    elif not _is_in_language(sample, lexicon):
        yield "other_language", f"few words of {article.language!r} among the first {len(sample)} characters"


def _is_in_language(text: str, lexicon: Lexicon) -> bool:
    """Whether the small words of the language stand in a text as often as they must; a short one is trusted."""
    words = _WORD.findall(fold(text))
    small = layout(lexicon).small_words
    return len(words) < _FEWEST_WORDS or sum(word in small for word in words) >= len(words) * _FEWEST_SMALL


_SAMPLE = 1000  # characters that tell
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_MOST_CONTROLS = 0.05
_WORD = re.compile(r"[^\W\d_]+'?")
_FEWEST_WORDS = 15
_FEWEST_SMALL = 0.12
