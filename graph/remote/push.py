"""Putting a graph on a server so that the server holds just this graph: document by document, only what differs.

Each graph of the server is marked with a digest of what it holds, in the last place that is written, so that a push
that is broken off is completed by the next one, and a push of the same graph sends nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import terms as t
from graph.claims import Reader, record_node
from graph.export import in_graph
from graph.folder import STANDARD_INPUT
from graph.remote.store import FACTS
from graph.remote.writing import writer
from ontology.errors import StoreError
from ontology.iri import document_iri, local_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.remote.store import RemoteStore
    from graph.store import Store

_INDEX = t.INDEX.value + "/"
_DOCUMENTS = document_iri("x").removesuffix("x")
_NAMED = 3
# The graphs that no document owns, by their names on the server, with those that an embedded store has.
_COMMON: dict[str, ox.NamedNode | ox.DefaultGraph] = {
    FACTS.value: t.FACTS,
    t.SHARED.value: t.SHARED,
    t.VOCABULARY.value: t.VOCABULARY,
}


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: how many documents it sent, found as they should be, and removed from the server."""

    sent: int
    unchanged: int
    removed: int


def push(
    store: Store,
    remote: RemoteStore,
    progress: Callable[[int, int], None] | None = None,
    *,
    remove: bool = False,
) -> Pushed:
    """Makes a server hold what a store holds; graphs on it that are not Chipgraph's stay as they are.

    store: Store, of a built folder; remote: RemoteStore; progress: called with the documents done and all of them;
    remove: bool, True takes documents off the server that the store lacks, though no other version of them is there:
    they may have been removed here, or come from another folder, whose facts would be replaced by these.
    Raises `StoreError`, before anything is sent, where there are such documents and `remove` is False; `StoreError`
    and `QueryRefused` where the server does not do it: the next push goes on from there.

    Readers see each graph whole. In between they may see the old facts beside new claims.
    """
    to = writer(remote)
    found = _marks(remote)
    wanted = sorted(local_name(quad.subject.value) for quad in store.quads(None, t.TYPE, t.DOCUMENT))
    gone = sorted(_on_server(remote) - set(wanted))
    if not remove and (strange := _strange(store, remote, gone)):
        raise StoreError(_unknown(remote, strange))
    sent = 0
    for done, key in enumerate(wanted, start=1):
        graph = document_iri(key)
        content, records = _triples(store, ox.NamedNode(graph)), _records(store, graph)
        digest = _digest(content, records)
        if found.get(graph) != digest:
            if graph in found:
                to.delete(_INDEX + key)
            to.put(graph, content)
            to.put(_INDEX + key, records + _mark(graph, digest))
            sent += 1
        if progress is not None:
            progress(done, len(wanted))
    for key in gone:
        to.delete(_INDEX + key)
        to.delete(_DOCUMENTS + key)
    for name, graph_ in _COMMON.items():
        content = _triples(store, graph_)
        digest = _digest(content)
        if found.get(name) != digest:
            mark = _INDEX + name.rsplit("/", 1)[-1]
            if name in found:
                to.delete(mark)
            to.put(name, content)
            to.put(mark, _mark(name, digest))
    return Pushed(sent, len(wanted) - sent, len(gone))


def put(remote: RemoteStore, graph: ox.NamedNode | ox.DefaultGraph, quads: list[ox.Quad]) -> None:
    """Replaces one graph on a server, the default graph standing for the projection."""
    name = FACTS.value if isinstance(graph, ox.DefaultGraph) else graph.value
    writer(remote).put(name, _lines(quads))


def _strange(store: Store, remote: RemoteStore, keys: Iterable[str]) -> list[str]:
    """Those of some documents of a server that are no earlier versions of the store's: read at another place."""
    known = {quad.object.value for quad in store.quads(None, t.SOURCE_PATH)} - {STANDARD_INPUT}
    places: dict[str, set[str]] = {key: set() for key in keys}
    for quad in remote.quads_of([ox.NamedNode(document_iri(key)) for key in places], t.SOURCE_PATH):
        places[local_name(quad.subject.value)].add(quad.object.value)
    return [key for key, found in places.items() if not found or not found <= known]


def _unknown(remote: RemoteStore, keys: list[str]) -> str:
    reader = Reader(remote)
    names = "; ".join(str(reader.source(key)) for key in keys[:_NAMED]) + ("; …" if len(keys) > _NAMED else "")
    what = "1 document" if len(keys) == 1 else f"{len(keys)} documents"
    return (
        f"{remote.addresses.query} holds {what} that this graph lacks ({names}): push with --remove to take them off "
        "there, or give each folder a repository of its own."
    )


def _triples(store: Store, graph: ox.NamedNode | ox.DefaultGraph) -> bytes:
    return _lines(in_graph(store, graph))


def _records(store: Store, graph: str) -> bytes:
    """What the index keeps of the statements of a document, sorted."""
    nodes = {
        record_node(local_name(quad.subject.value))
        for kind in (t.CLAIM, t.OBSERVATION)
        for quad in store.quads(None, t.TYPE, kind, ox.NamedNode(graph))
    }
    found = (quad for node in nodes for quad in store.quads(node, t.RECORD, None, t.INDEX))
    return b"".join(sorted(_lines([_quad(quad.subject, quad.predicate, quad.object)]) for quad in found))


def _lines(quads: list[ox.Quad]) -> bytes:
    triples = (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _quad(subject: ox.NamedNode, predicate: ox.NamedNode, object_: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(subject, predicate, object_)


def _mark(graph: str, digest: str) -> bytes:
    return _lines([_quad(ox.NamedNode(graph), t.DIGEST, ox.Literal(digest))])


def _digest(*contents: bytes) -> str:
    return hashlib.sha256(b"\x00".join(contents)).hexdigest()


def _marks(remote: RemoteStore) -> dict[str, str]:
    """What the server says that it holds: the digest of each graph."""
    marks = remote.quads(None, t.DIGEST, None, t.INDEX)
    return {quad.subject.value: quad.object.value for quad in marks}


def _on_server(remote: RemoteStore) -> set[str]:
    """The documents that the server holds anything of."""
    bases = (_DOCUMENTS, _INDEX)
    common = {name.rsplit("/", 1)[-1] for name in _COMMON}
    names = (name for name in remote.graphs() if name.startswith(bases))
    return {name.rsplit("/", 1)[-1] for name in names} - common
