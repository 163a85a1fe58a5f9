"""The graphs of users' own: one TriG file in a built folder, beside what the documents say and kept by every build.

A name that begins with `https://w3id.org/chipgraph/` is a graph that documents, decisions or the ontology make; any
other is a user's own. Only the SPARQL endpoint of a server that takes updates reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.export import trig
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from pathlib import Path

RESERVED = "https://w3id.org/chipgraph/"


def is_own(graph: object) -> bool:
    """True for the name of a graph that users may change.

    >>> is_own(ox.NamedNode("https://example.org/notes")), is_own(ox.NamedNode(RESERVED + "id/graph/shared"))
    (True, False)
    >>> is_own(ox.DefaultGraph())
    False
    """
    return isinstance(graph, ox.NamedNode) and not graph.value.startswith(RESERVED)


def read(path: Path) -> list[ox.Quad]:
    """The quads of users' graphs, none where there is no file yet; raises `InvalidData` where it cannot be read."""
    if not path.exists():
        return []
    try:
        quads = list(ox.parse(path=path, format=ox.RdfFormat.TRIG))
    except (SyntaxError, OSError, ValueError) as error:
        raise InvalidData(f"{path} cannot be read ({error}): mend it or move it away.") from error
    for quad in quads:
        if not is_own(quad.graph_name):
            raise InvalidData(
                f"{path} holds a triple of the graph {quad.graph_name}, which no user may change: take it out of there."
            )
    return quads


def written(own: ox.Store) -> bytes:
    """Users' graphs as TriG, the same content always in the same order.

    own: pyoxigraph's store, which holds nothing else.
    """
    return trig(sorted(own, key=_place))


def _place(quad: ox.Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad)
