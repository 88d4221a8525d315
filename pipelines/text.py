"""Text as the grammar reads it: mended, folded, and always traceable to the characters of the article.

Two operations. `normalise` mends what mail and web do to French (mojibake, entities, odd spaces and quotes) and keeps,
for every position, where it came from. `fold` makes words comparable (lower case, no accents) without moving anything.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from pipelines.mentions import PlaceMention, Span

# Bytes of UTF-8 that were read as cp1252 or latin-1: a lead byte and its continuation bytes, as they then look.
_CONTINUATION = "\x80-\xbf" + "".join(bytes([n]).decode("cp1252", "ignore") for n in range(0x80, 0xA0))
_MOJIBAKE = rf"(?:[ÂÃÄÅ][{_CONTINUATION}]|[âï][{_CONTINUATION}]{{2}})+|Ã(?= )"
_TAG = r"<(?:/?[a-zA-Z][^<>]{0,400}|!--[^<>]{0,400}--)>"
_CHANGED = re.compile(
    rf"(?P<mojibake>{_MOJIBAKE})|(?P<entity>&(?:[a-zA-Z]{{2,8}}|#[0-9]{{1,7}}|#[xX][0-9a-fA-F]{{1,6}});)"
    rf"|(?P<accent>[^\W\d_][\u0300-\u036f]{{1,4}})|(?P<tag>{_TAG})|(?P<newline>\r\n)"
    r"|(?P<ligature>[\ufb00-\ufb06])|(?P<nothing>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+)"
)
# The characters that one of these begins with (an accent: that follows its letter), for a quick first look.
_SUSPECT = re.compile("[ÂÃÄÅâï&<\r\u0300-\u036f\ufb00-\ufb06\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LINE_TAG = re.compile(r"</?(?:br|p|div|li|ul|ol|h[1-6]|tr|table|blockquote)\b", re.IGNORECASE)
_SPACES = "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SAME_LENGTH = {
    **dict.fromkeys((*range(32), *range(0x7F, 0xA0)), " "),
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, "\n\r\x0b\x0c\x85\u2028\u2029"), "\n"),
    **dict.fromkeys(map(ord, "‘’‚‛ʼʹ′`´"), "'"),
    **dict.fromkeys(map(ord, "‐‑−"), "-"),
    ord("“"): "«",
    ord("”"): "»",
    ord("„"): "«",
}


@dataclass(frozen=True)
class Normalised:
    """An article's text after mending, with the way back: `raw[to_raw(s, e)]` is what stood at `text[s:e]`."""

    raw: str
    text: str
    changes: tuple[tuple[int, int, int, int], ...]  # text start, text end, raw start, raw end; in order

    @cached_property
    def folded(self) -> str:
        """`fold(text)`, made once."""
        return fold(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [change[0] for change in self.changes]

    @cached_property
    def _ends(self) -> list[int]:
        return [change[1] for change in self.changes]

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw offsets of `text[start:end]`; a change that the range touches is taken whole."""
        raw_start, raw_end = self._raw_start(start), self._raw_end(end)
        return raw_start, max(raw_start, raw_end)

    def raw_span(self, start: int, end: int) -> Span:
        """The words of the raw article under `text[start:end]`.

        >>> normalise("la dÃ©fense d’Agou&nbsp;!").raw_span(3, 10)
        Span(start=3, end=11, text='dÃ©fense')
        """
        raw_start, raw_end = self.to_raw(start, end)
        return Span(raw_start, raw_end, self.raw[raw_start:raw_end])

    def _raw_start(self, position: int) -> int:
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return position
        start, end, raw_start, raw_end = self.changes[index]
        return raw_start if start <= position < end else raw_end + position - end

    def _raw_end(self, position: int) -> int:
        index = bisect_left(self._ends, position)
        if index < len(self.changes):
            start, end, _, raw_end = self.changes[index]
            if start < position <= end:
                return raw_end
        if index == 0:
            return position
        _, end, _, raw_end = self.changes[index - 1]
        return raw_end + position - end


def normalise(raw: str) -> Normalised:
    """Mend mojibake, entities, stray tags, odd spaces, quotes and controls, offsets kept; words stay as they are.

    >>> normalise("l&rsquo;armÃ©e a tuÃ© 10\\u202f000 «\\xa0ennemis\\xa0»").text
    "l'armée a tué 10 000 « ennemis »"
    """
    pieces: list[str] = []
    changes: list[tuple[int, int, int, int]] = []
    raw_at = text_at = 0
    for suspect in _SUSPECT.finditer(raw):
        found = _find_change(raw, suspect.start(), raw_at)
        if found is None:
            continue
        start, end, new = found
        text_at += start - raw_at
        pieces += (raw[raw_at:start], new)
        changes.append((text_at, text_at + len(new), start, end))
        text_at += len(new)
        raw_at = end
    pieces.append(raw[raw_at:])
    return Normalised(raw, _even_out("".join(pieces)), tuple(changes))


def _even_out(text: str) -> str:
    """Odd spaces, quotes, dashes and controls made plain, one character for another."""
    for char in set(text) & _ODD:  # many times faster than `str.translate`, as few of them stand in a text
        text = text.replace(char, _SAME_LENGTH[ord(char)])
    return text


def _find_change(raw: str, position: int, floor: int) -> tuple[int, int, str] | None:
    """Start, end and new words of the change at `position`, None if there is none from `floor` on."""
    start = position - 1 if "\u0300" <= raw[position] <= "\u036f" else position
    match = _CHANGED.match(raw, start) if start >= floor else None
    if match is None:
        return None
    new = _MENDERS[match.lastgroup or ""](match.group())
    return None if new == match.group() else (start, match.end(), new)


def fold(text: str) -> str:
    """Lower case without accents, every character at its place (`len(fold(text)) == len(text)`).

    >>> fold("L’État-Major à N’Guigmi")
    "l'etat-major a n'guigmi"
    """
    return _fold_text(text) if len(text) > _SHORT else text.translate(_FOLDED)


@lru_cache(maxsize=8)  # several grammars read the same text
def _fold_text(text: str) -> str:
    """A long text folded: letter for letter as long as all of its letters fold to plain ones, which is much faster."""
    signs = set(text) - _PLAIN
    folded = {char: _FOLDED[ord(char)] for char in signs}
    if not _PLAIN.issuperset(folded.values()):
        return text.translate(_FOLDED)
    for char, plain in folded.items():
        text = text.replace(char, plain)
    return text.lower()


def cut_tokens(text: str, token: re.Pattern[str]) -> tuple[list[str], list[int], list[int]]:
    """All tokens of a text with their starts and ends; the pattern is one group.

    >>> cut_tokens("deux, trois", re.compile("([a-z]+)"))
    (['deux', 'trois'], [0, 6], [4, 11])
    """
    parts = token.split(text)  # gap, token, gap, token ... gap: quicker than a match object for each
    offsets = list(accumulate(map(len, parts)))
    return parts[1::2], offsets[:-1:2], offsets[1::2]


class _FoldTable(dict[int, str]):
    """A translation table that learns each character once."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


def _fold_char(char: str) -> str:
    base = unicodedata.normalize("NFD", _SAME_LENGTH.get(ord(char), char))[0]
    lower = base.lower()
    return lower if len(lower) == 1 else base


_FOLDED = _FoldTable({code: chr(code).lower() for code in range(128)})
_SHORT = 200  # characters
_PLAIN = frozenset(map(chr, range(128)))
_ODD = frozenset(map(chr, _SAME_LENGTH))


def _mend_mojibake(seen: str) -> str:
    if seen == "Ã":  # the second byte of "à" became a plain space
        return "à"
    for _ in range(3):  # what was garbled twice is mended twice
        try:
            mended = bytes(_byte_of(char) for char in seen).decode("utf-8")
        except (UnicodeDecodeError, ValueError):
            return seen
        if not any(lead in mended for lead in "ÂÃâ"):
            return mended
        seen = mended
    return seen


def _byte_of(char: str) -> int:
    return ord(char) if ord(char) < 256 else char.encode("cp1252")[0]


def _drop_tag(tag: str) -> str:
    return "\n" if _LINE_TAG.match(tag) else " "


def _unescape(entity: str) -> str:
    return html.unescape(entity) or " "


_MENDERS: dict[str, Callable[[str], str]] = {
    "mojibake": _mend_mojibake,
    "entity": _unescape,
    "accent": lambda seen: unicodedata.normalize("NFC", seen),
    "tag": _drop_tag,
    "newline": lambda _: "\n",
    "ligature": lambda seen: unicodedata.normalize("NFKD", seen),
    "nothing": lambda _: "",
}


@lru_cache(maxsize=4096)  # an article asks thousands of times for a few names
def name_key(name: str) -> str:
    """A place's name as it is compared inside one article, whose writers spell it now so, now so.

    >>> name_key("Adab-Dab") == name_key("Adab Dab"), name_key("Dialloubé") == name_key("Dialoubé")
    (True, True)
    >>> name_key("Aguelhok") == name_key("Aguelhoc"), name_key("Boni") == name_key("Bani")
    (True, False)
    """
    letters = _NOT_ALNUM.sub("", fold(name)).replace("ck", "k").replace("c", "k").replace("y", "i")
    return _DOUBLED.sub(r"\1", letters)


def name_keys(places: Iterable[PlaceMention]) -> set[str]:
    """All names of places as they are compared inside one article."""
    return {name_key(span.text) for place in places for span in place.names}


_NOT_ALNUM = re.compile("[^a-z0-9]")
_DOUBLED = re.compile(r"([a-z])\1")
