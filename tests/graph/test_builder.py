from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from extract.claims_io import read_claims
from extract.model import Claim, Document, Entity, Evidence, Statement
from graph.build import Builder
from graph.check import check
from graph.entities import Gazetteer
from graph.example import document, statements
from graph.folder import Library
from graph.knowledge import KnowledgeGraph
from graph.opening import open_folder
from graph.rdf import Origin
from ontology.errors import InvalidData, StoreError, UnknownDocument

CUSTOMERS = "SELECT ?o { cr:tsmc ck:suppliesTo ?o }"


def invented(number: int, customer: str = "apple") -> tuple[Document, list[Claim]]:
    text = f"TSMC supplies {customer} in note {number}."
    found = Document(text, f"notes/{number}.txt", date="2025-01-02")
    ends = (Entity("tsmc", "TSMC", "Company", "TSMC"), "suppliesTo", Entity(customer, customer, "Company"))
    return found, [Claim(found.id, found.source, *ends, Evidence(0, len(text), text), "test", confidence=0.9)]


def build(folder: Path, *numbers: int) -> None:
    with Builder(folder) as builder:
        for number in numbers:
            builder.add(*invented(number))


def content(folder: Path) -> dict[str, bytes]:
    files = [folder / "claims.jsonl", folder / "graph.trig", *sorted((folder / "documents").iterdir())]
    return {path.name: path.read_bytes() for path in files}


def test_the_layout_of_the_contract(tmp_path: Path) -> None:
    build(tmp_path, 1)
    assert {path.name for path in tmp_path.iterdir()} == {"VERSION", "claims.jsonl", "documents", "graph.trig", "store"}
    assert [statement.id for statement in read_claims(tmp_path / "claims.jsonl")] == [invented(1)[1][0].id]
    assert (tmp_path / "documents" / f"{invented(1)[0].id}.txt").read_text() == invented(1)[0].text


def test_twice_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path, 1, 2)
    before, current = content(tmp_path), (tmp_path / "store" / "CURRENT").read_text()
    with Builder(tmp_path) as builder:
        assert not builder.add(*invented(1))
    assert content(tmp_path) == before
    assert (tmp_path / "store" / "CURRENT").read_text() == current


def test_order_and_detours_leave_no_trace(tmp_path: Path) -> None:
    build(tmp_path / "a", 1, 2, 3)
    build(tmp_path / "b", 3)
    with Builder(tmp_path / "b") as builder:
        builder.add(*invented(4))
        builder.add(*invented(2))
    with Builder(tmp_path / "b") as builder:
        builder.remove(invented(4)[0].id)
        builder.add(*invented(1))
    assert content(tmp_path / "a") == content(tmp_path / "b")
    assert check(tmp_path / "b", shapes=False) == []


def test_many_documents_at_once_give_the_same_as_one_by_one(tmp_path: Path) -> None:
    build(tmp_path / "a", *range(30))
    for number in range(30):
        build(tmp_path / "b", number)
    assert content(tmp_path / "a") == content(tmp_path / "b")
    assert check(tmp_path / "a", shapes=False) == check(tmp_path / "b", shapes=False) == []


def test_a_document_is_replaced_and_removed_with_its_facts(tmp_path: Path) -> None:
    build(tmp_path, 1)
    found, _ = invented(1)
    other = replace(invented(1)[1][0], object=Entity("nvidia", "NVIDIA", "Company"))
    with Builder(tmp_path) as builder:
        assert builder.add(found, [other])
    customers = KnowledgeGraph.open(tmp_path).sparql(CUSTOMERS)
    assert [row.astuple()[0].rsplit("/")[-1] for row in customers] == ["nvidia"]  # type: ignore[union-attr]
    with Builder(tmp_path) as builder:
        builder.remove(found.id)
    assert KnowledgeGraph.open(tmp_path).statistics().facts == 0
    with Builder(tmp_path) as builder, pytest.raises(UnknownDocument, match="No document"):
        builder.remove(found.id)


def test_a_fact_stays_while_another_document_says_it(tmp_path: Path) -> None:
    build(tmp_path, 1, 2)
    with Builder(tmp_path) as builder:
        builder.remove(invented(1)[0].id)
    assert len(KnowledgeGraph.open(tmp_path).sparql(CUSTOMERS)) == 1  # type: ignore[arg-type]


