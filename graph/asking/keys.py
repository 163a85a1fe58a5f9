"""What makes claims speak of the same thing, and how each takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.asking.frame import Worded
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.model import Claim, Entity


@dataclass(frozen=True, slots=True, repr=False)
class Tie(Worded):
    """A relation between two entities, whoever says so and however; a symmetric one is the same both ways.

    >>> from graph.example import statements
    >>> print(Tie.of(statements()[0]))
    Hua Hong makes chips for STMicroelectronics
    """

    subject: Entity
    relation: str
    object: Entity

    @classmethod
    def of(cls, claim: Claim, relation: str | None = None) -> Tie:
        """The tie that a claim speaks of, or that of a relation which it implies."""
        name = relation or claim.relation
        ends = (claim.subject, claim.object)
        if relations()[name].symmetric:
            ends = min(ends, ends[::-1], key=lambda pair: pair[0].id)
        return cls(ends[0], name, ends[1])

    @property
    def key(self) -> tuple[str, str, str]:
        """Ids of subject and object around the relation: what ties are told apart by."""
        return self.subject.id, self.relation, self.object.id

    def __str__(self) -> str:
        return f"{self.subject.label} {relations()[self.relation].label} {self.object.label}"


def by_tie(claims: Iterable[Claim]) -> dict[tuple[str, str, str], tuple[Tie, list[Claim]]]:
    """Claims by the tie that they speak of, in the order of the ties' words."""
    found: dict[tuple[str, str, str], tuple[Tie, list[Claim]]] = {}
    for claim in claims:
        tie = Tie.of(claim)
        found.setdefault(tie.key, (tie, []))[1].append(claim)
    return dict(sorted(found.items(), key=lambda pair: (str(pair[1][0]), pair[0])))


def stance(claim: Claim) -> str:
    """How a claim takes its tie: fact, over, denied, or planned, possible, forecast.

    >>> from graph.example import statements
    >>> [stance(claim) for claim in statements()[:4]]
    ['fact', 'fact', 'denied', 'planned']
    """
    if claim.polarity == "negated" or claim.modality == "denied":
        return "denied"
    if claim.qualifiers.get("status") in ("ended", "cancelled"):
        return "over"
    return "fact" if claim.is_fact else claim.modality.value
