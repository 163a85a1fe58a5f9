"""All graphs as JSON-LD 1.0, expanded, a graph of a document as a named graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.exchange._rdf import quads

if TYPE_CHECKING:
    from graph.store import Store

TITLE = "JSON-LD, expanded"


def files(store: Store) -> dict[str, list[bytes]]:
    """The one file of the format."""
    return {"graph.jsonld": [quads(store, ox.RdfFormat.JSON_LD)]}
