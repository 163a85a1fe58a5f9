"""A query in a process of its own: the only way to stop Oxigraph, which knows no time limit and can exhaust memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.export import nquads
from graph.results import Answer, Table, Triples, Verdict
from graph.store import DiskStore, MemoryStore
from ontology.errors import QueryRefused, StoreError

if TYPE_CHECKING:
    from graph.store import Store

_MEMORY = 4 << 30
_REFUSED, _UNREADABLE = 3, 4
_START = "import sys; sys.path[:] = {path!r}; from graph.worker import main; main()"


def run_apart(store: Store, text: str, facts_only: bool, max_rows: int | None, timeout: float) -> Answer:
    """The answer to a query that another process works out, which is ended after `timeout` seconds.

    Raises `QueryRefused` where the time or the memory runs out, and what the query itself raises.
    """
    request = {"query": text, "facts_only": facts_only, "max_rows": max_rows} | _whereabouts(store)
    command = [sys.executable, "-P", "-c", _START.format(path=sys.path)]
    try:
        done = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired as error:
        raise QueryRefused(f"The query took over {timeout:g} s and was stopped: make it narrower.") from error
    if done.returncode == _REFUSED:
        raise QueryRefused(done.stderr.strip())
    if done.returncode == _UNREADABLE:
        raise StoreError(done.stderr.strip())
    if done.returncode:
        raise QueryRefused("The query ran out of memory and was stopped: make it narrower.")
    return _decoded(json.loads(done.stdout))


def main() -> None:
    """The other process: reads the request from standard input and writes the answer to standard output."""
    request = json.load(sys.stdin)
    _limit_memory()
    try:
        answer = _answer(request)
    except (QueryRefused, StoreError) as error:
        sys.stderr.write(str(error))
        sys.exit(_REFUSED if isinstance(error, QueryRefused) else _UNREADABLE)
    json.dump(_encoded(answer), sys.stdout)


def _whereabouts(store: Store) -> dict[str, str]:
    if isinstance(store, DiskStore):
        return {"path": str(store.path)}
    return {"quads": nquads(store).decode()}


def _answer(request: dict[str, Any]) -> Answer:
    from graph.query import execute

    if "path" in request:
        store: Store = DiskStore(Path(request["path"]))
    else:
        store = MemoryStore(ox.parse(request["quads"], ox.RdfFormat.N_QUADS))
    return execute(store, request["query"], request["facts_only"], request["max_rows"])


def _encoded(answer: Answer) -> dict[str, Any]:
    graph = isinstance(answer, Triples)
    return {"graph": graph, "data": answer.serialize("nt" if graph else "json")}


def _decoded(record: dict[str, Any]) -> Answer:
    data = record["data"]
    if record["graph"]:
        parsed = ox.parse(data, ox.RdfFormat.N_TRIPLES)
        return Triples(tuple(ox.Triple(quad.subject, quad.predicate, quad.object) for quad in parsed))
    solutions = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    if isinstance(solutions, ox.QueryBoolean):
        return Verdict(bool(solutions))
    columns = tuple(variable.value for variable in solutions.variables)
    return Table(columns, tuple(tuple(solution) for solution in solutions))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
