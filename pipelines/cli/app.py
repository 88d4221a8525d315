"""The command tree. Modules named here import only click: what is heavy is imported inside the commands."""

from __future__ import annotations

import click

from pipelines.cli import explain, giving, keeping, looking, reading, running, sample

HELP_WIDTH = 100


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": HELP_WIDTH},
    epilog="Answers go to stdout, progress to stderr. Exit status: 0 done, 1 done but look, 2 wrong use, 3 refused.",
)
@click.version_option(package_name="communiques")
def communiques() -> None:
    """Official communiqués of the Sahel, read from the news into conflict-event data.

    \b
    Begin with:
      communiques sample                    the whole job on an embedded sample site, nothing to configure
      communiques parse article.txt --published 2025-07-20 --country ML
      communiques run --source ID           fetch, read, check and publish what is new
    """


COMMANDS = (
    sample.sample,
    running.run,
    running.ingest,
    running.build,
    running.backfill,
    reading.parse,
    reading.evaluate,
    explain.explain,
    looking.status,
    looking.watch,
    looking.sources,
    looking.check,
    looking.verify,
    giving.page,
    giving.export,
    keeping.archive,
    keeping.forget,
    keeping.record,
    keeping.gazetteer,
)
for command in COMMANDS:
    communiques.add_command(command)
