from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from extract.assemble import is_stated, with_aliases
from extract.model import THRESHOLD, Claim, Document, Entity, Evidence, Modality, Observation, Polarity
from extract.pipeline import extract

Claims = Callable[..., list[Claim]]

MARKED = """# Chips of the week

**TSMC** supplies [chips](https://example.org/tsmc) to Apple.  <b>Micron</b>\u00a0reported revenue of $8 billion.

- It doesn\u2019t supply \u201cmemory\u201d to Huawei.
"""


@pytest.mark.language
def test_evidence_is_the_stored_text() -> None:
    document = Document(MARKED, "test")
    found = extract(document)
    assert {s.evidence.text for s in found} >= {"TSMC** supplies [chips](https://example.org/tsmc) to Apple."}
    for statement in found:
        for e in (statement.evidence, *statement.support):
            assert document.text[e.start : e.end] == e.text
            assert e.text == e.text.strip() != ""


@pytest.mark.language
@pytest.mark.parametrize(
    ("text", "relation", "name", "value"),
    [
        ("TSMC supplies processors to Apple.", "suppliesTo", "product", "processors"),
        ("Infineon bought a 10% stake in Rohm.", "ownsStakeIn", "percent", "10%"),
        ("Infineon acquired Cypress for $9 billion.", "acquires", "amount", "$9 billion"),
    ],
)
def test_qualifiers(claims_of: Claims, text: str, relation: str, name: str, value: str) -> None:
    assert {c.qualifiers.get(name) for c in claims_of(text, relation)} == {value}


@pytest.mark.language
def test_a_node_beside_a_deal_is_a_qualifier(claims_of: Claims) -> None:
    (claim, *_) = claims_of(
        "Bosch signed a deal with GlobalFoundries for radar chips on a 22nm process.", "partnersWith"
    )
    assert claim.qualifiers["node"] == "node-22nm"


@pytest.mark.language
def test_what_is_named_is_surer_than_what_is_meant(claims_of: Claims) -> None:
    (named,) = claims_of("Infineon acquired Cypress.", "acquires")
    (meant,) = claims_of("Infineon grew last year. It acquired Cypress.", "acquires")
    assert 0 < meant.confidence < named.confidence < 1


def entity(name: str, mention: str = "") -> Entity:
    return Entity(name.lower(), name, "Company", mention)


CLAIM = Claim("d", "s", entity("TSMC", "the foundry"), "suppliesTo", entity("Apple"), Evidence(0, 4, "TSMC"), "rule")
OBSERVATION = Observation("d", "s", entity("TSMC"), "revenue", 1, "$1", "USD", Evidence(0, 2, "$1"), "rule")


def test_other_names_of_the_document_go_with_an_entity() -> None:
    claim, observation = with_aliases([CLAIM, OBSERVATION], {"tsmc": ("TSMC", "Taiwan Semi", "the foundry")})
    assert isinstance(claim, Claim)
    assert isinstance(observation, Observation)
    assert (claim.subject.aliases, claim.object.aliases) == (("Taiwan Semi",), ())
    assert observation.about.aliases == ("Taiwan Semi", "the foundry")
    assert (claim.id, observation.id) == (CLAIM.id, OBSERVATION.id)


@pytest.mark.parametrize("modality", list(Modality))
@pytest.mark.parametrize("polarity", list(Polarity))
def test_only_the_negated_possible_says_nothing(polarity: Polarity, modality: Modality) -> None:
    empty = polarity is Polarity.NEGATED and modality is Modality.POSSIBLE
    assert is_stated(replace(CLAIM, polarity=polarity, modality=modality)) is not empty
    assert is_stated(OBSERVATION)


@pytest.mark.language
@pytest.mark.parametrize(
    ("vague", "clear", "relation"),
    [
        ("Microchip plans to make image sensors.", "Microchip makes image sensors.", "produces"),
        ("Image sensors are built on 7nm.", "The Exynos 2600 is built on 7nm.", "usesNode"),
        ("Samsung plans to make server chips.", "Samsung plans to make HBM4.", "produces"),
    ],
)
def test_a_kind_of_product_counts_less_than_one_with_a_name(
    claims_of: Claims, vague: str, clear: str, relation: str
) -> None:
    below, above = (max(c.confidence for c in claims_of(text, relation)) for text in (vague, clear))
    assert below < THRESHOLD <= above
