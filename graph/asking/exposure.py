"""How an actor is exposed to a policy, a country or anything else: the chains of facts through which it would be hit.

Which relations pass exposure on, and which way, is data: `exposure.toml`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from graph import terms as t
from graph.asking.access import node_of
from graph.asking.chains import Chain, Chains, Hop, walks
from graph.asking.relations import strongest_first
from graph.asking.wording import implying
from graph.store import as_node
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from extract.model import Claim
    from graph.asking.access import Access

_WAYS = {"forward": (True, False), "backward": (False, True), "both": (True, True)}


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
        yield Chain(tuple(along.hop(x, y) for x, y in pairwise(nodes)))


class _Along:
    """The facts that pass exposure on, step by step."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def onward(self, here: NamedNode) -> set[NamedNode]:
        """What an entity is exposed to directly."""
        forward, backward = _relations()
        return self._out(here, forward) | self._into(here, backward) | {node_of(c.subject) for c in self._aimed(here)}

    def backward(self, here: NamedNode) -> set[NamedNode]:
        """What is exposed to an entity directly."""
        forward, backward = _relations()
        return self._into(here, forward) | self._out(here, backward) | self._targets(here)

    def hop(self, x: NamedNode, y: NamedNode) -> Hop:
        """The strongest fact that exposes one to the other."""
        forward, backward = _relations()
        reader = self._access.reader
        for claim in self._access.between(x, y):
            out = node_of(claim.subject) == x
            symmetric = claim.relation in forward and claim.relation in backward
            if claim.is_fact and (symmetric or claim.relation in (forward if out else backward)):
                return Hop(claim, not out, reader.evidence(claim))
        claim = strongest_first(c for c in self._aimed(x) if node_of(c.subject) == y)[0]
        return Hop(claim, True, reader.evidence(claim), self._access.entity(x))

    def _out(self, here: NamedNode, names: frozenset[str]) -> set[NamedNode]:
        quads = (q for name in names for q in self._access.store.quads(here, t.ck(name), None, t.FACTS))
        return {as_node(quad.object) for quad in quads}

    def _into(self, here: NamedNode, names: frozenset[str]) -> set[NamedNode]:
        quads = (q for name in names for q in self._access.store.quads(None, t.ck(name), here, t.FACTS))
        return {as_node(quad.subject) for quad in quads}

    def _aimed(self, here: NamedNode) -> Iterator[Claim]:
        return (claim for claim in self._access.aimed_at(here) if claim.is_fact and node_of(claim.subject) != here)

    def _targets(self, here: NamedNode) -> set[NamedNode]:
        store = self._access.store
        claims = {quad.subject for quad in store.quads(None, t.SUBJECT, here)}
        aimed = {as_node(q.object) for claim in claims for q in store.quads(claim, t.ck("targetActor"))}
        return {node for node in aimed if any(node_of(claim.subject) == here for claim in self._aimed(node))}


@cache
def _relations() -> tuple[frozenset[str], frozenset[str]]:
    """The relations that expose the subject to the object, and those that expose the object to the subject."""
    given = tomllib.loads(files("graph").joinpath("asking", "exposure.toml").read_text(encoding="utf-8"))
    wrong = sorted(name for name, way in given.items() if way not in _WAYS)
    if wrong:
        raise InvalidData(f"exposure.toml gives {wrong[0]} no way: write forward, backward or both.")
    kinds = ({name for name, way in given.items() if _WAYS[way][side]} for side in (0, 1))
    forward, backward = (frozenset(x for name in names for x in implying(name)) for names in kinds)
    return forward, backward