def test_the_same_text_elsewhere_adds_a_source(tmp_path: Path) -> None:
    found, claims = invented(1)
    moved = replace(found, source="copies/1.txt", title="A title")
    for folder, order in (("a", (found, moved)), ("b", (moved, found))):
        with Builder(tmp_path / folder) as builder:
            for copy in order:
                builder.add(copy, [replace(claim, source=copy.source) for claim in claims])
    assert content(tmp_path / "a") == content(tmp_path / "b")
    (known,) = KnowledgeGraph.open(tmp_path / "a").documents()
    assert (known.paths, known.title) == (("copies/1.txt", "notes/1.txt"), "A title")


def test_one_more_document_reads_the_statements_of_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, 1, 2)
    read: list[str] = []
    statements_of = Library.statements

    def noted(self: Library, key: str) -> list[Statement]:
        read.append(key)
        return statements_of(self, key)

    monkeypatch.setattr(Library, "statements", noted)
    build(tmp_path, 3)
    assert read == [invented(3)[0].id]


def test_what_a_gazetteer_recalls_is_what_it_saw() -> None:
    seen, again = Gazetteer(), Gazetteer()
    for number, customer in ((1, "apple"), (2, "nvidia"), (3, "apple")):
        found, claims = invented(number, customer)
        part = Gazetteer()
        for gazetteer in (seen, part):
            gazetteer.see(claims)
            gazetteer.see_origin(Origin(found.id, replace(found, publisher="Chip Gazette"), (found.source,)))
        again.recall(part.summary())
    assert (again.entities, again.software) == (seen.entities, seen.software)
    assert list(again.quads()) == list(seen.quads())


def version(number: int, source: str) -> tuple[Document, list[Claim]]:
    found, claims = invented(number)
    return replace(found, source=source), [replace(claim, source=source) for claim in claims]


def test_what_an_older_version_summed_up_is_not_recalled() -> None:
    gazetteer = Gazetteer()
    assert not gazetteer.recall('{"software": [], "entities": {"tsmc": [{"TSMC": 1}, {"Company": 1}, ["TSMC"]]}}')
    assert not gazetteer.entities


def test_a_new_text_at_a_path_replaces_the_old_one(tmp_path: Path) -> None:
    with Builder(tmp_path / "a") as builder:
        builder.add(*version(1, "notes/a.txt"))
        builder.add(*version(3, "notes/b.txt"))
    with Builder(tmp_path / "a") as builder:
        assert builder.add(*version(2, "notes/a.txt"))
        assert not builder.add(*version(2, "notes/a.txt"))
    with Builder(tmp_path / "b") as builder:
        builder.add(*version(2, "notes/a.txt"))
        builder.add(*version(3, "notes/b.txt"))
    assert content(tmp_path / "a") == content(tmp_path / "b")
    assert check(tmp_path / "a", shapes=False) == []


def test_the_old_text_stays_where_another_path_has_it(tmp_path: Path) -> None:
    with Builder(tmp_path / "a") as builder:
        builder.add(*version(1, "notes/a.txt"))
        builder.add(*version(1, "notes/z.txt"))
        builder.add(*version(2, "notes/a.txt"))
    with Builder(tmp_path / "b") as builder:
        builder.add(*version(1, "notes/z.txt"))
        builder.add(*version(2, "notes/a.txt"))
    assert content(tmp_path / "a") == content(tmp_path / "b")
    assert [s.source for s in read_claims(tmp_path / "a" / "claims.jsonl")].count("notes/z.txt") == 1


def test_a_text_that_comes_back_is_the_document_again(tmp_path: Path) -> None:
    with Builder(tmp_path / "a") as builder:
        for number in (1, 2, 1):
            builder.add(*version(number, "notes/a.txt"))
        builder.remove(version(1, "notes/a.txt")[0].id)
        builder.add(*version(2, "notes/a.txt"))
        assert builder.documents() == [version(2, "notes/a.txt")[0].id]


def test_a_build_killed_between_two_versions_is_completed(tmp_path: Path) -> None:
    build(tmp_path, 1)
    kept = {path: path.read_bytes() for path in (tmp_path / "documents").iterdir()}
    with Builder(tmp_path) as builder:
        builder.add(*version(2, "notes/1.txt"))
    for path, data in kept.items():
        path.write_bytes(data)
    with Builder(tmp_path) as builder:
        builder.add(*version(2, "notes/1.txt"))
        assert builder.documents() == [invented(2)[0].id]


