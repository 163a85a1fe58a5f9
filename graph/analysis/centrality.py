"""Who is central: figures of each node of a network."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.analysis import fast
from graph.asking.frame import Frame, Worded
from graph.names import squash
from ontology.errors import UnknownEntity

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

SEED = 7  # sampled betweenness draws lots; the same lots every time
_EXACT = 500  # nodes up to which betweenness takes every node as a source; benchmarks/bench_networks.py has the times
_SAMPLE = 100
_STILL = 1e-10  # PageRank stops where a round moves less than this


@dataclass(frozen=True, slots=True, repr=False)
class Centrality(Worded):
    """The figures of an entity in a network.

    degree: int, with how many it is tied; strength: int, by how many claims; pagerank, betweenness, closeness: float,
    as networkx defines them, PageRank weighted by claims, closeness None where it was too much to ask; core: int, the
    largest k of a k-core that it is in.
    """

    id: str
    label: str
    type: str
    degree: int
    strength: int
    pagerank: float
    betweenness: float
    closeness: float | None
    core: int

    def __str__(self) -> str:
        figures = f"pagerank {self.pagerank:.3f}, betweenness {self.betweenness:.3f}, core {self.core}"
        return f"{self.label}: degree {self.degree}, {figures}"


class Centralities(Frame[Centrality]):
    """The figures of all entities of a network, the highest PageRank first.

    >>> from graph.example import market
    >>> print(market().network().centralities()[0])
    Aster Fab: degree 7, pagerank 0.276, betweenness 0.833, core 2
    """

    columns = ("label", "type", "degree", "strength", "pagerank", "betweenness", "closeness", "core", "id")
    nouns = ("entity", "entities")

    def of(self, name: str) -> Centrality:
        """The figures of one entity; name: str, its label or id. Raises `UnknownEntity` where the network lacks it."""
        for row in self:
            if squash(name) in (squash(row.label), squash(row.id)):
                return row
        raise UnknownEntity(name, tuple(difflib.get_close_matches(name, [row.label for row in self])))

    def by(self, figure: str) -> Centralities:
        """The same, those with the highest of a figure first; figure: str, one of the columns."""
        return self._with(sorted(self, key=lambda row: (-(getattr(row, figure) or 0), row.label, row.id)))


def centralities(graph: nx.Graph[str], *, exact: bool | None = None) -> Centralities:
    """The figures of each node.

    graph: one of `graph.analysis`, directed or not; exact: bool or None, True takes betweenness over all pairs, False
    over paths from 100 nodes drawn by lot, the same every time, and leaves closeness out, which has to look from each
    node; None is exact up to 500 nodes. Exact figures come from
    rustworkx where it is installed (`pip install chipgraph[fast]`), and are the same either way.
    """
    import networkx as nx

    if not graph:
        return Centralities(())
    plain = graph.to_undirected(as_view=True) if graph.is_directed() else graph
    wholly = exact if exact is not None else len(graph) <= _EXACT
    between = fast.betweenness(graph) if wholly else _sampled(graph)
    close: Mapping[str, float] = fast.closeness(graph) if wholly else {}
    ranks, cores = pagerank(graph), nx.core_number(plain)
    rows = (
        Centrality(
            *(node, graph.nodes[node]["label"], graph.nodes[node]["type"]),
            degree=graph.degree(node),
            strength=int(graph.degree(node, weight="weight")),
            pagerank=ranks[node],
            betweenness=between[node],
            closeness=close.get(node),
            core=cores[node],
        )
        for node in graph
    )
    return Centralities(sorted(rows, key=lambda row: (-row.pagerank, row.label, row.id)))


def pagerank(graph: nx.Graph[str], damping: float = 0.85, rounds: int = 100) -> dict[str, float]:
    """PageRank of each node by power iteration, ties weighted by claims.

    networkx's own needs scipy, which nothing else here does. Source: Brin and Page, 1998.
    """
    rank = dict.fromkeys(graph, 1 / len(graph))
    shares = {node: _shares(graph, node) for node in graph}
    idle = [node for node in graph if not shares[node]]
    for _ in range(rounds):
        lost = sum(rank[node] for node in idle)
        fresh = dict.fromkeys(graph, (1 - damping + damping * lost) / len(graph))
        for node, given in shares.items():
            for there, share in given:
                fresh[there] += damping * rank[node] * share
        moved = sum(abs(fresh[node] - rank[node]) for node in graph)
        rank = fresh
        if moved < _STILL:
            break
    return rank


def _shares(graph: nx.Graph[str], node: str) -> list[tuple[str, float]]:
    """Whom a node passes its rank on to, and which share of it each gets."""
    ties = [(there, float(weight)) for _, there, weight in graph.edges(node, data="weight", default=1)]
    total = sum(weight for _, weight in ties)
    return [(there, weight / total) for there, weight in ties]


def _sampled(graph: nx.Graph[str]) -> dict[str, float]:
    import networkx as nx

    return nx.betweenness_centrality(graph, k=min(_SAMPLE, len(graph)), seed=SEED)
