"""A graph on a SPARQL 1.1 server, by its address: queries, updates, the graph store protocol, and putting it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology.errors import StoreError

if TYPE_CHECKING:
    from graph.remote.store import RemoteStore


def open_server(address: str) -> RemoteStore:
    """The store that `chipgraph push` filled; raises `StoreError` where the server holds no graph of Chipgraph."""
    from graph import terms as t
    from graph.remote.store import RemoteStore

    store = RemoteStore(address)
    if next(store.quads(t.SHARED, t.DIGEST, None, t.INDEX), None) is None:
        raise StoreError(f"No graph of Chipgraph at {address}: put one there with `chipgraph push {address}`.")
    return store
