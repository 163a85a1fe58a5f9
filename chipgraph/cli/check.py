"""`chipgraph check`: is a built graph whole and well-formed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chipgraph._status import DONE, SOME_REFUSED
from chipgraph.cli._options import debug, graph
from chipgraph.cli._screen import console, table

if TYPE_CHECKING:
    from pathlib import Path

    from rich.table import Table

    from graph.knowledge import KnowledgeGraph


@click.command("check", short_help="Check a built graph.")
@click.option("--documents", is_flag=True, help="List the documents of the graph too.")
@graph
@debug
def command(documents: bool, folder: Path) -> int:
    """Check a built graph: SHACL shapes and integrity.

    Reads a built folder. Prints a line for each fault: a quote that is not at its place in the text, a statement that
    breaks a shape, a file that is not what the documents say. Writes nothing. Exit status 1 where there are faults.

    Example: chipgraph check
    """
    from chipgraph.checking import faults
    from graph.knowledge import KnowledgeGraph

    opened = KnowledgeGraph.open(folder)
    screen = console()
    if documents:
        screen.print(_documents(opened))
    found = list(faults(folder))
    for fault in found:
        screen.print(fault, soft_wrap=True)
    held = opened.statistics()
    screen.print(
        f"{held.documents} documents, {held.claims} claims, {held.observations} numbers, {held.facts} plain facts: "
        f"{len(found) or 'no'} {'fault' if len(found) == 1 else 'faults'}."
    )
    return SOME_REFUSED if found else DONE


def _documents(opened: KnowledgeGraph) -> Table:
    made = table(["id", "date", "title", "publisher", "path"])
    for d in opened.documents():
        made.add_row(d.id, d.date or "", d.title or "", d.publisher or "", "; ".join(d.paths))
    return made
