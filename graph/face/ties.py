"""How entities hang together: neighbours, chains, exposure, chokepoints.

What a question needs is imported when it is asked: a command that asks one waits for its imports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.asking.wanted import wanted
from graph.face.asking import Asking

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from graph.asking.chains import Chain, Chains
    from graph.asking.chokepoints import Chokepoints
    from graph.asking.exposure import Exposure
    from graph.asking.neighbours import Neighbours, SharedTies
    from graph.asking.wanted import Filters


class Ties(Asking):
    """What ties entities to each other, over one step or several."""

    def neighbours(
        self, name: str, hops: int = 1, *, kind: str | None = None, **filters: Unpack[Filters]
    ) -> Neighbours:
        """The entities within so many hops of one, with the claims that tie them, the nearest first.

        kind: str, only those of a class or below it; filters: as for `relations`, for instance `facts_only=True`.

        >>> from graph.example import market
        >>> print(market().neighbours("Aster Fab", kind="Country")[0])
        Sudland (1 hop, 2 claims: expands in)
        """
        from graph.asking.neighbours import Neighbours, around, of_kind

        found = around(self._access, self._names.find(name), hops, wanted(**filters))
        return Neighbours(of_kind(found, kind))

    def shared(self, a: str, b: str, **filters: Unpack[Filters]) -> SharedTies:
        """The entities that two are both tied to, with the claims of either; filters: as for `relations`."""
        from graph.asking.neighbours import SharedTies, shared

        nodes = (self._names.find(a), self._names.find(b))
        return SharedTies(shared(self._access, *nodes, wanted(**filters)))

    def shared_partners(self, a: str, b: str) -> SharedTies:
        """The partners that two have in common, by facts.

        >>> from graph.example import market
        >>> print(market().shared_partners("Aster Fab", "Birch Devices"))
        Fir Systems: Fir Systems partners with Aster Fab [0.85]; Fir Systems partners with Birch Devices [0.80]
        """
        return self.shared(a, b, relation="partnersWith", facts_only=True)

    def path(self, a: str, b: str, facts_only: bool = True, relation: str | Iterable[str] | None = None) -> Chain:
        """The shortest chain of claims between two entities, each hop with its sentence; it prints as English.

        facts_only: bool, False walks over plans, forecasts and denials too; relation: str or several, by id or label,
        the only ones to walk over.
        """
        from graph.asking.chains import shortest

        along = wanted(relation, facts_only=facts_only)
        return shortest(self._access, self._names.find(a), self._names.find(b), along)

    def paths(
        self,
        a: str,
        b: str,
        max_hops: int = 4,
        facts_only: bool = True,
        relation: str | Iterable[str] | None = None,
    ) -> Chains:
        """The chains of claims between two entities of up to so many hops, the shortest first, none with a loop.

        Each is looked for when it is asked for: `graph.paths(a, b)[0]` costs no more than the first.
        """
        from graph.asking.chains import Chains, all_chains

        nodes = (self._names.find(a), self._names.find(b))
        return Chains(all_chains(self._access, *nodes, max_hops, wanted(relation, facts_only=facts_only)))

    def exposure(self, name: str, to: str, steps: int = 3) -> Exposure:
        """The chains of facts that expose an actor to a policy, a country or anything else, the shortest first.

        name: str, the actor; to: str, a name; steps: int, the longest chain. Supply, ownership, partnership, places,
        products and measures pass exposure on, rivalry does not: `graph/asking/exposure.toml` says which and which way.
        Where nothing exposes the actor within the steps, the answer is empty and counts as False.

        >>> from graph.example import market
        >>> [len(market().exposure("Elm Motors", "Norland", steps)) for steps in (2, 4)]
        [0, 1]
        """
        from graph.asking.exposure import Exposure, exposed

        nodes = (self._names.find(name), self._names.find(to))
        return Exposure(exposed(self._access, *nodes, steps))

    def chokepoints(self, name: str | None = None, tiers: int | None = 3) -> Chokepoints:
        """On whom a supply chain hangs, as far as the documents know.

        name: str, the actor at the end of the chain: its suppliers through whom every known chain from others passes,
        and who alone brings somebody a product; None: the products that one known actor makes, or actors of one
        country only. tiers: int or None, how far up the chain.
        """
        from graph.asking.chokepoints import Chokepoints, of_chain, of_products

        if name is None:
            return Chokepoints(of_products(self._access))
        return Chokepoints(of_chain(self._access, self._names.find(name), tiers))
