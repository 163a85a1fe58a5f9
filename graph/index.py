"""The index: the quads of the documents in a store, brought in line with the files and published for readers.

The writer works in `store/live`; readers open the snapshot that `store/CURRENT` names, so a build never disturbs them.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from graph import projection, warm
from graph import terms as t
from graph.claims import record, record_node
from graph.entities import Gazetteer
from graph.identity.decisions import Decisions
from graph.identity.resolve import resolve
from graph.layout import FORMAT, current
from graph.rdf import Origin, document_quads
from graph.reasons import StoreDamaged
from graph.shared import share
from graph.sketch import sketch
from graph.store import DiskStore, MemoryStore, matching
from ontology.files import write_whole
from ontology.iri import document_iri, local_name
from ontology.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Store as Engine

    from extract.model import Statement
    from graph.folder import Library
    from graph.identity.canonical import Canon
    from graph.store import PlainQuad
    from ontology.registry import Registry

# Up to so many documents are indexed one by one; more at once are loaded in bulk and the projection is built anew.
_FEW = 20
_LAYOUT = "7"  # raised when the index keeps something else of a document, so that older ones are made again


def in_memory(documents: Iterable[tuple[Origin, list[Statement]]], decisions: Decisions | None = None) -> MemoryStore:
    """A store in memory that holds documents, vocabulary, names and projection; decisions: what was merged or not."""
    gazetteer, quads, given = Gazetteer(), list(_vocabulary()), list(documents)
    for origin, statements in given:
        gazetteer.see(statements)
        gazetteer.see_origin(origin)
    canon = resolve(gazetteer.named(), decisions or Decisions(), load())
    for origin, statements in given:
        quads.extend(chain(document_quads(origin, statements, canon), map(record, statements), _sketched(origin)))
    store = MemoryStore(quads)
    projection.rebuild(store.engine)
    share(store.engine, gazetteer.merged(canon))
    return store


def open_live(folder: Path) -> DiskStore:
    """The writer's store, made anew where it is damaged; raises `StoreLocked` where another process has it."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        store = DiskStore(folder / "live", writable=True)
    except StoreDamaged:
        return open_anew(folder)
    for orphan in store.path.glob("bulk-*"):  # of a bulk load that was killed; the engine never takes them up again
        orphan.unlink()
    return store


def open_anew(folder: Path) -> DiskStore:
    """The writer's store, empty: the documents are the truth and fill it again."""
    shutil.rmtree(folder / "live")
    return DiskStore(folder / "live", writable=True)


@dataclass(frozen=True, slots=True)
class Change:
    """What `reconcile` did.

    documents: the ids of those whose quads may be others than before; mark: Quad, what the index holds from when all
    that follows from it is written too.
    """

    documents: frozenset[str]
    mark: Quad


def reconcile(engine: Engine, library: Library, decisions: Decisions) -> Change | None:
    """Brings the store in line with documents and decisions; None where all was well.

    Until `settle` is called with the change, the store counts as left half-way.
    """
    files = {key: library.digest(key) for key in library.ids()}
    complete = _complete(files, decisions)
    if complete in engine:
        return None
    was_complete = any(True for _ in matching(engine, t.INDEX, t.DIGEST, None, t.INDEX))
    read = _Fresh(library)
    named = {key: _named(engine, read, key, digest) for key, digest in files.items()}
    gazetteer = _united(named.values())
    canon = resolve(gazetteer.named(), decisions, load())
    wanted = {key: _digest(digest, named[key], canon) for key, digest in files.items()}
    found = _indexed(engine)
    fresh = [key for key in wanted if found.get(key) != wanted[key]]
    stale = [key for key in found if wanted.get(key) != found[key]]
    _clear(engine, t.INDEX, t.DIGEST)
    touched = {pair for key in stale for pair in projection.pairs(engine, _graph(key))}
    for key in stale:
        _forget(engine, key, found[key])
    _load(engine, read, {key: (wanted[key], files[key]) for key in fresh}, canon)
    if was_complete and len(fresh) + len(stale) <= _FEW:
        touched.update(pair for key in fresh for pair in projection.pairs(engine, _graph(key)))
        projection.refresh(engine, touched)
    else:
        projection.rebuild(engine)
    share(engine, gazetteer.merged(canon))
    # What a build that was killed had changed already is among them all.
    return Change(frozenset((*fresh, *stale) if was_complete else (*wanted, *stale)), complete)


def settle(engine: Engine, change: Change) -> None:
    """Notes that what follows from the index is written: the next build with the same documents has nothing to do."""
    engine.add(change.mark)


def publish(store: DiskStore, folder: Path, text: Path) -> None:
    """Makes the store as it is now what readers open; the snapshot before stays for those who have it open.

    text: Path, the TriG file of the same state, of which the snapshot notes the digest.
    """
    _clear(store.engine, t.INDEX, t.WRITTEN)
    store.engine.add(Quad(t.INDEX, t.WRITTEN, warm.digest(text), t.INDEX))
    before = current(folder)
    numbers = [int(path.name) for path in folder.iterdir() if path.name.isdecimal()]
    fresh = folder / str(max(numbers, default=0) + 1)
    store.publish(fresh)
    write_whole(folder / "CURRENT", fresh.name.encode() + b"\n")
    for number in numbers:
        if before is None or before.name != str(number):
            shutil.rmtree(folder / str(number))


def expected(library: Library, decisions: Decisions) -> MemoryStore:
    """The store that documents and decisions ought to give, made from nothing."""
    return in_memory(((library.origin(key), library.statements(key)) for key in library.ids()), decisions)


