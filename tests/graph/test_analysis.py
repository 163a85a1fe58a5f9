from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis import actors_graph, bipartite_graph, centralities, communities, fast, min_cut, pagerank
from graph.example import knowledge, market
from ontology.errors import UnknownEntity

if TYPE_CHECKING:
    import random


@st.composite
def networks(draw: st.DrawFn, directed: bool | None = None) -> nx.Graph[str]:
    """Small random networks with labels and weights, in one part or several."""
    kind = nx.DiGraph if (draw(st.booleans()) if directed is None else directed) else nx.Graph
    graph: nx.Graph[str] = kind()
    size = draw(st.integers(2, 9))
    for number in range(size):
        graph.add_node(f"n{number}", label=f"N{number}", type="Company")
    ends = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1))
    for a, b in draw(st.lists(ends, max_size=24)):
        if a != b:
            graph.add_edge(f"n{a}", f"n{b}", weight=draw(st.integers(1, 3)), claims=(f"{a}-{b}",))
    return graph


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
    assert knowledge().to_networkx("Northwind Motors").number_of_edges() == 1


def test_projections_by_relation_time_and_confidence() -> None:
    graph = market()
    edge = graph.network(relation="suppliesTo").graph.edges["cedar-gas", "aster-fab"]
    assert (edge["weight"], edge["confidence"], edge["relations"]) == (3, 0.9, ("suppliesTo",))
    assert {graph.statement(key).source for key in edge["claims"]} == {
        c.source for c in graph.relations("Cedar Gas")
    } - {""}
    assert len(graph.network(until="2023")) == 2
    assert graph.network(min_confidence=0.9).graph.number_of_edges() == 4
    assert "norland-list" in graph.network(actors_only=False).graph
    assert "norland-list" not in graph.network().graph
    ways = graph.network(relation=["partnersWith", "imposes"], actors_only=False, directed=True).graph
    assert ways.has_edge("aster-fab", "fir-systems")
    assert not ways.has_edge("norland-list", "norland")


def test_bipartite_graphs_have_two_sides() -> None:
    graph = bipartite_graph(market().relations())
    assert nx.is_bipartite(graph)
    left = {node for node, side in graph.nodes(data="bipartite") if side == 0}
    assert left == {"aster-fab", "birch-devices"}


def test_actors_only_and_their_figures() -> None:
    graph = actors_graph(knowledge().relations())
    assert "wuxi" not in graph
    figures = centralities(graph)
    assert figures.of("STMicroelectronics").degree == 2
    assert sum(row.pagerank for row in figures) == pytest.approx(1)
    assert [row.label for row in figures.by("closeness")] != []
    assert communities(graph) == communities(graph) != communities(nx.Graph())
    assert len(centralities(nx.Graph())) == 0
    assert len(communities(nx.Graph())) == 0
    with pytest.raises(UnknownEntity, match="Northwind Motor"):
        figures.of("Northwind Motorss")


@settings(deadline=None, max_examples=40)
@given(networks())
def test_figures_are_the_same_with_rustworkx_and_without(graph: nx.Graph[str]) -> None:
    pytest.importorskip("rustworkx", reason="the extra `fast` is not installed")
    quick = fast.betweenness(graph), fast.closeness(graph)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "rustworkx", None)
        assert not fast.installed()
        plain = fast.betweenness(graph), fast.closeness(graph)
    for ours, theirs in zip(quick, plain, strict=True):
        assert ours == pytest.approx(theirs, abs=1e-9)
    assert plain[0] == pytest.approx(nx.betweenness_centrality(graph), abs=1e-9)


@settings(deadline=None, max_examples=25)
@given(networks())
def test_pagerank_is_that_of_networkx(graph: nx.Graph[str]) -> None:
    pytest.importorskip("scipy", reason="networkx computes PageRank with scipy")
    assert pagerank(graph) == pytest.approx(nx.pagerank(graph, tol=1e-12, max_iter=500), abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(networks(), st.randoms(use_true_random=False))
def test_a_minimum_cut_cuts_and_no_smaller_one_does(graph: nx.Graph[str], lots: random.Random) -> None:
    to, *sources = lots.sample(sorted(graph), min(4, len(graph)))
    found = min_cut(graph, sources, to)

    def reaches(without: set[str]) -> bool:
        left = graph.subgraph(set(graph) - without)
        return any(s in left and nx.has_path(left, s, to) for s in sources)

    assert to not in found.ids
    assert not reaches(set(found.ids))
    assert all(reaches(set(found.ids) - {kept}) for kept in found.ids)
    nodes = [node for node in graph if node != to]
    if len(found) == 2:
        assert all(reaches({node}) for node in nodes)


def test_figures_of_a_large_network_are_sampled_unless_told_otherwise() -> None:
    graph = nx.star_graph(600)
    nx.relabel_nodes(graph, {node: f"n{node}" for node in graph}, copy=False)
    nx.set_node_attributes(graph, {node: {"label": node, "type": "Company"} for node in graph})
    sampled, exact = centralities(graph)[0], centralities(graph, exact=True)[0]
    assert (sampled.label, sampled.closeness, exact.closeness, exact.betweenness) == ("n0", None, 1.0, 1.0)
    assert sampled.betweenness == pytest.approx(1, abs=0.1)
    assert centralities(graph) == centralities(graph)


def test_paths_and_parts_of_a_network() -> None:
    network = market().network(relation="suppliesTo", directed=True)
    assert network.shortest_path("Elm Motors", "Dogwood Mining") == ()
    assert list(network.simple_paths("Dogwood Mining", "Elm Motors", max_hops=3)) == [
        ("Dogwood Mining", "Cedar Gas", "Aster Fab", "Elm Motors")
    ]
    with pytest.raises(UnknownEntity, match="Ivy Group"):
        network.shortest_path("Ivy Group", "Elm Motors")
    whole = market().network(relation=["subsidiaryOf", "imposes", "partnersWith"])
    assert [len(part) for part in whole.components()] == [3, 2]
    assert len(whole.k_core()) == 2 + 3
    assert {claim.relation for claim in whole.components()[0].claims} == {"partnersWith"}


def test_cuts_name_what_they_cut_off() -> None:
    network = market().network(relation="suppliesTo")
    points = {point.label: point.parts for point in network.cut_points()}
    assert set(points) == {"Aster Fab", "Birch Devices", "Cedar Gas"}
    assert points["Cedar Gas"][1] == ("Dogwood Mining",)
    bridges = {bridge.labels: bridge for bridge in network.bridges()}
    assert bridges["Cedar Gas", "Dogwood Mining"].smaller == ("Dogwood Mining",)
    assert len(bridges["Aster Fab", "Cedar Gas"].claims) == 3
    assert ("Aster Fab", "Birch Devices") not in bridges
    cut = network.min_cut("Elm Motors", ["Dogwood Mining"])
    assert len(cut) == 1
    assert cut.claims
    assert str(network.min_cut("Elm Motors", ["Elm Motors"])).startswith("Without anything")
