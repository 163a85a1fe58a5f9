"""What a notebook shows of an entity, a claim and a number."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from extract.model import Claim, Entity, Evidence, Modality, Observation

BAD = '<img src=x onerror="alert(1)">'
TEXT = f"Ada Chips may buy {BAD} for $2 billion & more."
ADA, BOB = Entity("ada", "Ada Chips", "Company", "Ada Chips", ("Ada",)), Entity("bob", BAD, "Company", BAD)
CLAIM = Claim(
    "d", BAD, ADA, "acquires", BOB, Evidence(0, len(TEXT), TEXT), "r", modality=Modality.POSSIBLE, time="2024",
    qualifiers={"percent": "30"}, confidence=0.61,
)  # fmt: skip


def words(card: str) -> str:
    """The text of a card that is well-formed, which it would not be with a name let loose in it."""
    return "".join(ET.fromstring(card).itertext())


def test_an_entity_shows_its_names_type_and_id() -> None:
    assert all(part in words(ADA._repr_html_()) for part in ("Ada Chips", "company", "ada", "Also Ada"))


def test_a_claim_shows_how_it_is_said_and_marks_both_names() -> None:
    card = CLAIM._repr_html_()
    assert [mark.text for mark in ET.fromstring(card).iter("mark")] == ["Ada Chips", BAD]
    for part in ("acquires", "possible", "2024", "61% sure", "percent: 30", TEXT):
        assert part in words(card)


def test_a_number_marks_the_figure() -> None:
    number = Observation("d", "a.txt", ADA, "revenue", 2e9, "$2 billion", "USD", CLAIM.evidence, "r", forecast=True)
    card = number._repr_html_()
    assert [mark.text for mark in ET.fromstring(card).iter("mark")] == ["Ada Chips", "$2 billion"]
    assert "forecast" in words(card)


def test_a_name_within_the_other_is_marked_once() -> None:
    text = "Ada Chips Two is not Ada Chips."
    two = Entity("two", "Ada Chips Two", "Company", "Ada Chips Two")
    claim = Claim("d", "a", two, "suppliesTo", ADA, Evidence(0, len(text), text), "r")
    assert [mark.text for mark in ET.fromstring(claim._repr_html_()).iter("mark")] == ["Ada Chips Two"]
