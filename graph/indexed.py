"""Documents in the index: taken in, taken out, and told by their marks from those that changed since."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from graph import terms as t
from graph.claims import record, record_node
from graph.entities import Gazetteer
from graph.layout import FORMAT
from graph.rdf import document_quads
from graph.sketch import sketch
from graph.store import matching
from ontology.iri import document_iri, local_name
from ontology.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Store as Engine

    from extract.model import Statement
    from graph.export import Blocks
    from graph.folder import Library
    from graph.identity.canonical import Canon
    from graph.rdf import Origin
    from graph.store import PlainQuad
    from ontology.registry import Registry

FEW = 20
"""Up to so many documents are taken in one by one; more at once are loaded in bulk."""

PART = 64
"""So many documents are loaded in bulk at once: what the engine holds of them until then takes some 40 MB."""

_LAYOUT = "7"  # raised when the index keeps something else of a document, so that older ones are made again


class Fresh:
    """Documents as they are read, some of them kept for the second time that they are needed.

    library: Library; most: int, how many are kept.
    """

    def __init__(self, library: Library, most: int = FEW) -> None:
        self._library = library
        self._most = most
        self._kept: dict[str, tuple[Origin, list[Statement]]] = {}

    def read(self, key: str) -> tuple[Origin, list[Statement]]:
        """A document and its statements."""
        if key in self._kept:
            return self._kept[key]
        found = self._library.origin(key), self._library.statements(key)
        if len(self._kept) < self._most:
            self._kept[key] = found
        return found


def take_in(
    engine: Engine, documents: Fresh, digests: Mapping[str, tuple[str, str]], canon: Canon, blocks: Blocks
) -> None:
    """Adds documents to the writer's store.

    digests: mapping of the id of each to the digests of it as it is indexed (`digest`) and of its files; canon: gives
    the id that stands for each; blocks: gains the graph of each as text.
    """
    extend = engine.extend if len(digests) <= FEW else engine.bulk_extend
    extend(vocabulary())
    left = iter(digests.items())
    while part := list(islice(left, PART)):
        extend(
            quad
            for key, (of_index, of_files) in part
            for quad in chain(_written(documents, key, of_files, canon, blocks), (_mark(key, of_index),))
        )


def take_out(engine: Engine, key: str, of_index: str) -> None:
    """Takes a document out of the store, all of it or nothing: one update is one transaction."""
    told = (matching(engine, None, t.TYPE, kind, graph_of(key)) for kind in (t.CLAIM, t.OBSERVATION))
    records = (record_node(local_name(quad.subject.value)) for quad in chain(*told))
    kept: list[Quad | PlainQuad] = [
        *matching(engine, record_node(key), t.ENTITIES, None, t.INDEX),
        *matching(engine, record_node(key), t.SKETCH, None, t.INDEX),
        *(quad for node in records for quad in matching(engine, node, t.RECORD, None, t.INDEX)),
        _mark(key, of_index),
    ]
    lines = " . ".join(f"{quad.subject} {quad.predicate} {quad.object}" for quad in kept)
    engine.update(f"DELETE DATA {{ GRAPH {t.INDEX} {{ {lines} }} }} ; DROP SILENT GRAPH {graph_of(key)}")


def noted(origin: Origin, statements: Iterable[Statement]) -> Iterator[Quad]:
    """What an index keeps of a document beside its graph: its statements as records, its sketch."""
    yield from map(record, statements)
    if drawn := sketch(origin.document.text):
        yield Quad(record_node(origin.id), t.SKETCH, Literal(drawn), t.INDEX)


def marks(engine: Engine) -> dict[str, str]:
    """The digest of each document that the index holds whole, by its id."""
    found = matching(engine, None, t.DIGEST, None, t.INDEX)
    return {local_name(quad.subject.value): quad.object.value for quad in found if quad.subject != t.INDEX}


def is_marked(engine: Engine, key: str) -> bool:
    """True where the index holds a document, be it as it should be or not."""
    return any(True for _ in matching(engine, graph_of(key), t.DIGEST, None, t.INDEX))


def digest(of_files: str, named: Iterable[str], canon: Canon) -> str:
    """What a document's quads follow from: its files, the vocabulary, the registry, and which of its ids are merged.

    named: the ids of its entities, as it was read with them.
    """
    moved = [f"{key} {canon(key)}" for key in sorted(named) if canon(key) != key]
    return hashlib.sha256("\n".join((of_files, mapping(load()), *moved)).encode()).hexdigest()


def seen(origin: Origin, statements: Iterable[Statement]) -> Gazetteer:
    """The entities of a document under the ids that it was read with."""
    found = Gazetteer()
    found.see(statements)
    found.see_origin(origin)
    return found


@lru_cache(maxsize=2)
def mapping(registry: Registry) -> str:
    """What the quads of a document depend on beside its files: this layout, the vocabulary and the registry."""
    parts = (str(FORMAT), _LAYOUT, *sorted(map(str, vocabulary())), *sorted(map(repr, registry.entries.values())))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def vocabulary() -> tuple[Quad, ...]:
    """The vocabulary, as every store holds it."""
    from importlib.resources import files

    text = files("ontology").joinpath("chip.ttl").read_text(encoding="utf-8")
    triples = parse(text, RdfFormat.TURTLE)
    return tuple(Quad(q.subject, q.predicate, q.object, t.VOCABULARY) for q in triples)


def graph_of(key: str) -> NamedNode:
    """The graph of a document, which is its node too."""
    return NamedNode(document_iri(key))


def _written(documents: Fresh, key: str, of_files: str, canon: Canon, blocks: Blocks) -> Iterator[Quad]:
    """All that the store holds of a document but its mark: also its entities in short."""
    origin, statements = documents.read(key)
    yield from blocks.put(key, document_quads(origin, statements, canon))
    yield from noted(origin, statements)
    yield Quad(record_node(key), t.ENTITIES, Literal(f"{of_files}\n{seen(origin, statements).summary()}"), t.INDEX)


def _mark(key: str, of_index: str) -> Quad:
    return Quad(graph_of(key), t.DIGEST, Literal(of_index), t.INDEX)
