from __future__ import annotations

import networkx as nx
import pytest

from graph.analysis import actors_graph, centralities, communities
from graph.example import knowledge


def test_multigraph_keeps_claims_as_edges() -> None:
    graph = knowledge().to_networkx()
    assert sorted((a, b) for a, b in graph.edges()) == [
        ("hua-hong", "stmicroelectronics"),
        ("stmicroelectronics", "northwind-motors"),
    ]
    (_, _, key, edge), *_ = graph.edges(keys=True, data=True)
    assert knowledge().statement(key).evidence.text == edge["sentence"]
    assert graph.nodes["hua-hong"] == {"label": "Hua Hong Semiconductor", "type": "Company"}
    assert knowledge().to_networkx(facts_only=False).number_of_edges() == 4


def test_actors_only_and_their_figures() -> None:
    graph = actors_graph(knowledge().relations())
    assert "wuxi" not in graph
    figures = centralities(graph)
    assert figures.of("STMicroelectronics").degree == 2
    assert sum(row.pagerank for row in figures) == pytest.approx(1)
    assert communities(graph) == communities(graph) != communities(nx.Graph())
    assert len(centralities(nx.Graph())) == 0
    assert len(communities(nx.Graph())) == 0
