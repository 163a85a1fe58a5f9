"""All graphs as TriG of RDF 1.2: each claim also reifies its triple, `claim rdf:reifies <<( s p o )>>`.

For readers of RDF 1.2; those of RDF 1.1 refuse the file. Follows the W3C draft of RDF 1.2 Concepts, section 1.5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import terms as t
from graph.exchange._rdf import written
from graph.export import everything
from graph.store import as_node
from ontology.namespaces import RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store

TITLE = "TriG of RDF 1.2, claims as reifiers"
_REIFIES = ox.NamedNode(RDF.reifies)
_ENDS = (t.SUBJECT, t.PREDICATE, t.OBJECT)


def files(store: Store) -> dict[str, list[bytes]]:
    """The one file of the format."""
    return {"graph.trig": [written(_quads(store), ox.RdfFormat.TRIG)]}


def _quads(store: Store) -> Iterator[ox.Quad]:
    for quad in everything(store):
        yield quad
        if quad.predicate == t.TYPE and quad.object == t.CLAIM:
            node, graph = as_node(quad.subject), quad.graph_name  # type: ignore[arg-type]
            s, p, o = (next(store.quads(node, part, None, graph)).object for part in _ENDS)
            yield ox.Quad(node, _REIFIES, ox.Triple(as_node(s), as_node(p), o), graph)