def test_texts_from_standard_input_stand_side_by_side(tmp_path: Path) -> None:
    with Builder(tmp_path) as builder:
        builder.add(*version(1, "-"))
        builder.add(*version(2, "-"))
        assert len(builder.documents()) == 2


def test_one_writer_and_many_readers(tmp_path: Path) -> None:
    build(tmp_path, 1)
    reader = KnowledgeGraph.open(tmp_path)
    with Builder(tmp_path) as builder:
        builder.add(*invented(2))
        with pytest.raises(StoreError, match="Another process is building"):
            Builder(tmp_path)
        assert KnowledgeGraph.open(tmp_path).statistics().documents == 1
    assert reader.statistics().documents == 1
    assert KnowledgeGraph.open(tmp_path).statistics().documents == 2


def test_missing_newer_and_unreadable_folders_are_explained(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run `chipgraph build` first"):
        KnowledgeGraph.open(tmp_path / "nothing")
    build(tmp_path, 1)
    (tmp_path / "VERSION").write_text("2\n")
    for action in (KnowledgeGraph.open, Builder):
        with pytest.raises(StoreError, match="update Chipgraph"):
            action(tmp_path)
    (tmp_path / "VERSION").write_text("two")
    with pytest.raises(StoreError, match="instead of a number"):
        KnowledgeGraph.open(tmp_path)


def test_a_lost_or_damaged_index_is_made_again(tmp_path: Path) -> None:
    build(tmp_path, 1, 2)
    before = content(tmp_path)
    shutil.rmtree(tmp_path / "store")
    assert KnowledgeGraph.open(tmp_path).statistics().documents == 2
    for name in ("CURRENT", "MANIFEST"):
        for path in (tmp_path / "store").glob(f"*/{name}*"):
            path.write_bytes(b"garbage")
        assert KnowledgeGraph.open(tmp_path).statistics().documents == 2
    assert content(tmp_path) == before


def test_an_error_inside_a_build_loses_no_stored_document(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), Builder(tmp_path) as builder:
        builder.add(*invented(1))
        raise RuntimeError
    build(tmp_path)
    assert KnowledgeGraph.open(tmp_path).statistics().documents == 1


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_killed_build_loses_no_stored_document(tmp_path: Path) -> None:
    script = (
        "import os, signal\n"
        "from graph.build import Builder\nfrom graph.example import document, statements\n"
        f"builder = Builder({str(tmp_path)!r})\nbuilder.add(document(), statements())\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", script], env=os.environ | {"PYTHONPATH": str(root)}, check=False)
    assert done.returncode == -signal.SIGKILL
    (tmp_path / "documents" / "0123456789abcdef.txt").write_text("half a document")
    (tmp_path / "documents" / ".rest.json.tmp").write_text("{")
    build(tmp_path, 1)
    assert KnowledgeGraph.open(tmp_path).statistics().documents == 2
    assert check(tmp_path, shapes=False) == []
    assert not (tmp_path / "documents" / "0123456789abcdef.txt").exists()


def test_terms_that_the_vocabulary_lacks_are_refused_before_anything_is_stored(tmp_path: Path) -> None:
    found, (claim,) = invented(1)
    with Builder(tmp_path) as builder:
        for wrong in (replace(claim, relation="supplies"), replace(claim, qualifiers={"colour": "red"})):
            with pytest.raises(InvalidData):
                builder.add(found, [wrong])
        assert builder.documents() == []


def test_old_snapshots_do_not_pile_up(tmp_path: Path) -> None:
    for number in range(5):
        build(tmp_path, number)
    assert len([path for path in (tmp_path / "store").iterdir() if path.name.isdecimal()]) == 2


def test_metadata_is_plain_json(tmp_path: Path) -> None:
    with Builder(tmp_path, software="chipgraph 0.1.0") as builder:
        builder.add(document(), statements())
    record = json.loads((tmp_path / "documents" / f"{document().id}.json").read_text())
    assert record["software"] == "chipgraph 0.1.0"
    assert record["copies"][0]["publisher"] == "Chip Gazette"
    answer = KnowledgeGraph(open_folder(tmp_path)).sparql(
        "ASK { ?c prov:wasGeneratedBy/schema:softwareVersion $v }", v="chipgraph 0.1.0"
    )
    assert bool(answer)
