"""One node for one actor: decisions, what follows from them, and that a graph keeps and undoes them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.model import Claim, Document, Entity, Evidence, Polarity
from graph.build import Builder
from graph.check import check
from graph.identity.automatic import automatic
from graph.identity.canonical import canonical
from graph.identity.decisions import NOT_SAME, SAME, Decision, Decisions
from graph.identity.score import Profile, compare
from graph.knowledge import KnowledgeGraph
from ontology.errors import InvalidData
from ontology.registry import load

ACME = Entity("acme-chips", "Acme Chips", "Company", "Acme Chips")
ACMI = Entity("acme-microchips", "Acme Microchips", "Company", "Acme Microchips")
NORTH = Entity("northwind", "Northwind", "Company", "Northwind")


def said(text: str, *triples: tuple[Entity, str, Entity]) -> tuple[Document, list[Claim]]:
    document = Document(text, f"{text[:20]}.txt")
    proof = Evidence(0, len(text), text)
    return document, [Claim(document.id, document.source, s, r, o, proof, "test") for s, r, o in triples]


def build(folder, *documents):
    with Builder(folder) as builder:
        for document, statements in documents:
            builder.add(document, statements)
    return KnowledgeGraph.open(folder)


ONE = said("Acme Chips supplies Northwind with chips.", (ACME, "suppliesTo", NORTH))
TWO = said("Acme Microchips competes with TSMC.", (ACMI, "competesWith", Entity("tsmc", "TSMC", "Company", "TSMC")))


def never(*_):
    return False


def test_equality_is_not_handed_on():
    canon = canonical([Decision("a", "b"), Decision("b", "c")], never, never)
    assert canon.of == {"b": "a"}
    assert canon.waiting == (Decision("b", "c"),)


def test_a_third_joins_with_evidence_of_its_own():
    canon = canonical([Decision("a", "b"), Decision("b", "c"), Decision("a", "c")], never, never)
    assert canon.of == {"b": "a", "c": "a"}
    assert canon.members("c") == ("a", "b", "c")


def test_a_difference_stops_the_whole_node():
    pairs = [Decision("a", "b"), Decision("b", "c"), Decision("a", "c")]
    canon = canonical(pairs, lambda x, y: {x, y} == {"a", "c"}, never)
    assert canon.of == {"b": "a"}


def test_people_go_before_the_program_and_the_registry_gives_the_id():
    machine = Decision("a", "b", by="chipgraph")
    canon = canonical([machine, Decision("b", "c", by="eve")], never, {"c"}.__contains__)
    assert canon.of == {"b": "c"}


def test_decisions_are_read_as_they_were_written(tmp_path):
    path = tmp_path / "decisions.csv"
    kept = Decisions([Decision("b", "c", NOT_SAME, "eve", "2025-01-31", 'two "plants", far apart'), Decision("a", "b")])
    kept.write(path)
    assert list(Decisions.read(path)) == list(kept)
    assert Decisions.read(path).dumps() == kept.dumps()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\nx,y\n", "'verdict' is not there"),
        ("a,b,verdict\nx,y,maybe\n", "line 2: the verdict is 'same' or 'not-same', not 'maybe'"),
        ("a,b,verdict\nx,x,same\n", "two different ids"),
        ("a,b,verdict\n,x,same\n", "two different ids"),
    ],
)
def test_wrong_decisions_get_one_sentence(tmp_path, text, said):
    path = tmp_path / "decisions.csv"
    path.write_text(text)
    with pytest.raises(InvalidData, match=said) as caught:
        Decisions.read(path)
    assert "\n" not in str(caught.value)


def test_a_merge_holds_for_rdf_and_look_ups_and_leaves_claims_alone(tmp_path):
    build(tmp_path, ONE, TWO)
    before = (tmp_path / "claims.jsonl").read_bytes()
    Decisions([Decision("acme-chips", "acme-microchips", SAME, "eve")]).write(tmp_path / "decisions.csv")
    graph = build(tmp_path)
    assert (tmp_path / "claims.jsonl").read_bytes() == before
    assert {c.relation for c in graph.relations("Acme Microchips")} == {"suppliesTo", "competesWith"}
    assert graph.entity("acme-microchips").id == "acme-chips"
    assert graph.entity("Acme Chips").aliases == ("Acme Microchips",)
    assert {c.id for c in graph.relations()} == {c.id for _, claims in (ONE, TWO) for c in claims}
    assert graph.sparql("ASK { cr:acme-chips ck:competesWith cr:tsmc }")
    assert not graph.sparql("ASK { cr:acme-microchips ?p ?o }")
    assert [str(fault) for fault in check(tmp_path)] == []


def test_a_merge_survives_adding_and_building_again_and_is_undone_by_a_split(tmp_path):
    apart = build(tmp_path / "b", ONE, TWO)
    trig = (tmp_path / "b" / "graph.trig").read_bytes()
    Decisions([Decision("acme-chips", "acme-microchips", SAME, "eve")]).write(tmp_path / "b" / "decisions.csv")
    build(tmp_path / "b", said("Northwind is growing fast.", (NORTH, "expandsIn", Entity("wuxi", "Wuxi", "City", ""))))
    assert KnowledgeGraph.open(tmp_path / "b").entity("acme-microchips").id == "acme-chips"
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "decisions.csv").write_bytes((tmp_path / "b" / "decisions.csv").read_bytes())
    build(tmp_path / "a", TWO, ONE)
    assert KnowledgeGraph.open(tmp_path / "a").entity("acme-microchips").id == "acme-chips"
    assert (tmp_path / "a" / "graph.trig").read_bytes() != trig
    Decisions([Decision("acme-chips", "acme-microchips", NOT_SAME, "eve")]).write(tmp_path / "a" / "decisions.csv")
    build(tmp_path / "a")
    assert (tmp_path / "a" / "graph.trig").read_bytes() == trig
    assert apart.entity("acme-microchips").id == "acme-microchips"


def test_a_merge_of_both_ends_leaves_no_fact_of_one_with_itself(tmp_path):
    document, claims = said("Acme Chips competes with Acme Microchips.", (ACME, "competesWith", ACMI))
    build(tmp_path, (document, [*claims, replace(claims[0], polarity=Polarity.NEGATED)]))
    Decisions([Decision("acme-chips", "acme-microchips")]).write(tmp_path / "decisions.csv")
    graph = build(tmp_path)
    assert graph.statistics().facts == 0
    assert len(graph.relations("Acme Chips")) == 2
    assert check(tmp_path, shapes=False) == []


def test_a_provisional_id_moves_to_the_entry_that_the_registry_gains(tmp_path):
    assert build(tmp_path, ONE).entity("acme-chips").type == "Company"
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "mine.csv").write_text(
        'id,label,type,legal,country\nacme,Acme,Company,"Acme Chips Co., Ltd.",DE\n'
    )
    graph = build(tmp_path)
    assert graph.entity("acme-chips").id == "acme"
    assert graph.relations("Acme")[0].object.id == "northwind"
    assert check(tmp_path, shapes=False) == []
    (tmp_path / "registry" / "mine.csv").unlink()
    assert build(tmp_path).entity("acme-chips").id == "acme-chips"


def found(*names: tuple[str, str, str]) -> set[tuple[str, str]]:
    return {(d.a, d.b) for d in automatic(names, load(), load().are_distinct)}


def test_spellings_of_one_name_are_merged():
    assert found(
        ("acme-devices", "Acme Devices", "Company"),
        ("acme-device", "Acme Device", "Organization"),
        ("acmedevices", "AcmeDevices", "Company"),
    ) >= {("acme-device", "acme-devices"), ("acme-devices", "acmedevices")}


@pytest.mark.parametrize(
    "names",
    [
        [("acme-devices", "Acme Devices", "Company"), ("acme-device", "Acme Device", "Person")],
        [("acme-group", "Acme Group", "Company"), ("acme-display", "Acme Display", "Company")],
        [("fab-in-dresden-1a2b3c4d", "fab in Dresden", "Fab"), ("fab-in-dresden-9f8e7d6c", "fab in Dresden", "Fab")],
        [("tsmc-2", "TSMC", "Person")],
        [("huali-one", "Huali One", "Company"), ("huali-two", "Huali Two", "Company")],
        [("fab-12", "Acme Fab 12", "Company"), ("fab-14", "Acme Fab 14", "Company")],
    ],
)
def test_what_only_looks_alike_stays_apart(names):
    assert found(*names) == set()


def test_a_merge_that_somebody_ruled_out_is_not_made():
    names = [("acme-devices", "Acme Devices", "Company"), ("acme-device", "Acme Device", "Company")]
    assert list(automatic(names, load(), lambda a, b: True)) == []


def test_an_acronym_begins_as_its_name_does():
    unit = Profile("zet", "ZT Systems Manufacturing Business", "Company", ("ZT Systems Manufacturing Business",))
    assert compare(Profile("tsmc", "TSMC", "Company", ("TSMC",)), unit).value == 0
    full = Profile("full", "Taiwan Silicon Making", "Company", ("Taiwan Silicon Making",))
    assert compare(Profile("tsmk", "TSMK", "Company", ("TSMK",)), full).value >= 0.5
