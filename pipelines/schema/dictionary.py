"""The data dictionary as Markdown, generated from the declared columns."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.schema.tables import CODEBOOK_VERSION, SCHEMA_VERSION, Column, Table, load_tables

README_HEAD = """# Release {release}

Conflict events of the Sahel as told by official communiqués and the press, as Parquet, partitioned by place and month.
`manifest.json` lists every file with its checksum; `datapackage.json` describes the tables for other tools.
Recommended licence: CC BY 4.0. Some coordinates are from GeoNames (CC BY 4.0), see `places`.

Sum only events with `event_clarity` 1. A missing value means "not stated", 0 means "stated to be none".
A claim is a claim: see `claimant` and `verification`; rival figures stand side by side in `tolls`.

"""


def render_readme(release_id: str) -> str:
    """The README of a release: what it is, and the data dictionary."""
    return README_HEAD.format(release=release_id) + render_dictionary()


def render_dictionary() -> str:
    """All tables and columns in Markdown."""
    parts = [f"# Data dictionary\n\nSchema version {SCHEMA_VERSION}, codebook version {CODEBOOK_VERSION}.\n"]
    parts += ["\n".join(_render_table(table)) for table in load_tables().values()]
    return "\n".join(parts)


def _render_table(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n\n{table.title}.\n"
    keys = " / ".join(f"`{name}`" for name in table.partition)
    yield f"Partition: {keys + ' of ' + (table.partition_of or '') if keys else 'none'}. Key: {', '.join(table.key)}.\n"
    yield "| column | type | unit | meaning | source | missing means |"
    yield "|---|---|---|---|---|---|"
    for column in table.columns:
        yield _render_column(column)
    yield ""


def _render_column(column: Column) -> str:
    values = f" ({', '.join(map(str, column.values))})" if column.values and column.type == "string" else ""
    cells = [
        f"`{column.name}`",
        column.type,
        column.unit,
        column.meaning + values,
        column.source,
        column.nulls or "never",
    ]
    return "| " + " | ".join((cell or "").replace("|", "\\|") for cell in cells) + " |"
