"""Projections to networkx, and the figures that analysts ask of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology.classes import is_a
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from extract.model import Claim, Entity

SEED = 7  # communities and sampled betweenness draw lots; the same lots every time
_SAMPLE = 100  # sources of the sampled betweenness: all of them took 5 s at 2,000 actors


def claims_graph(claims: Iterable[Claim]) -> nx.MultiDiGraph[str]:
    """Claims as a directed multigraph: nodes by entity id (label, type), edges by claim id with what the claim says.

    >>> from graph.example import knowledge
    >>> graph = claims_graph(knowledge().relations().facts())
    >>> sorted(graph.edges(data="relation"))[0]
    ('hua-hong', 'stmicroelectronics', 'manufacturesFor')
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for claim in claims:
        for entity in (claim.subject, claim.object):
            graph.add_node(entity.id, label=entity.label, type=entity.type)
        graph.add_edge(claim.subject.id, claim.object.id, key=claim.id, **_attributes(claim))
    return graph


def actors_graph(claims: Iterable[Claim]) -> nx.Graph[str]:
    """Actors only, one undirected edge a pair: its weight the number of claims, its relations their names, sorted."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    for claim in claims:
        if all(is_a(entity.type, "Actor") for entity in (claim.subject, claim.object)):
            _tie(graph, claim.subject, claim.object, claim.relation)
    return graph


def centralities(graph: nx.Graph[str]) -> dict[str, dict[str, float]]:
    """Degree, PageRank and betweenness of each node of an actors graph, by label; betweenness is sampled when large.

    >>> from graph.example import knowledge
    >>> found = centralities(actors_graph(knowledge().relations().facts()))
    >>> max(found, key=lambda label: found[label]["betweenness"])
    'STMicroelectronics'
    """
    import networkx as nx

    ranks = _pagerank(graph)
    sample = min(_SAMPLE, len(graph)) or None
    betweenness = nx.betweenness_centrality(graph, k=sample, seed=SEED) if graph else {}
    return {
        graph.nodes[node]["label"]: {
            "degree": float(graph.degree(node)),
            "pagerank": ranks[node],
            "betweenness": betweenness[node],
        }
        for node in graph
    }


def communities(graph: nx.Graph[str]) -> list[list[str]]:
    """The communities of an actors graph as lists of labels, the largest first."""
    import networkx as nx

    found = nx.community.louvain_communities(graph, seed=SEED) if graph else []
    labelled = (sorted(graph.nodes[node]["label"] for node in members) for members in found)
    return sorted(labelled, key=lambda labels: (-len(labels), labels))


def _attributes(claim: Claim) -> dict[str, object]:
    return {
        "relation": claim.relation,
        "label": relations()[claim.relation].label,
        "confidence": claim.confidence,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "time": claim.time or "",
        "document": claim.document,
        "source": claim.source,
        "sentence": claim.evidence.text,
    }


def _tie(graph: nx.Graph[str], a: Entity, b: Entity, relation: str) -> None:
    for entity in (a, b):
        graph.add_node(entity.id, label=entity.label, type=entity.type)
    edge = graph.get_edge_data(a.id, b.id, default={"weight": 0, "relations": ()})
    names = tuple(sorted({*edge["relations"], relation}))
    graph.add_edge(a.id, b.id, weight=edge["weight"] + 1, relations=names)


def _pagerank(graph: nx.Graph[str], damping: float = 0.85, rounds: int = 60) -> dict[str, float]:
    """PageRank by power iteration; networkx's own needs scipy, which nothing else here does."""
    if not graph:
        return {}
    rank = dict.fromkeys(graph, 1 / len(graph))
    for _ in range(rounds):
        spread = {node: rank[node] / max(graph.degree(node), 1) for node in graph}
        lost = sum(rank[node] for node in graph if not graph.degree(node))
        base = (1 - damping + damping * lost) / len(graph)
        rank = {node: base + damping * sum(spread[near] for near in graph[node]) for node in graph}
    return rank
