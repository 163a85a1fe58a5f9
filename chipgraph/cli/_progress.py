"""What a build tells while it runs: a bar for people on a terminal, lines of JSON for machines, refusals for both."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chipgraph.report import Tell


@contextmanager
def progress(total: int, as_json: bool) -> Iterator[Tell]:
    """What the events of a build are told to; all goes to standard error.

    total: int, how many documents are expected; as_json: one object a line instead of sentences.
    """
    if as_json:
        yield log
    elif sys.stderr.isatty() and total > 1:
        with _bar(total) as tell:
            yield tell
    else:
        yield _say


def log(event: str, about: dict[str, Any]) -> None:
    """Tells an event as one object on a line."""
    click.echo(json.dumps({"event": event, **about}), err=True)


def _say(event: str, about: dict[str, Any]) -> None:
    if event == "refused":
        click.echo(f"Refused {about['source']}: {about['reason']}.", err=True)


@contextmanager
def _bar(total: int) -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Documents a second, of late."""

        def render(self, task: Any) -> Text:
            """The rate, where there is one yet."""
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr, markup=False, emoji=False, highlight=False)) as shown:
        task = shown.add_task("Reading", total=total)
        done = 0

        def tell(event: str, about: dict[str, Any]) -> None:
            nonlocal done
            if event == "refused":
                shown.console.print(f"Refused {about['source']}: {about['reason']}.")
            if event in ("refused", "document"):
                done += 1  # a file may hold several documents, so that there are more than were expected
                shown.update(task, advance=1, total=max(total, done))

        yield tell
