"""`communiques explain`: one article with its evidence marked, and every value with its words and its reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.articles import Unreadable, read_records
from pipelines.cli.options import DAY, shared_options
from pipelines.errors import UsageError
from pipelines.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.models import Article
    from pipelines.page.marking import Kind
    from pipelines.run.explain import Account, Decision

MARK = "bold underline"
KINDS: dict[str, Kind] = {
    "date": "date",
    "place": "place",
    "initiator": "actor",
    "target": "actor",
    "beside": "actor",
    "toll": "figure",
    "rival figure": "figure",
    "total": "figure",
    "materiel": "thing",
}
WIDTH = 110


@click.command(short_help="One article with its evidence, and every decision with its reason.")
@click.argument("what", metavar="URL|FILE")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write it as a web page too.")
@click.option("--published", type=DAY, help="Publication day, where the file does not tell it.")
@click.option("--country", metavar="CC", default="", help="Country of the outlet, where the file does not tell it.")
@shared_options
def explain(what: str, html: Path | None, published: date | None, country: str, settings: Settings) -> int:
    """Show how an article was read: of the archive (by its address), or of a file (as for `communiques parse`).

    \b
    Examples:
      communiques explain https://lefaso.net/spip.php?article116135
      communiques explain article.txt --published 2025-07-20 --country ML --html article.html
    """
    from rich.console import Console

    from pipelines.run.explain import explain_reading
    from pipelines.run.knowledge import load_knowledge, read_article

    article = _load_article(what, published, country, settings)
    accounts = explain_reading(read_article(article, load_knowledge(settings.catalog, settings.gazetteer)))
    console = Console(highlight=False)
    console.width = max(console.width, WIDTH)
    _show_text(console, article, accounts)
    for account in accounts:
        _show_account(console, account)
    if html is not None:
        html.write_text(_write_page(article, accounts), encoding="utf-8")
    return 0


def _write_page(article: Article, accounts: list[Account]) -> str:
    from pipelines.page import Chapter, Fact, Word, render_article

    def make_fact(decision: Decision) -> Fact:
        span, kind = decision.span, KINDS.get(decision.name)
        word = Word(kind, span.text, span.start) if span and kind else None
        return Fact(decision.name, decision.value, word, decision.reason)

    chapters = [Chapter(account.title, [make_fact(decision) for decision in account.decisions]) for account in accounts]
    return render_article(article.title, article.text, chapters, origin=article.url, language=article.language)


def _load_article(what: str, published: date | None, country: str, settings: Settings) -> Article:
    from pipelines.archive import Archive
    from pipelines.export.gold import article_from_record
    from pipelines.run.explain import find_article

    if Path(what).exists():
        record = next(read_records([Path(what)]))
        if isinstance(record, Unreadable):
            raise UsageError(record.error)
        given = {"published": published.isoformat() if published else None, "country": country or None}
        return article_from_record({**{key: value for key, value in given.items() if value}, **record})
    if not (settings.data / "index.sqlite").exists():
        raise UsageError(f"{what}: no such file, and there is no archive in {settings.data} (see --data)")
    with Archive(settings.data, now=settings.now, read_only=True) as archive:
        return find_article(archive, what)


def _show_text(console: Console, article: Article, accounts: list[Account]) -> None:
    """The article with all words marked that a value was read from."""
    from rich.text import Text

    text = Text(article.text)
    for account in accounts:
        for span in [*account.evidence, *(d.span for d in account.decisions if d.span)]:
            text.stylize("italic" if span in account.evidence else MARK, span.start, span.end)
    console.print(text)


def _show_account(console: Console, account: Account) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False)
    for decision in account.decisions:
        words = Text(f"\u00ab{decision.span.text}\u00bb", style=MARK) if decision.span else Text()
        table.add_row(decision.name, Text(decision.value), words, Text(decision.reason))
    console.print()
    console.print(Text(account.title, style="bold"))
    console.print(table)
