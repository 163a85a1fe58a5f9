"""What is printed: text for programs as it is, text for people in columns."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

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

    class Screen(Console):
        def on_broken_pipe(self) -> None:
            """Leaves it to `chipgraph.__main__` that a reader has gone; rich would end with the status of refusals."""
            raise BrokenPipeError

    return Screen(width=None if sys.stdout.isatty() else 160, highlight=False, emoji=False, markup=False)


def table(columns: Sequence[str], *, right: Sequence[str] = (), whole: Sequence[str] = ()) -> Table:
    """An empty table without lines but the one below its head.

    right: the columns set to the right; whole: those whose cells are never broken, such as ids that one copies.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        justify: Literal["left", "right"] = "right" if column in right else "left"
        made.add_column(column, justify=justify, overflow="fold", no_wrap=column in whole)
    return made


def count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "claim"), count(2, "claim")
    ('1 claim', '2 claims')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
