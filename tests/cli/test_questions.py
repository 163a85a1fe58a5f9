"""The commands that ask a built graph, on a graph of invented claims."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from graph.example import document, statements
from graph.view import remember

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Ask = Callable[..., Ran]


@pytest.fixture
def ask(chipgraph: Callable[..., Ran], folder: Path) -> Ask:
    return lambda command, *arguments: chipgraph(command, "--graph", folder, *arguments)


def rows(ran: Ran) -> list[dict[str, str]]:
    assert ran.status == 0, ran.err
    return list(csv.DictReader(io.StringIO(ran.out)))


CUSTOMERS = "SELECT ?who ?name { cr:hua-hong ck:suppliesTo ?who . ?who rdfs:label ?name }"


class TestQuery:
    def test_text_is_answered_in_csv_where_there_is_no_terminal(self, ask: Ask):
        assert [row["name"] for row in rows(ask("query", CUSTOMERS))] == ["STMicroelectronics"]

    def test_a_file_is_read(self, ask: Ask, tmp_path: Path):
        file = tmp_path / "customers.rq"
        file.write_text(CUSTOMERS, encoding="utf-8")
        assert rows(ask("query", file)) == rows(ask("query", CUSTOMERS))

    def test_a_name_is_looked_up(self, ask: Ask):
        found = rows(ask("query", "partners-of", "--entity", "hua hong"))
        assert [row["other_label"] for row in found] == ["STMicroelectronics"]

    def test_parameters_fill_the_query(self, ask: Ask):
        text = "SELECT ?claim { ?claim rdf:subject $entity ; ck:modality ?how FILTER(STRENDS(STR(?how), $ending)) }"
        assert len(rows(ask("query", text, "--entity", "Hua Hong", "--param", "ending=planned"))) == 1

    @pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
    def test_every_format_has_the_answer(self, ask: Ask, form: str):
        ran = ask("query", CUSTOMERS, "--format", form)
        assert ran.status == 0
        assert "STMicroelectronics" in ran.out

    def test_json_is_alone_on_standard_output(self, ask: Ask):
        assert json.loads(ask("query", "ASK { ?s ?p ?o }", "--format", "json").out)["boolean"] is True

    def test_graphs_come_as_turtle(self, ask: Ask):
        out = ask("query", "CONSTRUCT { ?s a ck:Claim } WHERE { ?s a ck:Claim }").out
        assert out.count("ck:Claim") == 4

    def test_named_queries_are_listed(self, ask: Ask):
        from graph.catalogue import queries

        out = ask("query", "--list").out
        assert [name for name in queries() if name not in out] == []

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["SELECT nonsense"], ""),
            (["SELECT * { ?s ?p ?o }", "--format", "ttl"], "ttl"),
            (["partners-off", "--entity", "TSMC"], "partners-of"),
            (["partners-of"], "give it, such as entity="),
            (["partners-of", "--entity", "Hua Hnog"], "Hua Hnog"),
            (["partners-of", "--param", "entity"], "NAME=VALUE"),
            (["none.rq"], "none.rq"),
            (["INSERT DATA { cr:a cr:b cr:c }"], ""),
        ],
    )
    def test_what_cannot_be_asked_is_one_sentence(self, ask: Ask, arguments, said):
        ran = ask("query", *arguments)
        assert (ran.status, ran.out) == (2, "")
        assert said in ran.err
        assert len(ran.err.splitlines()) == 1
        assert "in a way it should not" not in ran.err


class TestShow:
    def test_claims_come_with_relation_sentence_source_and_id(self, ask: Ask):
        out = ask("show", "hua hong").out
        for needed in (
            "makes chips for",
            "STMicroelectronics",
            "Chip Gazette",
            statements()[0].id,
            "product: microcontroller",
        ):
            assert needed in out

    def test_what_is_no_fact_is_marked(self, ask: Ask):
        out = ask("show", "hua hong").out
        assert "negated" in out
        assert "planned" in out

    def test_the_relation_stands_above_its_claims_and_the_sentence_below(self, ask: Ask):
        lines = ask("show", "hua hong").out.splitlines()
        at = lines.index("makes chips for")
        assert lines[at + 1].endswith(f"[{statements()[0].id}]")
        assert lines[at + 2] == f"      “{statements()[0].evidence.text}” (Chip Gazette, 2025-01-20)"

    def test_numbers_are_shown(self, ask: Ask):
        assert "$2 billion" in ask("show", "hua hong").out

    def test_confidence_is_a_floor(self, ask: Ask):
        assert "Wuxi" not in ask("show", "hua hong", "--min-confidence", "0.75").out

    def test_a_name_that_nobody_has_is_answered_with_near_ones(self, ask: Ask):
        ran = ask("show", "Hua Hnog")
        assert (ran.status, ran.out) == (2, "")
        assert "Hua Hong" in ran.err


class TestPath:
    def test_each_step_has_its_sentence(self, ask: Ask):
        out = ask("path", "Hua Hong", "Northwind Motors").out
        assert [line for line in out.splitlines() if not line.startswith(" ")] == [
            "Hua Hong Semiconductor makes chips for STMicroelectronics",
            "STMicroelectronics supplies Northwind Motors",
        ]
        assert statements()[1].evidence.text in out

    def test_plans_and_denials_are_no_way(self, ask: Ask):
        assert "Nothing" in ask("path", "Hua Hong", "Huawei").out
        assert "negated" in ask("path", "Hua Hong", "Huawei", "--all").out


class TestExplain:
    def test_ends_and_trigger_are_marked_and_the_rule_is_named(self, ask: Ask):
        claim = statements()[0]
        out = ask("explain", claim.id).out
        marked = "[subject: Hua Hong] [trigger: makes] 40 nm microcontrollers for [object: STMicroelectronics]"
        for needed in (marked, claim.rule, "0.90", "Chip Gazette", "2025-01-20", "An invented note"):
            assert needed in out

    def test_each_part_is_said_to_come_from_its_words(self, ask: Ask):
        lines = ask("explain", statements()[0].id).out.splitlines()
        assert [line.split(maxsplit=1)[1] for line in lines if line.split()[0] in ("product", "rule", "found")] == [
            "microcontroller units, from ‘microcontrollers’",
            "example, triggered by ‘makes’",
            "by    rule",
        ]
        (subject,) = (line for line in lines if line.startswith("subject"))
        assert "‘Hua Hong’ → Hua Hong Semiconductor: named in the sentence; a name that the registry knows" in subject

    def test_a_claim_without_reasons_is_explained_as_far_as_it_goes(self, ask: Ask):
        out = ask("explain", statements()[1].id).out
        assert "[subject: STMicroelectronics] supplies [object: Northwind Motors]" in out
        assert "triggered" not in out
        assert "found by" not in out

    def test_the_beginning_of_an_id_is_enough(self, ask: Ask):
        claim = statements()[1]
        assert ask("explain", claim.id[:8]).out == ask("explain", claim.id).out

    def test_a_number_is_explained_too(self, ask: Ask):
        assert "[value: $2 billion]" in ask("explain", statements()[4].id).out

    def test_an_id_of_several_and_of_none(self, ask: Ask):
        assert "several" in ask("explain", "").err
        assert "No statement" in ask("explain", "zzz").err


class TestView:
    def test_the_page_is_written_into_the_folder(self, ask: Ask, folder: Path):
        assert ask("view", "--no-open").status == 0
        page = remember(folder / "graph.html")
        assert page is not None
        assert "stmicroelectronics" in page.places

    def test_one_entity_has_a_page_of_its_own(self, ask: Ask, folder: Path):
        assert ask("view", "st micro", "--hops", "2").status == 0
        assert (folder / "view-stmicroelectronics.html").exists()

    def test_the_file_can_be_named(self, ask: Ask, tmp_path: Path):
        assert ask("view", "--to", tmp_path / "deep" / "page.html").status == 0
        assert (tmp_path / "deep" / "page.html").exists()

    def test_a_still_picture_by_format_or_by_name(self, ask: Ask, folder: Path, tmp_path: Path):
        pytest.importorskip("matplotlib", reason="matplotlib is not installed")
        assert ask("view", "st micro", "--format", "svg").status == 0
        assert "Northwind Motors" in (folder / "view-stmicroelectronics.svg").read_text(encoding="utf-8")
        assert ask("view", "--to", tmp_path / "all.png").status == 0
        assert (tmp_path / "all.png").read_bytes().startswith(b"\x89PNG")


class TestCheck:
    def test_a_whole_graph_has_no_fault(self, ask: Ask):
        ran = ask("check", "--documents")
        assert (ran.status, ran.err) == (0, "")
        assert "no faults" in ran.out
        assert "examples/invented.txt" in ran.out

    def test_a_text_that_was_changed_is_found(self, ask: Ask, folder: Path):
        file = folder / "documents" / f"{document().id}.txt"
        before = file.read_bytes()
        try:
            file.write_bytes(b"X" + before)
            ran = ask("check")
        finally:
            file.write_bytes(before)
        assert ran.status == 1
        assert "The text was changed" in ran.out
        assert "does not stand at" in ran.out

    def test_claims_that_differ_from_the_documents_are_found(self, ask: Ask, folder: Path):
        file = folder / "claims.jsonl"
        before = file.read_bytes()
        try:
            file.write_bytes(before + b"\n")
            ran = ask("check")
        finally:
            file.write_bytes(before)
        assert ran.status == 1
        assert "claims.jsonl: The file does not hold what the documents do" in ran.out
