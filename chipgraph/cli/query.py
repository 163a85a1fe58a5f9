"""`chipgraph query`: SPARQL over a built graph."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chipgraph.cli._named import NAME, QueryCommand, given
from chipgraph.cli._options import debug, graph, time_limit
from chipgraph.cli._screen import console, table, write

if TYPE_CHECKING:
    from graph.catalogue import NamedQuery
    from graph.names import Names
    from graph.results import Answer
    from graph.store import Store

FORMATS = ("table", "csv", "tsv", "json", "xml", "sheet", "ttl", "trig", "nt", "nq", "jsonld", "rdf")
TIMEOUT = 60.0
MAX_ROWS = 100_000
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
    help="What $NAME stands for; may be repeated. KIND: text, integer, number, date, entity, relation, metric or iri.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="On a terminal: table; else csv, or ttl for graphs. sheet is CSV for spreadsheets: names, and no formulas.",
)
@click.option("--ids", is_flag=True, help="Show ids in a table, not names.")
@click.option("--show", is_flag=True, help="Print the SPARQL that would be asked, with its prefixes; ask nothing.")
@time_limit(TIMEOUT)
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
    folder: Path | str,
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
    known = click.get_current_context().obj or _from_elsewhere(query)
    store, names = _open(folder)
    text = _filled(
        known or _plain(query), store, names, entity, dict(map(_pair, params)) | given(values), allow_service
    )
    if show:
        write(_with_prefixes(text))
        return
    from graph.query import execute

    _print(execute(store, text, False, max_rows, timeout), form, ids)


def _open(place: Path | str) -> tuple[Store, Names]:
    from graph.address import is_address

    store: Store
    if is_address(place):
        from graph.remote import open_server

        store = open_server(str(place))
    else:
        from graph.opening import open_folder
        from graph.worker import prepare

        store = open_folder(place)
        prepare(store)
    from graph.names import Names  # while the process starts

    return store, Names(store)


def _filled(
    query: NamedQuery,
    store: Store,
    names: Names,
    entity: str | None,
    params: dict[str, str],
    allow_service: bool,
) -> str:
    """The SPARQL to run, checked, with every value in its place."""
    from graph import guard
    from graph.catalogue import filled
    from graph.query import spelled

    if query.title:
        return filled(query, names, store, params | ({"entity": entity} if entity else {}))
    from graph import kinds

    guard.check(query.text, allow_service)
    typed = {name: (_kind_of(name, value), value) for name, value in params.items()}
    if entity:
        typed["entity"] = ("entity", entity)
    terms = {name.partition(":")[0]: kinds.read(kind, value, names, store) for name, (kind, value) in typed.items()}
    return guard.fill(query.text, spelled(terms))


def _kind_of(name: str, value: str) -> str:
    from graph.kinds import KINDS

    if match := _KIND.fullmatch(name):
        if match[2] not in KINDS:
            raise click.UsageError(f"--param knows no kind {match[2]!r}: choose {', '.join(KINDS)}.")
        return match[2]
    return "integer" if _INTEGER.fullmatch(value) else "text"


def _from_elsewhere(query: str) -> NamedQuery | None:
    """The query of a name or a file; None for the text of one."""
    if not (NAME.fullmatch(query) or query.endswith(".rq")):
        return None
    from graph.catalogue import from_file, named

    return from_file(Path(query)) if query.endswith(".rq") else named(query)


def _plain(query: str) -> NamedQuery:
    from graph.catalogue import plain

    return plain(query)


def _pair(given: str) -> tuple[str, str]:
    name, sign, value = given.partition("=")
    if not sign or not name:
        raise click.UsageError(f"--param takes NAME=VALUE, not {given!r}.")
    return name, value


def _with_prefixes(text: str) -> str:
    """The SPARQL as any other endpoint would take it."""
    from ontology.namespaces import PREFIXES

    used = (f"PREFIX {p}: <{iri}>\n" for p, iri in PREFIXES.items() if re.search(rf"(?<![\w-]){p}:", text))
    return "".join(used) + text


def _print(answer: Answer, form: str | None, ids: bool) -> None:
    from graph.results import Table, Triples

    if form is None:
        form = "table" if sys.stdout.isatty() else "ttl" if isinstance(answer, Triples) else "csv"
    if form != "table":
        text = answer.serialize(form)
        write(text if text.endswith("\n") else f"{text}\n")
    elif isinstance(answer, Table):
        columns, rows = answer.shown(ids)
        made = table(columns)
        for row in rows:
            made.add_row(*row)
        console().print(made)
    else:
        write(f"{answer.to_text().rstrip()}\n")


def _list() -> None:
    from graph.catalogue import by_theme

    for theme, queries in by_theme().items():
        made = table([theme, "takes", "answers"], whole=(theme,))
        for query in queries:
            takes = (p.name if p.needed else f"[{p.name}]" for p in query.parameters)
            made.add_row(query.name, " ".join(takes), query.title)
        console().print(made)
