"""One article as a page of its own: its text with the words marked, and what was made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import NamedTuple

from pipelines.page.marking import Word, mark_words

STYLES = ("base.css", "pages.css")


class Fact(NamedTuple):
    """One value of an article with the words that it was read from, and why it came out so."""

    name: str
    value: str
    word: Word | None = None
    reason: str = ""


class Chapter(NamedTuple):
    """The facts of one event with the sentences that it rests on, or what else was found in an article."""

    title: str
    facts: Sequence[Fact]
    quote: str = ""


def render_article(
    title: str, text: str, chapters: Sequence[Chapter], *, origin: str = "", language: str = "fr"
) -> str:
    """A whole HTML page, styles included: nothing is loaded, nothing runs, and text from outside stays text.

    `text` holds the words of the facts at their offsets; `language` is that of the text, `origin` where it came from.

    >>> fact = Fact("place", "Niono, Mali", Word("place", "Niono", 3))
    >>> page = render_article("", "À  Niono", [Chapter("Event 1", [fact])])
    >>> '<mark class="word word-place" title="place">Niono</mark>' in page
    True
    """
    from jinja2 import Environment

    page = files("pipelines.page")
    template = (page / "templates" / "article.html.j2").read_text(encoding="utf-8")
    styles = "\n".join((page / "static" / "css" / name).read_text(encoding="utf-8") for name in STYLES)
    pieces = mark_words(text, _list_words(chapters))
    rendering = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(template)
    told = {"title": title, "pieces": pieces, "chapters": chapters, "origin": origin, "language": language}
    return rendering.render(**told, styles=styles)


def _list_words(chapters: Iterable[Chapter]) -> Iterable[Word]:
    return dict.fromkeys(fact.word for chapter in chapters for fact in chapter.facts if fact.word)
