"""What the commands that read documents share: the paths with a progress bar, refusals, the exit status."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from chipgraph._status import DONE, FAILED, SOME_REFUSED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ontology.errors import DocumentRefused


@contextmanager
def documents(arguments: Iterable[str]) -> Iterator[Iterator[str]]:
    """The documents that the arguments name, with a bar on standard error while they are read if that is a terminal."""
    found = listed(arguments)
    if not sys.stderr.isatty() or len(found) == 1:
        yield iter(found)
        return
    with click.progressbar(found, file=sys.stderr, label="Reading", item_show_func=_shortened) as bar:
        yield iter(bar)


def listed(arguments: Iterable[str]) -> list[str]:
    """The documents that the arguments name; raises `click.UsageError` where there is none."""
    from extract.read import paths

    found = list(paths(arguments))
    if not found:
        raise click.UsageError(f"There is no document in {', '.join(arguments)}.")
    return found


def tell(refused: list[DocumentRefused]) -> Callable[[DocumentRefused], None]:
    """Keeps each refusal in the list and says it in one sentence on standard error."""

    def told(refusal: DocumentRefused) -> None:
        refused.append(refusal)
        click.echo(f"Refused {refusal}.", err=True)

    return told


def status(read: int, refused: int) -> int:
    """The exit status after so many documents read and so many refused."""
    if not read:
        return FAILED
    return SOME_REFUSED if refused else DONE


def _shortened(path: str | None) -> str | None:
    return path if path is None or len(path) <= 50 else f"...{path[-47:]}"
