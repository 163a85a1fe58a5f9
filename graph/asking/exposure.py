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
from graph.asking.steps import Steps
from graph.asking.wanted import holds
from graph.asking.wording import implying, relation_called
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from extract.model import Claim
    from graph.asking.access import Access, Pair


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
    onward, backward = (Steps(read, access.store.at_once) for read in (along.onward, along.backward))
    for nodes in walks(actor, to, steps, onward, backward):
        along.meet(nodes)
        read = [Chain(tuple(along.hop(x, y, way) for x, y in pairwise(nodes))) for way in sorted(along.turns(nodes))]
        if read:
            yield max(read, key=lambda chain: chain.confidence)


class _Along:
    """The facts that pass exposure on, step by step."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._between: dict[Pair, tuple[Claim, ...]] = {}
        self._aimed: dict[NamedNode, list[Claim]] = {}

    def onward(self, nodes: Sequence[NamedNode]) -> dict[NamedNode, set[NamedNode]]:
        """What entities are exposed to directly."""
        aimed = self._aimed_at(nodes)
        out, into = self._facts(nodes, outward_from=0)
        return {n: out[n] | into[n] | {node_of(claim.subject) for claim in aimed[n]} for n in nodes}

    def backward(self, nodes: Sequence[NamedNode]) -> dict[NamedNode, set[NamedNode]]:
        """What is exposed to entities directly."""
        out, into = self._facts(nodes, outward_from=1)
        targets = self._targets(nodes)
        return {n: out[n] | into[n] | targets[n] for n in nodes}

    def meet(self, nodes: list[NamedNode]) -> None:
        """Reads what ties the nodes of a walk, as far as it is not known."""
        self._between.update(self._access.between_each(pair for pair in pairwise(nodes) if pair not in self._between))
        self._aimed.update(self._aimed_at([node for node in nodes if node not in self._aimed]))

    def turns(self, nodes: list[NamedNode]) -> frozenset[str]:
        """The ways along chains, up or down, that a walk can be read in; none where it would have to turn."""
        return frozenset(("up", "down")).intersection(*(self._ways(x, y) for x, y in pairwise(nodes)))

    def hop(self, x: NamedNode, y: NamedNode, way: str) -> Hop:
        """The strongest fact that exposes one to the other, on a walk that goes one way along chains."""
        evidence = self._access.reader.evidence
        for claim in self._between[x, y]:
            out = node_of(claim.subject) == x
            if holds(claim) and way in _ways(claim, out):
                return Hop(claim, not out, evidence(claim))
        claim = strongest_first(c for c in self._aimed[x] if node_of(c.subject) == y)[0]
        return Hop(claim, True, evidence(claim), self._access.entity(x))

    def _ways(self, x: NamedNode, y: NamedNode) -> frozenset[str]:
        """The ways along chains that a step is open to; what is no chain is open to both."""
        if any(node_of(claim.subject) == y for claim in self._aimed[x]):
            return frozenset(("up", "down"))
        found = (claim for claim in self._between[x, y] if holds(claim))
        return frozenset(way for claim in found for way in _ways(claim, node_of(claim.subject) == x))

    def _facts(self, nodes: Sequence[NamedNode], outward_from: int) -> list[dict[NamedNode, set[NamedNode]]]:
        """What facts lead to and come from, of those relations that pass exposure on from one side or the other."""
        sides = _passing(outward_from), _passing(1 - outward_from)
        return [self._access.facts(nodes, names, outward) for names, outward in zip(sides, (True, False), strict=True)]

    def _aimed_at(self, nodes: Sequence[NamedNode]) -> dict[NamedNode, list[Claim]]:
        found = self._access.aimed_at(nodes)
        return {n: [c for c in claims if holds(c) and node_of(c.subject) != n] for n, claims in found.items()}

    def _targets(self, nodes: Sequence[NamedNode]) -> dict[NamedNode, set[NamedNode]]:
        """Whom claims of these are aimed at."""
        store = self._access.store
        claims = {quad.subject for quad in store.quads_to(nodes, t.SUBJECT)}
        values = {quad.object for quad in store.quads_of(claims, t.ck("targetActor"))}
        known = [value for value in values if isinstance(value, NamedNode)]  # one that nobody knows is a word
        found: dict[NamedNode, set[NamedNode]] = {node: set() for node in nodes}
        for target, aimed in self._aimed_at(known).items():
            for claim in aimed:
                if (by := node_of(claim.subject)) in found:
                    found[by].add(target)
        return found


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
