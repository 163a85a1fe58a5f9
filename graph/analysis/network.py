"""Claims as a network to analyse: names go in, labels come out, and each tie has its claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.analysis.centrality import Centralities, centralities
from graph.analysis.communities import Communities, communities
from graph.analysis.cuts import Bridges, Cut, CutPoints, bridges, cut_points, min_cut
from graph.analysis.projections import actors_graph, weighted_graph
from ontology.errors import UnknownEntity
from ontology.iri import local_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import networkx as nx

    from graph.asking.relations import Relations


class Network:
    """A network of entities, one weighted tie a pair.

    claims: Relations, what it is made of; actors_only: bool, leaves out products, places and policies; directed: bool,
    ties run from subject to object. `graph` is the networkx graph, for all that is not here.

    >>> from graph.example import market
    >>> network = market().network(relation="suppliesTo")
    >>> network
    <Network: 7 entities, 7 ties>
    >>> print(*network.shortest_path("Dogwood Mining", "Elm Motors"), sep=" - ")
    Dogwood Mining - Cedar Gas - Aster Fab - Elm Motors
    """

    def __init__(self, claims: Relations, *, actors_only: bool = True, directed: bool = False) -> None:
        self.claims = claims
        self.graph: nx.Graph[str] = (actors_graph if actors_only else weighted_graph)(claims, directed=directed)

    def __repr__(self) -> str:
        return f"<Network: {len(self.graph)} entities, {self.graph.number_of_edges()} ties>"

    def __len__(self) -> int:
        return len(self.graph)

    @property
    def labels(self) -> dict[str, str]:
        """The label of each node by its id."""
        return {node: self.graph.nodes[node]["label"] for node in self.graph}

    def between(self, a: str, b: str) -> Relations:
        """The claims behind the tie of two entities."""
        ends = {self._node(a), self._node(b)}
        return self.claims.where(lambda claim: {claim.subject.id, claim.object.id} == ends)

    def centralities(self, *, exact: bool | None = None) -> Centralities:
        """Degree, PageRank, betweenness, closeness and core number of each entity; see `centralities`."""
        return centralities(self.graph, exact=exact)

    def communities(self, resolution: float = 1.0) -> Communities:
        """Who belongs together, by Louvain's method; a resolution above 1 gives more and smaller communities."""
        return communities(self.graph, resolution)

    def k_core(self, k: int | None = None) -> Network:
        """The part in which each is tied to k others of it (Seidman, 1983); None takes the largest k that there is.

        >>> from graph.example import market
        >>> sorted(market().network().k_core(2).labels.values())
        ['Aster Fab', 'Birch Devices', 'Elm Motors', 'Fir Systems']
        """
        import networkx as nx

        plain = self.graph.to_undirected() if self.graph.is_directed() else self.graph
        return self._part(nx.k_core(plain, k))

    def components(self) -> tuple[Network, ...]:
        """The parts that nothing ties to each other, the largest first."""
        import networkx as nx

        plain = self.graph.to_undirected(as_view=True) if self.graph.is_directed() else self.graph
        found = sorted(nx.connected_components(plain), key=lambda nodes: (-len(nodes), min(nodes)))
        return tuple(map(self._part, found))

    def cut_points(self) -> CutPoints:
        """The entities without which a connected part falls apart."""
        return cut_points(self.graph)

    def bridges(self) -> Bridges:
        """The ties without which a connected part falls in two."""
        return bridges(self.graph)

    def shortest_path(self, a: str, b: str) -> tuple[str, ...]:
        """The labels along a shortest path from one to another; empty where there is none."""
        import networkx as nx

        try:
            return self._labelled(nx.shortest_path(self.graph, self._node(a), self._node(b)))
        except nx.NetworkXNoPath:
            return ()

    def simple_paths(self, a: str, b: str, max_hops: int = 4) -> Iterator[tuple[str, ...]]:
        """The labels along each path without a loop from one to another, found one by one as they are asked for.

        >>> from graph.example import market
        >>> supply = market().network(relation="suppliesTo")
        >>> sorted(len(path) - 1 for path in supply.simple_paths("Dogwood Mining", "Elm Motors"))
        [3, 4]
        """
        import networkx as nx

        found = nx.all_simple_paths(self.graph, self._node(a), self._node(b), cutoff=max_hops)
        return map(self._labelled, found)

    def min_cut(self, to: str, sources: Iterable[str]) -> Cut:
        """The fewest entities whose loss leaves no way from any of the sources to one.

        >>> from graph.example import market
        >>> supply = market().network(relation="suppliesTo", directed=True)
        >>> print(supply.min_cut("Elm Motors", ["Cedar Gas", "Garnet Litho"]))
        Without Aster Fab nothing leads from Cedar Gas, Garnet Litho to Elm Motors.
        """
        return min_cut(self.graph, [self._node(source) for source in sources], self._node(to))

    def _node(self, name: str) -> str:
        key = local_name(self.claims.names.find(name).value)
        if key not in self.graph:
            raise UnknownEntity(name, tuple(sorted(self.labels.values())[:3]))
        return key

    def _labelled(self, nodes: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.graph.nodes[node]["label"] for node in nodes)

    def _part(self, nodes: Iterable[str]) -> Network:
        made = Network.__new__(Network)
        kept = set(nodes)
        made.claims = self.claims.where(lambda claim: {claim.subject.id, claim.object.id} <= kept)
        made.graph = self.graph.subgraph(kept).copy()
        return made
