"""Whose a plant is and where it stands."""

from __future__ import annotations

import pytest

from extract.model import Claim, Document
from extract.pipeline import extract, read
from extract.relations.facility_names import named_part
from extract.sites import builder, holder, roles
from extract.syntax import Frame


def _noun(text: str, word: str):  # type: ignore[no-untyped-def]
    doc = read(Document(text, "example")).readings[0].doc
    return next(t for t in doc if t.text.endswith(word))


@pytest.mark.parametrize(
    ("text", "word", "owners", "places"),
    [
        ("Nexperia operates plants in Hamburg.", "plants", ["Nexperia"], ["Hamburg"]),
        ("With plants in Hamburg, Nexperia is safe.", "plants", ["Nexperia"], ["Hamburg"]),
        (
            "The second fab, to be built in Hamburg, will be run by Nexperia.",
            "fab",
            ["Nexperia"],
            ["second", "Hamburg"],
        ),
        ("Nexperia praised the plants in Hamburg.", "plants", [], ["Hamburg"]),
        ("Nexperia broke ground in Hamburg on a plant.", "plant", ["Nexperia"], ["Hamburg"]),
        ("Nexperia is pressing ahead with a plant in Hamburg.", "plant", ["Nexperia"], ["Hamburg"]),
        ("Nexperia spends $17 million on a plant in Hamburg.", "plant", ["Nexperia"], ["Hamburg"]),
        ("Renesas makes power devices at a leased site in Chandler.", "site", ["Renesas"], ["Chandler", "leased"]),
    ],
)
def test_owner_and_site(text: str, word: str, owners: list[str], places: list[str]) -> None:
    noun = _noun(text, word)
    assert [t.text for t in roles(noun)["owner"]] == owners
    assert [t.text for t in roles(noun)["site"]] == places


def test_what_is_owned_is_presupposed_and_what_is_built_is_not() -> None:
    owned, built = _noun("Intel will close its fab.", "fab"), _noun("Intel will build its fab.", "fab")
    assert [t.text for t in holder(owned)] == ["its"]
    assert holder(built) == []
    assert [t.text for t in builder(built)] == ["Intel"]


def test_closing_a_plant_is_no_plan_to_have_it() -> None:
    claims = extract(Document("Onsemi will close its plant in Niigata.", "example"))
    assert "asserted" in [c.modality for c in claims if isinstance(c, Claim) and c.relation == "hasFacilityIn"]


@pytest.mark.parametrize(
    ("name", "role", "label"),
    [("Kaohsiung Fab 22", "name-place", "Kaohsiung"), ("Intel Ohio fab", "name-owner", "Intel")],
)
def test_a_name_holds_owner_and_place(name: str, role: str, label: str) -> None:
    reading = read(Document(f"{name} is busy.", "example")).readings[0]
    token = reading.doc[reading.index.mentions[0].root]
    found = named_part(reading, Frame(token, "noun", {"mention": (token,)}), role)
    assert [f.entity.label for f in found] == [label]


def _said(text: str, relation: str) -> set[tuple[str, str]]:
    claims = extract(Document(text, "example"))
    return {(c.subject.label, c.object.label) for c in claims if isinstance(c, Claim) and c.relation == relation}


def test_a_list_of_places_before_the_noun_has_one_owner() -> None:
    said = _said("TSMC's Arizona and Kumamoto fabs are ahead of schedule.", "hasFacilityIn")
    assert said == {("TSMC", "Arizona"), ("TSMC", "Kumamoto")}


def test_an_apposition_describes_one_of_two_coordinated_names() -> None:
    said = _said("UMC, a Taiwanese foundry, and Vanguard raised prices.", "headquarteredIn")
    assert said == {("UMC", "Taiwan")}


def test_the_consortium_is_the_association_named_before() -> None:
    said = _said(
        "SEMATECH, a consortium, was founded in 1987. The consortium members are AMD, IBM and Intel.", "memberOf"
    )
    assert said == {("AMD", "SEMATECH"), ("IBM", "SEMATECH"), ("Intel", "SEMATECH")}


def test_what_opens_the_sentence_may_mean_the_subject_to_come() -> None:
    assert ("Intel", "Haifa") in _said("From its laboratory in Haifa, Intel directs research.", "hasFacilityIn")


def _claims(text: str, relation: str) -> set[tuple[str, str]]:
    found = extract(Document(text, "example"))
    return {(c.subject.label, c.object.label) for c in found if isinstance(c, Claim) and c.relation == relation}


def test_a_town_behind_a_firm_tells_where_it_works_unless_something_is_done_to_it_there() -> None:
    told = _claims("The duty hits orders from Foxconn in Tijuana.", "hasFacilityIn")
    assert told == {("Foxconn", "Tijuana")}
    assert not _claims("A supplier sued Foxconn in Tijuana.", "hasFacilityIn")
    assert ("Foxconn", "Tijuana") not in _claims("ASE packages chips for Foxconn in Tijuana.", "hasFacilityIn")


def test_where_means_the_place_before_it_whatever_its_clause_hangs_from() -> None:
    text = "Infineon marked the completion of its $600 million investment in Kulim, where it makes power modules."
    assert ("Infineon", "Kulim") in _claims(text, "hasFacilityIn")


def test_a_plan_of_a_firm_is_carried_out_by_the_firm_and_not_by_who_approves_it() -> None:
    text = "Microchip has approved a plan of Vishay to establish a test line in Calamba."
    assert {subject for subject, _ in _claims(text, "hasFacilityIn")} == {"Vishay"}
