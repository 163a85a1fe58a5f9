"""SPARQL 1.1 over a store: SELECT, ASK, CONSTRUCT and DESCRIBE, with the prefixes known and the network out of reach.

A query reads the union of all graphs: claims, evidence, names, vocabulary and the projection. No triple stands in two
graphs, so the union repeats nothing. FROM and GRAPH narrow it, as the standard has it; `facts_only` reads the
projection alone, with the rest behind GRAPH.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from graph import guard
from graph.results import Answer, Table, Triples, Verdict
from graph.store import TimeLimited
from ontology.errors import QueryRefused, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.store import RawAnswer, Store

    Value = ox.NamedNode | ox.Literal | str | int | float | bool


T = TypeVar("T")


def run(
    store: Store,
    text: str,
    parameters: Mapping[str, Value] | None = None,
    *,
    facts_only: bool = False,
    max_rows: int | None = None,
    timeout: float | None = None,
) -> Answer:
    """The answer to a query.

    store: Store; text: str; parameters: mapping of name to value for each `$name` in the query, plain Python values
    become literals; facts_only: bool; max_rows: int or None, more rows than that refuse the query; timeout: float or
    None, seconds after which it is stopped (an embedded store then answers in a process of its own, at about 0.1 s).
    Raises `QueryRefused` where the query is malformed, not allowed or over a limit.

    >>> from graph.example import knowledge
    >>> [row["label"] for row in run(knowledge().store, "SELECT ?label { cr:huawei rdfs:label ?label }")]
    ['Huawei']
    """
    guard.check(text)
    filled = guard.fill(text, {name: str(term(value)) for name, value in (parameters or {}).items()})
    if timeout is not None and isinstance(store, TimeLimited):
        return execute(store.within(timeout), filled, facts_only, max_rows)
    if timeout is not None:
        from graph.worker import run_apart

        return run_apart(store, filled, facts_only, max_rows, timeout)
    return execute(store, filled, facts_only, max_rows)


def execute(store: Store, text: str, facts_only: bool, max_rows: int | None) -> Answer:
    """Runs a query that has passed the guard, in this process."""
    union = not facts_only and not guard.names_graphs(text)
    try:
        return _collect(store.query(text, union), max_rows)
    except (OSError, RuntimeError) as error:
        raise StoreError(f"The store cannot be read ({error}): delete its folder and build again.") from error


def term(value: Value) -> ox.NamedNode | ox.Literal:
    r"""A Python value as an RDF term; terms stay as they are.

    >>> str(term("a\"b")), str(term(3))
    ('"a\\"b"', '"3"^^<http://www.w3.org/2001/XMLSchema#integer>')
    """
    return value if isinstance(value, ox.NamedNode | ox.Literal) else ox.Literal(value)


def _collect(raw: RawAnswer, max_rows: int | None) -> Answer:
    if isinstance(raw, ox.QueryBoolean):
        return Verdict(bool(raw))
    if isinstance(raw, ox.QueryTriples):
        return Triples(tuple(sorted(set(_limited(raw, max_rows)), key=str)))
    columns = tuple(variable.value for variable in raw.variables)
    return Table(columns, tuple(tuple(solution) for solution in _limited(raw, max_rows)))


def _limited(items: Iterator[T], most: int | None) -> Iterator[T]:
    for count, item in enumerate(items, start=1):
        if most is not None and count > most:
            raise QueryRefused(f"The answer has over {most} rows: add a LIMIT to the query or allow more rows.")
        yield item
