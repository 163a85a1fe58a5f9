"""All triples as N-Triples (W3C RDF 1.1), sorted; the graphs of documents are left out, for it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.exchange._rdf import triples

if TYPE_CHECKING:
    from graph.store import Store

TITLE = "N-Triples"


def files(store: Store) -> dict[str, list[bytes]]:
    """The one file of the format."""
    return {"graph.nt": [triples(store, ox.RdfFormat.N_TRIPLES)]}
