from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model import Claim, Document, Polarity
from extract.pipeline import extract

pytestmark = pytest.mark.language

Claims = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("text", "relation", "polarity", "modality"),
    [
        ("Micron supplies memory to Huawei.", "suppliesTo", "affirmed", "asserted"),
        ("Micron does not supply memory to Huawei.", "suppliesTo", "negated", "asserted"),
        ("Micron never supplied memory to Huawei.", "suppliesTo", "negated", "asserted"),
        ("Micron refused to supply memory to Huawei.", "suppliesTo", "negated", "asserted"),
        ("Micron plans to supply memory to Huawei.", "suppliesTo", "affirmed", "planned"),
        ("Micron will supply memory to Huawei.", "suppliesTo", "affirmed", "planned"),
        ("Micron will not supply memory to Huawei.", "suppliesTo", "negated", "planned"),
        ("Micron may supply memory to Huawei.", "suppliesTo", "affirmed", "possible"),
        ("Micron reportedly supplies memory to Huawei.", "suppliesTo", "affirmed", "possible"),
        ("Does Micron supply memory to Huawei?", "suppliesTo", "affirmed", "possible"),
        ("If Micron supplies memory to Huawei, prices fall.", "suppliesTo", "affirmed", "possible"),
        ("Micron denied that it supplies memory to Huawei.", "suppliesTo", "negated", "denied"),
        ("Infineon failed to acquire Rohm.", "acquires", "negated", "asserted"),
        ("Infineon agreed to acquire Rohm.", "acquires", "affirmed", "planned"),
        ("Germany blocked the takeover of Aixtron by Infineon.", "acquires", "negated", "asserted"),
        ("Micron will compete with SK hynix.", "competesWith", "affirmed", "forecast"),
        ("Nor did Cisco ever buy Marvell, whatever the forum says.", "acquires", "negated", "asserted"),
        (
            "Lattice Semiconductor was once to merge with Umpqua Logic; the plan came to nothing.",
            "mergesWith",
            "negated",
            "planned",
        ),
        ("Infineon is not a foundry and is not supervised by the SEC.", "regulates", "negated", "asserted"),
        (
            "Infineon has belonged to a club, but not to the Global Semiconductor Alliance.",
            "memberOf",
            "negated",
            "asserted",
        ),
        ("Infineon gave up the purchase of Rohm.", "acquires", "negated", "asserted"),
        ("Japan has banned companies from exporting photoresists.", "restricts", "affirmed", "asserted"),
    ],
)
def test_how_a_sentence_means_it(claims_of: Claims, text: str, relation: str, polarity: str, modality: str) -> None:
    assert {(c.polarity.value, c.modality.value) for c in claims_of(text, relation)} == {(polarity, modality)}


@pytest.mark.parametrize(
    "text", ["Micron not only supplies memory to Huawei.", "Micron did not refuse to supply memory to Huawei."]
)
def test_what_only_looks_negated(claims_of: Claims, text: str) -> None:
    assert {c.polarity.value for c in claims_of(text, "suppliesTo")} == {"affirmed"}


def test_a_short_answer_settles_a_question(claims_of: Claims) -> None:
    assert claims_of("I am asked whether Micron supplies memory to Huawei. It does not.", "suppliesTo") == []


def test_a_line_that_is_denied_behind_its_colon(claims_of: Claims) -> None:
    found = claims_of("- Infineon to buy Rohm: offer refused in March\n- Denso to buy Rohm: signed", "acquires")
    assert {(c.subject.label, c.polarity.value) for c in found} == {("Infineon", "negated"), ("Denso", "affirmed")}


def test_what_says_nothing_is_left_out(claims_of: Claims) -> None:
    assert claims_of("Micron may not supply memory to Huawei.", "suppliesTo") == []


@pytest.mark.parametrize(
    "text",
    [
        "Infineon formerly partnered with Rohm.",
        "Infineon ended its partnership with Rohm.",
        "Infineon is a former partner of Rohm.",
    ],
)
def test_what_has_ended_is_marked(claims_of: Claims, text: str) -> None:
    found = claims_of(text, "partnersWith")
    assert found
    assert {c.qualifiers.get("status") for c in found} == {"ended"}


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("According to TrendForce, Micron supplies memory to Huawei.", "trendforce"),
        ("TrendForce said that Micron supplies memory to Huawei.", "trendforce"),
        ("Micron supplies memory to Huawei, TrendForce said.", "trendforce"),
        ("Micron supplies memory to Huawei, according to Reuters.", "reuters"),
        ("Micron supplies memory to Huawei.", None),
    ],
)
def test_who_says_so(claims_of: Claims, text: str, by: str | None) -> None:
    found = claims_of(text, "suppliesTo")
    assert {c.attributed_to.id if c.attributed_to else None for c in found} == {by}


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Infineon acquired Cypress in April 2020.", "2020-04"),
        ("In 2020, Infineon acquired Cypress.", "2020"),
        ("Infineon acquired Cypress last year.", "2024"),
        ("Infineon acquired Cypress.", None),
    ],
)
def test_when(claims_of: Claims, text: str, time: str | None) -> None:
    assert {c.time for c in claims_of(text, "acquires", date="2025-03-01")} == {time}


def test_limiting_is_what_a_restriction_does_and_no_denial() -> None:
    text = "US export controls limit China's access to lithography machines."
    found = [s for s in extract(Document(text, "note")) if isinstance(s, Claim) and s.relation == "restricts"]
    assert {s.object.id for s in found} >= {"china"}
    assert {s.polarity for s in found} == {Polarity.AFFIRMED}
