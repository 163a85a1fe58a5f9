"""The index: the quads of the documents in a store, brought in line with the files and published for readers.

The writer works in `store/live`; readers open the snapshot that `store/CURRENT` names, so a build never disturbs them.
"""

from __future__ import annotations

import hashlib
import shutil
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from graph import projection
from graph import terms as t
from graph.claims import record, record_node
from graph.entities import Gazetteer
from graph.folder import FORMAT
from graph.rdf import Origin, document_quads
from graph.store import DiskStore, MemoryStore, StoreDamaged, matching
from ontology.files import write_whole
from ontology.iri import document_iri, local_name
from ontology.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Store as Engine

    from extract.model import Statement
    from graph.folder import Library

# Up to so many documents are indexed one by one; more at once are loaded in bulk and the projection is built anew.
_FEW = 20
_LAYOUT = "2"  # raised when the index keeps something else of a document, so that older ones are made again
_COMPLETE = Quad(t.INDEX, t.DIGEST, Literal("complete"), t.INDEX)


def in_memory(documents: Iterable[tuple[Origin, list[Statement]]]) -> MemoryStore:
    """A store in memory that holds documents, vocabulary, names and projection."""
    gazetteer, quads = Gazetteer(), list(_vocabulary())
    for origin, statements in documents:
        gazetteer.see(statements)
        gazetteer.see_origin(origin)
        quads.extend(chain(document_quads(origin, statements), map(record, statements)))
    store = MemoryStore(quads)
    projection.rebuild(store.engine)
    _share(store.engine, gazetteer)
    return store


