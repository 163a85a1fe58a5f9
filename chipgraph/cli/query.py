"""`chipgraph query`: SPARQL over a built graph."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chipgraph.cli._named import QueryCommand, given
from chipgraph.cli._options import debug, graph
from chipgraph.cli._screen import console, table, write

if TYPE_CHECKING:
    from graph.catalogue import NamedQuery
    from graph.names import Names
    from graph.results import Answer
    from graph.store import Store

FORMATS = ("table", "csv", "tsv", "json", "xml", "sheet", "ttl", "trig", "nt", "nq", "jsonld", "rdf")
TIMEOUT = 60.0
MAX_ROWS = 100_000
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_INTEGER = re.compile(r"-?\d+")
_KIND = re.compile(r"(\w+):(\w+)")


@click.command("query", cls=QueryCommand, short_help="Ask the graph in SPARQL, or by the name of a question.")
@click.argument("query", required=False, metavar="[TEXT|FILE.rq|NAME]")
@click.option("--list", "listing", is_flag=True, help="List the named queries and what they take.")
@click.option("--entity", metavar="NAME", help="The entity that $entity in the query stands for.")
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME[:KIND]=VALUE",
    help="What $NAME stands for; may be repeated. KIND is text, integer, number, date, entity, relation, metric or iri.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="On a terminal: table; else csv, or ttl for graphs. sheet is CSV for spreadsheets: names, and no formulas.",
)
@click.option("--ids", is_flag=True, help="Show ids in a table, not names.")
@click.option("--show", is_flag=True, help="Print the SPARQL that would be asked, with its prefixes; ask nothing.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=TIMEOUT,
    show_default=True,
    metavar="SECONDS",
    help="Stop a query that takes longer.",
)
@click.option(
    "--max-rows",
    type=click.IntRange(min=1),
    default=MAX_ROWS,
    show_default=True,
    metavar="NUMBER",
    help="Refuse an answer with more rows; none is ever cut.",
)
@click.option("--allow-service", is_flag=True, help="Let SERVICE ask other endpoints, which then learn what is asked.")
@graph
@debug
def command(
    query: str | None,
    listing: bool,
    entity: str | None = None,
    *,
    params: tuple[str, ...],
    form: str | None,
    ids: bool,
    show: bool,
    timeout: float,
    max_rows: int,
    allow_service: bool,
    folder: Path,
    **values: Any,
) -> None:
    """Ask the graph in SPARQL 1.1, or by the name of a question.

    Reads a built folder or a server, and a query: its text, a file, or the name of one that comes with Chipgraph. The
    usual prefixes (ck, cr, rdf, rdfs, prov ...) are known. Prints the answer alone to standard output; writes nothing.

    `chipgraph query NAME --help` says what a named query takes and gives; each parameter is an option of its own.

    Example: chipgraph query partners-of --entity "Hua Hong"
    """
    if listing:
        _list()
        return
    if query is None:
        raise click.UsageError("Give a query: its text, a file or a name (--list shows the names).")
    known = click.get_current_context().obj or _unnamed(query)
    limits = {"timeout": timeout, "max_rows": max_rows}
    store, names = _open(folder)
    text = _filled(known, store, names, entity, dict(map(_pair, params)) | given(values), allow_service)
    if show:
        write(_with_prefixes(text))
        return
    from graph.query import execute

    _print(execute(store, text, False, **limits), form, ids)
