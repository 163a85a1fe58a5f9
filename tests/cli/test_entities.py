"""`chipgraph entities`, `import` and `--registry` as a user runs them."""

from __future__ import annotations

import shutil

import pytest

from extract.model import Claim, Document, Entity, Evidence
from graph.build import Builder
from graph.check import check

FIRM = Entity("quillon-semi", "Quillon Semi", "Company", "Quillon Semi")
LONG = Entity("quillon-semiconductor", "Quillon Semiconductor", "Company", "Quillon Semiconductor")
THIRD = Entity("quillon-chips", "Quillon Chips", "Company", "Quillon Chips")
TSMC = Entity("tsmc", "TSMC", "Company", "TSMC")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("entities") / "out"
    with Builder(folder) as builder:
        for number, who in enumerate((FIRM, LONG, THIRD)):
            text = f"{who.label} supplies TSMC."
            document = Document(text, f"{number}.txt")
            claim = Claim(document.id, document.source, who, "suppliesTo", TSMC, Evidence(0, len(text), text), "test")
            builder.add(document, [claim])
    return folder


@pytest.fixture
def folder(made, tmp_path):
    return shutil.copytree(made, tmp_path / "out")


def test_a_pair_is_proposed_with_its_reasons(chipgraph, folder):
    ran = chipgraph("entities", "propose", "-g", folder)
    assert ran.status == 0
    assert "quillon-semi = quillon-semiconductor" in ran.out
    assert "same words, one of them shortened +0.70" in ran.out
    assert "shared neighbours +0.08 (suppliesTo tsmc)" in ran.out


def test_a_merge_is_kept_shown_and_undone(chipgraph, folder):
    ran = chipgraph(
        "entities", "merge", "quillon-semi", "Quillon Semiconductor", "-g", folder, "--by", "eve", "--why", "one seat"
    )
    assert (ran.status, ran.err) == (0, "")
    assert "quillon-semi = quillon-semiconductor" in ran.out
    shown = chipgraph("show", "Quillon Semiconductor", "-g", folder).out
    assert "merged: quillon-semiconductor is quillon-semi: eve on 2" in shown
    assert "one seat" in shown
    assert "quillon-semiconductor" in chipgraph("entities", "list", "--merged", "-g", folder).out
    with Builder(folder) as builder:
        text = "TSMC has a new plant."
        builder.add(Document(text, "new.txt"), [])
    assert "eve" in chipgraph("entities", "show", "quillon-semi", "-g", folder).out
    assert check(folder, shapes=False) == []
    assert (folder / "graph.html").exists()
    ran = chipgraph("entities", "split", "quillon-semiconductor", "-g", folder, "--by", "adam")
    assert (ran.status, ran.out) == (0, "quillon-semiconductor is no longer quillon-semi.\n")
    assert "quillon-semiconductor, adam" not in chipgraph("entities", "list", "--merged", "-g", folder).out
    assert "is not" in chipgraph("entities", "decisions", "-g", folder).out
    assert "quillon-semi = quillon-semiconductor" not in chipgraph("entities", "propose", "-g", folder).out


def test_equality_is_not_handed_on_and_what_is_missing_is_said(chipgraph, folder):
    chipgraph("entities", "merge", "quillon-semi", "quillon-semiconductor", "-g", folder)
    ran = chipgraph("entities", "merge", "quillon-semiconductor", "quillon-chips", "-g", folder)
    assert "This waits for a decision on quillon-chips and quillon-semi" in ran.out
    assert "quillon-chips" in chipgraph("entities", "list", "--provisional", "-g", folder).out
    ran = chipgraph("entities", "merge", "quillon-semi", "quillon-chips", "-g", folder)
    assert "quillon-semi = quillon-chips = quillon-semiconductor" in ran.out


def test_a_provisional_node_is_merged_into_an_entry_that_no_document_names(chipgraph, folder):
    ran = chipgraph("entities", "merge", "quillon-semi", "asml", "-g", folder)
    assert "asml: asml = quillon-semi" in ran.out
    assert chipgraph("show", "Quillon Semi", "-g", folder).out.startswith("ASML (company, asml)")
    assert check(folder) == []


