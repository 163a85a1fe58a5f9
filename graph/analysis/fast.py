"""Figures over all pairs: by rustworkx where it is installed, by networkx otherwise, and the same either way.

What was measured is in docs/decisions/0011-python-api.md.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx
    import rustworkx as rx

_DIGITS = 12  # sums in another order differ behind this digit


def installed() -> bool:
    """True where rustworkx can be imported."""
    return find_spec("rustworkx") is not None


def betweenness(graph: nx.Graph[str]) -> dict[str, float]:
    """The share of shortest paths that pass each node (Freeman, 1977), ties unweighted."""
    if installed():
        import rustworkx as rx

        return _by_node(graph, rx.betweenness_centrality(_converted(graph), normalized=True, endpoints=False))
    import networkx as nx

    return _rounded(nx.betweenness_centrality(graph))


def closeness(graph: nx.Graph[str]) -> dict[str, float]:
    """How near each node is to those that reach it, as Wasserman and Faust scale it for graphs in parts."""
    if installed():
        import rustworkx as rx

        return _by_node(graph, rx.closeness_centrality(_converted(graph), wf_improved=True))
    import networkx as nx

    return _rounded(nx.closeness_centrality(graph))


def _converted(graph: nx.Graph[str]) -> rx.PyGraph[str, None] | rx.PyDiGraph[str, None]:
    import rustworkx as rx

    made: rx.PyGraph[str, None] | rx.PyDiGraph[str, None] = rx.PyDiGraph() if graph.is_directed() else rx.PyGraph()
    at = dict(zip(graph, made.add_nodes_from(list(graph)), strict=True))
    made.add_edges_from([(at[a], at[b], None) for a, b in graph.edges()])
    return made


def _by_node(graph: nx.Graph[str], figures: rx.CentralityMapping) -> dict[str, float]:
    return _rounded(dict(zip(graph, (figures[place] for place in range(len(graph))), strict=True)))


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {node: round(figure, _DIGITS) for node, figure in figures.items()}
