"""Sentences with their place in the layout: paragraph, kind, and the headings that stand over them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.catalog.language import Lexicon
from pipelines.parse.layout import Block, Kind, Layout, layout
from pipelines.text import fold

_GLUED = r"(?<=[a-zà-öø-ÿ]{3})[.!?](?=[A-ZÀ-ÖØ-Þ](?:[a-zà-öø-ÿ]+|['’][^\W_]+)?[ ,])"  # "selon lui.Par ailleurs"
_STOP = re.compile(rf"(?<![.!?…])[.!?…]++(?:\s?[\"»)\]])*\s+(?=[\"«(\[]?\s?[^\W_])|\s(?=[•●▪■►➢]\s)|{_GLUED}")
_DEEPEST = 8  # headings; more make no outline
_LONGEST = 1500  # characters; a run of words beyond is no sentence, and clauses are not sought across its parts
_LAST_WORD = re.compile(r"([^\W_]+)\.$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text[start:end]`; `headings` are the indices, outermost first, of the headings that govern it."""

    start: int
    end: int
    paragraph: int
    kind: Kind
    headings: tuple[int, ...] = ()


def split_sentences(text: str, lexicon: Lexicon, *, has_title: bool = True) -> list[Sentence]:
    """All sentences of a normalised text in order; without `has_title` the first block is body like the others.

    >>> from pipelines.catalog.language import load_language
    >>> text = "Point\\n\\nTHEATRE EST\\n- Le 5, un mort. Deux blessés.\\n\\nA. B."
    >>> [(s.kind, text[s.start : s.end], s.headings) for s in split_sentences(text, load_language("fr"))][2:4]
    [('bullet', 'Le 5, un mort.', (1,)), ('bullet', 'Deux blessés.', (1,))]
    """
    grammar = layout(lexicon)
    sentences: list[Sentence] = []
    stack: list[tuple[str, int]] = []
    before: Kind = "title"
    for paragraph, block in enumerate(grammar.find_blocks(text, has_title=has_title)):
        if block.kind == "heading":
            stack = _leave(stack, block.style, keep=before == "heading")
        elif block.kind == "body" and before == "bullet":
            stack = [entry for entry in stack if entry[0] != "colon"]  # its list is over
        before = block.kind
        stack = stack[-_DEEPEST:]
        governing = tuple(index for _, index in stack) if block.kind in {"heading", "bullet", "body"} else ()
        if block.kind == "heading":
            stack.append((block.style, len(sentences)))
        for start, end in (part for whole in _cut_block(text, block, grammar) for part in _cut_run(text, *whole)):
            sentences.append(Sentence(start, end, paragraph, block.kind, governing))
    return sentences


def _leave(stack: list[tuple[str, int]], style: str, *, keep: bool) -> list[tuple[str, int]]:
    """The headings that still govern once a heading of `style` begins; those right above it stay."""
    if keep and stack and stack[-1][0] == style:
        return stack
    ranks = [rank for rank, _ in stack]
    return stack[: ranks.index(style)] if style in ranks else stack


def _cut_block(text: str, block: Block, grammar: Layout) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a block; a title or heading is one."""
    start = block.start
    if block.kind in {"body", "bullet"}:
        for stop in _STOP.finditer(text, block.start, block.end):
            if _ends_sentence(text, start, stop, grammar):
                end = stop.start() + len(stop.group().rstrip())
                if end > start:
                    yield start, end
                start = stop.end()
    if start < block.end:
        yield start, block.end


def _cut_run(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence as it is, an endless one in parts that end at blanks."""
    while end - start > _LONGEST:
        blank = max(text.rfind(sign, start + 1, start + _LONGEST) for sign in " \n")
        stop = blank if blank > 0 else start + _LONGEST
        if not text[start:stop].isspace():
            yield start, stop
        start = stop
    yield start, end


def _ends_sentence(text: str, start: int, stop: re.Match[str], grammar: Layout) -> bool:
    following = text[stop.end() : stop.end() + 3].lstrip('"«([ ')
    if not stop.group().strip():
        return True
    if following[:1].islower():
        return False
    if not stop.group().startswith("."):
        return True
    word = _LAST_WORD.search(text, max(start, stop.start() - 12), stop.start() + 1)
    if word is None:
        return True
    is_initial = len(word.group(1)) == 1 and word.group(1).isupper()
    return not (is_initial or fold(word.group(1)) in grammar.abbreviations)
