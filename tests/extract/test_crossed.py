"""Pairs of one sentence that do not belong together: another's town, another's product, the next clause's subject."""

from __future__ import annotations

import pytest

from extract.model import Claim, Document
from extract.pipeline import extract


def _pairs(text: str, relation: str) -> set[tuple[str, str]]:
    found = extract(Document(text, "example"))
    return {(s.subject.label, s.object.label) for s in found if isinstance(s, Claim) and s.relation == relation}


@pytest.mark.language
def test_each_firm_keeps_its_own_towns() -> None:
    text = "Infineon runs fabs in Villach and Dresden, Bosch in Reutlingen and NXP in Nijmegen."
    assert _pairs(text, "hasFacilityIn") == {
        ("Infineon", "Villach"),
        ("Infineon", "Dresden"),
        ("Bosch", "Reutlingen"),
        ("NXP", "Nijmegen"),
    }


@pytest.mark.language
def test_a_town_behind_a_list_is_that_of_all() -> None:
    assert _pairs("Infineon and Bosch have fabs in Dresden.", "hasFacilityIn") == {
        ("Infineon", "Dresden"),
        ("Bosch", "Dresden"),
    }


@pytest.mark.language
@pytest.mark.parametrize(
    ("text", "makers"),
    [
        ("TSMC makes the accelerators of Groq.", {"Groq"}),
        ("Ambiq has its microcontrollers made by GlobalFoundries.", {"Ambiq"}),
        ("Micron makes memory chips.", {"Micron"}),
        ("Samsung will make the Snapdragon 8 Elite.", {"Qualcomm"}),
        ("TSMC makes Apple's A18 and AMD's EPYC processors.", {"Apple", "AMD"}),
        ("Micron sells its memory chips in Europe.", {"Micron"}),
    ],
)
def test_who_makes_for_another_has_no_product_of_his_own(text: str, makers: set[str]) -> None:
    assert {subject for subject, _ in _pairs(text, "produces")} <= makers


@pytest.mark.language
def test_the_subject_of_the_next_clause_is_no_part_of_a_list() -> None:
    text = "Zeiss SMT supplies optics to ASML, and Trumpf supplies lasers to Nikon."
    assert _pairs(text, "suppliesTo") == {("Zeiss SMT", "ASML"), ("Trumpf", "Nikon")}


@pytest.mark.language
def test_a_clause_is_of_the_name_that_it_stands_behind() -> None:
    text = "Customers include Bosch, Emerson, which acquired National Instruments, and Denso."
    assert {subject for subject, _ in _pairs(text, "acquires")} == {"Emerson"}


@pytest.mark.language
def test_both_are_not_those_who_supply_both() -> None:
    text = "Samsung and Micron compete with each other. Ibiden and Unimicron supply both."
    supplied = _pairs(text, "suppliesTo")
    assert ("Ibiden", "Unimicron") not in supplied
    assert ("Unimicron", "Ibiden") not in supplied


@pytest.mark.language
def test_a_description_in_the_singular_is_of_the_last_name() -> None:
    text = "ASMPT and Hanmi Semiconductor, a supplier to Micron, sell bonders."
    assert _pairs(text, "suppliesTo") == {("Hanmi Semiconductor", "Micron")}


@pytest.mark.language
def test_a_seat_is_of_the_name_behind_it() -> None:
    text = "Five firms lead: Netherlands-based ASML, Japan-based Tokyo Electron, and U.S.-based Lam Research and KLA."
    assert ("KLA", "Japan") not in _pairs(text, "headquarteredIn")
    assert ("Tokyo Electron", "Japan") in _pairs(text, "headquarteredIn")


@pytest.mark.language
def test_a_brand_has_the_product_of_no_other_firm() -> None:
    pairs = _pairs("TSMC makes Apple's A18 and AMD's EPYC processors.", "produces")
    assert ("Apple", "EPYC") not in pairs
    assert ("AMD", "EPYC") in pairs
