"""A part of the graph around some of its entities: what ties all that lies near them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.asking.access import node_of
from graph.asking.neighbours import around
from graph.asking.relations import Relations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import NamedNode

    from extract.model import Claim, Entity, Observation
    from graph.asking.access import Access
    from graph.asking.wanted import Wanted
    from graph.view.notebook import View


class Subgraph(Relations):
    """The claims between the entities within so many hops of some; the last line of a notebook cell shows it.

    >>> from graph.example import knowledge
    >>> knowledge().subgraph("Hua Hong").entities
    ('Hua Hong Semiconductor', 'Huawei', 'STMicroelectronics', 'Wuxi')
    """

    def __init__(self, access: Access, around_: Sequence[NamedNode], hops: int, wanted: Wanted) -> None:
        self._access = access
        self._starts = around_
        self._hops = hops
        super().__init__(_claims(access, around_, hops, wanted), access.reader)

    @property
    def starts(self) -> tuple[Entity, ...]:
        """The entities that it was asked for around."""
        return tuple(map(self._access.entity, self._starts))

    def observations(self) -> tuple[Observation, ...]:
        """The numbers stated of its entities."""
        ends = {node_of(end): None for claim in self for end in (claim.subject, claim.object)}
        return tuple(o for node in ends | dict.fromkeys(self._starts) for o in self._access.numbers(node, None))

    def view(self, title: str | None = None) -> View:
        """The claims with the numbers of their entities, as a notebook shows them; `view().save(...)` keeps them.

        title: str or None, the heading, by default the names of the entities that it lies around.
        """
        from graph.view.notebook import View, cited

        found = (*self, *self.observations())
        heading = title or ", ".join(entity.label for entity in self.starts)
        focus = self.starts[0].id if len(self.starts) == 1 and len(self) else None
        return View(found, cited(found, self._reader), title=heading, focus=focus, hops=self._hops)

    def _repr_html_(self) -> str:
        return self.view()._repr_html_()


def _claims(access: Access, starts: Sequence[NamedNode], hops: int, wanted: Wanted) -> Iterator[Claim]:
    near = dict.fromkeys(starts)
    for start in starts:
        near.update({node_of(neighbour.entity): None for neighbour in around(access, start, hops, wanted)})
    seen: set[str] = set()
    for node in near:
        for claim in access.claims(wanted, node):
            if claim.id not in seen and node_of(claim.subject) in near and node_of(claim.object) in near:
                seen.add(claim.id)
                yield claim
