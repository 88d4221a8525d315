"""The page of all commands, made of their own help."""

from __future__ import annotations

from collections.abc import Iterator

import click

from pipelines.cli.app import HELP_WIDTH, SECTIONS

HEAD = """# All commands

Made of the commands' own help: `communiques COMMAND --help` says the same. What they have in common stands under
[The command line](command-line.md).
"""


def render_commands() -> str:
    """Every command with its help, in the order in which `communiques --help` lists them."""
    parts = [HEAD]
    for title, commands in SECTIONS.items():
        parts.append(f"## {title}\n")
        for command in commands:
            parts += [f"### {path}\n\n```text\n{text}\n```\n" for path, text in _walk(command, "communiques")]
    return "\n".join(parts)


def _walk(command: click.Command, parent: str) -> Iterator[tuple[str, str]]:
    path = f"{parent} {command.name}"
    if isinstance(command, click.Group):
        for child in command.commands.values():
            yield from _walk(child, path)
        return
    settings = {"terminal_width": HELP_WIDTH, "max_content_width": HELP_WIDTH, "help_option_names": ["-h", "--help"]}
    context = click.Context(command, info_name=path, **settings)
    yield path, command.get_help(context)
