"""`chipgraph ask`: a question in plain English, answered by a named query."""

from __future__ import annotations

from itertools import chain, islice, repeat
from typing import TYPE_CHECKING

import click

from chipgraph.cli._options import debug, graph, time_limit
from chipgraph.cli._screen import console, count, table, write
from chipgraph.cli.query import FORMATS, MAX_ROWS, TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.backing import Row
    from graph.questions.answering import Told
    from graph.results import Table

_SHOWN = 20  # rows
_CLAIMS = 3  # behind one row
_SENTENCES = 2  # behind one claim


@click.command("ask", short_help="Ask the graph in plain English.")
@click.argument("question", required=False)
@click.option("--list", "listing", is_flag=True, help="List examples of the questions that are understood.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="All but table: the rows alone, with the surest claim, its sentence and source as columns.",
)
@time_limit(TIMEOUT)
@graph
@debug
def command(question: str | None, listing: bool, form: str, timeout: float, folder: Path | str) -> None:
    """Ask the graph in plain English.

    Reads a built folder or a server. Finds the named query that the question asks, offline and by patterns: no language
    model is asked. Prints the query with its parameters, the answer, and the sentences and sources behind each row. A
    question that is not understood, or a name that the graph does not know, is refused; it is never guessed at.

    Example: chipgraph ask "who supplies EUV systems to Intel?"
    """
    if listing:
        _list()
        return
    if question is None:
        raise click.UsageError("Give a question in quotation marks (--list shows examples).")
    from graph.knowledge import KnowledgeGraph
    from graph.worker import prepare

    asked = KnowledgeGraph.open(folder, in_memory=False)
    prepare(asked.store)
    from graph.questions.answering import ask  # while the process starts

    told = ask(asked, question, max_rows=MAX_ROWS, timeout=timeout)
    if form == "table":
        _tell(told)
        return
    click.echo("\n".join(_asked(told)), err=True)
    text = told.with_evidence().serialize(form)
    write(text if text.endswith("\n") else f"{text}\n")


def _asked(told: Told) -> Iterator[str]:
    """What was made of a question."""
    yield f"{told.title}."
    for name, meant in told.reading.given.items():
        yield f"  {name}: {meant.label}" + (f" ({meant.value})" if meant.value != meant.label else "")
    yield f"  {told.command}"


def _tell(told: Told) -> None:
    from graph.results import Table

    screen = console()
    for line in _asked(told):
        screen.print(line, soft_wrap=True)
    if not isinstance(told.answer, Table):
        screen.print(f"\n{told.answer.to_text().rstrip()}", soft_wrap=True)
        return
    if told.answer.terms:
        _show(told, told.answer)
    else:
        screen.print("\nNo document of the graph says so. That is no denial: it may be true and not in the documents.")
    if told.unsure:
        screen.print(f"\n{count(told.unsure, 'row')} less than 0.5 sure left out: the command above shows all.")


def _show(told: Told, answer: Table) -> None:
    screen = console()
    columns, rows = answer.shown()
    used = [i for i in range(len(columns)) if any(row[i] for row in rows)]
    made = table(["", *(columns[i] for i in used)], right=("",))
    for number, row in enumerate(islice(rows, _SHOWN), 1):
        made.add_row(str(number), *(row[i] for i in used))
    screen.print()
    screen.print(made)
    if len(rows) > _SHOWN:
        screen.print(f"{len(rows) - _SHOWN} more: the command above, or --format csv, gives all.\n")
    for number, terms in enumerate(islice(answer.terms, _SHOWN), 1):
        for line, head in zip(_because(told, terms), chain([f"{number:>2}"], repeat("  ")), strict=False):
            screen.print(f"{head}  {line}", soft_wrap=True)


def _because(told: Told, row: Row) -> Iterator[str]:
    """The claims behind a row, each with its sentences."""
    from graph.asking.timeline import worded

    behind = told.behind(row)
    for statement in behind[:_CLAIMS]:
        yield f"{worded(statement)}  [{statement.id}]"
        for passage in told.evidence(statement)[:_SENTENCES]:
            yield f"    {passage}"
    if len(behind) > _CLAIMS:
        yield f"and {len(behind) - _CLAIMS} more"


def _list() -> None:
    from graph.questions.shapes import shapes

    made = table(["question", "query"])
    for shape in shapes():
        for example in shape.examples:
            made.add_row(example.ask, shape.query)
    console().print(made)
