"""The command `chipgraph query`, which takes the options of the named query that it is given, and explains it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from graph.catalogue import NamedQuery

NAME = re.compile(r"[a-z][a-z0-9_-]*")
_PREFIX = "ask_"  # keeps the parameters of queries apart from those of the command
_KINDS = {
    "entity": "NAME",
    "relation": "RELATION",
    "metric": "METRIC",
    "class": "CLASS",
    "country": "COUNTRY",
    "date": "DATE",
    "integer": "NUMBER",
    "number": "NUMBER",
    "text": "TEXT",
    "iri": "IRI",
}


class QueryCommand(click.Command):
    """A command whose options are its own and those of the query that its argument names."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Finds the named query among the arguments before they are read."""
        ctx.obj = _named(args)
        return super().parse_args(ctx, args)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The command's parameters, with an option for each parameter of the query."""
        own = super().get_params(ctx)
        if ctx.obj is None or not ctx.obj.parameters:
            return own
        added = {parameter.name: _option(ctx.obj, parameter.name) for parameter in ctx.obj.parameters}
        kept = [parameter for parameter in own if parameter.name not in added]
        return [*kept[:1], *added.values(), *kept[1:]]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help of the command, or of the named query where one is given."""
        if ctx.obj is None or not ctx.obj.title:
            super().format_help(ctx, formatter)
        else:
            describe(ctx.obj, formatter)


def given(values: dict[str, Any]) -> dict[str, str]:
    """The values of a query's own options, by the names of its parameters."""
    return {key.removeprefix(_PREFIX): value for key, value in values.items() if value is not None}


def describe(query: NamedQuery, formatter: click.HelpFormatter) -> None:
    """Writes what a query answers, takes and gives."""
    formatter.write_text(f"{query.title}.")
    formatter.write_paragraph()
    formatter.write_text(query.answers)
    if query.parameters:
        with formatter.section("Takes"):
            formatter.write_dl([(f"--{p.name} {_KINDS[p.kind]}", _explained(query, p.name)) for p in query.parameters])
    with formatter.section("Gives"):
        graph = [("triples", "written as Turtle unless --format says otherwise")]
        formatter.write_dl([(c.name, c.meaning) for c in query.columns] or graph)
    with formatter.section("Example"):
        formatter.write_text(example(query))
    formatter.write_paragraph()
    formatter.write_text("`--show` prints the SPARQL; `chipgraph query --help` has the options that all queries share.")


def example(query: NamedQuery) -> str:
    """The command line of a query's example."""
    options = (
        f' --{name} "{value}"' if " " in value else f" --{name} {value}" for name, value in query.example.items()
    )
    return f"chipgraph query {query.name}{''.join(options)}"


def _named(args: list[str]) -> NamedQuery | None:
    candidates = [arg for arg in args if NAME.fullmatch(arg) or arg.endswith(".rq")]
    if not candidates:  # the text of a query: more is imported once the process that answers it has been started
        return None
    from graph.catalogue import all_names, from_file, named

    for arg in candidates:
        if arg in all_names():
            return named(arg)
        if arg.endswith(".rq") and Path(arg).is_file():
            return from_file(Path(arg))
    return None


def _option(query: NamedQuery, name: str) -> click.Option:
    parameter = next(p for p in query.parameters if p.name == name)
    return click.Option([f"--{name}", f"{_PREFIX}{name}"], metavar=_KINDS[parameter.kind], help=_explained(query, name))


def _explained(query: NamedQuery, name: str) -> str:
    parameter = next(p for p in query.parameters if p.name == name)
    if parameter.default is not None:
        return f"{parameter.meaning}; {parameter.default} where it is left out"
    return f"{parameter.meaning}; may be left out" if parameter.optional else parameter.meaning
