"""The blocks of a page's text: title, headings, bullets, paragraphs; captions and furniture told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from pipelines.catalog.language import Lexicon
from pipelines.text import fold

Kind = Literal["title", "heading", "bullet", "body", "caption", "noise"]

_LABEL = re.compile(
    r"\s*(?:(?P<sign>[-–—•●▪■□*►➢➤✓✔·○◦>]+)|(?P<arabic>\(?[0-9]{1,2}(?:[.)°]|\s?/|-(?=\s)))|(?P<letter>\(?[a-h]\))"
    r"|(?P<roman>[IVX]{1,4}[.)/-]))\s+(?=\S)"
)
_INITIALS = re.compile(r"\(?(?:[^\W\d_]{1,2}\.[ -]?){1,4}(?=\W|$|[^\W\d_]{2,})", re.IGNORECASE)
_TERMINAL = re.compile(r"[.!?…;»\"][)\]]*$")
_LONGEST_HEADING = 16  # words
_LONGEST_WRAP = 60  # a line at least that long may be cut by its page
_LONGEST_ENDER = 24
_THOUSAND = re.compile(r"[0-9]{3}\b")
_SHORTEST_REPEAT = 60
_FEWEST_WORDS = 6
_SAME_WORDS = 0.75  # of all words of two lines, where the one is the other written anew
_SHORTEST_PROSE = 12
_PROSE_ENDS = (".", "!", "?", "…", ";", ". »", ".»")


class Block(NamedTuple):
    """Lines that belong together, label and blanks trimmed; `style` tells headings of one rank from another's."""

    start: int
    end: int
    kind: Kind
    style: str = ""