def open_live(folder: Path) -> DiskStore:
    """The writer's store, made anew where it is damaged; raises `StoreLocked` where another process has it."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return DiskStore(folder / "live", writable=True)
    except StoreDamaged:
        shutil.rmtree(folder / "live")
        return DiskStore(folder / "live", writable=True)


def reconcile(engine: Engine, library: Library) -> frozenset[str] | None:
    """Brings the store in line with the documents; returns the ids of those that changed, None where all was well."""
    wanted = {key: _digest(library, key) for key in library.ids()}
    found = _indexed(engine)
    fresh = [key for key in wanted if found.get(key) != wanted[key]]
    stale = [key for key in found if wanted.get(key) != found[key]]
    was_complete = _COMPLETE in engine
    if was_complete and not fresh and not stale:
        return None
    engine.remove(_COMPLETE)
    touched = {pair for key in stale for pair in projection.pairs(engine, _graph(key))}
    for key in stale:
        _forget(engine, key, found[key])
    _load(engine, library, {key: wanted[key] for key in fresh})
    if was_complete and len(fresh) + len(stale) <= _FEW:
        touched.update(pair for key in fresh for pair in projection.pairs(engine, _graph(key)))
        projection.refresh(engine, touched)
    else:
        projection.rebuild(engine)
    _share(engine, _gazetteer(engine))
    engine.add(_COMPLETE)
    return frozenset((*fresh, *stale))


def publish(store: DiskStore, folder: Path) -> None:
    """Makes the store as it is now what readers open; the snapshot before stays for those who have it open."""
    before = current(folder)
    numbers = [int(path.name) for path in folder.iterdir() if path.name.isdecimal()]
    fresh = folder / str(max(numbers, default=0) + 1)
    store.publish(fresh)
    write_whole(folder / "CURRENT", fresh.name.encode() + b"\n")
    for number in numbers:
        if before is None or before.name != str(number):
            shutil.rmtree(folder / str(number))


def current(folder: Path) -> Path | None:
    """The snapshot that readers open, or None where there is none."""
    pointer = folder / "CURRENT"
    path = folder / pointer.read_text(encoding="utf-8").strip() if pointer.exists() else None
    return path if path and path.is_dir() and path != folder else None


def expected(library: Library) -> MemoryStore:
    """The store that the documents ought to give, made from nothing."""
    return in_memory((library.origin(key), library.statements(key)) for key in library.ids())


def _forget(engine: Engine, key: str, digest: str) -> None:
    """Takes a document out of the store, the mark that it is there first."""
    engine.remove(_mark(key, digest))
    _clear(engine, record_node(key), t.ENTITIES)
    for kind in (t.CLAIM, t.OBSERVATION):
        for quad in list(matching(engine, None, t.TYPE, kind, _graph(key))):
            _clear(engine, record_node(local_name(quad.subject.value)), t.RECORD)
    engine.remove_graph(_graph(key))


def _clear(engine: Engine, node: NamedNode, predicate: NamedNode) -> None:
    """Takes what the index keeps of a node out of it."""
    for quad in list(matching(engine, node, predicate, None, t.INDEX)):
        engine.remove(Quad(node, predicate, quad.object, t.INDEX))


def _load(engine: Engine, library: Library, digests: dict[str, str]) -> None:
    quads = (quad for key in digests for quad in chain(_quads(library, key), (_mark(key, digests[key]),)))
    if len(digests) <= _FEW:
        engine.extend(chain(_vocabulary(), quads))
    else:
        engine.bulk_extend(chain(_vocabulary(), quads))


def _quads(library: Library, key: str) -> Iterator[Quad]:
    """All that the store holds of a document: its graph, its statements as records, its entities in short."""
    origin, statements, seen = library.origin(key), library.statements(key), Gazetteer()
    seen.see(statements)
    seen.see_origin(origin)
    yield from document_quads(origin, statements)
    yield from map(record, statements)
    yield Quad(record_node(key), t.ENTITIES, Literal(seen.summary()), t.INDEX)


def _gazetteer(engine: Engine) -> Gazetteer:
    gazetteer = Gazetteer()
    for quad in matching(engine, None, t.ENTITIES, None, t.INDEX):
        gazetteer.recall(quad.object.value)
    return gazetteer


def _share(engine: Engine, gazetteer: Gazetteer) -> None:
    """Replaces the shared graph; what is a projected fact already is left out, so that no triple stands twice."""
    wanted = {quad for quad in gazetteer.quads() if not _is_fact(engine, quad)}
    found = set(engine.quads_for_pattern(None, None, None, t.SHARED))
    for gone in found - wanted:
        engine.remove(gone)
    engine.extend(wanted - found)


def _is_fact(engine: Engine, quad: Quad) -> bool:
    """True where a fact of the registry is said by a claim too; only business models are relations in both."""
    return quad.predicate == t.BUSINESS_MODEL and Quad(quad.subject, quad.predicate, quad.object, t.FACTS) in engine


def _indexed(engine: Engine) -> dict[str, str]:
    marks = matching(engine, None, t.DIGEST, None, t.INDEX)
    return {local_name(quad.subject.value): quad.object.value for quad in marks if quad.subject != t.INDEX}


def _mark(key: str, digest: str) -> Quad:
    return Quad(_graph(key), t.DIGEST, Literal(digest), t.INDEX)


def _graph(key: str) -> NamedNode:
    return NamedNode(document_iri(key))


def _digest(library: Library, key: str) -> str:
    return hashlib.sha256((library.digest(key) + _mapping()).encode()).hexdigest()


@cache
def _mapping() -> str:
    """What the quads of a document depend on beside its files: this layout, the vocabulary and the registry."""
    parts = (str(FORMAT), _LAYOUT, *sorted(map(str, _vocabulary())), *sorted(map(repr, load().entries.values())))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _vocabulary() -> tuple[Quad, ...]:
    from importlib.resources import files

    text = files("ontology").joinpath("chip.ttl").read_text(encoding="utf-8")
    triples = parse(text, RdfFormat.TURTLE)
    return tuple(Quad(q.subject, q.predicate, q.object, t.VOCABULARY) for q in triples)
