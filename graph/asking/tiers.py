"""Who stands behind whom, tier by tier: suppliers, customers, owners, subsidiaries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.asking.access import node_of
from graph.asking.frame import Worded
from graph.asking.relations import Relations
from graph.asking.wanted import Wanted
from graph.asking.wording import implying

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode

    from extract.model import Claim, Entity
    from graph.asking.access import Access
    from graph.claims import Reader

    Step = tuple[int, Entity, Claim]

# A relation, and True where the entity that is asked about is its object.
SIDES = {
    "suppliers": (("suppliesTo", True),),
    "customers": (("suppliesTo", False),),
    "owners": (("ownsStakeIn", True), ("acquires", True), ("subsidiaryOf", False)),
    "subsidiaries": (("ownsStakeIn", False), ("acquires", False), ("subsidiaryOf", True)),
}


@dataclass(frozen=True, slots=True, repr=False)
class Tier(Worded):
    """Those at one distance: number, from 1 on; entities, by label; claims, the facts that lead to them."""

    number: int
    entities: tuple[Entity, ...]
    claims: Relations

    def __str__(self) -> str:
        return f"tier {self.number}: {', '.join(entity.label for entity in self.entities)}"


class Tiers(Relations):
    """Facts that lead from an entity outwards, strongest first; `tiers` has them by distance.

    >>> from graph.example import market
    >>> for tier in market().suppliers("Birch Devices", tiers=3).tiers:
    ...     print(tier)
    tier 1: Aster Fab, Juniper Gas
    tier 2: Cedar Gas, Garnet Litho
    tier 3: Dogwood Mining
    """

    columns = (*Relations.columns, "tier")
    glance = ("tier", *Relations.glance)

    def __init__(self, steps: Iterable[Step], reader: Reader) -> None:
        self._steps: dict[str, tuple[int, Entity]] = {}
        super().__init__(self._noted(steps), reader)

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The entities by distance, each with the facts that lead to it."""
        numbers = sorted({self.tier_of(claim) for claim in self})
        return tuple(self._tier(number) for number in numbers)

    @property
    def reached(self) -> tuple[Entity, ...]:
        """The entities of all tiers, the nearest first."""
        return tuple({e.id: e for tier in self.tiers for e in tier.entities}.values())

    def tier_of(self, claim: Claim) -> int:
        """The tier that a claim leads to."""
        return self._steps[claim.id][0]

    def _tier(self, number: int) -> Tier:
        claims = self.where(lambda claim: self.tier_of(claim) == number)
        found = {entity.id: entity for entity in (self._steps[claim.id][1] for claim in claims)}
        return Tier(number, tuple(sorted(found.values(), key=lambda e: (e.label, e.id))), claims)

    def _row(self, item: Claim) -> tuple[object, ...]:
        return (*super()._row(item), self.tier_of(item))

    def _noted(self, steps: Iterable[Step]) -> Iterator[Claim]:
        for number, entity, claim in steps:
            self._steps.setdefault(claim.id, (number, entity))
            yield claim


def outward(access: Access, start: NamedNode, along: Iterable[tuple[str, bool]], most: int | None) -> Iterator[Step]:
    """The facts along some relations from an entity outwards, with their tier and the entity that they lead to.

    most: int, how many tiers; None goes on until nothing new is reached.
    """
    ways = {(name, inward) for relation, inward in along for name in implying(relation)}
    along_these = Wanted(frozenset(name for name, _ in ways), facts_only=True)
    level, seen, number = [start], {start}, 0
    while level and (most is None or number < most):
        number += 1
        reached: dict[NamedNode, None] = {}
        for here, claims in access.claims_of_each(along_these, level):
            for claim in claims:
                for near, far, inward in ((claim.object, claim.subject, True), (claim.subject, claim.object, False)):
                    if (claim.relation, inward) in ways and node_of(near) == here:
                        yield number, far, claim
                        reached[node_of(far)] = None
        level = [node for node in reached if node not in seen]
        seen.update(level)
