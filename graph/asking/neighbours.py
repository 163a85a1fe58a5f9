"""What an entity is tied to, and what two have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.asking.access import node_of
from graph.asking.frame import Frame, Worded, counted
from graph.asking.wording import class_called
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from extract.model import Claim, Entity
    from graph.asking.access import Access
    from graph.asking.relations import Relations
    from graph.asking.wanted import Wanted


@dataclass(frozen=True, slots=True, repr=False)
class Neighbour(Worded):
    """An entity near another: hops, how far; claims, those that tie it to the nearer ones."""

    entity: Entity
    hops: int
    claims: Relations

    def __str__(self) -> str:
        names = ", ".join(self.claims.by_relation())
        said = counted(len(self.claims), *self.claims.nouns)
        return f"{self.entity.label} ({counted(self.hops, 'hop', 'hops')}, {said}: {names})"


class Neighbours(Frame[Neighbour]):
    """Entities near another, the nearest and best attested first."""

    columns = ("label", "type", "hops", "claims", "relations", "id")
    nouns = ("neighbour", "neighbours")

    def _row(self, item: Neighbour) -> tuple[object, ...]:
        who = item.entity
        return who.label, who.type, item.hops, len(item.claims), ", ".join(item.claims.by_relation()), who.id


@dataclass(frozen=True, slots=True, repr=False)
class Shared(Worded):
    """An entity that two others are tied to: first and second, the claims that tie it to each."""

    entity: Entity
    first: Relations
    second: Relations

    def __str__(self) -> str:
        return f"{self.entity.label}: {'; '.join(map(str, (self.first, self.second)))}".replace("\n", "; ")


class SharedTies(Frame[Shared]):
    """The entities that two others are both tied to, by label."""

    columns = ("label", "type", "first", "second", "id")
    nouns = ("shared tie", "shared ties")

    def _row(self, item: Shared) -> tuple[object, ...]:
        return item.entity.label, item.entity.type, str(item.first), str(item.second), item.entity.id


def around(access: Access, start: NamedNode, hops: int, wanted: Wanted) -> Iterator[Neighbour]:
    """The entities within so many hops; each level is read when it is asked for."""
    level, seen = [start], {start}
    for number in range(1, hops + 1):
        found: dict[NamedNode, tuple[Entity, list[Claim]]] = {}
        for here, claims in access.claims_of_each(wanted, level):
            for claim in claims:
                far = claim.object if node_of(claim.subject) == here else claim.subject
                if node_of(far) not in seen:
                    found.setdefault(node_of(far), (far, []))[1].append(claim)
        made = (Neighbour(entity, number, access.relations(claims)) for entity, claims in found.values())
        yield from sorted(made, key=lambda n: (-len(n.claims), n.entity.label, n.entity.id))
        level = list(found)
        seen.update(level)


def shared(access: Access, a: NamedNode, b: NamedNode, wanted: Wanted) -> Iterator[Shared]:
    """The entities that both are tied to."""
    first, second = ({n.entity.id: n for n in around(access, node, 1, wanted)} for node in (a, b))
    for key in sorted(first.keys() & second.keys(), key=lambda key: (first[key].entity.label, key)):
        yield Shared(first[key].entity, first[key].claims, second[key].claims)


def of_kind(found: Iterator[Neighbour], kind: str | None) -> Iterator[Neighbour]:
    """Those of a class or of one below it; raises `InvalidData` for a class that there is not."""
    wanted = class_called(kind) if kind is not None else None
    return (n for n in found if wanted is None or is_a(n.entity.type, wanted))
