"""`chipgraph remove`: documents out of a built graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chipgraph.cli._options import debug, graph

if TYPE_CHECKING:
    from pathlib import Path


@click.command("remove", short_help="Take documents out of a graph.")
@click.argument("documents", nargs=-1, required=True, metavar="DOC...")
@graph
@debug
def command(documents: tuple[str, ...], folder: Path) -> None:
    """Take documents out of a built graph, with all that only they say.

    Reads and changes a built folder. DOC is the id of a document, or a path or address that it was read from; it
    goes with all its copies. Where one of several is unknown, none is taken out. Prints what was taken out.

    Example: chipgraph remove articles/retracted.txt
    """
    from chipgraph.removing import remove

    for gone in remove(*documents, output=folder):
        click.echo(f"Removed {gone.id} ({', '.join(gone.sources)}).")
