"""What is printed: text for programs as it is, text for people in columns."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table


def write(text: str) -> None:
    """Text for programs to standard output, as UTF-8 whatever the terminal's encoding is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def console() -> Console:
    """The terminal, or a plain stream as wide as the text needs where there is none."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 160, highlight=False, emoji=False, markup=False)


def table(columns: Sequence[str], *, title: str | None = None, right: Sequence[str] = ()) -> Table:
    """An empty table without lines but the one below its head; the columns named in `right` are set to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False, title_style="bold")
    for column in columns:
        made.add_column(column, justify="right" if column in right else "left", overflow="fold")
    return made
