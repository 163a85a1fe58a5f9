"""Other data sets into a graph: small files of their formats, written for these tests, with invented content."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipgraph.importing import import_file
from graph.check import check
from graph.importers import importer, names
from graph.importers._facts import assemble
from graph.knowledge import KnowledgeGraph
from ontology.errors import InvalidData
from ontology.registry import load

FILES = Path(__file__).parent / "imports"
WHAT = {
    ("screening-list", "screening.csv"): {
        ("invented-lithography-works", "subjectTo", "entity-list"),
        ("smic", "subjectTo", "entity-list"),
        ("pat-example", "subjectTo", "denied-persons-list"),
    },
    ("gleif", "gleif.csv"): {
        ("invented-wafer", "headquarteredIn", "germany"),
        ("invented-ministry-of-chips", "headquarteredIn", "germany"),
    },
    ("cset", "provision.csv"): {
        ("invented-etch", "produces", "conductor-etching-tools"),
        ("tsmc", "produces", "logic-chips"),
        ("japan", "produces", "photoresists"),
    },
    ("cset", "providers.csv"): {("invented-etch", "headquarteredIn", "south-korea")},
    ("cset", "provision_early.csv"): {
        ("united-states", "produces", "invented-polishing-stage"),
        ("malaysia", "produces", "photoresists"),
        ("europe", "produces", "photoresists"),
    },
    ("cset", "stages.csv"): {("invented-polishing-stage", "usedIn", "integrated-circuits")},
    ("cset", "sequence.csv"): {("photoresists", "usedIn", "invented-coating-tools")},
    ("cset", "inputs.csv"): {("invented-aligners", "usedIn", "invented-fabrication-stage")},
    ("followthemoney", "ftm.jsonl"): {
        ("invented-holding", "ownsStakeIn", "invented-silicon"),
        ("pat-sample", "affiliatedWith", "invented-silicon"),
        ("invented-silicon", "subjectTo", "entity-list"),
    },
    ("followthemoney", "ftm_nested.json"): {
        ("invented-nested-holding", "ownsStakeIn", "invented-nested-chips"),
        ("invented-nested-chips", "subjectTo", "us-el"),
    },
    ("wikidata", "wdqs.json"): {
        ("invented-sensors", "headquarteredIn", "germany"),
        ("invented-valves", "subsidiaryOf", "invented-sensors"),
    },
    ("wikidata", "wikidata_dump.json"): {
        ("invented-dumped-optics", "headquarteredIn", "germany"),
        ("invented-dumped-optics", "subsidiaryOf", "invented-dumped-group"),
    },
    ("wikidata", "wikidata.json"): {
        ("invented-photonics", "headquarteredIn", "germany"),
        ("invented-photonics", "subsidiaryOf", "invented-light-group"),
    },
    ("wikidata", "sparql.json"): {
        ("invented-memory", "headquarteredIn", "germany"),
        ("invented-capital", "ownsStakeIn", "invented-memory"),
    },
}


def taken(form: str, file: str):
    reader = importer(form)
    found = reader.read(FILES / file)
    return assemble(found, source=file, title=reader.TITLE, publisher=reader.PUBLISHER, date="2031-07-01")


@pytest.mark.parametrize(("form", "file"), WHAT)
def test_a_file_gives_its_claims_each_with_the_row_in_words(form, file):
    found = taken(form, file)
    assert {(c.subject.id, c.relation, c.object.id) for c in found.claims} == WHAT[form, file]
    text = found.document.text
    assert all(text[c.evidence.start : c.evidence.end] == c.evidence.text for c in found.claims)
    assert all(c.evidence.text for c in found.claims)
    assert not {row["id"] for row in found.actors} & load().entries.keys()


@pytest.mark.parametrize(("form", "file"), WHAT)
def test_a_file_becomes_a_sound_part_of_a_graph(tmp_path, form, file):
    counts = import_file(form, FILES / file, tmp_path, "2031-07-01")
    assert counts.claims == len(WHAT[form, file])
    assert [str(fault) for fault in check(tmp_path)] == []
    graph = KnowledgeGraph.open(tmp_path)
    (document,) = graph.documents()
    assert (document.date, document.title) == ("2031-07-01", importer(form).TITLE)
    rows = graph.sparql("SELECT DISTINCT ?g { GRAPH ?g { ?claim a ck:Claim } }")
    assert rows.column("g") == [f"https://w3id.org/chipgraph/id/doc/{document.id}"]
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.*")}
    assert import_file(form, FILES / file, tmp_path, "2031-07-01") == counts
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.*")} == before


def test_what_a_row_says_is_kept():
    claims = {c.subject.id: c for c in taken("screening-list", "screening.csv").claims}
    listed = claims["invented-lithography-works"]
    assert listed.evidence.text == (
        "Invented Lithography Works Co., Ltd. is on the Entity List of the Bureau of Industry and Security since "
        "2031-05-06 under 99 FR 12345 (licence policy: Presumption of denial)."
    )
    assert (listed.time, dict(listed.qualifiers)) == ("2031-05-06", {"validFrom": "2031-05-06"})
    owner = next(c for c in taken("followthemoney", "ftm.jsonl").claims if c.relation == "ownsStakeIn")
    assert (owner.time, dict(owner.qualifiers)) == ("2030-01-02", {"percent": "51"})


def test_a_sanction_that_was_lifted_says_so():
    (listed,) = [c for c in taken("followthemoney", "ftm_nested.json").claims if c.relation == "subjectTo"]
    assert (
        listed.evidence.text
        == "Invented Nested Chips is under US-EL of Invented Bureau since 2030-03-04 until 2031-03-04."
    )
    assert dict(listed.qualifiers) == {"validFrom": "2030-03-04", "validTo": "2031-03-04"}


def test_a_government_of_gleif_is_no_company():
    row = next(row for row in taken("gleif", "gleif.csv").actors if row["id"] == "invented-ministry-of-chips")
    assert (row["type"], row["short"]) == ("GovernmentBody", "Chip Ministry")


def test_early_and_late_files_of_cset_say_the_same_of_shares():
    claims = {c.subject.id: c for c in taken("cset", "provision_early.csv").claims}
    assert dict(claims["united-states"].qualifiers) == {"percent": "61"}
    assert claims["united-states"].evidence.text == "USA provides Invented polishing stage, 61 % of the world's."
    assert "negligible" in claims["malaysia"].evidence.text
    (stage,) = taken("cset", "stages.csv").claims
    assert stage.evidence.text.endswith("Wafers are polished, by inventors. Twice.")


def test_an_actor_becomes_a_row_of_the_registry():
    rows = {row["id"]: row for form, file in WHAT for row in taken(form, file).actors}
    assert rows["invented-lithography-works"]["short"] == "ILW|Invented Litho"
    assert rows["invented-lithography-works"]["country"] == "CN"
    assert rows["invented-wafer"]["former"] == "Erfundene Scheiben GmbH"
    assert (rows["invented-wafer"]["lei"], rows["invented-wafer"]["id_status"]) == (
        "00EXAMPLE0000000LE50",
        "single-source",
    )
    assert rows["invented-photonics"]["native"] == "虚构光子"
    assert rows["conductor-etching-tools"]["type"] == "Equipment"


@pytest.mark.language
def test_later_builds_know_imported_actors(tmp_path):
    import chipgraph

    import_file("screening-list", FILES / "screening.csv", tmp_path / "out")
    text = tmp_path / "news.txt"
    text.write_text("ILW supplies machines to TSMC, the company said on Monday.")
    chipgraph.build([text], tmp_path / "out")
    graph = KnowledgeGraph.open(tmp_path / "out")
    relations = {c.relation for c in graph.relations("Invented Litho")}
    assert {"subjectTo", "suppliesTo"} <= relations


def test_every_format_has_a_test():
    assert {form for form, _ in WHAT} == set(names())


WRONG = {
    "screening-list": ("name,source\nA,B\n", "has no column 'addresses'"),
    "gleif": ("LEI\nX\n", "has no column 'Entity.Legal"),
    "cset": ("a,b\n1,2\n", "none of CSET's files"),
    "followthemoney": ('{"id": 1}\n', "line 1: an entity has an id and a schema"),
    "wikidata": ("[3]", "the columns item and itemLabel are needed"),
}


@pytest.mark.parametrize("form", WRONG)
def test_a_file_of_another_format_gets_one_sentence_and_leaves_nothing(tmp_path, form):
    text, said = WRONG[form]
    file = tmp_path / "file.txt"
    file.write_text(text)
    with pytest.raises(InvalidData, match=said) as caught:
        import_file(form, file, tmp_path / "out")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_other_mistakes_are_said(tmp_path):
    with pytest.raises(InvalidData, match="There is no file"):
        import_file("gleif", tmp_path / "none.csv", tmp_path)
    with pytest.raises(InvalidData, match="not of the form 2025-01-31"):
        import_file("gleif", FILES / "gleif.csv", tmp_path, "yesterday")
    with pytest.raises(InvalidData, match="No importer reads 'dbpedia'"):
        importer("dbpedia")
