"""What figures over networks cost: networkx against rustworkx, and what each method of a network takes.

`python benchmarks/bench_networks.py [nodes ...]`; five ties a node, drawn so that a few have many, as suppliers do.
Ratios are within one run; the figures of both sides are checked to be equal before they are timed.
"""

from __future__ import annotations

import random
import sys
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx

from graph.analysis import centralities, communities, cut_points, fast, min_cut, pagerank

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 7


def network(nodes: int) -> nx.Graph[str]:
    """A network in which the tie of a node goes to those that have many already."""
    lots, graph = random.Random(SEED), nx.Graph()
    ends = [f"n{i}" for i in range(5)]
    graph.add_edges_from(pairwise(ends), weight=1)
    for number in range(5, nodes):
        for _ in range(5):
            other = lots.choice(ends)
            graph.add_edge(f"n{number}", other, weight=1)
            ends += [f"n{number}", other]
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    for node in graph:
        graph.nodes[node].update(label=node, type="Company")
    return graph


def seconds(what: Callable[[], object]) -> float:
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def without_rustworkx(what: Callable[[], dict[str, float]]) -> dict[str, float]:
    held, sys.modules["rustworkx"] = sys.modules.get("rustworkx"), None  # type: ignore[assignment]
    try:
        return what()
    finally:
        sys.modules.pop("rustworkx")
        if held:
            sys.modules["rustworkx"] = held


def compare(graph: nx.Graph[str], name: str, figure: Callable[[nx.Graph[str]], dict[str, float]]) -> None:
    """Prints what a figure takes either way, once both are known to give the same."""
    start = time.perf_counter()
    quick = figure(graph)
    between = time.perf_counter()
    plain = without_rustworkx(lambda: figure(graph))
    quick_s, plain_s = between - start, time.perf_counter() - between
    assert max(abs(quick[node] - plain[node]) for node in graph) < 1e-9
    print(f"{name:<28}rustworkx {quick_s:8.3f} s, networkx {plain_s:8.3f} s, ratio {plain_s / quick_s:6.1f}")


def measure(nodes: int) -> None:
    graph = network(nodes)
    print(f"\n{nodes} nodes, {graph.number_of_edges()} ties")
    compare(graph, "betweenness", fast.betweenness)
    compare(graph, "closeness", fast.closeness)
    sources = ["n3", "n4", f"n{nodes - 1}"]
    others: tuple[tuple[str, Callable[[], object]], ...] = (
        ("betweenness, 100 sources", lambda: nx.betweenness_centrality(graph, k=100, seed=SEED)),
        ("pagerank", lambda: pagerank(graph)),
        ("all figures", lambda: centralities(graph)),
        ("communities", lambda: communities(graph)),
        ("cut points", lambda: cut_points(graph)),
        ("minimum cut", lambda: min_cut(graph, sources, f"n{nodes - 2}")),
    )
    for name, what in others:
        print(f"{name:<28}{seconds(what):8.3f} s")


def main() -> None:
    fast.closeness(network(10))  # so that no import is timed
    for nodes in sys.argv[1:] or ("500", "2000"):
        measure(int(nodes))


if __name__ == "__main__":
    main()