def _forget(engine: Engine, key: str, digest: str) -> None:
    """Takes a document out of the store, all of it or nothing: one update is one transaction."""
    told = (matching(engine, None, t.TYPE, kind, _graph(key)) for kind in (t.CLAIM, t.OBSERVATION))
    records = (record_node(local_name(quad.subject.value)) for quad in chain(*told))
    kept: list[Quad | PlainQuad] = [
        *matching(engine, record_node(key), t.ENTITIES, None, t.INDEX),
        *matching(engine, record_node(key), t.SKETCH, None, t.INDEX),
        *(quad for node in records for quad in matching(engine, node, t.RECORD, None, t.INDEX)),
        _mark(key, digest),
    ]
    lines = " . ".join(f"{quad.subject} {quad.predicate} {quad.object}" for quad in kept)
    engine.update(f"DELETE DATA {{ GRAPH {t.INDEX} {{ {lines} }} }} ; DROP SILENT GRAPH {_graph(key)}")


def _clear(engine: Engine, node: NamedNode, predicate: NamedNode) -> None:
    """Takes what the index keeps of a node out of it."""
    for quad in list(matching(engine, node, predicate, None, t.INDEX)):
        engine.remove(Quad(node, predicate, quad.object, t.INDEX))


def _load(engine: Engine, library: _Fresh, digests: dict[str, tuple[str, str]], canon: Canon) -> None:
    """Adds documents; digests: of the document as it is indexed, and of its files, by id."""
    quads = (
        quad
        for key, (digest, of_files) in digests.items()
        for quad in chain(_quads(library, key, of_files, canon), (_mark(key, digest),))
    )
    if len(digests) <= _FEW:
        engine.extend(chain(_vocabulary(), quads))
    else:
        engine.bulk_extend(chain(_vocabulary(), quads))


def _quads(library: _Fresh, key: str, of_files: str, canon: Canon) -> Iterator[Quad]:
    """All that the store holds of a document: its graph, its statements as records, its entities in short."""
    origin, statements = library.read(key)
    seen = _seen(origin, statements)
    yield from document_quads(origin, statements, canon)
    yield from map(record, statements)
    yield from _sketched(origin)
    yield Quad(record_node(key), t.ENTITIES, Literal(f"{of_files}\n{seen.summary()}"), t.INDEX)


def _sketched(origin: Origin) -> Iterator[Quad]:
    """What tells copies of a text from reports of their own."""
    if drawn := sketch(origin.document.text):
        yield Quad(record_node(origin.id), t.SKETCH, Literal(drawn), t.INDEX)


class _Fresh:
    """Documents as they are read, a few of them kept for the second time that they are needed.

    library: Library.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: dict[str, tuple[Origin, list[Statement]]] = {}

    def read(self, key: str) -> tuple[Origin, list[Statement]]:
        """A document and its statements."""
        if key in self._kept:
            return self._kept[key]
        found = self._library.origin(key), self._library.statements(key)
        if len(self._kept) < _FEW:
            self._kept[key] = found
        return found


def _seen(origin: Origin, statements: Iterable[Statement]) -> Gazetteer:
    seen = Gazetteer()
    seen.see(statements)
    seen.see_origin(origin)
    return seen


def _named(engine: Engine, library: _Fresh, key: str, of_files: str) -> Gazetteer:
    """The entities of a document under the ids that it was read with: from the index while the files are the same."""
    for quad in matching(engine, record_node(key), t.ENTITIES, None, t.INDEX):
        digest, _, summary = quad.object.value.partition("\n")
        seen = Gazetteer()
        if digest == of_files and seen.recall(summary):
            return seen
    return _seen(*library.read(key))


def _united(parts: Iterable[Gazetteer]) -> Gazetteer:
    gazetteer = Gazetteer()
    for part in parts:
        gazetteer.take(part)
    return gazetteer


def _indexed(engine: Engine) -> dict[str, str]:
    marks = matching(engine, None, t.DIGEST, None, t.INDEX)
    return {local_name(quad.subject.value): quad.object.value for quad in marks if quad.subject != t.INDEX}


def _mark(key: str, digest: str) -> Quad:
    return Quad(_graph(key), t.DIGEST, Literal(digest), t.INDEX)


def _graph(key: str) -> NamedNode:
    return NamedNode(document_iri(key))


def _digest(of_files: str, named: Gazetteer, canon: Canon) -> str:
    """What a document's quads follow from: its files, the vocabulary, the registry, and which of its ids are merged."""
    moved = [f"{key} {canon(key)}" for key in sorted(named.entities) if canon(key) != key]
    return hashlib.sha256("\n".join((of_files, _mapping(load()), *moved)).encode()).hexdigest()


def _complete(files: dict[str, str], decisions: Decisions) -> Quad:
    """The mark of an index that holds just these documents under just these decisions."""
    parts = (*(f"{key} {files[key]}" for key in sorted(files)), _mapping(load()), decisions.dumps())
    return Quad(t.INDEX, t.DIGEST, Literal(hashlib.sha256("\n".join(parts).encode()).hexdigest()), t.INDEX)


@lru_cache(maxsize=2)
def _mapping(registry: Registry) -> str:
    """What the quads of a document depend on beside its files: this layout, the vocabulary and the registry."""
    parts = (str(FORMAT), _LAYOUT, *sorted(map(str, _vocabulary())), *sorted(map(repr, registry.entries.values())))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _vocabulary() -> tuple[Quad, ...]:
    from importlib.resources import files

    text = files("ontology").joinpath("chip.ttl").read_text(encoding="utf-8")
    triples = parse(text, RdfFormat.TURTLE)
    return tuple(Quad(q.subject, q.predicate, q.object, t.VOCABULARY) for q in triples)
