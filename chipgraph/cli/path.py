"""`chipgraph path`: how two entities are tied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chipgraph.cli._options import debug, graph
from chipgraph.cli._screen import console

if TYPE_CHECKING:
    from pathlib import Path


@click.command("path", short_help="Show how two entities are tied.")
@click.argument("a")
@click.argument("b")
@click.option("--all", "everything", is_flag=True, help="Walk over plans, forecasts and denials too.")
@graph
@debug
def command(a: str, b: str, everything: bool, folder: Path) -> None:
    """Show how two entities are tied.

    Reads a built folder or a server; A and B are names or ids. Prints the shortest chain of facts between them, each
    step with its sentence and source. Writes nothing.

    Example: chipgraph path ASML Nvidia
    """
    from graph.asking.wording import phrase
    from graph.knowledge import KnowledgeGraph

    chain = KnowledgeGraph.open(folder).path(a, b, facts_only=not everything)
    screen = console()
    for hop in chain:
        screen.print(phrase(hop.claim, hop.backwards), style="bold", soft_wrap=True)
        for passage in hop.evidence:
            screen.print(f"    {passage}", soft_wrap=True)
    if not len(chain):
        hint = "" if everything else "; `--all` also walks over plans and denials"
        screen.print(f"Nothing in the graph ties {a} and {b}{hint}.")
