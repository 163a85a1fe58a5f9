"""Syndicated copies: two documents, two sources to cite, one independent voice."""

from __future__ import annotations

from extract.model import Claim, Document, Entity, Evidence
from graph.build import Builder
from graph.copies import copies
from graph.knowledge import KnowledgeGraph
from graph.sketch import sketch

SAID = "Cedar Gas supplies neon to Aster Fab"
STORY = " ".join(f"Sentence {number} tells of order {number * 7} at gate {number * 3}." for number in range(60))
OTHER = " ".join(f"Remark {number} weighs what plant {number * 11} lacks in week {number * 5}." for number in range(60))


def stated(document: Document) -> Claim:
    sentence = document.text.partition(".")[0] + "."
    ends = Entity("cedar-gas", "Cedar Gas", "Company"), Entity("aster-fab", "Aster Fab", "Company")
    return Claim(
        document.id, document.source, ends[0], "suppliesTo", ends[1], Evidence(0, len(sentence), sentence), "r"
    )


def built(folder, *texts: str) -> KnowledgeGraph:
    """The graph of texts that say the tie in their first sentence, each of a paper of its own."""
    with Builder(folder) as builder:
        for at, text in enumerate(texts):
            document = Document(text, f"{at}.txt", publisher=f"Paper {at}")
            builder.add(document, [stated(document)])
    return KnowledgeGraph.open(folder)


def sources(folder, *texts: str) -> tuple[int, int]:
    """How many independent sources and how many documents stand behind the tie."""
    (tie,) = built(folder, *texts).corroboration("Cedar Gas")
    return len(tie.sources), tie.documents


def test_a_copy_with_another_first_sentence_is_no_second_voice(tmp_path):
    assert sources(tmp_path, f"{SAID} now. {STORY}", f"Today {SAID} again. {STORY} Edited by the desk.") == (1, 2)


def test_reports_of_their_own_are_two_voices(tmp_path):
    assert sources(tmp_path, f"{SAID} now. {STORY}", f"Today {SAID} again. {OTHER}") == (2, 2)


def test_a_sentence_that_is_printed_again_is_no_witness_of_its_own(tmp_path):
    again = f"{SAID} now. {STORY}", f"{SAID} now. {OTHER}"
    assert list(built(tmp_path / "one", *again).query("corroborated")) == []
    (row,) = built(tmp_path / "two", *again, f"Today {SAID} again. {OTHER}").query("corroborated")
    assert [row[name] for name in ("sentences", "documents", "sources")] == [2, 3, 2]


def test_an_edited_copy_is_a_document_more_and_no_witness(tmp_path):
    edited = f"{SAID} now. {STORY}", f"Today {SAID} again. {STORY}", f"These days {SAID} still. {STORY} (Reuse allowed)"
    assert list(built(tmp_path / "one", *edited).query("corroborated")) == []
    (row,) = built(tmp_path / "two", *edited, f"From Monday {SAID} too. {OTHER}").query("corroborated")
    assert [row[name] for name in ("sentences", "documents", "sources")] == [2, 4, 2]


def test_a_copy_that_comes_later_or_goes_is_told_as_if_all_came_at_once(tmp_path):
    texts = [f"{SAID} now. {STORY}", f"Today {SAID} again. {STORY}", f"From Monday {SAID} too. {OTHER}"]
    built(tmp_path / "o", texts[1], texts[2])
    built(tmp_path / "o", *texts)
    built(tmp_path / "once", *texts)
    assert "prov:alternateOf" in (tmp_path / "o" / "graph.trig").read_text(encoding="utf-8")
    assert (tmp_path / "o" / "graph.trig").read_bytes() == (tmp_path / "once" / "graph.trig").read_bytes()
    with Builder(tmp_path / "o") as builder:
        builder.remove(Document(texts[0], "0.txt").id)
    assert "prov:alternateOf" not in (tmp_path / "o" / "graph.trig").read_text(encoding="utf-8")


def test_a_cut_copy_is_alike_and_a_quoted_paragraph_is_not():
    texts = {"whole": STORY, "cut": STORY[: len(STORY) * 8 // 10], "quoting": OTHER + STORY[:300], "short": SAID}
    found = copies((key, sketch(text)) for key, text in texts.items())
    assert found == {"cut": "cut", "whole": "cut"}
