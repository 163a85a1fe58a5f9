"""What documents say of an actor that the registry does not know: the country of its seat, and its business models.

The claims stay what they are; this weighs them. Where documents disagree about a country, the one that most of them
give stands, then the one that is claimed with the highest confidence, then the first in the alphabet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extract.model import THRESHOLD, Claim
from ontology.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.model import Statement

SEAT, MODEL = "headquarteredIn", "hasBusinessModel"


class Trait(NamedTuple):
    """A claim about what an actor is.

    relation: str, `SEAT` or `MODEL`; object: str, id of the place or the business model; confidence: float; document:
    str, id of the document; claim: str, id of the claim.
    """

    relation: str
    object: str
    confidence: float
    document: str
    claim: str


class Verdict(NamedTuple):
    """A value and what it rests on.

    value: str, an ISO 3166 alpha-2 code or the id of a business model; of: tuple of Trait, one a document, the surest
    first.
    """

    value: str
    of: tuple[Trait, ...]

    @property
    def confidence(self) -> float:
        """The confidence of the surest claim: less than what the registry says of those whom it knows."""
        return self.of[0].confidence

    def __str__(self) -> str:
        count = len({trait.document for trait in self.of})
        return f"{self.value} ({count} document{'s' * (count > 1)}, {self.confidence:.2f})"


def traits(statement: Statement) -> Iterator[tuple[str, Trait]]:
    """What a statement says of what an actor is: the actor's id and the trait.

    >>> from graph.example import statements
    >>> [trait for statement in statements() for trait in traits(statement)]
    []
    """
    if not isinstance(statement, Claim) or statement.relation not in (SEAT, MODEL):
        return
    if statement.is_fact and statement.confidence >= THRESHOLD:
        said = (statement.relation, statement.object.id, statement.confidence, statement.document, statement.id)
        yield statement.subject.id, Trait(*said)


def countries(found: Iterable[Trait]) -> tuple[Verdict, ...]:
    """The countries that documents give an actor, the one that stands first.

    >>> said = [("eindhoven", 0.9, "a"), ("dresden", 0.6, "b"), ("germany", 0.7, "c")]
    >>> print(*countries(Trait(SEAT, *rest, "claim") for rest in said))
    DE (2 documents, 0.70) NL (1 document, 0.90)
    """
    entries = load().entries
    seats = [trait for trait in found if trait.relation == SEAT and trait.object in entries]
    return _weighed((entries[trait.object].country, trait) for trait in seats)


def models(found: Iterable[Trait]) -> tuple[Verdict, ...]:
    """The business models that documents give an actor, most agreed on first; they do not exclude each other."""
    return _weighed((trait.object, trait) for trait in found if trait.relation == MODEL)


def _weighed(found: Iterable[tuple[str | None, Trait]]) -> tuple[Verdict, ...]:
    said: dict[str, dict[str, Trait]] = {}
    for value, trait in sorted(found, key=lambda row: (-row[1].confidence, row[1].document, row[1].claim)):
        if value is not None:
            said.setdefault(value, {}).setdefault(trait.document, trait)
    verdicts = (Verdict(value, tuple(by_document.values())) for value, by_document in said.items())
    return tuple(sorted(verdicts, key=lambda v: (-len(v.of), -v.confidence, v.value)))
