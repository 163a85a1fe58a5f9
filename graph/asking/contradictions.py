"""Where one says what another denies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.asking.frame import Frame, Worded
from graph.asking.keys import Tie, by_tie
from graph.asking.relations import Relations
from graph.asking.wording import phrase
from ontology.relations import closure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.model import Claim
    from graph.claims import Reader


@dataclass(frozen=True, slots=True, repr=False)
class Contradiction(Worded):
    """A tie that some claims state and others deny, of times that can be the same."""

    tie: Tie
    affirming: Relations
    denying: Relations

    def __str__(self) -> str:
        told = (f"  {_told(claim, side)}" for side in (self.affirming, self.denying) for claim in side)
        return "\n".join((str(self.tie), *told))


class Contradictions(Frame[Contradiction]):
    """Ties that are stated and denied.

    >>> from graph.example import market
    >>> print(market().contradictions("Elm Motors"))
    Aster Fab supplies Elm Motors
      Aster Fab makes chips for Elm Motors: “Aster Fab makes chips for Elm Motors.” (Fab Journal, 2025-01-20)
      Aster Fab supplies Elm Motors (negated): “Aster Fab does not supply Elm Motors.” (Wafer Weekly, 2024-06-15)
    """

    columns = ("subject", "relation", "object", "affirming", "denying")
    nouns = ("contradiction", "contradictions")

    def _row(self, item: Contradiction) -> tuple[object, ...]:
        ends = (item.tie.subject.label, item.tie.relation, item.tie.object.label)
        return (*ends, str(item.affirming), str(item.denying))


def contradictions(claims: Iterable[Claim], reader: Reader) -> Contradictions:
    """Each tie that a claim denies while another states it, or states a relation that implies it."""
    return Contradictions(_contradictions(claims, reader))


def _contradictions(claims: Iterable[Claim], reader: Reader) -> Iterator[Contradiction]:
    given = list(claims)
    stating: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in given:
        if not _denies(claim):
            for name in closure(claim.relation):
                stating.setdefault(Tie.of(claim, name).key, []).append(claim)
    for key, (tie, denials) in by_tie(filter(_denies, given)).items():
        pairs = [(a, d) for a in stating.get(key, ()) for d in denials if _clash(a, d)]
        if pairs:
            affirming, denying = (Relations(side, reader) for side in zip(*pairs, strict=True))
            yield Contradiction(tie, affirming, denying)


def _denies(claim: Claim) -> bool:
    return (claim.polarity == "negated") != (claim.modality == "denied")


def _clash(stated: Claim, denied: Claim) -> bool:
    """True where both speak of what is, or both of the same kind of outlook, at times that can be one."""
    outlook = "asserted" if denied.modality == "denied" else denied.modality
    times = sorted((stated.time or "", denied.time or ""))
    return stated.modality == outlook and times[1].startswith(times[0]) and not _over(stated)


def _over(claim: Claim) -> bool:
    return claim.qualifiers.get("status") in ("ended", "cancelled")


def _told(claim: Claim, side: Relations) -> str:
    return f"{phrase(claim)}: {side.evidence_of(claim)[0]}"
