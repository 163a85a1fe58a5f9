"""Why the graph says something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.model import Claim
from graph.asking.frame import Worded
from graph.asking.wording import phrase

if TYPE_CHECKING:
    from extract.model import Statement
    from graph.asking.access import Access
    from graph.claims import Passage


@dataclass(frozen=True, slots=True, repr=False)
class Explanation(Worded):
    """Why the graph says something.

    statement: Claim or Observation; evidence: its sentences; said_by: str; same, against: tuples of claims of any
    document that state the same of the same two, and the opposite; qualifiers: tuple of name and value, ids of entities
    as their labels.
    """

    statement: Statement
    evidence: tuple[Passage, ...]
    said_by: str
    same: tuple[Claim, ...] = ()
    against: tuple[Claim, ...] = ()
    qualifiers: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        s = self.statement
        what = phrase(s) if isinstance(s, Claim) else f"{s.about.label}: {s.metric} {s.printed}"
        lines = [what, f"said by {self.said_by}; confidence {s.confidence:.2f}; recognised by {s.rule}"]
        lines += [f"  {passage}" for passage in self.evidence]
        lines += [f"also: {phrase(claim)} ({claim.source})" for claim in self.same]
        lines += [f"against: {phrase(claim)} ({claim.source})" for claim in self.against]
        return "\n".join(lines)


def explain(access: Access, found: Statement) -> Explanation:
    """Who says a statement, in which sentences, who else says the same, and who the opposite."""
    reader, speaker = access.reader, found.attributed_to
    said_by = reader.entity(speaker.id).label if speaker else str(reader.source(found.document))
    if not isinstance(found, Claim):
        return Explanation(found, reader.evidence(found), said_by)
    others = access.alike(found)
    same = tuple(claim for claim in others if claim.polarity == found.polarity)
    against = tuple(claim for claim in others if claim.polarity != found.polarity)
    return Explanation(found, reader.evidence(found), said_by, same, against, reader.qualifiers(found))
