"""Where the quads live: in memory or in a RocksDB directory, behind one small interface."""

from __future__ import annotations

from functools import partial
from time import thread_time
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

import pyoxigraph as ox

from graph.ordering import Ordered
from graph.reasons import explained, unreadable
from graph.remembered import remembered
from graph.threads import in_any_thread
from graph.warm import Account, copied
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    Node = ox.NamedNode | ox.BlankNode
    Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
    RawAnswer = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean


class PlainQuad(Protocol):
    """A quad of RDF 1.1, without the triple terms that pyoxigraph's own type allows for."""

    @property
    def subject(self) -> ox.NamedNode:
        """What it says something of."""
        ...

    @property
    def predicate(self) -> ox.NamedNode:
        """The property."""
        ...

    @property
    def object(self) -> ox.NamedNode | ox.Literal:
        """The value."""
        ...

    @property
    def graph_name(self) -> ox.NamedNode:
        """The graph that it stands in."""
        ...


class Store(Protocol):
    """What every store can do.

    at_once: int, how many subjects a question should name where it is not known yet whether all will be needed: one
    where asking costs nothing, many where each question is a request. `query` reads the union of all graphs unless
    `union` is False: then the default graph is the projection alone, and the others need GRAPH.
    """

    at_once: int

    def __len__(self) -> int: ...

    def query(self, text: str, union: bool = True) -> RawAnswer:
        """Runs a SPARQL query; raises `QueryRefused` where it cannot be read."""
        ...

    def quads(
        self,
        subject: Node | None = None,
        predicate: ox.NamedNode | None = None,
        object_: ox.NamedNode | ox.BlankNode | ox.Literal | None = None,
        graph: Graph | None = None,
    ) -> Iterator[PlainQuad]:
        """The quads that match, None for any."""
        ...

    def quads_of(
        self, subjects: Iterable[Node], predicate: ox.NamedNode | None = None, graph: Graph | None = None
    ) -> Iterator[PlainQuad]:
        """The quads of several subjects that match, None for any."""
        ...

    def quads_to(
        self, objects: Iterable[Node], predicate: ox.NamedNode | None = None, graph: Graph | None = None
    ) -> Iterator[PlainQuad]:
        """The quads whose value is one of several nodes that match, None for any."""
        ...


@runtime_checkable
class TimeLimited(Protocol):
    """A store that ends queries itself when their time is up; the embedded ones cannot."""

    def within(self, seconds: float) -> Store:
        """The same store, its queries given up after so many seconds."""
        ...


class _Oxigraph:
    """What the two embedded stores share; `engine` is the pyoxigraph store."""

    at_once = 1

    def __init__(self, engine: ox.Store) -> None:
        self.engine = engine
        self._ordered = Ordered(engine)

    def __len__(self) -> int:
        return len(self.engine)

    def query(self, text: str, union: bool = True) -> RawAnswer:
        try:
            return self._ordered.query(text, prefixes=_used_prefixes(text), use_default_graph_as_union=union)
        except SyntaxError as error:
            raise unreadable(text, error) from error

    def quads(
        self,
        subject: Node | None = None,
        predicate: ox.NamedNode | None = None,
        object_: ox.NamedNode | ox.BlankNode | ox.Literal | None = None,
        graph: Graph | None = None,
    ) -> Iterator[PlainQuad]:
        return in_any_thread(partial(matching, self.engine, subject, predicate, object_, graph))

    def quads_of(
        self, subjects: Iterable[Node], predicate: ox.NamedNode | None = None, graph: Graph | None = None
    ) -> Iterator[PlainQuad]:
        """The quads of several subjects that match, None for any."""
        return (quad for subject in subjects for quad in self.quads(subject, predicate, None, graph))

    def quads_to(
        self, objects: Iterable[Node], predicate: ox.NamedNode | None = None, graph: Graph | None = None
    ) -> Iterator[PlainQuad]:
        """The quads whose value is one of several nodes that match, None for any."""
        return (quad for object_ in objects for quad in self.quads(None, predicate, object_, graph))


