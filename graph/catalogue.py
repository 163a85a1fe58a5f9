"""The named queries of `graph/queries`: SPARQL files with a header that says what they answer.

A header is comment lines `# key: value`: title, answers, any number of `parameter: name kind - meaning` (kind is
entity, relation, metric or text; `optional` may follow it), and example: `name=value; name=value`.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from graph import query
from graph import terms as t
from graph.names import squash
from ontology.errors import InvalidData, QueryRefused
from ontology.measures import metrics
from ontology.relations import relation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.names import Names
    from graph.results import Answer
    from graph.store import Store

_LINE = re.compile(r"# (title|answers|parameter|example): (.+)")
_PARAMETER = re.compile(r"(\w+) (entity|relation|metric|text)( optional)? - (.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query; kind is entity, relation, metric or text."""

    name: str
    kind: str
    meaning: str
    optional: bool


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with a name.

    name, title, answers: str; parameters: tuple of Parameter; example: mapping of name to value; text: str, SPARQL.
    """

    name: str
    title: str
    answers: str
    parameters: tuple[Parameter, ...]
    example: Mapping[str, str]
    text: str


@cache
def queries() -> Mapping[str, NamedQuery]:
    """All named queries by name, sorted.

    >>> queries()["evidence-of"].title
    'The sentences behind a relation'
    """
    folder = files("graph").joinpath("queries")
    texts = {
        p.name.removesuffix(".rq"): p.read_text(encoding="utf-8") for p in folder.iterdir() if p.name.endswith(".rq")
    }
    return MappingProxyType({name: parse(name, texts[name]) for name in sorted(texts)})


def parse(name: str, text: str) -> NamedQuery:
    """A query file as a NamedQuery; raises `InvalidData` where its header lacks something."""
    lines = (_LINE.fullmatch(line.strip()) for line in text.splitlines())
    header = [(match[1], match[2]) for match in lines if match]
    keys = dict(header)
    if not {"title", "answers"} <= keys.keys():
        raise InvalidData(f"The query {name} lacks `# title:` or `# answers:` at its top.")
    parameters = tuple(_parameter(name, value) for key, value in header if key == "parameter")
    pairs = (pair.split("=", 1) for pair in keys.get("example", "").split(";") if "=" in pair)
    example = MappingProxyType({key.strip(): value.strip() for key, value in pairs})
    return NamedQuery(name, keys["title"], keys["answers"], parameters, example, text)


def run_named(store: Store, names: Names, name: str, **parameters: str) -> Answer:
    """The answer to a named query.

    store: Store; names: Names, to find entities by; name: str; parameters: one for each that the query has and that is
    not optional. Raises `QueryRefused` for a name or parameter that there is not, and `UnknownEntity`.

    >>> from graph.example import knowledge
    >>> knowledge().query("partners-of", entity="Hua Hong").column("other_label")
    ['STMicroelectronics']
    """
    found = named(name)
    return query.run(store, found.text, bound(found, names, parameters))


def named(name: str) -> NamedQuery:
    """The named query of a name; raises `QueryRefused` with the nearest where there is none."""
    if name not in queries():
        near = difflib.get_close_matches(name, queries(), n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(queries())}."
        raise QueryRefused(f"No query is called {name!r}; {hint}")
    return queries()[name]


def bound(named_query: NamedQuery, names: Names, given: Mapping[str, str]) -> dict[str, NamedNode | Literal]:
    """The terms that the values given stand for; raises `QueryRefused` where one is missing or too many."""
    known = {parameter.name: parameter for parameter in named_query.parameters}
    unknown = sorted(given.keys() - known.keys())
    if unknown:
        takes = ", ".join(known) or "no parameter"
        raise QueryRefused(f"The query {named_query.name} has no parameter {unknown[0]!r}: it takes {takes}.")
    missing = [p.name for p in named_query.parameters if not p.optional and p.name not in given]
    if missing:
        example = named_query.example.get(missing[0], "...")
        raise QueryRefused(
            f"The query {named_query.name} needs {missing[0]}, {known[missing[0]].meaning}: "
            f"give it, such as {missing[0]}={example!r}."
        )
    return {name: _term(known[name], value, names) for name, value in given.items()}


def _term(parameter: Parameter, value: str, names: Names) -> NamedNode | Literal:
    if parameter.kind == "entity":
        return names.find(value)
    if parameter.kind == "relation":
        return t.ck(relation(value).id)
    if parameter.kind == "metric":
        return t.ck(_metric(value))
    return Literal(value)


def _metric(value: str) -> str:
    found = next((m.id for m in metrics().values() if squash(value) in {squash(m.id), squash(m.label)}), None)
    if found is None:
        near = difflib.get_close_matches(value, metrics(), n=1)
        raise QueryRefused(
            f"No metric is called {value!r}; " + (f"did you mean {near[0]!r}?" if near else "see chip.ttl.")
        )
    return found


def _parameter(name: str, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if not match:
        raise InvalidData(f"The query {name} has a parameter line that cannot be read: {line!r}.")
    return Parameter(match[1], match[2], match[4], match[3] is not None)
