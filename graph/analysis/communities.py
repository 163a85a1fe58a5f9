"""Who belongs together: the communities of a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.asking.frame import Frame, Worded, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

SEED = 7  # the method draws lots; the same lots every time


@dataclass(frozen=True, slots=True, repr=False)
class Community(Worded):
    """Entities that are tied to each other more than to the rest.

    number: int, from 1; labels, ids: tuple of str, the best tied first; inside, outside: int, claims among the members,
    and between them and others.
    """

    number: int
    labels: tuple[str, ...]
    ids: tuple[str, ...]
    inside: int
    outside: int

    def __len__(self) -> int:
        return len(self.ids)

    def __str__(self) -> str:
        inside = counted(self.inside, "claim", "claims")
        return f"{self.number}: {', '.join(self.labels)} ({inside} inside, {self.outside} to others)"


class Communities(Frame[Community]):
    """The communities of a network, the largest first.

    >>> from graph.example import market
    >>> [len(community) for community in market().network().communities()]
    [5, 4, 2]
    """

    columns = ("number", "label", "inside", "outside", "id")
    nouns = ("community", "communities")

    def _rows(self) -> Iterator[tuple[object, ...]]:
        for c in self:
            for label, key in zip(c.labels, c.ids, strict=True):
                yield c.number, label, c.inside, c.outside, key


def communities(graph: nx.Graph[str], resolution: float = 1.0) -> Communities:
    """The communities by Louvain's method (Blondel et al., 2008), ties weighted by claims.

    resolution: float, above 1 gives more and smaller ones.
    """
    import networkx as nx

    plain = graph.to_undirected() if graph.is_directed() else graph
    found = nx.community.louvain_communities(plain, resolution=resolution, seed=SEED) if plain else []
    labelled = [sorted(members, key=lambda node: _place(plain, node)) for members in found]
    ordered = sorted(labelled, key=lambda ids: (-len(ids), plain.nodes[ids[0]]["label"], ids[0]))
    return Communities([_community(plain, number, ids) for number, ids in enumerate(ordered, start=1)])


def _community(graph: nx.Graph[str], number: int, ids: list[str]) -> Community:
    members = set(ids)
    total = sum(weight for *_, weight in graph.edges(ids, data="weight", default=1))
    inside = sum(w for a, b, w in graph.edges(ids, data="weight", default=1) if a in members and b in members)
    return Community(number, tuple(graph.nodes[node]["label"] for node in ids), tuple(ids), inside, total - inside)


def _place(graph: nx.Graph[str], node: str) -> tuple[float, str, str]:
    return -graph.degree(node, weight="weight"), graph.nodes[node]["label"], node
