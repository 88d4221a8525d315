"""The command tree. Modules named here import only click: what is heavy is imported inside the commands."""

from __future__ import annotations

import click

from pipelines.cli import explain, giving, keeping, looking, reading, releasing, running, sample
from pipelines.cli.next_steps import find_next_steps
from pipelines.settings import read_settings

HELP_WIDTH = 100
SECTIONS: dict[str, tuple[click.Command, ...]] = {
    "Begin": (sample.sample, reading.parse, explain.explain),
    "Every day": (running.run, running.ingest, running.build, running.backfill),
    "Look": (looking.status, looking.watch, looking.verify, looking.sources, looking.check),
    "Give on": (giving.page, giving.export, releasing.releases),
    "Tend": (keeping.archive, keeping.forget, keeping.gazetteer, keeping.record, reading.evaluate),
}


class _Sections(click.Group):
    """A group whose help lists its commands by what they are for."""

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one list of commands a section."""
        width = max(map(len, self.commands))
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(f"{command.name:{width}}", command.get_short_help_str(90)) for command in commands]
                )


@click.group(
    cls=_Sections,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": HELP_WIDTH},
    epilog="Answers go to stdout, progress to stderr. Exit status: 0 done, 1 done but look, 2 wrong use, 3 refused.",
)
@click.version_option(package_name="communiques")
@click.pass_context
def communiques(context: click.Context) -> None:
    """Official communiqués of the Sahel, read from the news into conflict-event data.

    \b
    Examples:
      communiques sample                    the whole job on an embedded sample site, nothing to configure
      communiques parse article.txt --published 2025-07-20 --country ML
      communiques run --source lefaso       fetch, read, check and publish what is new
      communiques COMMAND --help            what a command does, with examples
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        click.echo(f"\n{find_next_steps(read_settings())}")


for section in SECTIONS.values():
    for command in section:
        communiques.add_command(command)
