"""The contract of the command line: exit status, errors of one sentence, machine output alone on standard output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from extract.claims_io import loads
from extract.discourse import Discourse
from extract.model import Claim, Document, Entity, Evidence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]

SENTENCE = "Hua Hong supplies STMicroelectronics, and it has done so for the last three years in the city."
BAD = {
    "empty.txt": b"",
    "binary.bin": b"\x00\x01\x02",
    "paper.pdf": b"%PDF-1.7",
    "german.txt": (
        "Die Firma hat ein neues Werk in Dresden gebaut und beliefert viele Kunden in Europa. " * 4
    ).encode(),
    "enormous.txt": b"word " * 1_100_000,
    "broken.txt": "国务院今天宣布".encode("gb18030") * 30,
}


def stub(document: Document) -> list[Claim]:
    """What a language pipeline of one rule would find: it knows one sentence."""
    start = document.text.find(SENTENCE)
    if start < 0:
        return []
    ends = (
        Entity("hua-hong", "Hua Hong", "Company", "Hua Hong"),
        Entity("stmicroelectronics", "STMicroelectronics", "Company", "STMicroelectronics"),
    )
    evidence = Evidence(start, start + len(SENTENCE), SENTENCE)
    return [Claim(document.id, document.source, ends[0], "suppliesTo", ends[1], evidence, "stub", confidence=0.8)]


@pytest.fixture
def stubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.pipeline.extract", stub)
    monkeypatch.setattr("extract.pipeline.read", lambda document: Discourse(document, []))
    monkeypatch.setattr("extract.pipeline.concluded", lambda discourse: stub(discourse.document))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with one good document and six that nobody can read."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "good.txt").write_text(SENTENCE, encoding="utf-8")
    for name, data in BAD.items():
        (tmp_path / "docs" / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("stubbed", "folder")
class TestExtract:
    def test_standard_output_holds_json_lines_and_nothing_else(self, chipgraph: Run):
        ran = chipgraph("extract", "docs", "--format", "jsonl")
        assert ran.status == 1
        (line,) = ran.out.splitlines()
        claim = loads(line)
        assert (claim.relation, claim.source) == ("suppliesTo", "docs/good.txt")

    def test_every_refusal_is_one_sentence_with_its_reason(self, chipgraph: Run):
        lines = chipgraph("extract", "docs").err.splitlines()
        assert [line.partition(":")[0] for line in lines] == [f"Refused docs/{name}" for name in sorted(BAD)]
        assert all(line.endswith(".") for line in lines)

    def test_good_documents_alone_are_done(self, chipgraph: Run):
        ran = chipgraph("extract", "docs/good.txt")
        assert (ran.status, ran.err) == (0, "")

    def test_confidence_is_a_floor(self, chipgraph: Run):
        assert chipgraph("extract", "docs/good.txt", "--min-confidence", "0.8").out
        assert chipgraph("extract", "docs/good.txt", "--min-confidence", "0.81").out == ""

    def test_no_trace_is_written_unasked(self, chipgraph: Run, folder: Path):
        before = set(folder.rglob("*"))
        chipgraph("extract", "docs/good.txt")
        assert set(folder.rglob("*")) == before

    def test_keys_come_in_the_order_of_the_contract(self, chipgraph: Run):
        keys = list(json.loads(chipgraph("extract", "docs/good.txt").out))
        assert keys[:6] == ["kind", "id", "document", "source", "subject", "relation"]

    def test_a_file_name_that_is_not_utf8_is_written_in_escapes(self, chipgraph: Run, folder: Path):
        name = os.fsdecode(b"caf\xe9.txt")
        (folder / name).write_text(SENTENCE, encoding="utf-8")
        ran = chipgraph("extract", name)
        assert ran.status == 0
        assert json.loads(ran.out)["source"] == r"caf\xe9.txt"

    def test_the_same_input_gives_the_same_bytes(self, chipgraph: Run):
        assert chipgraph("extract", "docs").out == chipgraph("extract", "docs").out


@pytest.mark.usefixtures("stubbed", "folder")
class TestBuild:
    def test_the_rest_is_built(self, chipgraph: Run, folder: Path):
        ran = chipgraph("build", "docs")
        assert ran.status == 1
        assert len(ran.err.splitlines()) == len(BAD)
        names = {p.name for p in (folder / "output").iterdir()}
        assert {"claims.jsonl", "documents", "store", "graph.trig", "graph.html"} <= names

    def test_the_summary_says_what_was_found(self, chipgraph: Run):
        ran = chipgraph("build", "docs")
        for needed in ("1 document", "6 refused", "supplies", "graph.html"):
            assert needed in ran.out

    def test_building_twice_changes_nothing(self, chipgraph: Run, folder: Path):
        def contents() -> dict[str, bytes]:
            output = folder / "output"
            return {n: (output / n).read_bytes() for n in ("claims.jsonl", "graph.trig", "graph.html")}

        chipgraph("build", "docs/good.txt")
        before = contents()
        assert chipgraph("build", "docs/good.txt").status == 0
        assert contents() == before

    def test_a_second_build_adds_to_the_first(self, chipgraph: Run, folder: Path):
        chipgraph("build", "docs/good.txt")
        (folder / "more.txt").write_text(f"More of it. {SENTENCE}", encoding="utf-8")
        chipgraph("build", "more.txt")
        lines = (folder / "output" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
        sources = [loads(line).source for line in lines]
        assert sorted(sources) == ["docs/good.txt", "more.txt"]

    def test_a_file_whose_text_changed_takes_the_place_of_the_old_one(self, chipgraph: Run, folder: Path):
        chipgraph("build", "docs/good.txt")
        (folder / "docs" / "good.txt").write_text(f"Mended. {SENTENCE}", encoding="utf-8")
        assert chipgraph("build", "docs/good.txt").status == 0
        (line,) = (folder / "output" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
        assert loads(line).evidence.start == len("Mended. ")
        assert chipgraph("check").status == 0

    def test_nothing_readable_leaves_nothing_behind(self, chipgraph: Run, folder: Path):
        ran = chipgraph("build", "docs/empty.txt", "docs/paper.pdf")
        assert ran.status == 2
        assert not (folder / "output").exists()

    def test_a_file_name_that_is_not_utf8_is_built(self, chipgraph: Run, folder: Path):
        name = os.fsdecode(b"caf\xe9.txt")
        (folder / name).write_text(SENTENCE, encoding="utf-8")
        assert chipgraph("build", name).status == 0
        assert chipgraph("show", "Hua Hong").status == 0

    def test_standard_input_is_read(self, chipgraph: Run, monkeypatch: pytest.MonkeyPatch):
        import io

        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SENTENCE.encode())))
        assert chipgraph("build", "-").status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing command"),
        (["no-such-command"], "No such command"),
        (["build"], "Missing argument"),
        (["build", "none.txt"], "no such file"),
        (["build", "empty-folder"], "no document"),
        (["extract", "none.txt"], "no such file"),
        (["extract", "x", "--format", "xml"], "xml"),
        (["extract", "x", "--min-confidence", "2"], "2"),
        (["query", "--graph", "none", "SELECT * {}"], "none"),
        (["query"], "query"),
        (["show", "--graph", "none", "TSMC"], "none"),
        (["path", "--graph", "none", "TSMC", "ASML"], "none"),
        (["explain", "--graph", "none", "abc"], "none"),
        (["view", "--graph", "none"], "none"),
        (["check", "--graph", "none"], "none"),
        (["evaluate", "none"], "none"),
        (["evaluate", "empty-folder"], "empty-folder"),
    ],
)
def test_wrong_usage_is_one_sentence(chipgraph: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments, said):
    (tmp_path / "empty-folder").mkdir()
    monkeypatch.chdir(tmp_path)
    ran = chipgraph(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert "Traceback" not in ran.err


def test_debug_shows_the_traceback(chipgraph: Run, tmp_path: Path):
    from ontology.errors import ChipgraphError

    with pytest.raises(ChipgraphError):
        chipgraph("show", "--graph", tmp_path / "none", "TSMC", "--debug")


def test_a_fault_of_ours_is_a_sentence_too(chipgraph: Run, monkeypatch: pytest.MonkeyPatch, folder: Path):
    def fails(_: Document) -> list[Claim]:
        raise RuntimeError("a fault")

    monkeypatch.setattr("extract.pipeline.extract", fails)
    ran = chipgraph("extract", "docs/good.txt")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "Chipgraph failed in a way it should not (RuntimeError: a fault); --debug shows where.\n"


def test_the_version_is_printed(chipgraph: Run):
    import chipgraph as package

    assert chipgraph("--version").out == f"chipgraph {package.__version__}\n"


@pytest.mark.language
def test_a_trace_is_whole_though_the_reader_of_the_claims_leaves_early(root: Path, tmp_path: Path):
    text, trace = tmp_path / "news.txt", tmp_path / "traces" / "news.jsonl"
    text.write_text("Infineon supplies Bosch. Soitec does not sell wafers to Huawei.", encoding="utf-8")
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "chipgraph", "extract", str(text), "--trace", str(trace)]
    done = subprocess.run(command, cwd=root, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert done.stderr == ""
    found = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
    assert {"stated", "left out"} == {one["decision"] for one in found}
    assert [p.name for p in trace.parent.iterdir()] == ["news.jsonl"]


@pytest.mark.language
def test_a_trace_changes_nothing_of_what_is_printed(chipgraph: Run, tmp_path: Path):
    text, trace = tmp_path / "news.txt", tmp_path / "trace.jsonl"
    text.write_text("Infineon supplies Bosch. Soitec may sell wafers to Huawei.", encoding="utf-8")
    plain = chipgraph("extract", text)
    traced = chipgraph("extract", text, "--trace", trace)
    assert traced == plain
    claims = {json.loads(line)["id"] for line in plain.out.splitlines()}
    assert claims == {c for line in trace.read_text(encoding="utf-8").splitlines() if (c := json.loads(line)["claim"])}


@pytest.mark.parametrize("arguments", [["--help"], ["query", "--list"]], ids=["plain text", "tables"])
def test_a_reader_that_leaves_early_is_no_error(root: Path, arguments: list[str]):
    program = f"import sys; from chipgraph.__main__ import main; sys.exit(main({arguments}))"
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=root, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")
