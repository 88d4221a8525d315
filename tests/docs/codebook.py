"""The codebook: the rules by example, as the reader really reads them, then every column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from pipelines.export.gold import article_from_record
from pipelines.merge import merge_readings
from pipelines.merge.ledger import Ledger
from pipelines.publish import build_tables
from pipelines.run.facts import describe_facts
from pipelines.run.knowledge import Knowledge, load_knowledge, read_article
from pipelines.schema.dictionary import render_dictionary
from pipelines.schema.records import ReadArticle

EXAMPLES = Path(__file__).parent / "examples.yml"
NOW = datetime(2025, 8, 1, tzinfo=UTC)
HEAD = """# Codebook

How the columns are filled. The field-standard names follow ACLED (types, actors, places) and UCDP GED (figures,
clarity, precision); where the two leave a question open, the rule stands here. The first part shows the rules at
made-up sentences *as the program really reads them*; the second lists every column of every table. What is checked
before a row is published stands under [Rules of validation](../expectations/README.md).

Null means *not stated*, 0 means *stated to be none*. Nothing is guessed: a value is understood, or ignored by a named
rule, or it is a row of `issues`.

"""


def render_codebook() -> str:
    """The whole page."""
    knowledge = load_knowledge()
    examples = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    parts = [HEAD, "## Rules by example\n\n"]
    parts += ["\n".join(_render_example(example, knowledge)) for example in examples]
    columns = render_dictionary().replace("\n## ", "\n### ").replace("# Data dictionary", "## Every column", 1)
    return "".join(parts) + columns


def _render_example(example: Mapping[str, Any], knowledge: Knowledge) -> Iterator[str]:
    table, columns = example.get("table", "events"), example["columns"]
    rows = _read_rows(example, table, knowledge)
    yield f"### {example['title']}\n"
    yield f"{example['rule']}\n"
    yield f"> {example['text']}\n>\n> *(published on {example['published']})*\n"
    yield "| " + " | ".join(f"`{name}`" for name in columns) + " |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield "| " + " | ".join(_write_cell(row[name]) for name in columns) + " |"
    yield "\n"


def _read_rows(example: Mapping[str, Any], table: str, knowledge: Knowledge) -> list[dict[str, Any]]:
    """The rows of one table that the example's article gives; at least one."""
    article = article_from_record(
        {"id": "example", "outlet": "Le Fil", "country": "ML", "url": "https://fil.example/1",
         "published": str(example["published"]), "text": example["text"]}
    )  # fmt: skip
    item = ReadArticle(article, read_article(article, knowledge))
    merged = merge_readings([item], Ledger(), now=NOW, side_of=knowledge.side_of)
    facts = describe_facts(knowledge.actors, knowledge.atlas)
    rows: list[dict[str, Any]] = build_tables(merged, now=NOW, run_id="codebook", facts=facts)[table].to_pylist()
    assert rows, f"{example['title']}: the article gives no row of {table}"
    return rows


def _write_cell(value: Any) -> str:
    if value is None:
        return "*null*"
    return f"{value:g}" if isinstance(value, float) else str(value).replace("|", "\\|")
