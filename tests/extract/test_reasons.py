"""Why a claim was made, told by the claim itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from extract.assemble import FOUND_BY
from extract.model import Claim, Document, Entity, Evidence, merge
from extract.pipeline import extract

if TYPE_CHECKING:
    from collections.abc import Callable

    Claims = Callable[..., list[Claim]]

COMPANY = "GlobalWafers grew last year. The company supplies wafers to TSMC."


def places(claim: Claim) -> dict[str, str]:
    """The part of a claim -> its offsets."""
    return dict(entry.rsplit(" ", 1) for entry in claim.reasons["places"].split("; "))


@pytest.mark.language
@pytest.mark.parametrize(
    ("text", "relation", "wanted"),
    [
        (COMPANY, "suppliesTo", {"subject": "coreference; alias", "subject words": "The company"}),
        (COMPANY, "suppliesTo", {"object": "name; alias", "object words": "TSMC", "trigger": "supplies"}),
        (COMPANY, "suppliesTo", {"product": "wafers", "found by": "rule and model"}),
        ("Infineon does not supply Huawei.", "suppliesTo", {"polarity": "not"}),
        ("Infineon may supply Huawei.", "suppliesTo", {"modality": "may"}),
        ("TSMC no longer supplies Huawei.", "suppliesTo", {"status": "no longer"}),
        ("Infineon acquired Cypress in April 2020.", "acquires", {"time": "April 2020"}),
        ("Infineon acquired Cypress for $9 billion.", "acquires", {"amount": "$9 billion"}),
        ("Infineon acquired Cypress, Reuters reported.", "acquires", {"said by": "Reuters"}),
        ("Chipmakers such as Infineon supply Bosch.", "suppliesTo", {"subject": "example; alias"}),
        ("Soitec spun off Dolphin.", "spunOffFrom", {"trigger": "spun off", "subject": "name; provisional"}),
        ("Soitec (Euronext Paris: SOI) grew.", "listedOn", {"trigger": "("}),
    ],
)
def test_a_claim_says_what_each_part_came_from(
    claims_of: Claims, text: str, relation: str, wanted: dict[str, str]
) -> None:
    found = [claim.reasons for claim in claims_of(text, relation)]
    assert any(wanted.items() <= reasons.items() for reasons in found), found


@pytest.mark.language
def test_no_word_is_behind_what_the_text_leaves_open(claims_of: Claims) -> None:
    (claim,) = claims_of("Infineon acquired Cypress.", "acquires")
    assert {"polarity", "modality", "status", "time", "said by"}.isdisjoint(claim.reasons)


@pytest.mark.language
def test_places_are_offsets_of_the_stored_text() -> None:
    document = Document(
        "# News\n\n**GlobalWafers** grew.  The company [supplies](https://x.io/a) <b>TSMC</b>.\n", "test"
    )
    (claim,) = (c for c in extract(document) if isinstance(c, Claim) and c.relation == "suppliesTo")
    spans = {part: tuple(map(int, at.split("-"))) for part, at in places(claim).items()}
    said = {part: document.text[start:end] for part, (start, end) in spans.items()}
    assert said == {"subject": "The company", "trigger": "supplies", "object": "TSMC"}


@pytest.mark.language
def test_an_end_that_no_word_stands_for_has_no_words_and_no_place(claims_of: Claims) -> None:
    claims = claims_of("# Soitec\n\nSoitec makes wafers.\n\n## Customers\n\n- Infineon\n- NXP\n", "suppliesTo")
    assert {c.reasons["object words"] for c in claims} == {"Infineon", "NXP"}
    for claim in claims:
        assert claim.reasons["subject"] == "topic; alias"
        assert "subject words" not in claim.reasons
        assert list(places(claim)) == ["object"]
        assert claim.reasons["trigger"] == "Customers"


@pytest.mark.language
def test_a_rule_and_a_model_are_told_apart(claims_of: Claims) -> None:
    (claim,) = claims_of("Infineon acquired Cypress.", "acquires")
    assert claim.reasons["found by"] in FOUND_BY.values()


END = Entity("tsmc", "TSMC", "Company", "TSMC"), Entity("apple", "Apple", "Company", "Apple")
CLAIM = Claim("d", "s", END[0], "suppliesTo", END[1], Evidence(0, 4, "TSMC"), "rule", reasons={"trigger": "supplies"})


def test_reasons_are_no_part_of_the_id() -> None:
    assert replace(CLAIM, reasons={}).id == CLAIM.id


def test_the_stronger_claim_keeps_its_reasons_in_any_order() -> None:
    strong = replace(CLAIM, confidence=1.0, evidence=Evidence(9, 13, "TSMC"))
    weak = replace(CLAIM, confidence=0.5, reasons={"trigger": "sells"})
    for order in ([strong, weak], [weak, strong]):
        (merged,) = merge(order)
        assert isinstance(merged, Claim)
        assert (merged.reasons, merged.evidence) == ({"trigger": "supplies"}, CLAIM.evidence)


def test_equally_strong_claims_are_merged_alike_in_any_order() -> None:
    claims = [replace(CLAIM, evidence=Evidence(n, 9, "T"), reasons={"trigger": str(n)}) for n in range(3)]
    (first,), (second,), (third,) = (merge([claims[i] for i in order]) for order in ((0, 1, 2), (2, 0, 1), (1, 2, 0)))
    assert first == second == third
