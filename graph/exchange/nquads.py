"""All graphs as N-Quads (W3C RDF 1.1), one statement a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.exchange._rdf import quads

if TYPE_CHECKING:
    from graph.store import Store

TITLE = "N-Quads"


def files(store: Store) -> dict[str, list[bytes]]:
    """The one file of the format."""
    return {"graph.nq": [quads(store, ox.RdfFormat.N_QUADS)]}
