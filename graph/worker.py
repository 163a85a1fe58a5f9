"""Queries in processes of their own: the only way to stop Oxigraph, which knows no time limit and can exhaust memory.

A snapshot on disk never changes, so a process that has it open is kept for the next query, which then costs a
millisecond more than in this process; a store in memory is sent over for each query, which takes about a second for
each hundred thousand quads. A process ends when it is over its limits, when its store is forgotten here, and when this
process ends, however it does.
"""

from __future__ import annotations

from threading import Timer
from typing import TYPE_CHECKING, Any, NoReturn, TypeGuard
from weakref import WeakKeyDictionary, finalize

import pyoxigraph as ox

from graph import guard
from graph.engine_process import message
from graph.process import Process
from graph.reasons import unreadable
from graph.results import Answer, Table, Triples, Verdict
from graph.store import DiskStore, MemoryStore
from ontology.errors import QueryRefused, StoreError
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from graph.store import Store

MEMORY = 4 << 30  # bytes that a process may have
TOO_DEEP = "The query was too much for the engine, which gave up: make it simpler."
TOO_LARGE = "The query ran out of memory and was stopped: make it narrower."

_PROGRAM = "graph.engine_process"
_MOST_IDLE = 4
_idle: WeakKeyDictionary[Store, list[Worker]] = WeakKeyDictionary()


class Worker(Process):
    """A process with one store open.

    store: Store, an embedded one: a snapshot is opened again there, anything else is sent over as it is now.
    """

    def __init__(self, store: Store) -> None:
        if _lasts(store):
            super().__init__(_PROGRAM, {"path": str(store.path), "memory": MEMORY})
        else:
            assert isinstance(store, MemoryStore | DiskStore)
            super().__init__(
                _PROGRAM, {"path": "", "memory": MEMORY}, store.engine.dump(format=ox.RdfFormat.N_QUADS) or b""
            )

    def ask(self, text: str, union: bool, max_rows: int | None, seconds: float) -> Answer:
        """The answer to a query that has passed the guard.

        text: str; union: bool, whether it reads all graphs as one; max_rows: int or None; seconds: float, after which
        the process is ended. Raises `QueryRefused` where time, memory or stack run out, and what the query itself
        raises.
        """
        request = {"query": text, "union": union, "max_rows": max_rows, "seconds": seconds, "prefixes": dict(PREFIXES)}
        timer = Timer(seconds, self.kill)
        timer.start()
        try:
            reply = self.exchange(message(request))
            late = not timer.is_alive()
        finally:
            timer.cancel()
            timer.join()
        if reply is None:
            self._say_why(seconds, late)
        return _decoded(text, max_rows, *reply)

    def _say_why(self, seconds: float, late: bool) -> NoReturn:
        status = self.status()
        if late:
            raise QueryRefused(too_slow(seconds))
        if self.overflowed:
            raise QueryRefused(TOO_DEEP)
        if status < 0:
            raise QueryRefused(TOO_LARGE)
        raise StoreError(f"The process that runs queries could not start (status {status}): is Chipgraph installed?")


def run_apart(store: Store, text: str, union: bool, max_rows: int | None, seconds: float) -> Answer:
    """The answer to a query that another process works out, which is ended after so many seconds.

    store: Store, an embedded one; text: str, a query that has passed the guard. Raises what `Worker.ask` raises.
    """
    worker = _taken(store)
    try:
        return worker.ask(text, union, max_rows, seconds)
    finally:
        if _lasts(store) and worker.ready and len(_kept(store)) < _MOST_IDLE:
            _kept(store).append(worker)
        else:
            worker.close()


def prepare(store: Store) -> None:
    """Starts a process for the next query of a snapshot, so that it is ready by then; nothing for other stores."""
    if _lasts(store):
        kept = _kept(store)
        if not kept:
            kept.append(Worker(store))


def _taken(store: Store) -> Worker:
    if _lasts(store):
        kept = _kept(store)
        while kept:
            worker = kept.pop()
            if worker.ready:
                return worker
            worker.close()
    return Worker(store)


def _kept(store: Store) -> list[Worker]:
    if store not in _idle:
        _idle[store] = []
        finalize(store, _close_all, _idle[store])
    return _idle[store]


def _close_all(workers: list[Worker]) -> None:
    while workers:
        workers.pop().close()


def _lasts(store: Store) -> TypeGuard[DiskStore]:
    """True for a snapshot that is still there: what another process reads of it stays as it is."""
    return isinstance(store, DiskStore) and not store.writable and store.path.is_dir()


def _decoded(text: str, max_rows: int | None, head: dict[str, Any], body: bytes) -> Answer:
    kind = head["kind"]
    if kind == "rows":
        raise QueryRefused(too_many(max_rows))
    if kind == "syntax":
        raise unreadable(text, SyntaxError(head["text"]))
    if kind == "refused":
        raise QueryRefused(unanswerable(head["text"]))
    if kind == "store":
        raise unreached(text, head["text"])
    if kind == "verdict":
        return Verdict(head["value"])
    if kind == "graph":
        parsed = ox.parse(body, ox.RdfFormat.N_TRIPLES)
        return Triples.of(ox.Triple(q.subject, q.predicate, q.object) for q in parsed)
    solutions = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(solutions, ox.QuerySolutions)
    columns = tuple(variable.value for variable in solutions.variables)
    return Table(columns, tuple(tuple(solution) for solution in solutions))


def unanswerable(reason: str) -> str:
    """What is said of a query that the engine reads but cannot run."""
    return f"The query cannot be answered: {reason.rstrip('.')}."


def unreached(text: str, reason: str) -> QueryRefused | StoreError:
    """What went wrong with input and output: another endpoint that was asked, or the store."""
    if guard.asks_elsewhere(text):
        return QueryRefused(unanswerable(reason))
    return StoreError(f"The store cannot be read ({reason}): delete its folder and build again.")


def too_slow(seconds: float) -> str:
    """What is said of a query whose time is up."""
    return f"The query took over {seconds:g} s and was stopped: make it narrower or allow more time."


def too_many(max_rows: int | None) -> str:
    """What is said of an answer that is longer than its limit."""
    return f"The answer has over {max_rows} rows: add a LIMIT to the query or allow more rows."
