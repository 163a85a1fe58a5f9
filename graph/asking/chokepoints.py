"""Where a supply chain hangs on one: as far as the documents know."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import terms as t
from graph.asking.access import node_of
from graph.asking.frame import Frame, Worded
from graph.asking.tiers import SIDES, outward
from graph.asking.wanted import Wanted
from graph.asking.wording import implying

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from extract.model import Claim, Entity
    from graph.asking.access import Access
    from graph.asking.relations import Relations


_WORDS = {
    "passage": "passed by every chain from {others}",
    "only supplier": "only supplier of {product} to {others}",
    "only producer": "only producer of {product}",
    "only country": "only country that makes {product}",
}


@dataclass(frozen=True, slots=True, repr=False)
class Chokepoint(Worded):
    """One on whom others hang.

    entity: who; role: str, "passage", "only supplier", "only producer" or "only country"; product: str or None, what it
    alone brings; cut_off: tuple of Entity, who is cut off without it; claims: Relations, that show it.
    """

    entity: Entity
    role: str
    product: str | None
    cut_off: tuple[Entity, ...]
    claims: Relations

    def __str__(self) -> str:
        others = ", ".join(entity.label for entity in self.cut_off)
        return f"{self.entity.label}: {_WORDS[self.role].format(product=self.product, others=others)}"


class Chokepoints(Frame[Chokepoint]):
    """Those on whom others hang, the one with most behind it first.

    >>> from graph.example import market
    >>> print(market().chokepoints("Elm Motors"))
    Aster Fab: passed by every chain from Cedar Gas, Dogwood Mining, Garnet Litho
    Birch Devices: passed by every chain from Juniper Gas
    Cedar Gas: passed by every chain from Dogwood Mining
    Aster Fab: only supplier of microcontroller units to Birch Devices
    Cedar Gas: only supplier of neon to Aster Fab
    """

    columns = ("label", "role", "product", "cut_off", "claims", "id")
    nouns = ("chokepoint", "chokepoints")

    def _row(self, item: Chokepoint) -> tuple[object, ...]:
        names = ", ".join(entity.label for entity in item.cut_off)
        return item.entity.label, item.role, item.product, names, len(item.claims), item.entity.id


def of_chain(access: Access, start: NamedNode, tiers: int | None) -> Iterator[Chokepoint]:
    """The suppliers of an actor that every known chain from others passes, and who alone brings somebody a product."""
    steps = list(outward(access, start, SIDES["suppliers"], tiers))
    claims = list({claim.id: claim for _, _, claim in steps}.values())
    yield from sorted((*_passages(access, claims, start), *_only_suppliers(access, claims)), key=_most_first)


def of_products(access: Access) -> Iterator[Chokepoint]:
    """The products that one known actor makes, or actors of one country only."""
    made: dict[str, list[Claim]] = defaultdict(list)
    for claim in access.claims(Wanted(relations=implying("produces"), facts_only=True)):
        made[claim.object.id].append(claim)
    found = (point for claims in made.values() for point in _sole_makers(access, claims))
    yield from sorted(found, key=_most_first)


def _passages(access: Access, claims: list[Claim], start: NamedNode) -> Iterator[Chokepoint]:
    """The nodes that dominate others: without them no chain of these claims reaches the start."""
    import networkx as nx

    root = access.entity(start)
    known = {entity.id: entity for claim in claims for entity in (claim.subject, claim.object)}
    upstream: nx.DiGraph[str] = nx.DiGraph((claim.object.id, claim.subject.id) for claim in claims)
    behind: dict[str, list[Entity]] = defaultdict(list)
    above = nx.immediate_dominators(upstream, root.id) if claims else {}
    for key in sorted(above, key=lambda key: (known[key].label, key)):
        passed = above[key]
        while passed not in (None, root.id, key):
            behind[passed].append(known[key])
            passed = above[passed]
    for key, cut_off in behind.items():
        through = [claim for claim in claims if key in (claim.subject.id, claim.object.id)]
        yield Chokepoint(known[key], "passage", None, tuple(cut_off), access.relations(through))


def _only_suppliers(access: Access, claims: list[Claim]) -> Iterator[Chokepoint]:
    """Whoever alone is said to bring a product to one, where others bring it other things."""
    brought: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if product := claim.qualifiers.get("product"):
            brought[claim.object.id, product].append(claim)
    for (_, product), found in brought.items():
        if len({claim.subject.id for claim in found}) == 1:
            name = access.reader.entity(access.reader.standing(product)).label
            yield Chokepoint(found[0].subject, "only supplier", name, (found[0].object,), access.relations(found))


def _sole_makers(access: Access, claims: list[Claim]) -> Iterator[Chokepoint]:
    makers = {claim.subject.id: claim.subject for claim in claims}
    product, shown = claims[0].object, access.relations(claims)
    if len(makers) == 1:
        yield Chokepoint(claims[0].subject, "only producer", product.label, (product,), shown)
        return
    seats = [_country(access, maker) for maker in makers.values()]
    if (country := seats[0]) is not None and all(seat == country for seat in seats):
        yield Chokepoint(country, "only country", product.label, (product,), shown)


def _country(access: Access, entity: Entity) -> Entity | None:
    """The country that the registry gives an entity."""
    for quad in access.store.quads(node_of(entity), t.ck("country"), None, t.SHARED):
        for found in access.store.quads(None, t.ck("iso2"), quad.object, t.SHARED):
            return access.entity(found.subject)
    return None


def _most_first(point: Chokepoint) -> tuple[object, ...]:
    return -len(point.cut_off), list(_WORDS).index(point.role), point.entity.label, point.product or "", point.entity.id
