from __future__ import annotations

import pytest

from ontology.classes import ancestors, classes, is_a, label
from ontology.errors import InvalidData


def test_every_class_is_labelled_and_defined() -> None:
    bare = [c.id for c in classes().values() if not c.label or not c.definition.endswith(".")]
    assert bare == []


def test_every_parent_is_a_class() -> None:
    unknown = [(c.id, p) for c in classes().values() for p in c.parents if p not in classes()]
    assert unknown == []


def test_no_class_is_its_own_ancestor() -> None:
    assert [name for name in classes() if name in ancestors(name)] == []


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("Company", "Actor"),
        ("JointVenture", "Company"),
        ("Country", "Actor"),
        ("Country", "Place"),
        ("Fab", "Place"),
        ("Equipment", "Product"),
        ("ProcessNode", "Technology"),
        ("RestrictedPartyList", "PolicyInstrument"),
        ("Document", "Text"),
        ("NationalIndustry", "ActorGroup"),
        ("Company", "Company"),
    ],
)
def test_is_a(name: str, above: str) -> None:
    assert is_a(name, above)


@pytest.mark.parametrize(
    ("name", "other"), [("Actor", "Company"), ("City", "Actor"), ("Fab", "Actor"), ("Person", "Place")]
)
def test_is_not_a(name: str, other: str) -> None:
    assert not is_a(name, other)


def test_whatever_a_claim_can_be_about_is_an_entity() -> None:
    made_of = {"Statement", "Claim", "Observation", "Evidence", "Run", "Relation", "Qualifier", "Metric", "Unit"}
    made_of |= {"Polarity", "Modality", "Status", "Direction", "Entity"}
    assert [name for name in classes() if not is_a(name, "Entity") and name not in made_of] == []


def test_an_unknown_class_is_named_with_the_nearest() -> None:
    with pytest.raises(InvalidData, match=r"no class 'Compny'; did you mean 'Company'\?"):
        is_a("Compny", "Actor")
    with pytest.raises(InvalidData, match="no class 'Actr'"):
        is_a("Company", "Actr")


def test_label_reads_as_english() -> None:
    assert label("GovernmentBody") == "government body"
