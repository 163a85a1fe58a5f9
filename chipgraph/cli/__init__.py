"""The command line, one file a command; a command's module is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from chipgraph import __version__
from chipgraph.cli._options import debug

# In the order in which `--help` lists them.
COMMANDS = (
    "build", "watch", "extract", "import", "remove",
    "ask", "query", "show", "path", "explain", "view", "serve", "mcp",
    "entities", "export", "push", "check", "evaluate",
)  # fmt: skip
_MODULES = {"import": "import_"}  # a word of Python cannot be imported


class Commands(click.Group):
    """The group that finds a command in the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, its module imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"chipgraph.cli.{_MODULES.get(cmd_name, cmd_name)}").command
        return command


@click.group(cls=Commands, no_args_is_help=False, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@debug
def cli() -> None:
    """Documents on the semiconductor industry in, a knowledge graph with a sentence behind every edge out.

    Exit status: 0 done, 1 some documents were refused (the rest is built), 2 wrong usage or nothing could be done.
    """
