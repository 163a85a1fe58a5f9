"""The quads of a graph in one order, and the TriG file of a built folder; `graph.exchange` has the other formats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import terms as t
from ontology.iri import local_name
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.store import PlainQuad, Store

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(PREFIXES.items())).encode()
_BLOCK = re.compile(rb"^cr:doc\\/([0-9a-f]+) \{\n(?:\t.*\n)*\}\n", re.MULTILINE)


def everything(store: Store) -> Iterator[ox.Quad]:
    """All quads but the index's own and the vocabulary's: the same content in the same order, graph by graph."""
    documents = {quad.subject for quad in store.quads(None, t.TYPE, t.DOCUMENT)}
    yield from in_graph(store, t.FACTS)
    for graph in (*sorted(documents, key=lambda node: node.value), t.SHARED):
        yield from in_graph(store, graph)


def in_graph(store: Store, graph: ox.NamedNode | ox.DefaultGraph) -> list[ox.Quad]:
    """The quads of one graph, sorted."""
    found = sorted(store.quads(None, None, None, graph), key=_place)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in found]


def trig(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as TriG, in the order given, prefixes sorted.

    >>> trig([ox.Quad(ox.NamedNode("x:a"), t.LABEL, ox.Literal("b"))]).splitlines()[-1]
    b'<x:a> rdfs:label "b" .'
    """
    return HEAD + body(quads)


def body(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as TriG without the prefixes at its top."""
    text: bytes = ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=dict(PREFIXES)) or b""
    return text.split(b"\n", len(PREFIXES))[-1]


def _place(quad: PlainQuad) -> tuple[str, str, str, str]:
    """What quads of one graph are sorted by; `str(quad)` would take three times as long."""
    literal = quad.object if isinstance(quad.object, ox.Literal) else None
    return quad.subject.value, quad.predicate.value, quad.object.value, literal.datatype.value if literal else ""


def trig_again(store: Store, before: bytes, changed: frozenset[str]) -> Iterator[bytes]:
    """The whole graph as TriG in pieces, documents that did not change taken over from the file written before."""
    blocks = dict(_blocks(before))
    documents = {quad.subject.value for quad in store.quads(None, t.TYPE, t.DOCUMENT)}
    yield HEAD + body(in_graph(store, t.FACTS))
    for iri in sorted(documents):
        key = local_name(iri)
        block = blocks.get(key.encode()) if key not in changed else None
        yield block or body(in_graph(store, ox.NamedNode(iri)))
    yield body(in_graph(store, t.SHARED))


def _blocks(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The graphs of documents in a TriG file of ours, id and text; a line end inside a literal is escaped there."""
    for match in _BLOCK.finditer(text):
        yield match[1], match[0]
