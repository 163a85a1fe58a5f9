"""Where a network falls apart: cut points, bridges, and the fewest whose loss cuts one off from others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from graph.asking.frame import Frame, Worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

_END = "\x1f"  # in no id: what tells the nodes that are added for the flow from those of the graph


@dataclass(frozen=True, slots=True, repr=False)
class CutPoint(Worded):
    """An entity without which a connected part of the network falls apart: parts, tuple of labels, largest first."""

    id: str
    label: str
    parts: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        return f"{self.label} parts {' | '.join(', '.join(part) for part in self.parts)}"


class CutPoints(Frame[CutPoint]):
    """The articulation points of a network, the one that cuts off most first.

    >>> from graph.example import market
    >>> print(market().network(relation="suppliesTo").cut_points()[0])
    Aster Fab parts Birch Devices, Elm Motors, Juniper Gas | Cedar Gas, Dogwood Mining | Garnet Litho
    """

    columns = ("label", "parts", "cut_off", "id")
    nouns = ("cut point", "cut points")

    def _row(self, item: CutPoint) -> tuple[object, ...]:
        return item.label, len(item.parts), _cut_off(item), item.id


@dataclass(frozen=True, slots=True, repr=False)
class Bridge(Worded):
    """The only tie between two parts of a network.

    ids, labels: of its two ends; claims: tuple of str, the ids of the claims; smaller: tuple of str, labels of the
    smaller part.
    """

    ids: tuple[str, str]
    labels: tuple[str, str]
    claims: tuple[str, ...]
    smaller: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.labels[0]} - {self.labels[1]} cuts off {', '.join(self.smaller)}"


class Bridges(Frame[Bridge]):
    """The bridges of a network, the one that cuts off most first."""

    columns = ("a", "b", "cut_off", "claims")
    nouns = ("bridge", "bridges")

    def _row(self, item: Bridge) -> tuple[object, ...]:
        return *item.labels, ", ".join(item.smaller), len(item.claims)


@dataclass(frozen=True, slots=True, repr=False)
class Cut(Worded):
    """The fewest entities whose loss leaves no way from any of some others to one.

    to: str; sources: tuple of str; labels, ids: tuple of str, what is cut, sources themselves included where they
    reach it straight; claims: tuple of str, ids of the claims of what is cut.
    """

    to: str
    sources: tuple[str, ...]
    labels: tuple[str, ...]
    ids: tuple[str, ...]
    claims: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def __str__(self) -> str:
        without = ", ".join(self.labels) or "anything"
        return f"Without {without} nothing leads from {', '.join(self.sources)} to {self.to}."


def cut_points(graph: nx.Graph[str]) -> CutPoints:
    """The articulation points (Hopcroft and Tarjan, 1973)."""
    import networkx as nx

    plain = _plain(graph)
    return CutPoints(sorted((_cut_point(plain, node) for node in nx.articulation_points(plain)), key=_most_first))


def bridges(graph: nx.Graph[str]) -> Bridges:
    """The bridges: ties without which a connected part falls in two."""
    import networkx as nx

    plain = _plain(graph)
    found = [_bridge(plain, *ends) for ends in cast("Iterable[tuple[str, str]]", nx.bridges(plain))]
    return Bridges(sorted(found, key=lambda bridge: (-len(bridge.smaller), bridge.labels, bridge.ids)))


def min_cut(graph: nx.Graph[str], sources: Iterable[str], to: str) -> Cut:
    """The fewest nodes whose loss leaves no way from any source to a node (Menger, 1927), by maximum flow.

    graph: directed, ways run along its edges, or undirected; sources, to: ids of its nodes. A source may be cut, the
    end may not.
    """
    import networkx as nx

    given = sorted(set(sources) - {to})
    flow: nx.DiGraph[str] = nx.DiGraph()
    for node in graph:
        flow.add_edge(node, node + _END, **({} if node == to else {"capacity": 1}))
    for a, b in graph.to_directed(as_view=True).edges():
        flow.add_edge(a + _END, b)
    for source in given:
        flow.add_edge(_END, source)
    cut: list[str] = []
    if given:
        reached = nx.minimum_cut(flow, _END, to)[1][0]
        cut = sorted(node for node in graph if node in reached and node + _END not in reached)
    labels = [graph.nodes[node]["label"] for node in (to, *given, *cut)]
    head, said = len(given) + 1, dict.fromkeys(c for n in cut for e in _edges(graph, n) for c in e.get("claims", ()))
    return Cut(labels[0], tuple(labels[1:head]), tuple(labels[head:]), tuple(cut), tuple(said))


def _edges(graph: nx.Graph[str], node: str) -> Iterable[dict[str, Any]]:
    return [data for _, _, data in _plain(graph).edges(node, data=True)]


def _plain(graph: nx.Graph[str]) -> nx.Graph[str]:
    return graph.to_undirected() if graph.is_directed() else graph


def _cut_point(graph: nx.Graph[str], node: str) -> CutPoint:
    import networkx as nx

    near = nx.node_connected_component(graph, node) - {node}
    return CutPoint(node, graph.nodes[node]["label"], _parts(graph.subgraph(near)))


def _bridge(graph: nx.Graph[str], a: str, b: str) -> Bridge:
    import networkx as nx

    near = graph.subgraph(nx.node_connected_component(graph, a)).copy()
    claims = near.edges[a, b].get("claims", ())
    near.remove_edge(a, b)
    ids = min((a, b), (b, a), key=lambda pair: graph.nodes[pair[0]]["label"])
    labels = (graph.nodes[ids[0]]["label"], graph.nodes[ids[1]]["label"])
    return Bridge(ids, labels, claims, _parts(near)[-1])


def _parts(graph: nx.Graph[str]) -> tuple[tuple[str, ...], ...]:
    import networkx as nx

    named = (tuple(sorted(graph.nodes[node]["label"] for node in part)) for part in nx.connected_components(graph))
    return tuple(sorted(named, key=lambda labels: (-len(labels), labels)))


def _cut_off(point: CutPoint) -> int:
    return sum(map(len, point.parts[1:]))


def _most_first(point: CutPoint) -> tuple[int, str, str]:
    return -_cut_off(point), point.label, point.id
