"""The commands that read articles without network or dataset: parse, evaluate, explain."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from pipelines.cli.articles import Unreadable
from pipelines.cli.options import DAY, echo_json, json_option, shared_options
from pipelines.errors import CommuniquesError
from pipelines.progress import track
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.run.knowledge import Knowledge

Record = dict[str, Any]


@click.command(short_help="Articles in, reports out: no network, no dataset.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True, path_type=Path))
@click.option("--published", type=DAY, help="Publication day of articles that do not tell it.")
@click.option("--country", metavar="CC", default="", help="Country of outlets that do not tell it (ISO2: ML, BF, NE).")
@click.option("--url", default="", help="Address of articles that do not tell it.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write here instead of to stdout.")
@shared_options
def parse(
    paths: tuple[Path, ...], published: date | None, country: str, url: str, out: Path | None, settings: Settings
) -> int:
    """Read articles and write what they report, one JSON object a line, in input order.

    A PATH is a JSON file (one article: id, url, outlet, country, language, published, title, text; only text is
    needed), JSON Lines, a gold file, plain text (.txt), or a folder of these. An article that cannot be read gives a
    line with "error", and the exit status 1.

    \b
    Examples:
      communiques parse article.txt --published 2025-07-20 --country ML
      communiques parse articles.jsonl --out reports.jsonl
      communiques parse article.json | jq '.events[] | {date_start, place, tolls}'
    """
    from pipelines.cli.articles import count_records, read_records
    from pipelines.run.knowledge import load_knowledge

    given = {"published": published.isoformat() if published else None, "country": country or None, "url": url or None}
    knowledge = load_knowledge(settings.catalog, settings.gazetteer)
    records = track(read_records(paths), "articles", count_records(paths)) if _is_aside(out) else read_records(paths)
    lines = (_read_record(record, given, knowledge) for record in records)
    with click.open_file(str(out or "-"), "w", encoding="utf-8", atomic=out is not None) as stream:
        return _write_lines(lines, stream)


def _is_aside(out: Path | None) -> bool:
    """Whether the answer goes elsewhere than to the terminal that progress is shown on."""
    return out is not None or not sys.stdout.isatty()


def _write_lines(lines: Iterable[Record], stream: IO[Any]) -> int:
    status = 0
    for line in lines:
        status = max(status, int("error" in line))
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")
        stream.flush()
    return status


def _read_record(record: Record | Unreadable, given: Record, knowledge: Knowledge) -> Record:
    """The reading of one record in the gold set's terms, or its id with the error."""
    from pipelines.export.gold import article_from_record, reading_to_gold
    from pipelines.run.knowledge import keep_knowledge, read_article

    if isinstance(record, Unreadable):
        return {"id": None, "error": record.error}
    told = {**record, **{key: value for key, value in given.items() if record.get(key) is None}}
    try:
        article = article_from_record(told)
        reading = read_article(article, knowledge)
        keep_knowledge()
        return reading_to_gold(reading, article)
    except CommuniquesError as error:
        return {"id": record.get("id"), "error": str(error)}


@click.command(short_help="Accuracy on a folder of gold files.")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the JSON answer here too.")
@json_option
@shared_options
def evaluate(folder: Path, out: Path | None, as_json: bool, settings: Settings) -> int:
    """Compare what is read from gold files with their labels: precision, recall, every field, with intervals.

    \b
    Example:
      communiques evaluate tests/quality/gold
    """
    from pipelines.evaluate import evaluate_folder
    from pipelines.run.knowledge import load_knowledge, read_article

    knowledge = load_knowledge(settings.catalog, settings.gazetteer)
    evaluation = evaluate_folder(folder, lambda article: read_article(article, knowledge))
    if out is not None:
        out.write_text(json.dumps(evaluation.to_json(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if as_json:
        echo_json(evaluation.to_json())
    else:
        click.echo(evaluation.render())
    return 0
