from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.tools.markup import read_marks, without_marks
from corpus.tools.model import Coreference, GoldNumber, HardNegative
from corpus.tools.reader import blocks, files, read_block, read_corpus
from corpus.tools.sentences import sentences
from extract.model import Modality, Polarity
from ontology.errors import InvalidData

HEADER = "@ p-x-001 | style=wire | topic=trial | marked=yes"
TEXT = (
    "[Acme|Company|Acme Chips] did not buy [Zorn|Company], it said in 2024.\n"
    "- It will supply [Zorn|Company], with $3 million of parts."
)


def corpus(tmp_path, *lines, text=TEXT, header=HEADER):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "trial.txt").write_text("\n".join([header, text, *lines]) + "\n", encoding="utf-8")
    return tmp_path


def test_a_paragraph_is_read_whole(tmp_path):
    notes = (
        "= it#2 -> Acme Chips",
        "+ Acme | acquires | Zorn | polarity=negated; time=2024; by=Acme",
        "+ Acme Chips | suppliesTo | Zorn | modality=planned; amount=$3 million; core=no",
        "# Acme | orderValue | 3000000 | USD | period=2024; forecast=yes; printed=$3 million",
        "- Acme | acquires | Zorn | why=negated",
    )
    (paragraph,) = read_corpus(corpus(tmp_path, *notes))
    assert (paragraph.id, paragraph.part, paragraph.topic, paragraph.style) == ("p-x-001", "x", "trial", "wire")
    assert paragraph.text.splitlines()[1] == "- It will supply Zorn, with $3 million of parts."
    assert [paragraph.text[m.start : m.end] for m in paragraph.marks] == ["Acme", "Zorn", "Zorn"]
    second = paragraph.text.index("It")
    assert paragraph.coreferences == (Coreference(second, second + 2, "Acme Chips"),)
    bought, supplied = paragraph.claims
    assert bought.triple == ("Acme Chips", "acquires", "Zorn")
    assert (bought.polarity, bought.time, bought.by) == (Polarity.NEGATED, "2024", "Acme Chips")
    assert (supplied.modality, supplied.core) == (Modality.PLANNED, False)
    assert supplied.qualifiers == (("amount", "$3 million"),)
    assert paragraph.numbers == (
        GoldNumber("Acme Chips", "orderValue", "3000000", "USD", "$3 million", "2024", forecast=True),
    )
    assert paragraph.negatives == (HardNegative("Acme Chips", "acquires", "Zorn", "negated"),)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("+ Acme | acquires", "3 fields"),
        ("+ Acme | acquires | Nobody", "'Nobody' is marked nowhere"),
        ("+ Acme | acquires | Zorn | mood=glad", "'mood' is not one of"),
        ("+ Acme | acquires | Zorn | modality=hoped", "no modality"),
        ("+ Acme | acquires | Zorn | time=May", "ISO 8601"),
        ("+ Acme | acquires | Zorn | status=begun", "only status"),
        ("+ Acme | acquires | Zorn | time", "key=value"),
        ("- Acme | acquires | Zorn", "has one key, why"),
        ("- Acme | acquires | Zorn | why=hunch", "has one key, why"),
        ("= it#3 -> Zorn", "no occurrence 3"),
        ("= it -> Zorn", "must read"),
        ("# Acme | revenue | 3 million | USD | printed=$3 million", "plain decimal"),
        ("# Acme | revenue | 3 | USD", "lacks its printed form"),
        ("# Acme | revenue | 3 | USD | printed=$3; forecast=maybe", "'yes' or 'no'"),
    ],
)
def test_a_faulty_line_is_refused_with_its_place(tmp_path, line, fault):
    with pytest.raises(InvalidData, match=fault) as refused:
        read_corpus(corpus(tmp_path, line))
    assert str(refused.value).startswith("x/trial.txt:1: ")


def test_text_after_annotations_is_refused(tmp_path):
    with pytest.raises(InvalidData, match="no more text"):
        read_corpus(corpus(tmp_path, "+ Acme | acquires | Zorn", "And so on."))


def test_a_faulty_header_is_refused(tmp_path):
    with pytest.raises(InvalidData, match="must read '@"):
        read_corpus(corpus(tmp_path, header="@ p-x-1 | style=wire"))


def test_one_surface_of_two_entities_needs_a_canonical_name(tmp_path):
    text = "[Acme|Company|Acme Ltd] and [Acme|Company|Acme Inc] merged."
    with pytest.raises(InvalidData, match="several entities"):
        read_corpus(corpus(tmp_path, "+ Acme | mergesWith | Acme Inc", text=text))


def test_blocks_know_their_lines(tmp_path):
    root = corpus(tmp_path, "---", "", HEADER, "[B|Company].", "---", "---")
    (path,) = files(root)
    assert [block.source for block in blocks(path)] == ["x/trial.txt:1", "x/trial.txt:6"]
    assert read_block(list(blocks(path))[1]).text == "B."


@pytest.mark.parametrize("text", ["[Acme|Company", "Acme|Company]", "[|Company]", "a | b"])
def test_a_malformed_mark_is_refused(text):
    with pytest.raises(InvalidData, match="left over"):
        read_marks(text)


WORDS = st.text(alphabet="abc XYZ.,", min_size=1, max_size=8)


@given(st.lists(st.tuples(WORDS, WORDS)))
def test_marks_cover_their_surfaces(pieces):
    marked = "".join(f"{plain}[{surface}|Company|N]" for plain, surface in pieces)
    text, marks = read_marks(marked)
    assert [text[m.start : m.end] for m in marks] == [surface for _, surface in pieces]
    assert text == without_marks(marked) == "".join(plain + surface for plain, surface in pieces)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme Co. grew 3.5 percent. It hired.", ["Acme Co. grew 3.5 percent.", "It hired."]),
        ("The U.S. Army bought. “Yes,” it said.", ["The U.S. Army bought.", "“Yes,” it said."]),
        ("Deals\n- One\n\n- Two, he said.", ["Deals", "- One", "- Two, he said."]),
        ('He said "No." She left.', ['He said "No."', "She left."]),
    ],
)
def test_sentences_are_told_apart(text, expected):
    assert [text[start:end] for start, end in sentences(text)] == expected
