"""All triples as Turtle (W3C RDF 1.1); which document says what is left out, for Turtle has no graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.exchange._rdf import triples

if TYPE_CHECKING:
    from graph.store import Store

TITLE = "Turtle"


def files(store: Store) -> dict[str, list[bytes]]:
    """The one file of the format."""
    return {"graph.ttl": [triples(store, ox.RdfFormat.TURTLE)]}
