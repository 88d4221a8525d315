"""What every command takes (--data, --catalog, -v), and how its flags become the settings of the run."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from pipelines.cli.progress import show_progress
from pipelines.settings import ENGINES, change_environment, read_settings

Command = TypeVar("Command", bound=Callable[..., Any])

FOLDER = click.Path(file_okay=False, path_type=Path)


class Day(click.ParamType[date]):
    """A calendar day, written 2025-07-20."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; fails with a message that shows the form wanted."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2025-07-20", param, ctx)


DAY = Day()

json_option = click.option("--json", "as_json", is_flag=True, help="The answer as JSON, for programs.")
source_option = click.option("--source", "sources", multiple=True, metavar="ID", help="Only this source (repeatable).")


def shared_options(command: Command) -> Command:
    """Add the options that stand everywhere; the command gets them as one `settings` argument."""

    @functools.wraps(command)
    def run(*args: Any, data: Path | None, catalog: Path | None, verbose: bool, **kwargs: Any) -> Any:
        start_logging(verbose=verbose)
        flags = {"COMMUNIQUES_DATA": data, "COMMUNIQUES_CATALOG": catalog, "COMMUNIQUES_VERBOSE": verbose or None}
        given = {name: str(value) for name, value in flags.items() if value is not None}
        with change_environment(given), show_progress():
            return command(*args, settings=read_settings(), **kwargs)

    for add_option in (
        click.option("-v", "--verbose", is_flag=True, help="Tell more on stderr."),
        click.option("--catalog", type=FOLDER, help="Your own sources/, countries/, languages/."),
        click.option("--data", type=FOLDER, help="The data folder [default: ./data, or COMMUNIQUES_DATA]."),
    ):
        run = add_option(run)
    return run  # type: ignore[return-value] # click's options rewrap the function; its own signature is kept


def engine_options(command: Command) -> Command:
    """Add --engine and --scheduler; they stand above `shared_options`, which reads what they set."""

    @functools.wraps(command)
    def run(*args: Any, engine: str | None, scheduler: str | None, **kwargs: Any) -> Any:
        flags = {"COMMUNIQUES_ENGINE": engine, "COMMUNIQUES_SCHEDULER": scheduler}
        with change_environment({name: value for name, value in flags.items() if value is not None}):
            return command(*args, **kwargs)

    for add_option in (
        click.option("--scheduler", metavar="ADDRESS", help="With dask: tcp://host:port [default: one of its own]."),
        click.option(
            "--engine", type=click.Choice(ENGINES), help="Where to compute [default: as much as the work is worth]."
        ),
    ):
        run = add_option(run)
    return run  # type: ignore[return-value] # click's options rewrap the function; its own signature is kept


def start_logging(*, verbose: bool) -> None:
    """Send the pipeline's own log lines to stderr, as a person reads them."""
    logger = logging.getLogger("pipelines")
    logger.setLevel(logging.DEBUG if verbose else logging.INFO)
    logger.propagate = False
    if not any(handler.get_name() == "terminal" for handler in logger.handlers):
        handler = _TerminalHandler()
        handler.set_name("terminal")
        logger.addHandler(handler)


class _TerminalHandler(logging.Handler):
    """Log lines on whatever stderr is at that moment, with the time of day before them."""

    def emit(self, record: logging.LogRecord) -> None:
        mark = "" if record.levelno < logging.WARNING else f"{record.levelname.lower()}: "
        moment = datetime.fromtimestamp(record.created).astimezone()
        click.echo(f"{moment:%H:%M:%S}  {mark}{record.getMessage()}", err=True)


def tell(answer: Mapping[str, Any] | list[Any], words: str, *, as_json: bool) -> None:
    """Answer a program, or a person in words."""
    if as_json:
        echo_json(answer)
    else:
        click.echo(words)


def echo_json(answer: Mapping[str, Any] | list[Any]) -> None:
    """Write one JSON answer to stdout."""
    import json

    click.echo(json.dumps(answer, ensure_ascii=False, indent=2, default=str))
