"""All triples as RDF/XML (W3C RDF 1.1); it has no graphs, and characters that XML forbids become U+FFFD."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.exchange._rdf import all_triples, written
from graph.exchange._xml import held

if TYPE_CHECKING:
    from graph.store import Store

TITLE = "RDF/XML"


def files(store: Store) -> dict[str, list[bytes]]:
    """The one file of the format."""
    triples = map(_held, all_triples(store))
    return {"graph.rdf": [written(triples, ox.RdfFormat.RDF_XML)]}


def _held(triple: ox.Triple) -> ox.Triple:
    value = triple.object
    if not isinstance(value, ox.Literal) or held(value.value) == value.value:
        return triple
    return ox.Triple(triple.subject, triple.predicate, ox.Literal(held(value.value), datatype=value.datatype))
