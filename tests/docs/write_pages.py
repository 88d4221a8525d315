"""Write what the documentation generates: `python -m tests.docs.write_pages` (`make docs` does it first)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.docs.blocks import ROOT
from tests.docs.codebook import render_codebook
from tests.docs.commands import render_commands
from tests.docs.schemas import FOLDER, describe_files, render_schema


def render_pages() -> Mapping[Path, str]:
    """Every generated file with its content."""
    return {
        ROOT / "docs" / "codebook.md": render_codebook(),
        ROOT / "docs" / "commands.md": render_commands(),
        **{FOLDER / f"{name}.json": render_schema(schema) for name, schema in describe_files().items()},
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path, text in render_pages().items():
        path.write_text(text, encoding="utf-8")
