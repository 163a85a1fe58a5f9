from __future__ import annotations

import pytest
from click.testing import CliRunner

from corpus.tools import validate as command
from corpus.tools.checks import problems_between, problems_of
from corpus.tools.reader import blocks, read_block
from corpus.tools.validate import validate

TEXT = (
    "[Acme|Company] of [Malaysia|Country] bought [40nm|ProcessNode] tools from [Zorn|Company] for $3 million in 2024."
)


def paragraph(tmp_path, *lines, text=TEXT, name="p-x-001", style="wire"):
    path = tmp_path / "x" / f"{name}.txt"
    path.parent.mkdir(exist_ok=True)
    header = f"@ {name} | style={style} | topic=trial | marked=yes"
    path.write_text("\n".join([header, text, *lines]) + "\n", encoding="utf-8")
    return read_block(next(iter(blocks(path))))


def test_a_sound_paragraph_has_no_problem(tmp_path):
    notes = (
        "+ Zorn | suppliesTo | Acme | amount=$3 million; time=2024",
        "# Acme | orderValue | 3000000 | USD | printed=$3 million",
        "- Acme | acquires | Zorn | why=look-alike",
    )
    assert problems_of(paragraph(tmp_path, *notes)) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("+ Zorn | sells | Acme", "no relation 'sells'"),
        ("+ Zorn | suppliesTo | 40nm", "suppliesTo does not tie Company and ProcessNode"),
        ("+ Zorn | suppliesTo | Zorn", "cannot be both ends"),
        ("+ Zorn | suppliesTo | Acme | amount=$7 million", "amount '$7 million' is not printed"),
        ("+ Zorn | suppliesTo | Acme | time=2019", "year of the time 2019"),
        ("+ Zorn | suppliesTo | Acme\n+ Zorn | suppliesTo | Acme", "stands 2 times"),
        ("# Acme | happiness | 3000000 | USD | printed=$3 million", "metric 'happiness'"),
        ("# Acme | revenue | 3 | PERCENT | printed=3", "revenue is not counted in PERCENT"),
        ("# Acme | revenue | 4000000 | USD | printed=$4 million", "number '$4 million' is not printed"),
        ("- Acme | buys | Zorn | why=look-alike", "no relation 'buys'"),
        ("+ Zorn | suppliesTo | Acme\n- Zorn | suppliesTo | Acme | why=plan", "both claimed as a fact"),
        ("+ Zorn | partnersWith | Acme\n- Acme | partnersWith | Zorn | why=plan", "both claimed as a fact"),
        ("- Acme | acquires | Zorn | why=plan\n- Acme | acquires | Zorn | why=denial", "stands 2 times"),
    ],
)
def test_a_fault_is_named(tmp_path, line, fault):
    (problem,) = problems_of(paragraph(tmp_path, line))
    assert problem.startswith("x/p-x-001.txt:1 (p-x-001): ")
    assert fault in problem


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[Acme|Firm] grew.", "is no class"),
        ("[Acme|Company] and [Acme|City].", "several types: City, Company"),
        ("[Acme |Company] grew.", "begins or ends with a space"),
        ("Nothing is marked here.", "No entity is marked"),
        ("[A|Company] ran. " * 7, "longer than 6 sentences"),
    ],
)
def test_a_faulty_frame_is_named(tmp_path, text, fault):
    assert any(fault in problem for problem in problems_of(paragraph(tmp_path, text=text)))


def test_an_unknown_style_is_named(tmp_path):
    (problem,) = problems_of(paragraph(tmp_path, style="poem"))
    assert "style 'poem'" in problem


def test_plans_ends_and_other_sources_are_no_facts(tmp_path):
    for key, why in (("modality=planned", "plan"), ("status=ended", "ended"), ("by=Acme", "other-source")):
        notes = (f"+ Zorn | suppliesTo | Acme | {key}", f"- Zorn | suppliesTo | Acme | why={why}")
        assert problems_of(paragraph(tmp_path, *notes)) == []


def test_ids_and_texts_stand_once(tmp_path):
    first = paragraph(tmp_path)
    again, near = problems_between([first, paragraph(tmp_path, name="p-x-001")])
    assert again == "The id p-x-001 is used 2 times."
    assert "share 100%" in near


def test_a_near_duplicate_is_named_and_another_text_is_not(tmp_path):
    first = paragraph(tmp_path)
    near = paragraph(tmp_path, text=TEXT.replace("2024", "March of that year"), name="p-x-002")
    other = paragraph(
        tmp_path, text="[Acme|Company] of Malaysia sold everything that it had to a bank.", name="p-x-003"
    )
    (problem,) = problems_between([first, near, other])
    assert "(p-x-001)" in problem
    assert "(p-x-002)" in problem


def test_validation_goes_on_after_a_fault(tmp_path):
    paragraph(tmp_path, "+ Acme | acquires | Zorn", name="p-x-001")
    (tmp_path / "x" / "p-x-002.txt").write_text("no header\n", encoding="utf-8")
    paragraph(tmp_path, text="[Zorn|Firm] grew.", name="p-x-003")
    read, problems = validate(tmp_path)
    assert [p.id for p in read] == ["p-x-001", "p-x-003"]
    assert len(problems) == 2


def test_the_command_says_whether_the_corpus_is_sound(tmp_path):
    paragraph(tmp_path)
    sound = CliRunner().invoke(command.main, [str(tmp_path)])
    assert (sound.exit_code, sound.stdout) == (0, "")
    paragraph(tmp_path, text="Nobody.", name="p-x-002")
    unsound = CliRunner().invoke(command.main, [str(tmp_path)])
    assert unsound.exit_code == 1
    assert "No entity is marked" in unsound.stdout


def test_the_corpus_of_the_repository_is_sound():
    read, problems = validate()
    assert problems == []
    assert read
