"""How two entities are tied: chains of claims, the shortest first."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.asking.access import node_of
from graph.asking.frame import Frame, Worded
from graph.asking.steps import Steps
from graph.asking.wanted import Wanted
from graph.asking.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import NamedNode

    from extract.model import Claim, Entity
    from graph.asking.access import Access
    from graph.claims import Passage

_COUNTED = 100


@dataclass(frozen=True, slots=True, repr=False)
class Hop(Worded):
    """One step of a chain: a claim with its sentences.

    claim: Claim; backwards: bool, True where it is read from its object, or from its target; evidence: its sentences;
    target: Entity or None, whom the measure is aimed at, where the step starts there.
    """

    claim: Claim
    backwards: bool
    evidence: tuple[Passage, ...]
    target: Entity | None = None

    def __str__(self) -> str:
        return f"{self.wording}: {self.evidence[0]}"

    @property
    def wording(self) -> str:
        """The step in English, without its sentence."""
        if self.target is None:
            return phrase(self.claim, self.backwards)
        return f"{self.target.label} is the target where {phrase(self.claim)}"

    @property
    def start(self) -> Entity:
        """The entity that the step leaves."""
        return self.target or (self.claim.object if self.backwards else self.claim.subject)

    @property
    def end(self) -> Entity:
        """The entity that the step reaches."""
        return self.claim.subject if self.backwards else self.claim.object


@dataclass(frozen=True, slots=True, repr=False)
class Chain(Worded):
    """How two entities are tied: hops from the one to the other; empty where nothing ties them.

    >>> from graph.example import knowledge
    >>> print(knowledge().path("Hua Hong", "Northwind Motors"))
    Hua Hong Semiconductor makes chips for STMicroelectronics: “Hua Hong makes 40 nm microcontrollers for
    STMicroelectronics.” (Chip Gazette, 2025-01-20)
    STMicroelectronics supplies Northwind Motors: “STMicroelectronics supplies Northwind Motors with
    microcontrollers.” (Chip Gazette, 2025-01-20)
    """

    hops: tuple[Hop, ...]

    def __len__(self) -> int:
        return len(self.hops)

    def __iter__(self) -> Iterator[Hop]:
        return iter(self.hops)

    def __repr__(self) -> str:
        return f"<Chain: {' - '.join(entity.label for entity in self.entities) or 'empty'}>"

    def __str__(self) -> str:
        return "\n".join(map(str, self.hops)) or "Nothing in the graph ties the two."

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claim of each hop."""
        return tuple(hop.claim for hop in self.hops)

    @property
    def evidence(self) -> tuple[Passage, ...]:
        """The sentences of all hops, each once."""
        return tuple(dict.fromkeys(passage for hop in self.hops for passage in hop.evidence))

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities that the chain passes, from its start to its end."""
        return (self.hops[0].start, *(hop.end for hop in self.hops)) if self.hops else ()

    @property
    def confidence(self) -> float:
        """The confidence of the weakest hop; 0 for an empty chain."""
        return min((hop.claim.confidence for hop in self.hops), default=0.0)


class Chains(Frame[Chain]):
    """Chains between two entities, the shortest first; each is looked for when it is asked for.

    >>> from graph.example import market
    >>> for chain in market().paths("Aster Fab", "Elm Motors", max_hops=2):
    ...     print(" - ".join(entity.label for entity in chain.entities))
    Aster Fab - Elm Motors
    Aster Fab - Birch Devices - Elm Motors
    """

    columns = ("chain", "hop", "start", "claim", "end", "confidence", "sentence", "id")
    nouns = ("chain", "chains")

    def _count(self) -> str:
        # There may be millions of chains, and to show the first must not look for all of them.
        return f"over {_COUNTED} {self.nouns[1]}" if self._reaches(_COUNTED) else super()._count()

    def _line(self, item: Chain) -> str:
        return f"{'; '.join(hop.wording for hop in item)} [{item.confidence:.2f}]"

    def _rows(self) -> Iterator[tuple[object, ...]]:
        for number, chain in enumerate(self, start=1):
            for place, hop in enumerate(chain, start=1):
                told = (hop.start.label, hop.wording, hop.end.label, hop.claim.confidence)
                yield (number, place, *told, hop.claim.evidence.text, hop.claim.id)


def shortest(access: Access, a: NamedNode, b: NamedNode, wanted: Wanted) -> Chain:
    """The shortest chain of claims from one entity to another; of equally short ones the first in the alphabet."""
    came_from: dict[NamedNode, NamedNode | None] = {a: None}
    queue, steps = deque([a]), _ties(access, wanted)
    while queue and b not in came_from:
        here = queue.popleft()
        for there in sorted(steps.of(here), key=_by_iri):
            if there not in came_from:
                came_from[there] = here
                queue.append(there)
                steps.meet((there,))
    if b not in came_from or a == b:
        return Chain(())
    nodes = [b]
    while (before := came_from[nodes[-1]]) is not None:
        nodes.append(before)
    return chain_of(access, nodes[::-1], wanted)


def all_chains(access: Access, a: NamedNode, b: NamedNode, most: int, wanted: Wanted) -> Iterator[Chain]:
    """All chains without a loop of up to so many hops, the shortest first."""
    steps = _ties(access, wanted)
    for nodes in walks(a, b, most, steps, steps):
        yield chain_of(access, nodes, wanted)


def walks(a: NamedNode, b: NamedNode, most: int, onward: Steps, backward: Steps) -> Iterator[list[NamedNode]]:
    """The walks without a loop from one node to another, the shortest first, the alphabet deciding between equals.

    onward: the nodes one step from a node; backward: those that it is one step from. Only nodes near enough to the end
    are entered, so what leads nowhere costs nothing.
    """
    left = _distances(b, most, backward)
    onward.meet(left)
    known: dict[NamedNode, list[NamedNode]] = {}

    def deeper(path: list[NamedNode], hops: int) -> Iterator[list[NamedNode]]:
        here = path[-1]
        if here == b:
            if hops == 0:
                yield path
            return
        if here not in known:
            known[here] = sorted((node for node in onward.of(here) if node in left), key=_by_iri)
        for there in known[here]:
            if left[there] <= hops - 1 and there not in path:
                yield from deeper([*path, there], hops - 1)

    if a in left and a != b:
        for hops in range(left[a], most + 1):
            yield from deeper([a], hops)


def _ties(access: Access, wanted: Wanted) -> Steps:
    """The entities that claims as wanted tie to others."""
    by_facts = wanted == Wanted(wanted.relations, facts_only=True)
    return Steps(partial(_tied_by_facts if by_facts else _tied_by_claims, access, wanted), access.store.at_once)


def _tied_by_claims(access: Access, wanted: Wanted, nodes: Sequence[NamedNode]) -> dict[NamedNode, set[NamedNode]]:
    return {
        here: {node_of(end) for claim in claims for end in (claim.subject, claim.object)} - {here}
        for here, claims in access.claims_of_each(wanted, nodes)
    }


def _tied_by_facts(access: Access, wanted: Wanted, nodes: Sequence[NamedNode]) -> dict[NamedNode, set[NamedNode]]:
    """The same by plain facts, without reading a claim."""
    out, into = (access.facts(nodes, wanted.relations, outward) for outward in (True, False))
    return {node: out[node] | into[node] for node in nodes}


def chain_of(access: Access, nodes: list[NamedNode], wanted: Wanted) -> Chain:
    """The chain over some nodes, each hop the strongest claim that ties the two."""
    tied = access.between_each(pairwise(nodes))
    strongest = {pair: next(c for c in found if wanted.admits(c, access.reader)) for pair, found in tied.items()}
    return Chain(tuple(Hop(c, node_of(c.subject) != x, access.reader.evidence(c)) for (x, _), c in strongest.items()))


def _distances(start: NamedNode, most: int, onward: Steps) -> dict[NamedNode, int]:
    found, level = {start: 0}, [start]
    for distance in range(1, most + 1):
        onward.meet(level)
        reached = {there for here in level for there in onward.of(here) if there not in found}
        found.update(dict.fromkeys(reached, distance))
        level = sorted(reached, key=_by_iri)
    return found


def _by_iri(node: NamedNode) -> str:
    return node.value
