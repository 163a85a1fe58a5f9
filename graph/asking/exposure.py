"""How an actor is exposed to a policy, a country or anything else: the chains of facts through which it would be hit.

Which relations pass exposure on, and which way, is data: `exposure.toml`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from graph import terms as t
from graph.asking.access import node_of
from graph.asking.chains import Chain, Chains, Hop, walks
from graph.asking.relations import strongest_first
from graph.asking.wanted import holds
from graph.asking.wording import implying, relation_called
from graph.store import as_node
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from extract.model import Claim
    from graph.asking.access import Access


class Exposure(Chains):
    """The chains of facts that expose an actor, the shortest first; empty, and false, where nothing does.

    >>> from graph.example import market
    >>> found = market().exposure("Birch Devices", "Norland Entity List", steps=3)
    >>> print(found)
    Birch Devices has chips made by Aster Fab; Aster Fab is a customer of Garnet Litho; Garnet Litho is subject to
    Norland Entity List [0.85]
    """

    nouns = ("chain that exposes", "chains that expose")


def exposed(access: Access, actor: NamedNode, to: NamedNode, steps: int) -> Iterator[Chain]:
    """The chains of at most so many steps through which an actor is exposed, the shortest first."""
    along = _Along(access)
    for nodes in walks(actor, to, steps, along.onward, along.backward):
        read = [Chain(tuple(along.hop(x, y, way) for x, y in pairwise(nodes))) for way in sorted(along.turns(nodes))]
        if read:
            yield max(read, key=lambda chain: chain.confidence)


class _Along:
    """The facts that pass exposure on, step by step."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._steps: dict[tuple[NamedNode, NamedNode], frozenset[str]] = {}

    def onward(self, here: NamedNode) -> set[NamedNode]:
        """What an entity is exposed to directly."""
        forward, backward = (frozenset(_passing(side)) for side in (0, 1))
        return self._out(here, forward) | self._into(here, backward) | {node_of(c.subject) for c in self._aimed(here)}

    def backward(self, here: NamedNode) -> set[NamedNode]:
        """What is exposed to an entity directly."""
        forward, backward = (frozenset(_passing(side)) for side in (0, 1))
        return self._into(here, forward) | self._out(here, backward) | self._targets(here)

    def turns(self, nodes: list[NamedNode]) -> frozenset[str]:
        """The ways along chains, up or down, that a walk can be read in; none where it would have to turn."""
        return frozenset(("up", "down")).intersection(*(self._ways(x, y) for x, y in pairwise(nodes)))

    def hop(self, x: NamedNode, y: NamedNode, way: str) -> Hop:
        """The strongest fact that exposes one to the other, on a walk that goes one way along chains."""
        evidence = self._access.reader.evidence
        for claim in self._access.between(x, y):
            out = node_of(claim.subject) == x
            if holds(claim) and way in _ways(claim, out):
                return Hop(claim, not out, evidence(claim))
        claim = strongest_first(c for c in self._aimed(x) if node_of(c.subject) == y)[0]
        return Hop(claim, True, evidence(claim), self._access.entity(x))

    def _ways(self, x: NamedNode, y: NamedNode) -> frozenset[str]:
        """The ways along chains that a step is open to; what is no chain is open to both."""
        if (x, y) not in self._steps:
            between = (c for c in self._access.between(x, y) if holds(c))
            ways = {way for claim in between for way in _ways(claim, node_of(claim.subject) == x)}
            aimed = any(node_of(claim.subject) == y for claim in self._aimed(x))
            self._steps[x, y] = frozenset(("up", "down")) if aimed else frozenset(ways)
        return self._steps[x, y]

    def _out(self, here: NamedNode, names: frozenset[str]) -> set[NamedNode]:
        quads = (q for name in names for q in self._access.store.quads(here, t.ck(name), None, t.FACTS))
        return {as_node(quad.object) for quad in quads}

    def _into(self, here: NamedNode, names: frozenset[str]) -> set[NamedNode]:
        quads = (q for name in names for q in self._access.store.quads(None, t.ck(name), here, t.FACTS))
        return {as_node(quad.subject) for quad in quads}

    def _aimed(self, here: NamedNode) -> Iterator[Claim]:
        return (claim for claim in self._access.aimed_at(here) if holds(claim) and node_of(claim.subject) != here)

    def _targets(self, here: NamedNode) -> set[NamedNode]:
        store = self._access.store
        claims = {quad.subject for quad in store.quads(None, t.SUBJECT, here)}
        aimed = {q.object for claim in claims for q in store.quads(claim, t.ck("targetActor"))}
        known = {node for node in aimed if isinstance(node, NamedNode)}  # a target that nobody knows is a word
        return {node for node in known if any(node_of(claim.subject) == here for claim in self._aimed(node))}


# Along which ways of a chain a claim leads on from its subject and from its object, for each way of exposure.toml.
_WAYS = {
    "forward": (("up", "down"), ()),
    "backward": ((), ("up", "down")),
    "both": (("up", "down"), ("up", "down")),
    "chain": (("down",), ("up",)),
}


def _ways(claim: Claim, out: bool) -> tuple[str, ...]:
    """The ways along chains in which a claim, read from its subject or not, exposes whom it starts from."""
    return _passing(0 if out else 1).get(claim.relation, ())


@cache
def _passing(side: int) -> Mapping[str, tuple[str, ...]]:
    """The relations that expose whom they start from, with the ways along chains.

    side: int, 0 for the subject, 1 for the object.
    """
    given = tomllib.loads(files("graph").joinpath("asking", "exposure.toml").read_text(encoding="utf-8"))
    wrong = sorted(name for name, way in given.items() if way not in _WAYS)
    if wrong:
        raise InvalidData(f"exposure.toml gives {wrong[0]} no way: write {', '.join(_WAYS)}.")
    found = {below: _WAYS[way][side] for name, way in given.items() for below in implying(relation_called(name))}
    return MappingProxyType({name: ways for name, ways in found.items() if ways})
