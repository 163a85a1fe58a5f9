"""GraphML: entities as nodes, claims as directed edges with all that is said of them.

What networkx, yEd, igraph and Cytoscape read. Numbers are a JSON list at the entity that they are about. Characters
that XML forbids become U+FFFD.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.exchange import _reading as reading
from graph.exchange._network import edges, kinds, nodes
from graph.exchange._xml import HEAD, attribute, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.exchange._network import Item
    from graph.store import Store

TITLE = "GraphML"
_KIND = {bool: "boolean", float: "double", str: "string"}


def files(store: Store) -> dict[str, Iterable[bytes]]:
    """The one file of the format."""
    of = reading.contents(store)
    return {"graph.graphml": (line.encode() for line in _lines(list(nodes(of)), list(edges(of))))}


def _lines(nodes: list[Item], edges: list[Item]) -> Iterator[str]:
    yield HEAD + '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for on, items in (("node", nodes), ("edge", edges)):
        for name, kind in kinds(items).items():
            yield f'<key id="{on}-{name}" for="{on}" attr.name="{name}" attr.type="{_KIND[kind]}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for item in nodes:
        yield f"<node id={attribute(item.id)}>\n{_data('node', item)}</node>\n"
    for item in edges:
        ends = f"source={attribute(item.source)} target={attribute(item.target)}"
        yield f"<edge id={attribute(item.id)} {ends}>\n{_data('edge', item)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(on: str, item: Item) -> str:
    values = ((name, reading.as_text(value)) for name, value in item.values.items())
    return "".join(f'<data key="{on}-{name}">{text(value)}</data>\n' for name, value in values)
