"""Two ways to put whole graphs on a server: the Graph Store Protocol, or SPARQL Update where a server has no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from graph.remote.store import TRIPLES
from ontology.errors import StoreError

if TYPE_CHECKING:
    from graph.remote.store import RemoteStore

_BATCH = 500  # triples an update; servers limit how long one may be


class Writer(Protocol):
    """What replaces and removes whole graphs; each call may be repeated."""

    def put(self, graph: str, triples: bytes) -> None:
        """Replaces a graph; triples: N-Triples."""
        ...

    def delete(self, graph: str) -> None:
        """Removes a graph, if it is there."""
        ...


def writer(store: RemoteStore) -> Writer:
    """The way to write to a server: graph by graph in one request each where it has the protocol for that."""
    return GraphStore(store) if store.addresses.graphs else ByUpdate(store)


class GraphStore:
    """The Graph Store Protocol (SPARQL 1.1, indirect names: `?graph=IRI`): a graph is replaced by one request."""

    def __init__(self, store: RemoteStore) -> None:
        if store.addresses.graphs is None:
            raise StoreError(f"No graph store is known for {store.addresses.query}: give it with --graph-store.")
        self._connection, self._address = store.connection, store.addresses.graphs

    def put(self, graph: str, triples: bytes) -> None:
        """Replaces a graph; triples: N-Triples."""
        headers = {"Content-Type": TRIPLES}
        self._connection.send("PUT", self._address, headers=headers, params={"graph": graph}, data=triples)

    def delete(self, graph: str) -> None:
        """Removes a graph, if it is there."""
        self._connection.send("DELETE", self._address, headers={}, params={"graph": graph}, absent=True)


class ByUpdate:
    """SPARQL Update: a graph is emptied and filled by several requests, so that a reader may meet it half full."""

    def __init__(self, store: RemoteStore) -> None:
        self._store = store

    def put(self, graph: str, triples: bytes) -> None:
        """Replaces a graph; triples: N-Triples."""
        lines = triples.decode().splitlines()
        head = f"DROP SILENT GRAPH <{graph}>"
        for start in range(0, max(len(lines), 1), _BATCH):
            body = "\n".join(lines[start : start + _BATCH])
            self._store.update(f"{head} ;\nINSERT DATA {{ GRAPH <{graph}> {{\n{body}\n}} }}", repeatable=True)
            head = "# the next triples of the graph"

    def delete(self, graph: str) -> None:
        """Removes a graph, if it is there."""
        self._store.update(f"DROP SILENT GRAPH <{graph}>", repeatable=True)
