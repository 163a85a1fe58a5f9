"""`chipgraph push`: a built graph onto a SPARQL server."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from chipgraph.cli._options import built, debug
from chipgraph.cli._screen import console, count

if TYPE_CHECKING:
    from pathlib import Path


@click.command("push", short_help="Put a built graph on a SPARQL server.")
@click.argument("address")
@click.option("--update", metavar="URL", help="Where the server takes SPARQL updates, if not where such servers do.")
@click.option("--graph-store", metavar="URL", help="Where it takes whole graphs, if not where such servers do.")
@click.option("--remove", is_flag=True, help="Take documents off the server that the folder lacks.")
@built
@debug
def command(address: str, update: str | None, graph_store: str | None, remove: bool, folder: Path) -> None:
    """Put a built graph on a SPARQL 1.1 server, and keep it there up to date.

    Reads a built folder; ADDRESS is the server's query endpoint. Sends the documents that the server lacks or has
    otherwise, each as a graph of its own; a new version of one takes the place of the old. Where the server holds
    others that the folder lacks, removed since or of another folder, nothing is sent unless --remove is given. Graphs
    that are not Chipgraph's stay. A push that is broken off is completed by the next. Who asks is read from
    CHIPGRAPH_USER and CHIPGRAPH_PASSWORD, from CHIPGRAPH_TOKEN, or from .netrc. Prints what it did. The commands with
    --graph then take the address.

    Example: chipgraph push http://localhost:7878/query
    """
    from graph.opening import open_folder
    from graph.remote.push import push
    from graph.remote.store import RemoteStore

    store = open_folder(folder)
    to = RemoteStore(address, update, graph_store)
    done = push(store, to, _say if sys.stderr.isatty() else None, remove=remove)
    if sys.stderr.isatty():
        click.echo(err=True)
    console().print(
        f"Sent {count(done.sent, 'document')} to {address}; {done.unchanged} were there, {done.removed} removed.",
        soft_wrap=True,
    )


def _say(done: int, of: int) -> None:
    click.echo(f"\r{done} of {count(of, 'document')}", nl=False, err=True)