def test_decisions_travel(chipgraph, folder, made, tmp_path):
    chipgraph("entities", "not-same", "quillon-semi", "quillon-chips", "-g", folder, "--by", "eve")
    file = tmp_path / "decisions.csv"
    file.write_text(chipgraph("entities", "decisions", "--format", "csv", "-g", folder).out)
    other = shutil.copytree(made, tmp_path / "other")
    assert chipgraph("entities", "import", file, "-g", other).out.startswith("Took over 1 decision from")
    assert (other / "decisions.csv").read_bytes() == (folder / "decisions.csv").read_bytes()


def test_proposals_can_be_answered_in_a_file(chipgraph, folder, tmp_path):
    ran = chipgraph("entities", "propose", "--format", "csv", "-g", folder)
    line = next(line for line in ran.out.splitlines() if line.startswith("quillon-semi,quillon-semiconductor"))
    file = tmp_path / "answers.csv"
    file.write_text(f"{ran.out.splitlines()[0]}\n{line.replace(',,', ',same,', 1)}\n")
    chipgraph("entities", "import", file, "-g", folder)
    assert "quillon-semiconductor" in chipgraph("entities", "list", "--merged", "-g", folder).out


def test_search_finds_names_in_part_and_in_the_registry(chipgraph, folder):
    ran = chipgraph("entities", "search", "quillon", "-g", folder)
    assert "quillon-semi " in ran.out
    assert "registry only" in chipgraph("entities", "search", "hua hong", "-g", folder).out
    assert "Nothing is called like 'qqqqqq'" in chipgraph("entities", "search", "qqqqqq", "-g", folder).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["merge", "no-such-firm", "tsmc"], "No entity is called 'no-such-firm'"),
        (["merge", "nxp", "nexperia"], "The registry says that 'nxp' and 'nexperia' are not the same"),
        (["merge", "quillon-semi", "quillon-semi"], "they are one already"),
        (["split", "quillon-semi"], "there is nothing to split"),
        (["not-same", "tsmc", "tsmc"], "Two different ids are needed"),
        (["import", "none.csv"], "There is no file none.csv"),
        (["list", "-g", "no/such/folder"], "No graph at"),
    ],
)
def test_mistakes_get_one_sentence_and_change_nothing(chipgraph, folder, arguments, said):
    graph = [] if "-g" in arguments else ["-g", folder]
    ran = chipgraph("entities", *arguments, *graph)
    assert ran.status == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert not (folder / "decisions.csv").exists()


@pytest.mark.language
def test_own_actors_are_found_and_kept_for_later_builds(chipgraph, tmp_path):
    mine = tmp_path / "mine.json"
    mine.write_text('[{"id": "northgate", "label": "Northgate", "type": "Company", "short": ["NGT Silicon"]}]')
    news = tmp_path / "a.txt"
    news.write_text("NGT Silicon supplies wafers to TSMC, the company said.")
    assert '"id": "northgate"' in chipgraph("extract", news, "--registry", mine).out
    assert '"id": "northgate"' not in chipgraph("extract", news).out
    assert chipgraph("build", news, "-o", tmp_path / "out", "--registry", mine).status == 0
    news.write_text("NGT Silicon supplies wafers to Intel, the company said.")
    assert chipgraph("build", news, "-o", tmp_path / "out").status == 0
    assert "Intel" in chipgraph("show", "northgate", "-g", tmp_path / "out").out
    ran = chipgraph("build", news, "-o", tmp_path / "new", "--registry", tmp_path / "mine.xml")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "not .xml" in ran.err
    assert not (tmp_path / "new").exists()


def test_an_import_says_what_it_found(chipgraph, root, tmp_path):
    file = root / "tests" / "graph" / "imports" / "screening.csv"
    ran = chipgraph("import", "screening-list", file, "-o", tmp_path / "out")
    assert ran.status == 0
    assert ran.out.startswith("Took over 3 actors that nobody knew and 3 claims from")
    assert "subject to" in chipgraph("show", "ILW", "-g", tmp_path / "out").out
