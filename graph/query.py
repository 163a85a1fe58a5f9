"""SPARQL 1.1 over a store: SELECT, ASK, CONSTRUCT and DESCRIBE, with the prefixes known and the network out of reach.

A query reads the union of all graphs: claims, evidence, names, vocabulary and the projection. No triple stands in two
graphs, so the union repeats nothing. FROM and GRAPH narrow it, as the standard has it; `facts_only` reads the
projection alone, with the rest behind GRAPH.
"""

from __future__ import annotations

import re
from dataclasses import replace
from time import thread_time
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from graph import guard
from graph import terms as t
from graph.labels import Labels
from graph.parameters import term
from graph.results import Answer, Table, Triples, Verdict
from graph.store import DiskStore, TimeLimited
from ontology.errors import QueryRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.parameters import Value
    from graph.store import RawAnswer, Store


T = TypeVar("T")
_DIGITS = re.compile(r"[0-9]+")


def run(
    store: Store,
    text: str,
    parameters: Mapping[str, Value] | None = None,
    *,
    facts_only: bool = False,
    max_rows: int | None = None,
    timeout: float | None = None,
    allow_service: bool = False,
) -> Answer:
    """The answer to a query.

    store: Store; text: str; parameters: mapping of name to value for each `$name` in the query (`graph.parameters` says
    which Python values become which terms); facts_only: bool; max_rows: int or None, more rows than that refuse the
    query; timeout: float or None, seconds after which it is stopped (it then runs in a process of its own, which the
    first query of a store waits 0.1 s for); allow_service: bool, True lets SERVICE ask other endpoints.
    Raises `QueryRefused` where the query is malformed, not allowed or over a limit.

    >>> from graph.example import knowledge
    >>> [row["label"] for row in run(knowledge().store, "SELECT ?label { cr:huawei rdfs:label ?label }")]
    ['Huawei']
    """
    guard.check(text, allow_service)
    filled = guard.fill(text, spelled(parameters)) if parameters else text
    return execute(store, filled, facts_only, max_rows, timeout)


def execute(store: Store, text: str, facts_only: bool, max_rows: int | None, timeout: float | None) -> Answer:
    """Runs a query that has passed the guard, its parameters filled in."""
    union = not facts_only and not guard.names_graphs(text)
    if timeout is None:
        return _here(store, text, union, max_rows)
    if isinstance(store, TimeLimited):
        return _here(store.within(timeout), text, union, max_rows)
    from graph.worker import run_apart

    answer = run_apart(store, text, union, max_rows, timeout)
    return replace(answer, labels=Labels(store)) if isinstance(answer, Table) else answer


def spelled(parameters: Mapping[str, Value]) -> dict[str, str]:
    """The values of parameters as SPARQL spells them.

    >>> spelled({"who": "Hua Hong", "most": 3})
    {'who': '"Hua Hong"', 'most': ' 3 '}
    """
    return {name: _spelled(value) for name, value in parameters.items()}


def _spelled(value: Value) -> str:
    # LIMIT takes bare digits only; the spaces keep them apart from what stands beside them.
    made = term(value)
    if isinstance(made, ox.Literal) and made.datatype == t.INTEGER and _DIGITS.fullmatch(made.value):
        return f" {made.value} "
    return str(made)


def _here(store: Store, text: str, union: bool, max_rows: int | None) -> Answer:
    if not (isinstance(store, DiskStore) and store.keeps_account):
        return _asked(store, text, union, max_rows)
    started = thread_time()
    answer = _asked(store, text, union, max_rows)
    store.spend(thread_time() - started)
    return answer


def _asked(store: Store, text: str, union: bool, max_rows: int | None) -> Answer:
    try:
        return _collect(store.query(text, union), max_rows, store)
    except RuntimeError as error:
        from graph.worker import unanswerable

        raise QueryRefused(unanswerable(str(error))) from error
    except OSError as error:
        from graph.worker import unreached

        raise unreached(text, str(error)) from error


def _collect(raw: RawAnswer, max_rows: int | None, store: Store) -> Answer:
    if isinstance(raw, ox.QueryBoolean):
        return Verdict(bool(raw))
    if isinstance(raw, ox.QueryTriples):
        return Triples.of(_limited(raw, max_rows))
    columns = tuple(variable.value for variable in raw.variables)
    return Table(columns, tuple(map(tuple, _limited(raw, max_rows))), Labels(store))


def _limited(items: Iterator[T], most: int | None) -> Iterator[T]:
    return items if most is None else _counted(items, most)


def _counted(items: Iterator[T], most: int) -> Iterator[T]:
    from graph.worker import too_many

    for count, item in enumerate(items, start=1):
        if count > most:
            raise QueryRefused(too_many(most))
        yield item
