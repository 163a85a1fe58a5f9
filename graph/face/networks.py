"""The graph as a network: for networkx, and for the figures that analysts ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.face.asking import Asking

if TYPE_CHECKING:
    from typing import Unpack

    import networkx as nx

    from graph.analysis import Network
    from graph.asking.relations import Relations
    from graph.asking.wanted import Filters


class Networks(Asking):
    """Projections of the claims that fit to networkx; filters: as for `relations`."""

    def to_networkx(self, entity: str | None = None, **filters: Unpack[Filters]) -> nx.MultiDiGraph[str]:
        """The claims as a networkx multigraph: nodes by entity id, an edge a claim, its key the claim's id.

        Only facts, unless `facts_only=False`.

        >>> from graph.example import market
        >>> graph = market().to_networkx(relation="suppliesTo", min_confidence=0.85)
        >>> graph.nodes["cedar-gas"]["label"], graph.number_of_edges("cedar-gas", "aster-fab")
        ('Cedar Gas', 2)
        """
        return self._facts(entity, filters).to_networkx()

    def network(
        self,
        entity: str | None = None,
        *,
        actors_only: bool = True,
        directed: bool = False,
        **filters: Unpack[Filters],
    ) -> Network:
        """The claims as a network to analyse, one weighted tie a pair; only facts, unless `facts_only=False`.

        actors_only: bool, False takes products, places and policies in; directed: bool, True keeps the ways.

        >>> from graph.example import market
        >>> market().network(since="2024-06", until="2024-07")
        <Network: 8 entities, 7 ties>
        """
        return self._facts(entity, filters).network(actors_only=actors_only, directed=directed)

    def bipartite(self, left: str = "Actor", right: str = "Technology", **filters: Unpack[Filters]) -> nx.Graph[str]:
        """The facts between two kinds of entities as a bipartite networkx graph; see `bipartite_graph`.

        >>> from graph.example import market
        >>> sorted(market().bipartite()["node-28nm"])
        ['aster-fab', 'birch-devices']
        """
        from graph.analysis import bipartite_graph

        return bipartite_graph(self._facts(None, filters), left, right)

    def _facts(self, entity: str | None, filters: Filters) -> Relations:
        return self.relations(entity, **_facts_unless_told(filters))


def _facts_unless_told(filters: Filters) -> Filters:
    return {**filters, "facts_only": filters.get("facts_only", True)}
