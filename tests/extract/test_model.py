from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from extract.model import Claim, Document, Entity, Evidence, Modality, Observation, Polarity, Span, digest, merge

A, B = Entity("a", "A", "Company"), Entity("b", "B", "Company")
CLAIM = Claim("d", "s", A, "suppliesTo", B, Evidence(0, 3, "one"), "r1", confidence=0.5)
NUMBER = Observation("d", "s", A, "revenue", 5, "$5", "USD", Evidence(4, 6, "$5"), "r", confidence=0.5)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_runs_forward(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="runs forward"):
        Span(start, end)


def test_data_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        CLAIM.relation = "sues"  # type: ignore[misc]


def test_the_id_of_a_document_is_its_text() -> None:
    assert Document("text", "a.txt").id == Document("text", "b.txt", title="T", date="2024").id
    assert Document("text", "a.txt").id != Document("text ", "a.txt").id


@pytest.mark.parametrize(
    "other",
    [
        replace(CLAIM, subject=B, object=A),
        replace(CLAIM, relation="sues"),
        replace(CLAIM, document="e"),
        replace(CLAIM, polarity=Polarity.NEGATED),
        replace(CLAIM, modality=Modality.PLANNED),
        replace(CLAIM, time="2024"),
        replace(CLAIM, attributed_to=B),
        replace(CLAIM, qualifiers={"product": "mcu"}),
    ],
)
def test_what_a_claim_says_tells_it_from_others(other: Claim) -> None:
    assert other.id != CLAIM.id


@pytest.mark.parametrize(
    "same",
    [
        replace(CLAIM, evidence=Evidence(9, 12, "two")),
        replace(CLAIM, confidence=0.9),
        replace(CLAIM, rule="r2"),
        replace(CLAIM, source="elsewhere.txt"),
        replace(CLAIM, subject=Entity("a", "Another label", "Person", "it", ("x",))),
        replace(CLAIM, support=(Evidence(9, 12, "two"),)),
    ],
)
def test_how_a_claim_was_found_does_not(same: Claim) -> None:
    assert same.id == CLAIM.id


@pytest.mark.parametrize(
    "other",
    [
        replace(NUMBER, value=6),
        replace(NUMBER, unit="EUR"),
        replace(NUMBER, metric="profit"),
        replace(NUMBER, period="2024"),
        replace(NUMBER, forecast=True),
        replace(NUMBER, direction="increase"),
        replace(NUMBER, about=B),
        replace(NUMBER, scope="x"),
    ],
)
def test_what_a_number_says_tells_it_from_others(other: Observation) -> None:
    assert other.id != NUMBER.id


def test_qualifiers_have_no_order() -> None:
    one = replace(CLAIM, qualifiers={"a": "1", "b": "2"})
    assert one.id == replace(CLAIM, qualifiers={"b": "2", "a": "1"}).id


@pytest.mark.parametrize("modality", list(Modality))
@pytest.mark.parametrize("polarity", list(Polarity))
def test_only_the_affirmed_and_asserted_is_a_fact(polarity: Polarity, modality: Modality) -> None:
    fact = polarity is Polarity.AFFIRMED and modality is Modality.ASSERTED
    assert replace(CLAIM, polarity=polarity, modality=modality).is_fact is fact


def test_merging_keeps_the_surer_and_the_first_sentence() -> None:
    later = replace(CLAIM, evidence=Evidence(9, 12, "two"), confidence=0.9, rule="r2")
    (merged,) = merge([later, CLAIM])
    assert (merged.confidence, merged.rule) == (0.9, "r2")
    assert (merged.evidence, merged.support) == (CLAIM.evidence, (later.evidence,))


def test_digests_part_what_they_join() -> None:
    assert digest("a", "b") != digest("a\x1f", "b")
    assert len(digest("\ud800")) == 16
