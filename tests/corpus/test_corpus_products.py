from __future__ import annotations

import json
from collections import Counter

import pytest
from click.testing import CliRunner

from corpus.tools import convert as convert_command
from corpus.tools import statistics as statistics_command
from corpus.tools.convert import coarse, convert, gold
from corpus.tools.evidence import places
from corpus.tools.reader import ROOT, read_corpus
from corpus.tools.split import SPLIT_FILE, dumps, side, split
from corpus.tools.statistics import BEGIN, DATASHEET, END, order, report, with_counts
from corpus.tools.wordings import wording
from extract.evaluate import evaluate
from ontology.errors import InvalidData
from ontology.files import write_whole
from ontology.relations import relations

BLOCKS = """\
@ p-x-001 | style=wire | topic=trial | marked=yes
[Acme Chips|Company] will be bought by [Zorn|Company]. It serves [TSMC|Company], which paid $3 million in 2024.
[TSMC|Company] grew.
= It#1 -> Acme Chips
+ Zorn | acquires | Acme Chips | modality=planned
+ Acme Chips | suppliesTo | TSMC
# TSMC | orderValue | 3000000 | USD | printed=$3 million; period=2024
- Zorn | acquires | Acme Chips | why=plan
- Zorn | suppliesTo | TSMC | why=co-occurrence
---
@ p-x-002 | style=note | topic=other | marked=yes
[Malaysia|Country] hosts [Zorn|Company].
"""


@pytest.fixture
def paragraphs(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "trial.txt").write_text(BLOCKS, encoding="utf-8")
    return read_corpus(tmp_path)


def test_a_claim_stands_in_the_sentence_that_names_both_ends(paragraphs):
    bought, supplied = paragraphs[0].claims
    found = places(paragraphs[0], bought)
    assert paragraphs[0].text[found.start : found.end] == "Acme Chips will be bought by Zorn."
    assert (found.together, found.by_name) == (True, True)
    found = places(paragraphs[0], supplied)
    assert paragraphs[0].text[found.start : found.end].startswith("It serves TSMC")
    assert (found.together, found.by_name) == (True, False)


def test_the_order_of_the_ends_is_told(paragraphs):
    assert [order(paragraphs[0], claim) for claim in paragraphs[0].claims] == ["object first", "subject first"]


def test_the_wording_of_a_claim_is_told(paragraphs):
    assert [wording(paragraphs[0], claim) for claim in paragraphs[0].claims] == ["passive", "active or other"]


def test_every_relation_is_affirmed_sixty_times_and_traps_are_many():
    held = read_corpus()
    counts = Counter(claim.relation for p in held for claim in p.claims if claim.is_stated)
    assert {name: counts[name] for name in set(relations()) - {"authorOf"} if counts[name] < 60} == {}
    assert sum(len(p.negatives) for p in held) >= 600


def test_a_gold_record_has_the_form_of_a_gold_folder(paragraphs):
    record = gold(paragraphs[0])
    bought, supplied = record["claims"]
    assert bought["modality"] == "planned"
    assert (bought["needs_context"], supplied["needs_context"]) == (False, True)
    assert record["entities"][0] == {
        "name": "Acme Chips",
        "type": "Company",
        "mentions": ["Acme Chips"],
        "core": True,
    }
    assert [entity["mentions"] for entity in record["entities"]] == [["Acme Chips"], ["Zorn"], ["TSMC"]]
    (number,) = record["observations"]
    assert (number["value"], number["measure"]) == ("$3 million", "orderValue")
    assert number["evidence"].startswith("It serves")


def test_a_planned_triple_is_not_forbidden(paragraphs):
    (forbidden,) = gold(paragraphs[0])["must_not"]
    assert (forbidden["subject"], forbidden["object"]) == ("Zorn", "TSMC")


def test_a_folder_is_written_that_the_evaluation_reads(paragraphs, tmp_path):
    out = tmp_path / "gold"
    assert convert(paragraphs, out) == 2
    assert sorted(path.name for path in out.iterdir()) == [
        "names.json",
        "p-x-001.json",
        "p-x-001.txt",
        "p-x-002.json",
        "p-x-002.txt",
    ]
    assert (out / "p-x-001.txt").read_text(encoding="utf-8") == paragraphs[0].text + "\n"
    assert evaluate(out, lambda path: []).total.core == 2
    names = json.loads((out / "names.json").read_text(encoding="utf-8"))
    assert "Taiwan Semiconductor Manufacturing Company" in names["TSMC"]
    assert "Zorn" not in names


@pytest.mark.parametrize(
    ("type_", "gold_type"),
    [("MarketResearcher", "Media"), ("NodeClass", "Technology"), ("City", "Place"), ("ActorGroup", "Other")],
)
def test_types_of_the_ontology_become_those_of_a_gold_folder(type_, gold_type):
    assert coarse(type_) == gold_type


def test_a_side_is_drawn_by_topic_and_id():
    sides = Counter(side("topic", f"p-x-{number}") for number in range(4000))
    assert sides["train"] == pytest.approx(2800, abs=100)
    assert sides["dev"] == pytest.approx(600, abs=80)
    assert side("topic", "p-x-1") == side("topic", "p-x-1")
    assert {side(topic, "p-x-1") for topic in ("a", "b", "c", "d", "e", "f", "g", "h")} != {"train"}


def test_a_split_holds_every_paragraph_once(paragraphs):
    sides = split(paragraphs)
    assert list(sides) == ["train", "dev", "test"]
    assert sorted(name for ids in sides.values() for name in ids) == ["p-x-001", "p-x-002"]


def test_the_report_counts(paragraphs):
    rows = report(paragraphs).splitlines()
    for row in ("| paragraphs | 2 |", "| sentences | 4 |", "| claims | 2 |", "| hard negatives | 2 |", "| plan | 1 |"):
        assert row in rows
    assert "| affirmed, planned | 1 |" in rows


def test_counts_replace_what_stands_between_the_markers():
    sheet = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert with_counts(sheet, "new") == f"before\n{BEGIN}\nnew\n{END}\nafter\n"
    with pytest.raises(InvalidData, match="must hold the lines"):
        with_counts("no markers", "new")


def test_a_failed_write_leaves_nothing(tmp_path):
    target = tmp_path / "folder" / "file.txt"
    write_whole(target, "ä\n")
    assert target.read_bytes() == "ä\n".encode()
    with pytest.raises(UnicodeEncodeError):
        write_whole(target, "\udc80")
    assert [path.name for path in target.parent.iterdir()] == ["file.txt"]
    assert target.read_bytes() == "ä\n".encode()


def test_the_commands_write_and_print(tmp_path):
    done = CliRunner().invoke(convert_command.main, [str(tmp_path / "gold"), "--part", "a", "--side", "dev"])
    assert done.exit_code == 0, done.output
    assert len(list((tmp_path / "gold").glob("p-a-*.txt"))) > 10
    printed = CliRunner().invoke(statistics_command.main, [])
    assert printed.stdout == report(read_corpus()) + "\n"


def test_the_stored_split_and_the_datasheet_are_those_of_the_corpus():
    held = read_corpus()
    assert SPLIT_FILE.read_text(encoding="utf-8") == dumps(split(held))
    sheet = DATASHEET.read_text(encoding="utf-8")
    assert sheet == with_counts(sheet, report(held))


def test_each_part_says_that_it_is_training_text():
    assert "training text" in (ROOT / "README.md").read_text(encoding="utf-8")
