"""`chipgraph check`: is a built graph whole and well-formed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chipgraph._status import DONE, SOME_REFUSED
from chipgraph.cli._options import built, debug
from chipgraph.cli._screen import console, count, table

if TYPE_CHECKING:
    from pathlib import Path

    from rich.table import Table

    from graph.knowledge import KnowledgeGraph


@click.command("check", short_help="Check a built graph.")
@click.option("--documents", is_flag=True, help="List the documents of the graph too.")
@built
@debug
def command(documents: bool, folder: Path) -> int:
    """Check a built graph: SHACL shapes and integrity.

    Reads a built folder. Prints a line for each fault: a quote that is not at its place in the text, a statement that
    breaks a shape, a file that is not what the documents say. Writes nothing. Exit status 1 where there are faults.

    Example: chipgraph check
    """
    from graph.check import check
    from graph.knowledge import KnowledgeGraph

    opened = KnowledgeGraph.open(folder)
    screen = console()
    if documents:
        screen.print(_documents(opened))
    found = check(folder)
    for fault in found:
        screen.print(str(fault), soft_wrap=True)
    held = opened.statistics()
    sizes = {"document": held.documents, "claim": held.claims, "number": held.observations, "plain fact": held.facts}
    result = count(len(found), "fault") if found else "no faults"
    screen.print(f"{', '.join(count(size, noun) for noun, size in sizes.items())}: {result}.")
    return SOME_REFUSED if found else DONE


def _documents(opened: KnowledgeGraph) -> Table:
    made = table(["id", "date", "title", "publisher", "path"], whole=("id", "date"))
    for d in opened.documents():
        made.add_row(d.id, d.date or "", d.title or "", d.publisher or "", "; ".join(d.paths))
    return made