class MemoryStore(_Oxigraph):
    """A store in memory.

    quads: what it holds.

    >>> quad = ox.Quad(ox.NamedNode("x:a"), ox.NamedNode("x:p"), ox.Literal("b"))
    >>> len(MemoryStore([quad]))
    1
    """

    def __init__(self, quads: Iterable[ox.Quad] = ()) -> None:
        super().__init__(ox.Store())
        self.engine.bulk_extend(quads)


class DiskStore(_Oxigraph):
    """A store in a directory, for one writer or for any number of readers.

    path: the directory; writable: bool, True opens it for the one writer and makes it where there is none; text: Path
    or None, the TriG file that was written with a snapshot: with it, a store that is asked a lot goes on in memory
    (`graph.warm`). Raises `StoreError` where another process writes, or the directory is missing or damaged.
    """

    def __init__(self, path: Path, writable: bool = False, text: Path | None = None) -> None:
        try:
            super().__init__(ox.Store(str(path)) if writable else ox.Store.read_only(str(path)))
        except (OSError, RuntimeError) as error:
            raise explained(path, error) from error
        self.path = path
        self.writable = writable
        self._account = Account(text) if text is not None else None

    def query(self, text: str, union: bool = True) -> RawAnswer:
        """Runs a SPARQL query; raises `QueryRefused` where it cannot be read."""
        self._settle()
        return super().query(text, union)

    def quads(
        self,
        subject: Node | None = None,
        predicate: ox.NamedNode | None = None,
        object_: ox.NamedNode | ox.BlankNode | ox.Literal | None = None,
        graph: Graph | None = None,
    ) -> Iterator[PlainQuad]:
        """The quads that match; raises `StoreError` where the files turn out to be damaged or gone as they are read."""
        self._settle()
        found = super().quads(subject, predicate, object_, graph)
        try:
            yield from self._timed(found) if self.keeps_account else found
        except (OSError, RuntimeError) as error:
            raise explained(self.path, error) from error

    @property
    def keeps_account(self) -> bool:
        """True while what its answers cost may still move it into memory."""
        return self._account is not None

    def spend(self, seconds: float) -> None:
        """Notes the processor time of an answer; once it is as much as a copy in memory takes, one is made and used."""
        if self._account is not None:
            self._account.spend(seconds)

    def _timed(self, found: Iterator[PlainQuad]) -> Iterator[PlainQuad]:
        started = thread_time()
        for quad in found:
            self.spend(thread_time() - started)
            yield quad
            started = thread_time()
        self.spend(thread_time() - started)

    def move_into_memory(self, text: Path | None = None) -> None:
        """Goes on with a copy in memory, which answers several times faster.

        text: Path or None, the TriG file that was written with the snapshot, from which the copy is made faster.
        """
        self._account = None
        try:
            self.engine = copied(self.engine, text)
        except (OSError, RuntimeError) as error:
            raise explained(self.path, error) from error
        self._ordered = Ordered(self.engine)

    def _settle(self) -> None:
        account = self._account
        if account is not None and account.due:
            with account.lock:
                if self._account is account:
                    self.move_into_memory(account.text)

    def publish(self, target: Path) -> None:
        """Copies the store as it is now to a directory that does not exist yet; hard links, so it costs little."""
        self.engine.flush()
        self.engine.backup(str(target))


@remembered
def _used_prefixes(text: str) -> dict[str, str]:
    """The prefixes that a query may use; to read all of them takes the engine a tenth of a short query's time."""
    return {prefix: iri for prefix, iri in PREFIXES.items() if prefix in text}


def matching(
    engine: ox.Store,
    subject: Node | None = None,
    predicate: ox.NamedNode | None = None,
    object_: ox.NamedNode | ox.BlankNode | ox.Literal | None = None,
    graph: Graph | None = None,
) -> Iterator[PlainQuad]:
    """The quads of an engine that match, None for any; for the thread that asks alone."""
    return cast("Iterator[PlainQuad]", engine.quads_for_pattern(subject, predicate, object_, graph))


def as_node(term: ox.NamedNode | ox.Literal) -> ox.NamedNode:
    """A term that is known to be an IRI."""
    return term if isinstance(term, ox.NamedNode) else ox.NamedNode(term.value)
