"""`chipgraph export`: the graph in the formats of others."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from chipgraph.cli._options import debug, graph
from graph import exchange


@click.command("export", short_help="Write the graph in the format of another tool.")
@click.argument("form", metavar="FORMAT", type=click.Choice(exchange.names()))
@click.option("-o", "--output", "to", type=click.Path(path_type=Path), help="The file, or the folder of several.")
@graph
@debug
def command(form: str, to: Path | None, folder: Path) -> None:
    """Write the graph in the format of another tool.

    Reads a built folder or a server. FORMAT is turtle, trig, ntriples, nquads, rdfxml, jsonld, rdf12 (RDF 1.2, claims
    as reifiers), nanopub, schema-org, graphml, gexf, csv, neo4j or followthemoney; csv and neo4j are several files and
    need a folder. Writes to standard output or, whole or not at all, to the output; the same graph gives the same
    bytes. The evidence of claims, their confidence, polarity and modality go wherever the format has a place for them.

    Example: chipgraph export graphml -o chips.graphml
    """
    from graph.knowledge import KnowledgeGraph

    content = KnowledgeGraph.open(folder).export(form, to)
    if content is not None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
