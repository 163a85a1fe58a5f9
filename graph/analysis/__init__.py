"""Claims as networkx graphs, and the figures that analysts ask of them, under the labels of the entities."""

from graph.analysis.centrality import Centralities, Centrality, centralities, pagerank
from graph.analysis.communities import Communities, Community, communities
from graph.analysis.cuts import Bridge, Bridges, Cut, CutPoint, CutPoints, bridges, cut_points, min_cut
from graph.analysis.network import Network
from graph.analysis.projections import actors_graph, bipartite_graph, claims_graph, weighted_graph

__all__ = [
    "Bridge",
    "Bridges",
    "Centralities",
    "Centrality",
    "Communities",
    "Community",
    "Cut",
    "CutPoint",
    "CutPoints",
    "Network",
    "actors_graph",
    "bipartite_graph",
    "bridges",
    "centralities",
    "claims_graph",
    "communities",
    "cut_points",
    "min_cut",
    "pagerank",
    "weighted_graph",
]
