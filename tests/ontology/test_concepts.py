from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict

import pytest

from ontology import _turtle
from ontology.classes import classes, is_a
from ontology.concepts import broader_closure, concepts, narrower
from ontology.errors import InvalidData
from ontology.iri import slug

# Words that mean too much to stand for one concept by themselves.
LOOSE = (
    "tool tools logic memory power power device device system systems process technology technologies node nodes "
    "equipment material materials part parts component components display displays space fan flash lead leads mask "
    "masks target targets track furnace gas gases resist test design core cores model market product products light "
    "handler precursor sme csp bumping networking broker start-up startup a14 a16 a10 sow finance toy toys cell panel "
    "military payment payments investor investors dicer grinder 10a "
    "line lines mature advanced legacy leading machine machines service services"
)


def _key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().replace("-", " ").split())


def test_there_are_many() -> None:
    assert len(concepts()) >= 400


def test_every_concept_is_complete() -> None:
    for concept in concepts().values():
        assert concept.label, concept.id
        assert concept.type in classes(), concept.id
        assert is_a(concept.type, "Entity"), concept.id
        assert f"{concept.scheme}.ttl" in _turtle.scheme_files(), concept.id
        assert slug(concept.id) == concept.id


def test_a_name_stands_for_one_concept_only() -> None:
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for concept in concepts().values():
        for name in (concept.label, *concept.alt_labels):
            bearers[_key(name)].add(concept.id)
    assert {name: ids for name, ids in bearers.items() if len(ids) > 1} == {}


def test_no_concept_repeats_a_name() -> None:
    for concept in concepts().values():
        counted = Counter(map(_key, (concept.label, *concept.alt_labels)))
        assert max(counted.values()) == 1, concept.id


def test_no_name_is_a_word_of_many_meanings() -> None:
    loose = {_key(word) for word in LOOSE.split()}
    named = {_key(name): c.id for c in concepts().values() for name in (c.label, *c.alt_labels)}
    assert {name: named[name] for name in loose & named.keys()} == {}


def test_names_are_clean() -> None:
    for concept in concepts().values():
        for name in (concept.label, *concept.alt_labels):
            assert name == " ".join(name.split()), (concept.id, name)
            assert unicodedata.is_normalized("NFC", name), (concept.id, name)


def test_the_trees_have_no_loose_ends_and_no_circles() -> None:
    for concept in concepts().values():
        above = broader_closure(concept.id)
        assert concept.id not in above
        assert set(above) <= concepts().keys()


def test_narrower_is_broader_the_other_way_round() -> None:
    down = {(concept, below) for concept in concepts() for below in narrower(concept)}
    up = {(above, concept.id) for concept in concepts().values() for above in concept.broader}
    assert down == up


@pytest.mark.parametrize(
    ("id_", "type_"),
    [
        ("mcu", "ChipProduct"),
        ("gpu", "ChipProduct"),
        ("dram", "ChipProduct"),
        ("integrated-circuits", "ChipProduct"),
        ("advanced-chips", "ChipProduct"),
        ("ai-chips", "ChipProduct"),
        ("sme", "Equipment"),
        ("mobile-phones", "EndDevice"),
        ("telecom-equipment", "EndDevice"),
        ("mature-process", "NodeClass"),
        ("advanced-node", "NodeClass"),
        ("node-40nm", "ProcessNode"),
        ("euv-lithography", "ProcessTechnology"),
        ("risc-v", "DesignTechnology"),
        ("eda", "DesignTool"),
        ("gallium", "Material"),
        ("foundry", "BusinessModel"),
        ("electric-vehicles", "ApplicationArea"),
    ],
)
def test_ids_that_others_rely_on(id_: str, type_: str) -> None:
    assert concepts()[id_].type == type_


def test_every_node_has_its_size_and_nothing_else_has() -> None:
    for concept in concepts().values():
        assert (concept.nanometres is not None) == (concept.type == "ProcessNode"), concept.id


def test_a_node_lies_under_the_class_that_its_size_says() -> None:
    for concept in concepts().values():
        if concept.nanometres is not None:
            expected = "mature-process" if concept.nanometres >= 28 else "advanced-node"
            assert expected in broader_closure(concept.id), concept.id


@pytest.mark.parametrize(
    ("id_", "nanometres"),
    [
        ("node-2um", 2000),
        ("node-180nm", 180),
        ("node-1-4nm", 1.4),
        ("tsmc-n3e", 3),
        ("intel-18a", 1.8),
        ("smic-n-plus-2", 7),
    ],
)
def test_sizes(id_: str, nanometres: float) -> None:
    assert concepts()[id_].nanometres == nanometres


def test_foundry_names_lie_under_a_size() -> None:
    assert broader_closure("tsmc-n7") == ("node-7nm", "leading-edge", "advanced-node")


def test_unknown_concepts_are_named_with_the_nearest() -> None:
    with pytest.raises(InvalidData, match=r"no scheme|No scheme has a concept 'node-41nm'; did you mean 'node-"):
        narrower("node-41nm")
    with pytest.raises(InvalidData, match="No scheme has a concept"):
        broader_closure("")
