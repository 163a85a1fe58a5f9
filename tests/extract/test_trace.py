"""What was considered, and what became of it."""

from __future__ import annotations

import json

import pytest

from extract.model import THRESHOLD, Claim, Document
from extract.pipeline import extract, read
from extract.trace import LEFT_OUT, STATED, Considered, dumps, trace

pytestmark = pytest.mark.language


def traced(text: str, floor: float = THRESHOLD) -> list[Considered]:
    return list(trace(read(Document(text, "test")), floor))


def verdicts(text: str, relation: str, floor: float = THRESHOLD) -> set[tuple[str, str]]:
    return {(one.decision, one.reason.partition(":")[0]) for one in traced(text, floor) if one.relation == relation}


@pytest.mark.parametrize(
    ("text", "relation", "wanted"),
    [
        ("Infineon may not supply Huawei.", "suppliesTo", "possible and negated"),
        ("Soitec does not supply chips to Huawei.", "produces", "counts only when affirmed"),
        ("Soitec supplies chips to Huawei.", "suppliesTo", "classes do not fit the relation"),
        ("GlobalWafers is a Taiwanese maker of wafers.", "headquarteredIn", "the rule asks for other ends"),
        ("Samsung plans to make server chips.", "produces", "below --min-confidence"),
    ],
)
def test_what_is_left_out_has_its_reason(text: str, relation: str, wanted: str) -> None:
    assert (LEFT_OUT, wanted) in verdicts(text, relation)


def test_the_floor_decides() -> None:
    text = "Samsung plans to make server chips."
    assert any(decision == STATED for decision, _ in verdicts(text, "produces", 0.0))
    assert not any(decision == STATED for decision, _ in verdicts(text, "produces", 1.0))


def test_what_is_stated_is_what_is_extracted() -> None:
    text = "# News\n\nInfineon supplies Bosch.\n\n| Company | Customers |\n|---|---|\n| Soitec | Infineon, NXP |\n"
    claims = {s.id for s in extract(Document(text, "test")) if isinstance(s, Claim) and s.confidence >= THRESHOLD}
    assert len(claims) >= 3
    assert {one.claim for one in traced(text) if one.decision == STATED} == claims
    assert {one.claim for one in traced(text) if one.decision == LEFT_OUT} <= {None}


def test_a_line_has_all_that_a_reader_asks_for() -> None:
    one = next(c for c in traced("Infineon supplies Bosch.") if c.relation == "suppliesTo")
    assert json.loads(dumps(one)) == {
        "source": "test",
        "sentence": "Infineon supplies Bosch.",
        "subject": "infineon",
        "relation": "suppliesTo",
        "object": "bosch",
        "trigger": "supplies",
        "rule": one.rule,
        "confidence": one.confidence,
        "decision": "stated",
        "reason": one.reason,
        "claim": one.claim,
    }


def test_nothing_is_told_twice() -> None:
    lines = [dumps(one) for one in traced("GlobalWafers is a Taiwanese maker of wafers. It supplies TSMC.")]
    assert len(lines) == len(set(lines)) > 0


def test_watching_changes_nothing() -> None:
    document, seen = Document("Infineon supplies Bosch. It may sell chips to TSMC.", "test"), []
    assert extract(document, lambda discourse: seen.extend(trace(discourse, 0.5))) == extract(document)
    assert seen
