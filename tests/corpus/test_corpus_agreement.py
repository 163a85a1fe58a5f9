from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from corpus.tools import agreement as command
from corpus.tools.agreement import annotated_twice, f1, kappa, report
from corpus.tools.checks import problems_of
from corpus.tools.reader import SECOND, files, read_corpus
from ontology.errors import InvalidData

TEXT = """\
@ p-x-001 | style=wire | topic=trial | marked=yes
[Acme|Company] will buy [Zorn|Company], a partner of [TSMC|Company] in [Taiwan|Country].
+ Acme | acquires | Zorn | modality=planned
+ Zorn | partnersWith | TSMC
+ TSMC | headquarteredIn | Taiwan | core=no
- Acme | acquires | Zorn | why=plan
"""
SECOND_READING = """\
@ p-x-001
+ Acme | acquires | Zorn
+ TSMC | partnersWith | Zorn
+ TSMC | hasFacilityIn | Taiwan
"""


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "trial.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def second(corpus, text=SECOND_READING):
    folder = corpus / SECOND.name
    folder.mkdir()
    (folder / "001.txt").write_text(text, encoding="utf-8")
    return annotated_twice(read_corpus(corpus), folder)


def test_the_second_annotation_is_no_part_of_the_corpus(corpus):
    second(corpus)
    assert [path.name for path in files(corpus)] == ["trial.txt"]


def test_agreement_is_counted(corpus):
    lines = report(second(corpus)).splitlines()
    assert "| core claims, core for both | 2 | 2 | 3 | 2 | 0.80 |" in lines
    assert "| all claims | 3 | 2 | 3 | 2 | 0.67 |" in lines
    assert "| polarity of a claim that both list | 2 | 100% | 1.00 |" in lines
    assert "| modality | 2 | 50% | 0.00 |" in lines
    assert "| whether a claim ties a pair of entities | 6 | 100% | 1.00 |" in lines
    assert "| relations of a pair that both tie | 3 | 67% | 0.57 |" in lines
    assert "| hasFacilityIn | 0 | 0 | 1 | 0 | 0.00 |" in lines


def test_a_symmetric_claim_is_the_same_in_either_order(corpus):
    assert "| partnersWith | 1 | 1 | 1 | 1 | 1.00 |" in report(second(corpus))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("@ p-x-999\n+ Acme | acquires | Zorn\n", "of a paragraph of the corpus"),
        ("@ p-x-001\n- Acme | acquires | Zorn\n", "lines of '\\+'"),
        ("@ p-x-001\n+ Acme | acquires | Nobody\n", "'Nobody' is marked nowhere"),
    ],
)
def test_a_faulty_second_annotation_is_refused_with_its_place(corpus, text, fault):
    with pytest.raises(InvalidData, match=f"second/001.txt:1: .*{fault}"):
        second(corpus, text)


def test_nothing_annotated_twice_is_full_agreement(corpus):
    assert "| all claims | 0 | 0 | 0 | 0 | 1.00 |" in report([])
    assert f1(0, 0, 0, 0) == kappa([]) == 1


LABELS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")))


@given(LABELS)
def test_kappa_is_symmetric_and_one_only_for_equal_labels(labels):
    value = kappa(labels)
    assert value <= 1
    assert value == pytest.approx(kappa([(b, a) for a, b in labels]))
    assert (value == 1) == all(a == b for a, b in labels)


def test_the_second_annotation_of_the_repository_is_sound():
    held = annotated_twice(read_corpus())
    assert len({twice.paragraph.part for twice in held}) > 1
    for twice in held:
        assert problems_of(replace(twice.paragraph, claims=twice.second, negatives=(), numbers=())) == []


def test_the_command_prints_the_figures():
    printed = CliRunner().invoke(command.main, [])
    assert printed.exit_code == 0
    assert "| core claims, core for both |" in printed.stdout
