"""What words say by a language's lexicon, for checks that look at wording."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pipelines.catalog.language import Lexicon
from pipelines.text import fold

_WORD = re.compile(r"[^\W\d_]+")


def weekday_finder(lexicons: Mapping[str, Lexicon]) -> Callable[[str, str], int | None]:
    """A function that tells which weekday words name (Monday is 0), None if they name none or several."""
    names = {
        code: {fold(word): number for word, number in lexicon.section("dates")["weekdays"].items()}
        for code, lexicon in lexicons.items()
    }

    def find_weekday(words: str, language: str) -> int | None:
        known = names.get(language, {})
        found = {known[word] for word in _WORD.findall(fold(words)) if word in known}
        return found.pop() if len(found) == 1 else None

    return find_weekday
