"""Who is what to whom: partners, suppliers, customers, owners, rivals, and who restricts them.

What a question needs is imported when it is asked: a command that asks one waits for its imports.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from graph.asking.access import node_of
from graph.asking.wanted import holds, wanted
from graph.face.asking import Asking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from extract.model import Claim
    from graph.asking.relations import Relations
    from graph.asking.tiers import Tiers


class Roles(Asking):
    """Facts by the part that an entity has in them; each answer is a set of claims with their sentences."""

    def partners(self, name: str) -> Relations:
        """The facts that tie an entity to partners, joint ventures included.

        >>> from graph.example import market
        >>> print(market().partners("Aster Fab"))
        Fir Systems partners with Aster Fab [0.85]
        """
        return self.relations(name, "partnersWith", facts_only=True)

    def competitors(self, name: str) -> Relations:
        """The facts that name rivals of an entity."""
        return self.relations(name, "competesWith", facts_only=True)

    def suppliers(self, name: str, tiers: int | None = 1) -> Tiers:
        """The facts that name who supplies an entity, and who supplies them, for so many tiers; None for all.

        >>> from graph.example import market
        >>> found = market().suppliers("Aster Fab", tiers=2)
        >>> [(found.tier_of(claim), claim.subject.label) for claim in found][-1]
        (2, 'Dogwood Mining')
        """
        return self._tiers(name, "suppliers", tiers)

    def customers(self, name: str, tiers: int | None = 1) -> Tiers:
        """The facts that name whom an entity supplies, and whom they supply, for so many tiers; None for all."""
        return self._tiers(name, "customers", tiers)

    def owners(self, name: str, tiers: int | None = 1) -> Tiers:
        """The facts that name who owns, bought or has a stake in an entity, and who owns them; None for all tiers.

        >>> from graph.example import market
        >>> print(market().owners("Aster Fab", tiers=None).tiers[-1])
        tier 2: Ivy Group
        """
        return self._tiers(name, "owners", tiers)

    def subsidiaries(self, name: str, tiers: int | None = 1) -> Tiers:
        """The facts that name what an entity owns, bought or has a stake in, and what they do; None for all tiers."""
        return self._tiers(name, "subsidiaries", tiers)

    def restrictions(self, name: str) -> Relations:
        """The facts that restrict an entity: measures against it, lists that it is on, measures aimed at it.

        >>> from graph.example import market
        >>> print(market().restrictions("Garnet Litho"))
        Garnet Litho is subject to Norland Entity List [0.90]
        """
        node = self._names.find(name)
        aimed = (claim for claim in self._access.aimed_at((node,))[node] if holds(claim))
        return self._access.relations(chain(self._restricting(node), aimed))

    def _restricting(self, node: NamedNode) -> Iterator[Claim]:
        against = self._access.claims(wanted("restricts", facts_only=True), node)
        yield from (claim for claim in against if node_of(claim.object) == node)
        under = self._access.claims(wanted("subjectTo", facts_only=True), node)
        yield from (claim for claim in under if node_of(claim.subject) == node)

    def _tiers(self, name: str, side: str, most: int | None) -> Tiers:
        from graph.asking.tiers import SIDES, Tiers, outward

        return Tiers(outward(self._access, self._names.find(name), SIDES[side], most), self.reader)
