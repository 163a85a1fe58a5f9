"""`chipgraph query`: SPARQL over a built graph."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chipgraph.cli._options import debug, graph
from chipgraph.cli._screen import console, table, write

if TYPE_CHECKING:
    from graph.knowledge import KnowledgeGraph
    from graph.results import Answer

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl")
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_INTEGER = re.compile(r"-?\d+")


@click.command("query", short_help="Ask the graph in SPARQL.")
@click.argument("query", required=False, metavar="[TEXT|FILE.rq|NAME]")
@click.option("--list", "listing", is_flag=True, help="List the named queries and what they take.")
@click.option("--entity", metavar="NAME", help="The entity that $entity in the query stands for.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="What $NAME stands for; may be repeated.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="On a terminal: table; else csv, or ttl for graphs.")
@graph
@debug
def command(
    query: str | None, listing: bool, entity: str | None, params: tuple[str, ...], form: str | None, folder: Path
) -> None:
    """Ask the graph in SPARQL 1.1.

    Reads a built folder or a server, and a query: its text, a file, or the name of one that comes with Chipgraph. The
    usual prefixes (ck, cr, rdf, rdfs, prov ...) are known. Prints the answer alone to standard output; writes nothing.

    Example: chipgraph query "SELECT ?who { cr:tsmc ck:manufacturesFor ?who }"
    """
    if listing:
        _list()
        return
    if query is None:
        raise click.UsageError("Give a query: its text, a file or a name (--list shows the names).")
    from graph.knowledge import KnowledgeGraph

    _print(_ask(KnowledgeGraph.open(folder), query, entity, dict(map(_pair, params))), form)


def _ask(opened: KnowledgeGraph, query: str, entity: str | None, params: dict[str, str]) -> Answer:
    if _NAME.fullmatch(query):
        return opened.query(query, **params, **({"entity": entity} if entity else {}))
    text = _text(query)
    values: dict[str, Any] = {k: int(v) if _INTEGER.fullmatch(v) else v for k, v in params.items()}
    if entity:
        values["entity"] = _node(opened, entity)
    return opened.sparql(text, **values)


def _text(query: str) -> str:
    if not query.endswith(".rq"):
        return query
    try:
        return Path(query).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"The query file {query} cannot be read: {error}.") from error


def _node(opened: KnowledgeGraph, name: str) -> object:
    from pyoxigraph import NamedNode

    from ontology.iri import entity_iri

    return NamedNode(entity_iri(opened.entity(name).id))


def _pair(given: str) -> tuple[str, str]:
    name, sign, value = given.partition("=")
    if not sign or not name:
        raise click.UsageError(f"--param takes NAME=VALUE, not {given!r}.")
    return name, value


def _print(answer: Answer, form: str | None) -> None:
    from graph.results import Table, Triples, shorten

    if form is None:
        form = "table" if sys.stdout.isatty() else "ttl" if isinstance(answer, Triples) else "csv"
    if form != "table":
        text = answer.serialize(form)
        write(text if text.endswith("\n") else f"{text}\n")
    elif isinstance(answer, Table):
        made = table(answer.columns)
        for row in answer.terms:
            made.add_row(*map(shorten, row))
        console().print(made)
    else:
        write(f"{answer.to_text().rstrip()}\n")


def _list() -> None:
    from graph.catalogue import queries

    made = table(["name", "takes", "answers"], whole=("name",))
    for name, query in queries().items():
        takes = (f"[{p.name}]" if p.optional else p.name for p in query.parameters)
        made.add_row(name, " ".join(takes), query.answers)
    console().print(made)
