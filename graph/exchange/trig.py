"""All graphs as TriG (W3C RDF 1.1): the same as graph.trig of a built folder says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.exchange._rdf import quads

if TYPE_CHECKING:
    from graph.store import Store

TITLE = "TriG"


def files(store: Store) -> dict[str, list[bytes]]:
    """The one file of the format."""
    return {"graph.trig": [quads(store, ox.RdfFormat.TRIG)]}
