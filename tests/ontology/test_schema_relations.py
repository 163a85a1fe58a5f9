from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.classes import ancestors, classes
from ontology.errors import InvalidData
from ontology.relations import allows, closure, relation, relations

FAMILIES = {
    "partnership", "supply", "ownership", "money", "restriction", "place", "production", "competition", "people",
    "membership", "use",
}  # fmt: skip
SYMMETRIC = {"partnersWith", "jointVentureWith", "mergesWith", "competesWith"}
ENTITIES = sorted(name for name in classes() if name == "Entity" or "Entity" in ancestors(name))


def test_the_relations_of_the_design_are_all_there() -> None:
    assert len(relations()) == 46


def test_every_relation_is_complete() -> None:
    for r in relations().values():
        assert r.label and r.inverse_label and r.comment.endswith("."), r.id
        assert r.family in FAMILIES, r.id
        assert r.domain and r.range, r.id
        assert (r.domain | r.range) - {"Claim"} <= set(ENTITIES), r.id


def test_every_family_is_used() -> None:
    assert {r.family for r in relations().values()} == FAMILIES


def test_symmetric_relations_take_the_same_on_both_sides() -> None:
    assert {r.id for r in relations().values() if r.symmetric} == SYMMETRIC
    for name in SYMMETRIC:
        r = relation(name)
        assert r.domain == r.range
        assert r.label == r.inverse_label


def test_what_a_relation_allows_its_parents_allow() -> None:
    for r in relations().values():
        for parent in closure(r.id)[1:]:
            assert all(allows(parent, s, o) for s in r.domain for o in r.range), r.id


def test_closure() -> None:
    assert closure("manufacturesFor") == ("manufacturesFor", "suppliesTo")
    assert closure("acquires") == ("acquires",)


@pytest.mark.parametrize(
    ("name", "subject", "object_"),
    [
        ("partnersWith", "Company", "ActorGroup"),
        ("produces", "Fab", "ChipProduct"),
        ("usesNode", "ChipProduct", "ProcessNode"),
        ("restricts", "ExportControl", "Equipment"),
        ("restricts", "Country", "NodeClass"),
        ("subsidises", "SupportProgramme", "Fab"),
        ("investsIn", "Company", "Country"),
        ("headquarteredIn", "Company", "Country"),
        ("exceeds", "ChipProduct", "EndDevice"),
        ("usedIn", "NodeClass", "ApplicationArea"),
        ("leads", "Person", "Country"),
        ("memberOf", "Country", "Region"),
        ("hasGoal", "Company", "Text"),
        ("hasBusinessModel", "Company", "BusinessModel"),
        ("boosts", "NodeClass", "Country"),
        ("dependsOn", "Company", "Equipment"),
        ("competesWith", "Country", "Company"),
        ("authorOf", "Person", "Document"),
    ],
)
def test_what_news_says_is_allowed(name: str, subject: str, object_: str) -> None:
    assert allows(name, subject, object_)


@pytest.mark.parametrize(
    ("name", "subject", "object_"),
    [
        ("suppliesTo", "Company", "Material"),
        ("acquires", "Company", "ProcessNode"),
        ("leads", "Company", "Company"),
        ("headquarteredIn", "Company", "Company"),
        ("usesNode", "Company", "Country"),
        ("imposes", "Company", "Company"),
        ("listedOn", "Company", "Country"),
    ],
)
def test_what_makes_no_sense_is_not(name: str, subject: str, object_: str) -> None:
    assert not allows(name, subject, object_)


@given(st.sampled_from(sorted(relations())), st.sampled_from(ENTITIES), st.sampled_from(ENTITIES))
def test_a_narrower_class_is_allowed_where_the_wider_is(name: str, subject: str, object_: str) -> None:
    wider = [(s, o) for s in (subject, *ancestors(subject)) for o in (object_, *ancestors(object_))]
    if any(allows(name, s, o) for s, o in wider):
        assert allows(name, subject, object_)


def test_unknown_names_are_named_with_the_nearest() -> None:
    with pytest.raises(InvalidData, match=r"no relation 'suplliesTo'; did you mean 'suppliesTo'\?"):
        relation("suplliesTo")
    with pytest.raises(InvalidData, match="no class 'Firm'"):
        allows("suppliesTo", "Firm", "Company")
