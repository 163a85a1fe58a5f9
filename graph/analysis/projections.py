"""Claims as networkx graphs: one edge a claim, one weighted edge a pair, actors only, actors with technologies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.asking.wording import class_called
from ontology.classes import is_a
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import networkx as nx

    from extract.model import Claim, Entity


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
        _add_ends(graph, claim)
        graph.add_edge(claim.subject.id, claim.object.id, key=claim.id, **_attributes(claim))
    return graph


def weighted_graph(claims: Iterable[Claim], *, directed: bool = False) -> nx.Graph[str]:
    """Claims as a graph of one edge a pair.

    directed: bool, True gives a `DiGraph` that runs from subject to object, and both ways for symmetric relations.
    Each edge has `weight` (the number of claims), `confidence` (of the strongest), `relations` (names, sorted) and
    `claims` (their ids). What ties an entity to itself is left out.

    >>> from graph.example import market
    >>> graph = weighted_graph(market().suppliers("Aster Fab"), directed=True)
    >>> graph.edges["cedar-gas", "aster-fab"]["weight"]
    3
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.DiGraph() if directed else nx.Graph()
    for claim in claims:
        _add_ends(graph, claim)
        for a, b in _directions(claim, directed):
            _tie(graph, a.id, b.id, claim)
    return graph


def actors_graph(claims: Iterable[Claim], *, directed: bool = False) -> nx.Graph[str]:
    """The same of the claims between actors: companies, countries, groups, people.

    >>> from graph.example import market
    >>> "node-28nm" in actors_graph(market().relations().facts())
    False
    """
    return weighted_graph((claim for claim in claims if _all_are(claim, "Actor")), directed=directed)


def bipartite_graph(claims: Iterable[Claim], left: str = "Actor", right: str = "Technology") -> nx.Graph[str]:
    """The claims between two kinds, as a bipartite graph of one weighted edge a pair.

    left, right: str, classes of the ontology, that of process nodes and techniques unless told otherwise. Nodes have
    `bipartite` 0 on the left and 1 on the right, as `networkx.algorithms.bipartite` expects.

    >>> from graph.example import market
    >>> graph = bipartite_graph(market().relations())
    >>> sorted(graph["node-28nm"])
    ['aster-fab', 'birch-devices']
    """
    import networkx as nx

    left, right = class_called(left), class_called(right)
    graph: nx.Graph[str] = nx.Graph()
    for claim in claims:
        for a, b in ((claim.subject, claim.object), (claim.object, claim.subject)):
            if is_a(a.type, left) and is_a(b.type, right) and not is_a(a.type, right):
                graph.add_node(a.id, label=a.label, type=a.type, bipartite=0)
                graph.add_node(b.id, label=b.label, type=b.type, bipartite=1)
                _tie(graph, a.id, b.id, claim)
                break
    return graph


def _add_ends(graph: nx.Graph[str], claim: Claim) -> None:
    for entity in (claim.subject, claim.object):
        graph.add_node(entity.id, label=entity.label, type=entity.type)


def _all_are(claim: Claim, kind: str) -> bool:
    return is_a(claim.subject.type, kind) and is_a(claim.object.type, kind)


def _directions(claim: Claim, directed: bool) -> Iterator[tuple[Entity, Entity]]:
    if claim.subject.id == claim.object.id:
        return
    yield claim.subject, claim.object
    if directed and relations()[claim.relation].symmetric:
        yield claim.object, claim.subject


def _tie(graph: nx.Graph[str], a: str, b: str, claim: Claim) -> None:
    none = {"weight": 0, "confidence": 0.0, "relations": (), "claims": ()}
    edge = graph.get_edge_data(a, b, default=none)
    graph.add_edge(
        *(a, b),
        weight=edge["weight"] + 1,
        confidence=max(edge["confidence"], claim.confidence),
        relations=tuple(sorted({*edge["relations"], claim.relation})),
        claims=(*edge["claims"], claim.id),
    )


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
