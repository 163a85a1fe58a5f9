"""The index: the quads of the documents in a store, brought in line with the files and published for readers.

The writer works in `store/live`; readers open the snapshot that `store/CURRENT` names, so a build never disturbs them.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from graph import projection, warm
from graph import terms as t
from graph.claims import record_node
from graph.entities import Gazetteer
from graph.identity.decisions import Decisions
from graph.identity.resolve import resolve
from graph.indexed import FEW, Fresh, digest, graph_of, mapping, marks, noted, seen, take_in, take_out, vocabulary
from graph.layout import current
from graph.rdf import Origin, document_quads
from graph.reasons import StoreDamaged
from graph.shared import share
from graph.store import DiskStore, MemoryStore, matching
from ontology.files import write_whole
from ontology.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Store as Engine

    from extract.model import Statement
    from graph.export import Blocks
    from graph.folder import Library

# What stands for the mark of a whole index where only documents were added since: what it says of the others holds.
_BEGUN = "added to"


def in_memory(documents: Iterable[tuple[Origin, list[Statement]]], decisions: Decisions | None = None) -> MemoryStore:
    """A store in memory that holds documents, vocabulary, names and projection; decisions: what was merged or not."""
    gazetteer, quads, given = Gazetteer(), list(vocabulary()), list(documents)
    for origin, statements in given:
        gazetteer.see(statements)
        gazetteer.see_origin(origin)
    canon = resolve(gazetteer.named(), decisions or Decisions(), load())
    for origin, statements in given:
        quads.extend(chain(document_quads(origin, statements, canon), noted(origin, statements)))
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


def reconcile(engine: Engine, library: Library, decisions: Decisions, blocks: Blocks) -> Change | None:
    """Brings the store in line with documents and decisions; None where all was well.

    blocks: gains the graphs, as text, of the documents that are taken in. Until `settle` is called with the change, the
    store counts as left half-way.
    """
    files = {key: library.digest(key) for key in library.ids()}
    complete = _complete(files, decisions)
    if complete in engine:
        return None
    before = [quad.object.value for quad in matching(engine, t.INDEX, t.DIGEST, None, t.INDEX)]
    documents = Fresh(library)
    gazetteer, named = _all_named(engine, documents, files)
    canon = resolve(gazetteer.named(), decisions, load())
    wanted = {key: digest(of_files, named[key], canon) for key, of_files in files.items()}
    del named
    found = marks(engine)
    fresh = [key for key in wanted if found.get(key) != wanted[key]]
    stale = [key for key in found if wanted.get(key) != found[key]]
    _clear(engine, t.INDEX, t.DIGEST)
    touched = {pair for key in stale for pair in projection.pairs(engine, graph_of(key))}
    for key in stale:
        take_out(engine, key, found[key])
    take_in(engine, documents, {key: (wanted[key], files[key]) for key in fresh}, canon, blocks)
    if before and _BEGUN not in before and len(fresh) + len(stale) <= FEW:
        touched.update(pair for key in fresh for pair in projection.pairs(engine, graph_of(key)))
        projection.refresh(engine, touched)
    else:
        projection.rebuild(engine)
    share(engine, gazetteer.merged(canon))
    # What a build that was killed had changed already is among them all.
    return Change(frozenset((*fresh, *stale) if before else (*wanted, *stale)), complete)


def begin(engine: Engine) -> None:
    """Notes that documents are added to an index before the others are looked at."""
    if any(True for _ in matching(engine, t.INDEX, t.DIGEST, None, t.INDEX)):
        _clear(engine, t.INDEX, t.DIGEST)
        engine.add(Quad(t.INDEX, t.DIGEST, Literal(_BEGUN), t.INDEX))


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


def _clear(engine: Engine, node: NamedNode, predicate: NamedNode) -> None:
    """Takes what the index keeps of a node out of it."""
    for quad in list(matching(engine, node, predicate, None, t.INDEX)):
        engine.remove(Quad(node, predicate, quad.object, t.INDEX))


def _named(engine: Engine, documents: Fresh, key: str, of_files: str) -> Gazetteer:
    """The entities of a document under the ids that it was read with: from the index while the files are the same."""
    for quad in matching(engine, record_node(key), t.ENTITIES, None, t.INDEX):
        held, _, summary = quad.object.value.partition("\n")
        known = Gazetteer()
        if held == of_files and known.recall(summary):
            return known
    return seen(*documents.read(key))


def _all_named(engine: Engine, documents: Fresh, files: dict[str, str]) -> tuple[Gazetteer, dict[str, tuple[str, ...]]]:
    """The entities of all documents together, and the ids of those of each, under the ids they were read with."""
    gazetteer = Gazetteer()
    ids: dict[str, tuple[str, ...]] = {}
    for key, of_files in files.items():
        found = _named(engine, documents, key, of_files)
        gazetteer.take(found)
        ids[key] = tuple(map(sys.intern, found.entities))
    return gazetteer, ids


def _complete(files: dict[str, str], decisions: Decisions) -> Quad:
    """The mark of an index that holds just these documents under just these decisions."""
    parts = (*(f"{key} {files[key]}" for key in sorted(files)), mapping(load()), decisions.dumps())
    return Quad(t.INDEX, t.DIGEST, Literal(hashlib.sha256("\n".join(parts).encode()).hexdigest()), t.INDEX)
