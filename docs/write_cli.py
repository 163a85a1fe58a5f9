"""Writes docs/cli.md from the commands' own `--help`: `python docs/write_cli.py`. A test compares the two."""

from __future__ import annotations

from pathlib import Path

import click

from chipgraph.cli import COMMANDS, cli

WIDTH = 100
HEAD = """# The command line

Written by `python docs/write_cli.py` from the commands' own help; change it there.

- Exit status: 0 done, 1 some documents were refused and the rest is done, 2 wrong usage or nothing could be done.
- Errors are one sentence on standard error: what, where, what to do. `--debug` adds the traceback.
- What programs read (`extract`, `query --format`) is alone on standard output; a progress bar is for terminals only.
"""


def reference() -> str:
    """The whole page."""
    pages = ["".join([HEAD, _page([], cli)])]
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        pages.append(_page([name], command))
        if isinstance(command, click.Group):
            pages.extend(_page([name, part], command.commands[part]) for part in command.commands)
    return "\n".join(pages)


def _page(names: list[str], command: click.Command) -> str:
    context = click.Context(
        cli, info_name="chipgraph", max_content_width=WIDTH, terminal_width=WIDTH, **cli.context_settings
    )
    if names:
        context = click.Context(command, info_name=" ".join(names), parent=context)
    title = " ".join(["chipgraph", *names])
    return f"\n##{'#' * (len(names) > 1)} {title}\n\n```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    Path(__file__).with_name("cli.md").write_text(reference(), encoding="utf-8")
