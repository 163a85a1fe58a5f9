"""The shared graph: what no single document says, brought in line with all of them."""

from __future__ import annotations

from itertools import chain, groupby
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from graph import terms as t
from graph.copies import copies
from graph.store import matching
from ontology.iri import document_iri, local_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Store as Engine

    from graph.entities import Gazetteer

_AT_ONCE = 10_000  # quads that are added at once


def share(engine: Engine, gazetteer: Gazetteer) -> None:
    """Replaces the shared graph; what is a projected fact already is left out, so that no triple stands twice.

    engine: the store, its documents, their sketches and the projection already as they should be; gazetteer: what the
    documents say of entities.
    """
    said: set[str] = set()
    fresh: list[Quad] = []
    # Subject by subject, as the whole of what is wanted would take a great deal of memory.
    for subject, quads in groupby(chain(gazetteer.quads(), _copies(engine)), key=lambda quad: quad.subject):
        wanted = {quad for quad in quads if not _is_fact(engine, quad)}
        found = set(engine.quads_for_pattern(subject, None, None, t.SHARED))
        _remove(engine, found - wanted)
        fresh.extend(wanted - found)
        if len(fresh) > _AT_ONCE:
            engine.extend(fresh)
            fresh.clear()
        said.add(str(subject))
    engine.extend(fresh)
    _remove(engine, (q for q in engine.quads_for_pattern(None, None, None, t.SHARED) if str(q.subject) not in said))


def _remove(engine: Engine, quads: Iterable[Quad]) -> None:
    for gone in list(quads):
        engine.remove(gone)


def _copies(engine: Engine) -> Iterator[Quad]:
    """Each document that has copies with the one that stands for all of them."""
    drawn = matching(engine, None, t.SKETCH, None, t.INDEX)
    for key, first in copies((local_name(quad.subject.value), quad.object.value) for quad in drawn).items():
        yield Quad(NamedNode(document_iri(key)), t.ALTERNATE, NamedNode(document_iri(first)), t.SHARED)


def _is_fact(engine: Engine, quad: Quad) -> bool:
    """True where a fact of the registry is said by a claim too; only business models are relations in both."""
    return quad.predicate == t.BUSINESS_MODEL and Quad(quad.subject, quad.predicate, quad.object, t.FACTS) in engine
