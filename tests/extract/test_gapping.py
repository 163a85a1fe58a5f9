"""Clauses without a verb of their own and phrases hung on one another, over trees drawn by hand."""

from __future__ import annotations

import pytest

from extract.morphology import lemma
from extract.syntax import conjuncts, frame, gapped_frames
from extract.tree import Tree, Word

# word, tag, class, head (from 0), arc
Row = tuple[str, str, str, int, str]

# "ASE relies on Disco, Amkor on Besi"
SUBJECT: list[Row] = [
    ("ASE", "NNP", "PROPN", 1, "nsubj"),
    ("relies", "VBZ", "VERB", 1, "ROOT"),
    ("on", "IN", "ADP", 3, "case"),
    ("Disco", "NNP", "PROPN", 1, "obl"),
    (",", ",", "PUNCT", 5, "punct"),
    ("Amkor", "NNP", "PROPN", 3, "appos"),
    ("on", "IN", "ADP", 7, "case"),
    ("Besi", "NNP", "PROPN", 5, "nmod"),
]
# "Kioxia buys resist from JSR and slurry from Resonac"
OBJECT: list[Row] = [
    ("Kioxia", "NNP", "PROPN", 1, "nsubj"),
    ("buys", "VBZ", "VERB", 1, "ROOT"),
    ("resist", "NN", "NOUN", 1, "obj"),
    ("from", "IN", "ADP", 4, "case"),
    ("JSR", "NNP", "PROPN", 1, "obl"),
    ("and", "CC", "CCONJ", 6, "cc"),
    ("slurry", "NN", "NOUN", 4, "conj"),
    ("from", "IN", "ADP", 8, "case"),
    ("Resonac", "NNP", "PROPN", 6, "nmod"),
]
# "Zeiss makes the mirrors and Trumpf the lasers"
BARE: list[Row] = [
    ("Zeiss", "NNP", "PROPN", 1, "nsubj"),
    ("makes", "VBZ", "VERB", 1, "ROOT"),
    ("the", "DT", "DET", 3, "det"),
    ("mirrors", "NNS", "NOUN", 1, "obj"),
    ("and", "CC", "CCONJ", 5, "cc"),
    ("Trumpf", "NNP", "PROPN", 3, "conj"),
    ("the", "DT", "DET", 7, "det"),
    ("lasers", "NNS", "NOUN", 1, "obj"),
]
# "Europe relies on Taiwan for logic and on Korea"
TURNED: list[Row] = [
    ("Europe", "NNP", "PROPN", 1, "nsubj"),
    ("relies", "VBZ", "VERB", 1, "ROOT"),
    ("on", "IN", "ADP", 3, "case"),
    ("Taiwan", "NNP", "PROPN", 1, "obl"),
    ("for", "IN", "ADP", 5, "case"),
    ("logic", "NN", "NOUN", 1, "obl"),
    ("and", "CC", "CCONJ", 8, "cc"),
    ("on", "IN", "ADP", 8, "case"),
    ("Korea", "NNP", "PROPN", 5, "conj"),
]
# "which sells Apple its codecs"
RECEIVER: list[Row] = [
    ("Cirrus", "NNP", "PROPN", 1, "nsubj"),
    ("sells", "VBZ", "VERB", 1, "ROOT"),
    ("Apple", "NNP", "PROPN", 1, "obj"),
    ("its", "PRP$", "PRON", 4, "nmod:poss"),
    ("codecs", "NNS", "NOUN", 1, "obj"),
]
# "Hynix wins Apple order"
HEADLINE: list[Row] = [
    ("Hynix", "NNP", "PROPN", 1, "nsubj"),
    ("wins", "VBZ", "VERB", 1, "ROOT"),
    ("Apple", "NNP", "PROPN", 1, "obj"),
    ("order", "NN", "NOUN", 1, "obj"),
]


def build(rows: list[Row]) -> Tree:
    """The tree of some rows, a blank behind every word."""
    return Tree(
        [
            Word(text, True, tag, pos, text.lower(), lemma(text, pos, text.lower()), dep, head, False)
            for text, tag, pos, head, dep in rows
        ]
    )


@pytest.mark.parametrize(
    ("rows", "subject", "role", "found"),
    [
        (SUBJECT, ["Amkor"], "on", ["Besi"]),
        (OBJECT, ["Kioxia"], "from", ["Resonac"]),
        (BARE, ["Trumpf"], "obj", ["lasers"]),
    ],
)
def test_clause_without_verb(rows: list[Row], subject: list[str], role: str, found: list[str]) -> None:
    predicate = frame(build(rows)[1])
    (further,) = gapped_frames(predicate)
    assert [t.text for t in further.get("subj")] == subject
    assert [t.text for t in further.get(role)] == found
    assert not set(found) & {t.text for t in predicate.get(role)}


def test_gap_replaces_the_object() -> None:
    (further,) = gapped_frames(frame(build(OBJECT)[1]))
    assert [t.text for t in further.get("obj")] == ["slurry"]


def test_remnant_is_no_conjunct() -> None:
    assert [t.text for t in conjuncts(build(OBJECT)[4])] == ["JSR"]


def test_phrase_hung_on_another() -> None:
    doc = build(TURNED)
    predicate = frame(doc[1])
    assert [t.text for t in predicate.get("on")] == ["Taiwan", "Korea"]
    assert [t.text for t in conjuncts(doc[5])] == ["logic"]
    assert gapped_frames(predicate) == []


def test_receiver_before_object() -> None:
    predicate = frame(build(RECEIVER)[1])
    assert [t.text for t in predicate.get("iobj")] == ["Apple"]
    assert [t.text for t in predicate.get("obj")] == ["codecs"]


def test_name_split_off_an_object() -> None:
    assert [t.text for t in frame(build(HEADLINE)[3]).get("mod")] == ["Apple"]