class _LayoutWords(BaseModel):
    """The section `layout`."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    abbreviations: frozenset[str]
    line_enders: frozenset[str]
    heading_starts: tuple[str, ...]
    furniture_starts: tuple[str, ...]
    comments_starts: tuple[str, ...]
    comments_words: tuple[str, ...]
    teaser_starts: tuple[str, ...]
    caption_starts: tuple[str, ...]
    byline_starts: tuple[str, ...]


class Layout:
    """Tells blocks apart by the lexicon's words. Build it with `layout`."""

    def __init__(self, words: _LayoutWords) -> None:
        self.abbreviations = words.abbreviations
        self.small_words = self._enders = words.line_enders
        self._heading = _starts_with(words.heading_starts)
        self._furniture = _starts_with(words.furniture_starts)
        self._teaser = _starts_with(words.teaser_starts)
        self._caption = _starts_with(words.caption_starts)
        self._byline = _starts_with(words.byline_starts)
        counted = "|".join(map(re.escape, words.comments_words))
        self._comments = re.compile(rf"(?:{_starts_with(words.comments_starts).pattern}\W*$|[0-9]+ (?:{counted})\W*$)")

    def find_blocks(self, text: str, *, has_title: bool) -> list[Block]:
        """The blocks of a normalised text in order."""
        folded = fold(text)
        lines = list(self._join_lines(text, folded, has_title=has_title))
        blocks = [self._class_block(text, folded, *line) for line in lines]
        if has_title and blocks:
            blocks[0] = blocks[0]._replace(kind="title", style="")
        return _drop_repeats(folded, self._drop_tail(text, folded, _drop_dateline(blocks, has_title=has_title)))

    def _join_lines(self, text: str, folded: str, *, has_title: bool) -> Iterator[tuple[int, int]]:
        """Start and end of each run of lines that make one paragraph, bullet or heading."""
        first, last = -1, (0, 0)
        lines = list(_find_lines(text))
        title = folded[slice(*lines[0])] if has_title and lines else ""
        for start, end in lines:
            is_title = 0 < first == last[0] and _retells(folded[first : last[1]], title)
            if first >= 0 and (is_title or not self._goes_on(text, folded, last, start, end)):
                yield first, last[1]
                first = -1
            first = start if first < 0 else first
            last = start, end
        if first >= 0:
            yield first, last[1]

    def _goes_on(self, text: str, folded: str, before: tuple[int, int], start: int, end: int) -> bool:
        """Whether the line at `start` continues the line `before` it."""
        last, first = text[before[0] : before[1]], text[start:end]
        is_thousand = last[-1].isdecimal() and _THOUSAND.match(first) is not None
        if _LABEL.match(first) and not is_thousand:
            return False
        tail = folded[max(before[0], before[1] - _LONGEST_ENDER) : before[1]].split()
        is_cut = is_thousand or last[-1] in ",(" or any(word in self._enders for word in tail[-1:])
        if text.count("\n", before[1], start) > 1:
            return is_cut and (first[0].islower() or is_thousand)
        is_long = len(last) >= _LONGEST_WRAP and not _TERMINAL.search(last[-_LONGEST_ENDER:]) and last[-1] != ":"
        return is_cut or first[0].islower() or is_long

    def _class_block(self, text: str, folded: str, start: int, end: int) -> Block:
        label = _LABEL.match(text, start, end)
        start = label.end() if label else start + len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(text[start:end].rstrip())
        words, style = text[start:end], (label.lastgroup or "") if label else ""
        if self._caption.match(folded, start, end) and len(words.split()) < 40:
            return Block(start, end, "caption")
        if self._is_furniture(words, folded[start:end]):
            return Block(start, end, "noise", style)
        rank = self._rank_heading(words, folded[start:end], style)
        if rank:
            return Block(start, end, "heading", rank)
        return Block(start, end, "bullet" if style else "body", style)

    def _is_furniture(self, words: str, folded: str) -> bool:
        if len(words.split()) > _LONGEST_HEADING:
            return False
        byline = self._byline.match(folded)
        is_signed = _is_signature(words[byline.end() :].lstrip() if byline else words)
        return bool(self._furniture.match(folded) or self._comments.match(folded) or is_signed)

    def _rank_heading(self, words: str, folded: str, style: str) -> str:
        """The style of a heading, empty if the block is none."""
        count = len(words.split())
        if count > _LONGEST_HEADING or (_TERMINAL.search(words) and not (words.endswith("?") and words.isupper())):
            return ""
        is_upper = _is_upper(words)
        if style in {"arabic", "roman", "letter"}:
            return f"{style}-upper" if is_upper else style
        if is_upper:
            return "upper" if not style else ""
        if words.endswith(":"):
            return "colon"
        if style:
            return ""
        return "plain" if self._heading.match(folded) else "short" if count <= 8 and words[:1].isupper() else ""

    def _drop_tail(self, text: str, folded: str, blocks: list[Block]) -> list[Block]:
        """Comments, teasers and signatures after the last prose become noise."""
        blocks = _drop_after(blocks, next(self._find_comments(folded, blocks), len(blocks)))
        last = max((i for i, b in enumerate(blocks) if _is_prose(text, b)), default=len(blocks))
        has_furniture = False
        for index in range(last + 1, len(blocks)):
            block = blocks[index]
            has_furniture = has_furniture or block.kind in {"noise", "heading", "caption"}
            if block.kind == "heading" or (has_furniture and block.kind in {"bullet", "body"}):
                blocks[index] = block._replace(kind="noise")
        return blocks

    def _find_comments(self, folded: str, blocks: list[Block]) -> Iterator[int]:
        for index, block in enumerate(blocks):
            words = folded[block.start : block.end]
            if index and (self._comments.match(words) or (self._teaser.match(words) and index > len(blocks) * 2 // 3)):
                yield index


def _find_lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line that is not blank, without the blanks around it."""
    start = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            first = start + len(line) - len(line.lstrip())
            yield first, first + len(bare)
        start += len(line) + 1


def layout(lexicon: Lexicon) -> Layout:
    """The lexicon's layout, made once."""
    return lexicon.build(Layout, lambda: Layout(lexicon.read("layout", _LayoutWords)))


def _starts_with(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _is_signature(words: str) -> bool:
    """Initials, a web address or an agency's slashes, and not much more."""
    count = len(words.split())
    is_initials = _INITIALS.match(words) is not None and count <= 8
    return count <= 10 and (
        is_initials or "www." in words or re.search(r"\w\.(?:com|net|org|info|bf|ml|ne|bj|tg)\b", words) is not None
    )


def _is_upper(words: str) -> bool:
    letters = [char for char in words if char.isalpha()]
    return len(letters) > 3 and sum(char.isupper() for char in letters) >= 0.6 * len(letters)


def _is_prose(text: str, block: Block) -> bool:
    words = text[block.start : block.end]
    is_closed = words.endswith(_PROSE_ENDS)
    return block.kind in {"body", "bullet"} and is_closed and len(words) >= _SHORTEST_PROSE


def _drop_after(blocks: list[Block], first: int) -> list[Block]:
    return [block._replace(kind="noise") if index >= first else block for index, block in enumerate(blocks)]


def _drop_dateline(blocks: list[Block], *, has_title: bool) -> list[Block]:
    """A short first line under the title ("APA - Ouagadougou") heads nothing."""
    index = int(has_title)
    if len(blocks) > index and blocks[index].style == "short":
        blocks[index] = blocks[index]._replace(kind="noise")
    return blocks


def _retells(line: str, title: str) -> bool:
    """Whether a line is the title once more, perhaps in a few other words."""
    one, other = set(line.split()), set(title.split())
    return len(one) >= _FEWEST_WORDS and len(one & other) >= _SAME_WORDS * len(one | other)


def _drop_repeats(folded: str, blocks: list[Block]) -> list[Block]:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        words = " ".join(folded[block.start : block.end].split())
        if len(words) >= _SHORTEST_REPEAT and words in seen:
            blocks[index] = block._replace(kind="noise")
        seen.add(words)
    return blocks
