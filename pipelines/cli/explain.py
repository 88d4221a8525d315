"""`communiques explain`: one article, its evidence marked, every value with words and reason, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.cli.articles import Unreadable, read_records
from pipelines.cli.options import DAY, echo_json, json_option, shared_options
from pipelines.errors import UsageError
from pipelines.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.models import Article
    from pipelines.page import Chapter

# The colours of the page's marks, as a terminal has them; each is underlined too, for those who see no colour.
STYLES = {"date": "cyan", "place": "green", "actor": "magenta", "figure": "bold red", "thing": "yellow"}
WIDTH = 110


@click.command(short_help="One article with its evidence, and every decision with its reason.")
@click.argument("what", metavar="URL|FILE")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write it as a web page too.")
@click.option("--published", type=DAY, help="Publication day, where the file does not tell it.")
@click.option("--country", metavar="CC", default="", help="Country of the outlet, where the file does not tell it.")
@json_option
@shared_options
def explain(
    what: str, html: Path | None, published: date | None, country: str, as_json: bool, settings: Settings
) -> int:
    """Show how an article was read: of the archive (by its address), or of a file (as for `communiques parse`).

    The words that a value rests on are marked. What gave no value is told too: sentences that were passed over, names
    that no place bears, an article that gave no event, a page that gave no article.

    \b
    Examples:
      communiques explain https://lefaso.net/spip.php?article116135
      communiques explain article.txt --published 2025-07-20 --country ML --html article.html
      communiques explain article.txt --published 2025-07-20 | less
    """
    article, chapters = _explain(what, published, country, settings)
    if as_json:
        echo_json([_describe_chapter(chapter) for chapter in chapters])
    else:
        _show(article, chapters)
    if html is not None:
        from pipelines.page import render_article

        title, text, language = (article.title, article.text, article.language) if article else (what, "", "")
        html.write_text(render_article(title, text, chapters, origin=what, language=language), encoding="utf-8")
    return 0


def _explain(
    what: str, published: date | None, country: str, settings: Settings
) -> tuple[Article | None, list[Chapter]]:
    """The article, if there is one, and all that can be said of it."""
    from pipelines.run.explain import explain_reading
    from pipelines.run.knowledge import load_knowledge, read_article
    from pipelines.run.silence import explain_publication, explain_silence

    is_file = Path(what).exists()
    article, absence = (_read_file(what, published, country), []) if is_file else _find_article(what, settings)
    if article is None:
        return None, absence
    knowledge = load_knowledge(settings.catalog, settings.gazetteer)
    reading = read_article(article, knowledge)
    chapters = [*explain_reading(reading), *explain_silence(article, reading, knowledge)]
    return article, chapters + ([] if is_file else explain_publication(article, reading, settings.data))


def _read_file(what: str, published: date | None, country: str) -> Article:
    from pipelines.export.gold import article_from_record

    record = next(read_records([Path(what)]))
    if isinstance(record, Unreadable):
        raise UsageError(record.error)
    given = {"published": published.isoformat() if published else None, "country": country or None}
    return article_from_record({**{key: value for key, value in given.items() if value}, **record})


def _find_article(what: str, settings: Settings) -> tuple[Article | None, list[Chapter]]:
    """The article of the archive, or why there is none."""
    from pipelines.archive import Archive
    from pipelines.run.opening import choose_sources
    from pipelines.run.silence import explain_absence, find_article

    if not (settings.data / "index.sqlite").exists():
        raise UsageError(f"{what}: no such file, and there is no archive in {settings.data} (see --data)")
    with Archive(settings.data, now=settings.now, read_only=True) as archive:
        article = find_article(archive, what)
        return article, [] if article else [explain_absence(archive, what, choose_sources(settings))]


def _describe_chapter(chapter: Chapter) -> dict[str, Any]:
    facts = [
        {"name": fact.name, "value": fact.value, "words": fact.word._asdict() if fact.word else None,
         "reason": fact.reason}
        for fact in chapter.facts
    ]  # fmt: skip
    return {"title": chapter.title, "facts": facts, "quote": chapter.quote}


def _show(article: Article | None, chapters: Sequence[Chapter]) -> None:
    from pipelines.cli.console import open_console

    console = open_console(WIDTH)
    if article is not None:
        _show_text(console, article, chapters)
    for chapter in chapters:
        _show_chapter(console, chapter)


def _show_text(console: Console, article: Article, chapters: Sequence[Chapter]) -> None:
    """The article with all words marked that a value was read from: the same pieces as on the page."""
    from rich.text import Text

    from pipelines.page import mark_words

    text = Text()
    for piece, kind in mark_words(article.text, (fact.word for part in chapters for fact in part.facts if fact.word)):
        text.append(piece, style=f"{STYLES[kind]} underline" if kind else None)
    console.print(text)


def _show_chapter(console: Console, chapter: Chapter) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False)
    for fact in chapter.facts:
        word = fact.word
        words = Text(f"«{word.text}»", style=STYLES[word.kind]) if word and word.text else Text()
        table.add_row(Text(fact.name, style="dim"), Text(fact.value), words, Text(fact.reason, style="dim"))
    console.print()
    console.print(Text(chapter.title, style="bold"))
    console.print(table)
    if chapter.quote:
        console.print(Text(chapter.quote, style="italic"))
