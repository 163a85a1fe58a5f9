"""What was considered in a document and what became of it, for those who ask why something was or was not extracted.

The rules are asked again on the text as it was parsed, so that extraction itself keeps no account.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from extract.assemble import evidence_of, holds, is_stated, weight
from extract.pipeline import offered, stated
from extract.reasons import reasons
from ontology.relations import allows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.discourse import Discourse, Reading
    from extract.model import Claim
    from extract.relations.matcher import Candidate

STATED = "stated"
LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Considered:
    """One thing that a document might state.

    source: str, its path or address; sentence: str; subject, object: str, ids of entities; relation: str; trigger: str,
    the words; rule: str, its id; confidence: float, or None where none was asked for; decision: `STATED` or `LEFT_OUT`;
    reason: str, why it was left out, or what found it; claim: str or None, the id that it has in claims.jsonl.
    """

    source: str
    sentence: str
    subject: str
    relation: str
    object: str
    trigger: str
    rule: str
    confidence: float | None
    decision: str
    reason: str
    claim: str | None = None


def dumps(considered: Considered) -> str:
    """What was considered as one line of JSON, without the line end."""
    return json.dumps(asdict(considered), ensure_ascii=False)


def trace(discourse: Discourse, floor: float) -> Iterator[Considered]:
    """All that was considered in a document, block by block: what counts, then what does not, each once.

    discourse: the document as `extract.pipeline.read` gives it; floor: the confidence below which claims are left out.
    Numbers are not among it, nor pairs that patterns between mentions passed over.
    """
    for reading, claims in zip(discourse.readings, stated(discourse), strict=True):
        counting = [_of_claim(discourse, reading, candidate, made, floor) for candidate, made in claims]
        yield from dict.fromkeys([*counting, *_others(discourse, reading)])


def _others(discourse: Discourse, reading: Reading) -> Iterator[Considered]:
    """What a rule's trigger and roles would give, were it not negated or of other classes."""
    misfits: list[Candidate] = []
    for candidate in offered(discourse, reading, misfits):
        if not holds(candidate):
            trust = round(weight(reading, candidate), 3)
            yield _left_out(discourse, reading, candidate, "counts only when affirmed", trust)
    for candidate in misfits:
        if candidate.subject.entity.id != candidate.object.entity.id:
            yield _left_out(discourse, reading, candidate, _misfit(candidate))


def _of_claim(discourse: Discourse, reading: Reading, candidate: Candidate, made: Claim, floor: float) -> Considered:
    if not is_stated(made):
        return _left_out(discourse, reading, candidate, "possible and negated: says nothing", made.confidence)
    if made.confidence < floor:
        return _left_out(discourse, reading, candidate, "below --min-confidence", made.confidence)
    found_by = f"found by {made.reasons['found by']}"
    return _considered(discourse, reading, candidate, made.confidence, (STATED, found_by), made.id)


def _misfit(candidate: Candidate) -> str:
    ends = (candidate.subject.entity.type, candidate.object.entity.type)
    if not allows(candidate.rule.relation, *ends):
        return "classes do not fit the relation"
    return "the rule asks for other ends"


def _left_out(
    discourse: Discourse, reading: Reading, candidate: Candidate, reason: str, confidence: float | None = None
) -> Considered:
    return _considered(discourse, reading, candidate, confidence, (LEFT_OUT, reason))


def _considered(
    discourse: Discourse,
    reading: Reading,
    candidate: Candidate,
    confidence: float | None,
    verdict: tuple[str, str],
    key: str | None = None,
) -> Considered:
    return Considered(
        discourse.document.source,
        evidence_of(discourse, reading, candidate.trigger.sent).text,
        candidate.subject.entity.id,
        candidate.rule.relation,
        candidate.object.entity.id,
        reasons(discourse, reading, candidate)["trigger"],
        candidate.rule.id,
        confidence,
        *verdict,
        key,
    )
