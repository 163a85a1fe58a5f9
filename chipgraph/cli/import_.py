"""`chipgraph import`: what other data sets know, into a built graph."""

from __future__ import annotations

from pathlib import Path

import click

from chipgraph.cli._options import OUTPUT, debug
from chipgraph.cli._screen import console, count
from graph import importers


@click.command("import", short_help="Take over what another data set knows.")
@click.argument("form", metavar="FORMAT", type=click.Choice(importers.names()))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=OUTPUT, show_default=True, help="The folder to add to."
)
@click.option("--date", metavar="YYYY-MM-DD", help="The day of the data, where the file does not say it.")
@debug
def command(form: str, file: Path, output: Path, date: str | None) -> None:
    """Take over what another data set knows.

    Reads a file that you bring. FORMAT is screening-list (US Consolidated Screening List or Entity List, CSV), cset
    (provision, providers, sequence or inputs CSV of CSET's chip supply chain data), followthemoney (JSON lines),
    wikidata (JSON entities or SPARQL results) or gleif (level 1 CSV). Writes into the output folder: its statements
    become claims with source and date, in a graph of their own, and its actors are known to later builds. Prints what
    was found.

    Example: chipgraph import screening-list consolidated.csv -o output
    """
    from chipgraph.importing import import_file

    found = import_file(form, file, output, date)
    console().print(
        f"Took over {count(found.actors, 'actor')} that nobody knew and {count(found.claims, 'claim')} "
        f"from {file} into {output}.",
        soft_wrap=True,
    )
