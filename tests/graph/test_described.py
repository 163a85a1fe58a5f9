"""Actors that no list knows: what documents say of them, where these disagree, and an entry that appears later."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from click.testing import CliRunner

import chipgraph
from chipgraph.cli import cli
from extract.model import Claim, Document, Entity, Evidence, Modality
from graph.build import Builder
from graph.check import check
from graph.described import countries, models, traits
from graph.knowledge import KnowledgeGraph
from graph.view import scene

FIRM = Entity("veldmarc", "Veldmarc", "Company", "Veldmarc")
PLACES = {
    "eindhoven": Entity("eindhoven", "Eindhoven", "City", "Eindhoven"),
    "germany": Entity("germany", "Germany", "Country", "German"),
    "dresden": Entity("dresden", "Dresden", "City", "Dresden"),
}
COUNTRY = "SELECT ?country ?why WHERE { GRAPH ?g { cr:veldmarc ck:country ?country ; ck:explanation ?why } }"


def said(place: str, confidence: float, number: int) -> tuple[Document, Claim]:
    text = f"Note {number}: Veldmarc is based in {place}."
    document = Document(text, f"note-{number}.txt")
    quote = Evidence(0, len(text), text)
    claim = Claim(
        document.id, document.source, FIRM, "headquarteredIn", PLACES[place], quote, "example", confidence=confidence
    )
    return document, claim


DISAGREEING = [said("eindhoven", 0.9, 1), said("dresden", 0.6, 2), said("germany", 0.7, 3)]


def build(folder, given):
    with Builder(folder) as builder:
        for document, claim in given:
            builder.add(document, [claim])
    return KnowledgeGraph.open(folder)


def test_where_documents_disagree_most_of_them_decide_and_say_why(tmp_path):
    graph = build(tmp_path, DISAGREEING)
    found = graph.sparql(COUNTRY)
    assert (found.column("country"), found.column("why")) == (
        ["DE"],
        ["country: DE (2 documents, 0.70); NL (1 document, 0.90)"],
    )
    assert [str(fault) for fault in check(tmp_path)] == []
    (node,) = (n for n in scene.build([claim for _, claim in DISAGREEING]).nodes if n.id == "veldmarc")
    assert node.country == "Germany"


def test_a_document_that_goes_takes_its_word_with_it(tmp_path):
    build(tmp_path, DISAGREEING)
    with Builder(tmp_path) as builder:
        for document, _ in DISAGREEING[1:]:
            builder.remove(document.id)
    graph = KnowledgeGraph.open(tmp_path)
    assert graph.sparql(COUNTRY).column("country") == ["NL"]
    assert [str(fault) for fault in check(tmp_path)] == []


def test_the_order_of_documents_changes_nothing(tmp_path):
    shuffled = list(DISAGREEING)
    Random(3).shuffle(shuffled)
    build(tmp_path / "a", DISAGREEING)
    build(tmp_path / "b", shuffled)
    assert (tmp_path / "a/graph.trig").read_bytes() == (tmp_path / "b/graph.trig").read_bytes()


def test_plans_doubts_and_what_is_over_say_nothing():
    _, claim = DISAGREEING[0]
    unsure = [
        replace(claim, modality=Modality.PLANNED),
        replace(claim, confidence=0.4),
        replace(claim, qualifiers={"status": "ended"}),
        replace(claim, relation="expandsIn"),
    ]
    assert [trait for one in unsure for trait in traits(one)] == []
    assert [v.value for v in countries(trait for _, trait in traits(claim))] == ["NL"]
    assert models(trait for _, trait in traits(claim)) == ()


def test_the_registry_stands_over_what_documents_say(tmp_path):
    document, claim = DISAGREEING[0]
    tsmc = Entity("tsmc", "TSMC", "Company", "TSMC")
    graph = build(tmp_path, [(document, replace(claim, subject=tsmc))])
    rows = graph.sparql("SELECT ?country WHERE { GRAPH ?g { cr:tsmc ck:country ?country } }")
    assert rows.column("country") == ["TW"]


@pytest.mark.language
def test_a_new_actor_is_described_by_texts_and_moves_to_an_entry_that_appears(tmp_path):
    texts = {
        "a.txt": "The Shenzhen-based EDA start-up Quillonix supplies software to Huawei.",
        "b.txt": "Quillonix, a Chinese maker of EDA tools, competes with Synopsys.",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    files, out = [tmp_path / name for name in texts], tmp_path / "out"
    chipgraph.build(files, out)
    graph = KnowledgeGraph.open(out)
    facts = "SELECT ?o WHERE { cr:quillonix ck:hasBusinessModel ?o }"
    assert set(graph.sparql(facts).column("o")) >= {
        f"https://w3id.org/chipgraph/id/{m}" for m in ("eda-vendor", "start-up")
    }
    assert graph.sparql(COUNTRY.replace("veldmarc", "quillonix")).column("country") == ["CN"]
    shown = CliRunner().invoke(cli, ["entities", "show", "Quillonix", "--graph", str(out)])
    assert shown.exit_code == 0, shown.output
    assert "provisional" in shown.output
    assert "country CN (2 documents" in shown.output
    assert texts["a.txt"] in shown.output

    mine = tmp_path / "mine.yaml"
    mine.write_text("- id: quillonix-eda\n  label: Quillonix\n  type: Company\n  country: SG\n")
    chipgraph.build(files[1:], out, registry=[mine])
    graph = KnowledgeGraph.open(out)
    assert graph.entity("Quillonix").id == "quillonix-eda"
    assert graph.merged == {"quillonix": "quillonix-eda"}
    assert {c.relation for c in graph.relations("Quillonix")} >= {"suppliesTo", "competesWith", "headquarteredIn"}
    rows = graph.sparql("SELECT ?country WHERE { GRAPH ?g { cr:quillonix-eda ck:country ?country } }")
    assert rows.column("country") == ["SG"]
    assert [str(fault) for fault in check(out)] == []
