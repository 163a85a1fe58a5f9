from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from extract.claims_io import dumps, loads, read_claims, write_claims
from extract.model import Claim, Entity, Evidence, Modality, Observation, Polarity
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from pathlib import Path

TSMC = Entity("tsmc", "TSMC", "Company", "the foundry", ("Taiwan Semi",))
APPLE = Entity("apple", "Apple", "Company", "Apple")
CLAIM = Claim(
    "d1",
    "news/1.txt",
    TSMC,
    "suppliesTo",
    APPLE,
    Evidence(3, 9, "caf\u00e9 \U0001f600"),
    "suppliesTo.verb-to",
    Polarity.NEGATED,
    Modality.PLANNED,
    "2025-Q1",
    Entity("trendforce", "TrendForce", "MarketResearcher"),
    {"product": "mcu", "amount": "$4 billion"},
    0.72,
    (Evidence(20, 30, "and so on."),),
    reasons={"trigger": "supply", "polarity": "not"},
)
NUMBER = Observation(
    "d1",
    "news/1.txt",
    TSMC,
    "revenue",
    90_100_000_000,
    "$90.1 billion",
    "USD",
    Evidence(3, 9, "It did."),
    "quantity.money",
    period="2024",
    base_period="2023",
    product="mcu",
    scope="mature-node",
    geo="taiwan",
    forecast=True,
    approx=True,
    direction="increase",
    confidence=0.8,
)


@pytest.mark.parametrize("statement", [CLAIM, NUMBER], ids=["claim", "observation"])
def test_a_line_gives_back_what_was_written(statement: Claim | Observation) -> None:
    assert loads(dumps(statement)) == statement
    assert "\n" not in dumps(statement)


def test_keys_stand_in_the_order_of_the_contract() -> None:
    assert list(json.loads(dumps(CLAIM))) == [
        "kind",
        "id",
        "document",
        "source",
        "subject",
        "relation",
        "object",
        "polarity",
        "modality",
        "time",
        "attributedTo",
        "qualifiers",
        "confidence",
        "evidence",
        "support",
        "rule",
        "reasons",
    ]
    assert list(json.loads(dumps(NUMBER))) == [
        "kind",
        "id",
        "document",
        "source",
        "about",
        "metric",
        "value",
        "printed",
        "unit",
        "period",
        "basePeriod",
        "product",
        "scope",
        "geo",
        "forecast",
        "approx",
        "direction",
        "attributedTo",
        "confidence",
        "evidence",
        "support",
        "rule",
    ]


def test_a_line_from_before_there_were_reasons_is_read_and_written_again_unchanged() -> None:
    line = json.dumps(json.loads(without("reasons")), ensure_ascii=False)
    assert loads(line) == replace(CLAIM, reasons={})
    assert dumps(loads(line)) == line


def test_qualifiers_and_reasons_are_sorted_and_letters_kept() -> None:
    record = dumps(CLAIM)
    assert list(json.loads(record)["qualifiers"]) == ["amount", "product"]
    assert list(json.loads(record)["reasons"]) == ["polarity", "trigger"]
    assert "caf\u00e9 \U0001f600" in record


def test_a_file_gives_back_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "claims.jsonl"
    assert write_claims(path, [CLAIM, NUMBER]) == 2
    first = path.read_bytes()
    assert list(read_claims(path)) == [CLAIM, NUMBER]
    assert write_claims(path, list(read_claims(path))) == 2
    assert path.read_bytes() == first


def test_no_statements_are_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    assert write_claims(path, []) == 0
    assert path.read_bytes() == b""
    assert list(read_claims(path)) == []


def test_empty_lines_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(f"\n{dumps(CLAIM)}\n\n", encoding="utf-8")
    assert list(read_claims(path)) == [CLAIM]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    write_claims(path, [CLAIM])

    def broken():
        yield NUMBER
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        write_claims(path, broken())
    assert list(read_claims(path)) == [CLAIM]
    assert [p.name for p in tmp_path.iterdir()] == ["claims.jsonl"]


def without(key: str) -> str:
    record = json.loads(dumps(CLAIM))
    del record[key]
    return json.dumps(record)


def changed(key: str, value: object) -> str:
    return json.dumps(json.loads(dumps(CLAIM)) | {key: value})


BROKEN = {
    "no JSON": "{",
    "a list": "[1]",
    "a number": "7",
    "no kind": "{}",
    "another kind": '{"kind": "opinion"}',
    "no subject": without("subject"),
    "no rule": without("rule"),
    "no support": without("support"),
    "a polarity there is not": changed("polarity", "maybe"),
    "a modality there is not": changed("modality", "wished"),
    "evidence that is text": changed("evidence", "TSMC supplies Apple."),
    "reasons that are text": changed("reasons", "the rule"),
}


@pytest.mark.parametrize("line", BROKEN.values(), ids=BROKEN)
def test_a_broken_line_is_refused(line: str) -> None:
    with pytest.raises(InvalidData):
        loads(line)


@pytest.mark.parametrize("line", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(f"{dumps(CLAIM)}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(InvalidData, match=r"claims\.jsonl, line 3: "):
        list(read_claims(path))


def test_a_subject_that_is_text_is_refused() -> None:
    with pytest.raises(InvalidData):
        loads(changed("subject", "TSMC"))
