"""`chipgraph watch`: documents into a graph as they come."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chipgraph._status import DONE, SOME_REFUSED
from chipgraph.cli._options import OUTPUT, debug, log_json, registry
from chipgraph.cli._progress import log
from chipgraph.cli._screen import count

if TYPE_CHECKING:
    from chipgraph.report import Tell


@click.command("watch", short_help="Add documents to a graph as they come.")
@click.argument("places", nargs=-1, required=True, metavar="FOLDER|URL...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=OUTPUT, show_default=True, help="The folder to add to."
)
@click.option(
    "--interval",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="The time between two looks.  [default: 2 for folders, 900 for addresses]",
)
@click.option("--once", is_flag=True, help="End when what is there now is added, as cron wants it.")
@log_json
@registry
@debug
def command(
    places: tuple[str, ...],
    output: Path,
    interval: float | None,
    once: bool,
    as_json: bool,
    actors: tuple[Path, ...],
) -> int:
    """Watch folders and feeds, and add new and changed documents to a graph.

    Reads folders, searched through, and http(s) addresses of feeds or other documents, which are asked only for
    what has changed. Writes what `chipgraph build` writes, and a line a document to standard error. A file is read
    when it stayed the same between two looks; one that is replaced takes the place of what was read from it before,
    one that is deleted stays in the graph. Stopped with Ctrl-C it ends the document at hand and leaves the graph
    whole; started again it goes on where it was.

    Example: chipgraph watch news/ https://example.org/feed.xml -o output
    """
    from chipgraph.watching import watch

    refused = 0

    def told(event: str, about: dict[str, Any]) -> None:
        nonlocal refused
        refused += event == "refused"
        tell(event, about)

    tell: Tell = log if as_json else _say
    watch(places, output, told, registry=actors, pause=interval, once=once)
    return SOME_REFUSED if once and refused else DONE


def _say(event: str, about: dict[str, Any]) -> None:
    if event == "document":
        found = "there already" if about["kept"] else count(about["claims"], "claim")
        click.echo(f"Read {about['source']}: {found}.", err=True)
    elif event == "refused":
        click.echo(f"Refused {about['source']}: {about['reason']}.", err=True)
    elif event == "waiting":
        click.echo(f"Waiting for {about['source']}: {about['reason']}.", err=True)
