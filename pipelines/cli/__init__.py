"""The `communiques` command: one line for what went wrong, an exit status that scripts may rely on.

Exit status: 0 done; 1 done, but something new that a person should look at; 2 wrong use or wrong configuration;
3 nothing published because a release rule refused it. Progress goes to stderr, answers to stdout.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

import click

from pipelines.errors import CommuniquesError

INTERRUPTED = 130
TERMINATED = 143
BROKEN_PIPE = 141


class Terminated(BaseException):
    """SIGTERM, raised in the main thread so that every context on the way out closes."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and give its exit status."""
    from pipelines.cli.app import communiques

    signal.signal(signal.SIGTERM, _raise_terminated)
    try:
        status = communiques.main(arguments, prog_name="communiques", standalone_mode=False)
        sys.stdout.flush()
        return int(status or 0)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CommuniquesError as error:
        return _complain(str(error), error.exit_status)
    except BrokenPipeError:
        return _leave_pipe()
    except OSError as error:
        return _complain(f"{error.filename or 'input/output'}: {error.strerror or error}", CommuniquesError.exit_status)
    except (KeyboardInterrupt, click.Abort):
        return _complain("interrupted; what was fetched is kept, start the command again to go on", INTERRUPTED)
    except Terminated:
        return TERMINATED


def _raise_terminated(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


def _complain(words: str, status: int) -> int:
    print(f"communiques: {' '.join(words.split())}", file=sys.stderr)
    return status


def _leave_pipe() -> int:
    """The reader went away (`| head`): end quietly, and let the interpreter flush into nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE
