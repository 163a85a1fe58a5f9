"""Syndicated copies: two documents, two sources to cite, one independent voice."""

from __future__ import annotations

from extract.model import Claim, Document, Entity, Evidence
from graph.build import Builder
from graph.knowledge import KnowledgeGraph
from graph.sketch import ALIKE, similarity, sketch

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


def test_a_cut_copy_is_alike_and_a_quoted_paragraph_is_not():
    half = STORY[: len(STORY) * 8 // 10]
    assert similarity(sketch(STORY), sketch(half)) >= ALIKE
    assert similarity(sketch(STORY), sketch(OTHER + STORY[:300])) < ALIKE
    assert similarity("", sketch(STORY)) == 0.0
