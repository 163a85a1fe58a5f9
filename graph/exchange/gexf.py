"""GEXF 1.3, the format of Gephi: entities as nodes, claims as directed edges with all that is said of them.

Numbers are a JSON list at the entity that they are about. Characters that XML forbids become U+FFFD.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.exchange import _reading as reading
from graph.exchange._network import edges, kinds, nodes
from graph.exchange._xml import HEAD, attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.exchange._network import Item
    from graph.store import Store

TITLE = "GEXF, for Gephi"
_KIND = {bool: "boolean", float: "double", str: "string"}


def files(store: Store) -> dict[str, Iterable[bytes]]:
    """The one file of the format."""
    of = reading.contents(store)
    return {"graph.gexf": (line.encode() for line in _lines(list(nodes(of)), list(edges(of))))}


def _lines(nodes: list[Item], edges: list[Item]) -> Iterator[str]:
    yield HEAD + '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n<graph defaultedgetype="directed" mode="static">\n'
    for on, items in (("node", nodes), ("edge", edges)):
        yield f'<attributes class="{on}" mode="static">\n'
        for name, kind in kinds(items).items():
            yield f'<attribute id="{on}-{name}" title="{name}" type="{_KIND[kind]}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for item in nodes:
        yield f"<node id={attribute(item.id)} label={attribute(item.label)}>\n{_values('node', item)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for item in edges:
        ends = f"source={attribute(item.source)} target={attribute(item.target)} label={attribute(item.label)}"
        # `kind` keeps the claims apart that tie the same two entities.
        yield f"<edge id={attribute(item.id)} kind={attribute(item.id)} {ends}>\n{_values('edge', item)}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _values(on: str, item: Item) -> str:
    values = ((name, attribute(reading.as_text(value))) for name, value in item.values.items())
    held = "".join(f'<attvalue for="{on}-{name}" value={value}/>\n' for name, value in values)
    return f"<attvalues>\n{held}</attvalues>\n"
