"""The command: runs what the arguments say and turns every error into one sentence and an exit status."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

from chipgraph._origin import HiddenPackage, require_our_packages
from chipgraph._status import DONE, FAILED, INTERRUPTED

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns its exit status: 0 done, 1 some documents refused, 2 nothing could be done.

    arguments: sequence of str or None, which means those of the process. With `--debug` among them, errors are raised.

    >>> main(["--version"])
    chipgraph 0.1.0
    0
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal without Unicode must not end a run.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        return _run(given)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)  # noqa: T201
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has left (`chipgraph extract ... | head`): not an error, and nothing to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # the outermost boundary: a traceback is shown only to those who ask for it
        if "--debug" in given:
            raise
        print(_sentence(error), file=sys.stderr)  # noqa: T201
        return FAILED


def _run(arguments: list[str]) -> int:
    require_our_packages()
    import click

    from chipgraph.cli import cli

    try:
        # Not cli.main: it exits with status 1, which here means refusals, where the reader of a pipe has left.
        with cli.make_context("chipgraph", arguments) as context:
            status = cli.invoke(context)
    except click.exceptions.Exit as done:
        status = done.exit_code
    sys.stdout.flush()
    return status if isinstance(status, int) else DONE


def _sentence(error: Exception) -> str:
    """What is said of an error: its own sentence where it is ours, or the fact that it is not."""
    if isinstance(error, HiddenPackage):  # first: what is imported below may be what is hidden
        return str(error)
    import click

    from ontology.errors import ChipgraphError

    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "chipgraph"
        return f"{error.format_message()} See: {command} --help"
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, (ChipgraphError, OSError)):
        return " ".join(str(error).split())
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return f"Chipgraph failed in a way it should not ({what}); --debug shows where."


if __name__ == "__main__":
    sys.exit(main())
