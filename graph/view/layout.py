"""Where every node stands, computed here so that the browser shows a finished picture at once.

Small graphs are laid out whole, by stress: distances on the page follow distances in the graph. Larger ones in two
levels: communities (Louvain) are laid out inside, then placed as discs. Parts that are not connected are packed side by
side. The same graph gets the same positions; seeds are fixed and nodes are plain numbers, whose sets keep their order.
Where most nodes had a place before they keep it, and only the others are placed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.view.clearance import clear
from graph.view.pack import pack
from graph.view.settle import settle
from graph.view.stress import spread, stress_layout, turned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

WHOLE_UP_TO = 150
STRESS_UP_TO = 90
# networkx needs SciPy, which is no dependency of ours, for springs between 500 nodes or more.
SPRINGS_BELOW = 500
GOLDEN_ANGLE = 2.399963
EDGE_LENGTH = 170.0
ROW = 58.0
CLEAR_UP_TO = 200
DENSE_EDGE_LENGTH = 62.0
DENSE_ROOM = 36.0
# How often communities are pulled together, and to which part of their distance from the middle.
PULLS = 24
PULL = 0.9
# With fewer of its nodes known a graph is laid out anew: patches on patches make no picture.
KEEP_FROM = 0.6
SEED = 7


@dataclass(frozen=True, slots=True)
class Layout:
    """For every node: x and y in pixels, number of its community (by size, 0 the largest), rank between 0 and 1."""

    x: tuple[int, ...]
    y: tuple[int, ...]
    community: tuple[int, ...]
    rank: tuple[float, ...]


def lay_out(
    count: int,
    edges: Sequence[tuple[int, int]],
    label_widths: Sequence[float],
    before: Mapping[int, tuple[int, int]] | None = None,
) -> Layout:
    """Positions of the nodes 0 to count - 1.

    edges: pairs of nodes; label_widths: pixels that each name takes; before: places that nodes had, which they keep
    where that is most of the graph.

    >>> placed = lay_out(3, [(0, 1)], [40, 40, 40])
    >>> len({*zip(placed.x, placed.y)}), placed.community
    (3, (0, 0, 1))
    """
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(sorted({(min(e), max(e)) for e in edges if e[0] != e[1]}))
    communities = _communities(graph)
    positions = _positions(graph, communities, label_widths, before or {})
    of_node = {node: number for number, members in enumerate(communities) for node in members}
    return Layout(
        x=tuple(round(positions[node][0]) for node in range(count)),
        y=tuple(round(positions[node][1]) for node in range(count)),
        community=tuple(of_node[node] for node in range(count)),
        rank=_ranks(graph),
    )


def _positions(
    graph: nx.Graph[int],
    communities: list[list[int]],
    label_widths: Sequence[float],
    before: Mapping[int, tuple[int, int]],
) -> Mapping[int, tuple[float, float]]:
    count = len(label_widths)
    if not before or len(before) < KEEP_FROM * count:
        return _whole(graph, label_widths) if count <= WHOLE_UP_TO else _two_level(graph, communities)
    room = (EDGE_LENGTH * 0.6, ROW) if count <= WHOLE_UP_TO else (DENSE_ROOM, DENSE_ROOM)
    return settle(graph, before, room, lambda rest: _whole(graph.subgraph(rest).copy(), label_widths))


def _communities(graph: nx.Graph[int]) -> list[list[int]]:
    import networkx as nx

    found = nx.community.louvain_communities(graph, seed=SEED) if graph.number_of_edges() else [{n} for n in graph]
    return sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))


def _components(graph: nx.Graph[int]) -> list[list[int]]:
    import networkx as nx

    found = (sorted(members) for members in nx.connected_components(graph))
    return sorted(found, key=lambda members: (-len(members), members))


def _whole(graph: nx.Graph[int], label_widths: Sequence[float]) -> dict[int, tuple[float, float]]:
    """Every component by stress, pushed apart until names fit, then packed."""
    for a, b in graph.edges:
        graph.edges[a, b]["length"] = _length(graph, a, b)
    blocks = []
    for members in _components(graph):
        points = stress_layout(graph.subgraph(members).copy(), members, EDGE_LENGTH, weight="length")
        widths = [max(44.0, label_widths[node]) for node in members]
        row = {node: i for i, node in enumerate(members)}
        lines = [(row[a], row[b]) for a, b in graph.edges(members)]
        blocks.append((members, turned(_apart(points, lines, widths)), 60.0))
    return pack(blocks)


def _apart(points: Points, lines: list[tuple[int, int]], widths: list[float]) -> Points:
    return clear(points, lines, widths, ROW) if len(lines) <= CLEAR_UP_TO else spread(points, widths, ROW)


def _length(graph: nx.Graph[int], a: int, b: int) -> float:
    """Steps that an edge should measure: more between busy nodes, so that the dense middle gets room."""
    around = set(graph[a]) ^ set(graph[b])
    return min(2.4, 0.95 + 0.09 * len(around - {a, b}))


def _two_level(graph: nx.Graph[int], communities: list[list[int]]) -> dict[int, tuple[float, float]]:
    """Communities as discs, placed by how they hang together; what hangs nowhere is packed around."""
    import networkx as nx
    import numpy as np

    inner = {number: _inside(graph, members) for number, members in enumerate(communities)}
    radii = {number: float(np.hypot(*points.T).max()) + DENSE_EDGE_LENGTH / 2 for number, points in inner.items()}
    of_node = {node: number for number, members in enumerate(communities) for node in members}
    quotient: nx.Graph[int] = nx.Graph()
    quotient.add_nodes_from(inner)
    for a, b in graph.edges:
        if of_node[a] != of_node[b]:
            quotient.add_edge(of_node[a], of_node[b], length=radii[of_node[a]] + radii[of_node[b]])
    blocks = []
    for members in _components(quotient):
        centres = stress_layout(quotient.subgraph(members).copy(), members, 0.6, weight="length")
        centres = _drawn_in(centres, [2 * radii[m] for m in members])
        nodes = [node for m in members for node in communities[m]]
        placed = np.vstack([inner[m] + centre for m, centre in zip(members, centres, strict=True)])
        blocks.append((nodes, placed, DENSE_EDGE_LENGTH))
    return pack(blocks)


def _drawn_in(centres: Points, sizes: list[float]) -> Points:
    """Discs apart, and as near to each other as pulling all of them to the middle again and again brings them."""
    import numpy as np

    placed = spread(centres, sizes, height=sizes)
    for _ in range(PULLS):
        tighter = spread(placed * PULL, sizes, height=sizes)
        if np.ptp(tighter, axis=0).max() >= np.ptp(placed, axis=0).max():
            break
        placed = tighter
    return placed


def _inside(graph: nx.Graph[int], members: list[int]) -> Points:
    """One community around the origin."""
    return spread(_loose(graph.subgraph(members).copy(), members), [30.0] * len(members), height=30.0)


def _loose(part: nx.Graph[int], members: list[int]) -> Points:
    """Stress where it is affordable, springs above, a disc with the best connected in the middle for a crowd."""
    import networkx as nx
    import numpy as np

    size = DENSE_EDGE_LENGTH * len(members) ** 0.5
    if len(members) <= STRESS_UP_TO:
        return stress_layout(part, members, DENSE_EDGE_LENGTH)
    if len(members) < SPRINGS_BELOW:
        found = nx.spring_layout(part, seed=SEED, iterations=40, scale=size / 2)
        return np.array([found[node] for node in members])
    row = {node: i for i, node in enumerate(sorted(members, key=lambda node: (-part.degree(node), node)))}
    turns = np.array([row[node] for node in members], dtype=np.float64)
    radii = size / 2 * np.sqrt(turns / len(members))
    return np.column_stack([radii * np.cos(turns * GOLDEN_ANGLE), radii * np.sin(turns * GOLDEN_ANGLE)])


def _ranks(graph: nx.Graph[int]) -> tuple[float, ...]:
    """Weight of a node: its number of neighbours on a root scale, 1 for the best connected."""
    most = max((degree for _, degree in graph.degree()), default=0) or 1
    return tuple(round((graph.degree(node) / most) ** 0.5, 3) for node in range(graph.number_of_nodes()))
