"""The quads of a graph in one order, and the TriG file of a built folder; `graph.exchange` has the other formats."""

from __future__ import annotations

import os
import re
import tempfile
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from graph import terms as t
from ontology.iri import local_name
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from graph.store import PlainQuad, Store

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(PREFIXES.items())).encode()
_OPENING = re.compile(rb"cr:doc\\/([0-9a-f]+) \{\n")

_NO_MORE = ("\U0010ffff", b"")  # sorts behind every id


def everything(store: Store) -> Iterator[ox.Quad]:
    """All quads but the index's own and the vocabulary's: the same content in the same order, graph by graph."""
    documents = {quad.subject for quad in store.quads(None, t.TYPE, t.DOCUMENT)}
    yield from by_subject(store, t.FACTS)
    for graph in sorted(documents, key=lambda node: node.value):
        yield from in_graph(store, graph)
    yield from by_subject(store, t.SHARED)


def in_graph(store: Store, graph: ox.NamedNode | ox.DefaultGraph) -> list[ox.Quad]:
    """The quads of one graph, sorted."""
    found = sorted(store.quads(None, None, None, graph), key=_place)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in found]


def by_subject(store: Store, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    """The quads of one graph, sorted, of which no more than those of one subject are held at once."""
    subjects = {quad.subject.value for quad in store.quads(None, None, None, graph)}
    for subject in map(ox.NamedNode, sorted(subjects)):
        for quad in sorted(store.quads(subject, None, None, graph), key=_place):
            yield ox.Quad(subject, quad.predicate, quad.object, graph)


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


class Blocks:
    """The graphs of documents as TriG, on the disk from when they are taken into the index until the file is written.

    folder: Path, of the file without a name that holds them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None
        self._places: dict[str, tuple[int, int]] = {}

    def put(self, key: str, quads: Iterable[ox.Quad]) -> list[ox.Quad]:
        """Keeps the graph of a document, or another one in its place; returns its quads in the order of the file."""
        ordered = sorted(quads, key=lambda quad: _place(cast("PlainQuad", quad)))
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - kept until `drop`
        text = body(ordered)
        self._places[key] = self._file.seek(0, os.SEEK_END), len(text)
        self._file.write(text)
        return ordered

    def get(self, key: str) -> bytes | None:
        """The graph of a document, or None where it is not here."""
        if self._file is None or key not in self._places:
            return None
        start, length = self._places[key]
        self._file.seek(start)
        return self._file.read(length)

    def drop(self) -> None:
        """Lets go of all of them."""
        self._places.clear()
        if self._file is not None:
            self._file.close()
            self._file = None


def trig_again(store: Store, before: Path, changed: frozenset[str], fresh: Blocks) -> Iterator[bytes]:
    """The whole graph as TriG in pieces.

    before: Path, the file written before, which documents that did not change are taken over from, or no file; changed:
    the ids of the others; fresh: Blocks, of documents as they are in the store now.
    """
    held = _blocks(before)
    key, block = next(held, _NO_MORE)
    documents = {quad.subject.value for quad in store.quads(None, t.TYPE, t.DOCUMENT)}
    yield HEAD + body(by_subject(store, t.FACTS))
    for iri in sorted(documents):
        wanted = local_name(iri)
        while key < wanted:  # both are sorted
            key, block = next(held, _NO_MORE)
        known = block if key == wanted and key not in changed else None
        yield fresh.get(wanted) or known or body(in_graph(store, ox.NamedNode(iri)))
    yield body(by_subject(store, t.SHARED))


def _blocks(path: Path) -> Iterator[tuple[str, bytes]]:
    """The graphs of documents in a TriG file of ours, id and text; a line end inside a literal is escaped there."""
    if not path.exists():
        return
    with path.open("rb") as file:
        key, lines = "", [b""]
        for line in file:
            if opening := _OPENING.fullmatch(line):
                key, lines = opening[1].decode(), [line]
            elif key:
                lines.append(line)
                if line == b"}\n":
                    yield key, b"".join(lines)
                key = key if line.startswith(b"\t") else ""
