"""`chipgraph mcp`: the graph as tools for language-model agents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chipgraph.cli._options import built, debug
from ontology.errors import MissingPackage

if TYPE_CHECKING:
    from pathlib import Path


@click.command("mcp", short_help="Offer the graph to language-model agents (MCP).")
@built
@debug
def command(folder: Path) -> None:
    """Offer a built graph to an agent, over the Model Context Protocol on standard input and output.

    Reads a built folder; an agent's program starts it and asks. Tools: search, entity, relations, paths, evidence, ask
    and read-only SPARQL, each answer with its sentences and of bounded size. Writes nothing but the protocol.

    Example: chipgraph mcp -g output
    """
    try:
        import mcp.server  # noqa: F401
    except ImportError as error:
        raise MissingPackage("Agents need one more package: pip install 'chipgraph[mcp]'.") from error
    from graph.agents.server import server

    server(folder).run("stdio")
