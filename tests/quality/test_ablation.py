"""The switches of the ablation switch off what they say, and put it back; confidence is counted in the right step."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extract import pipeline
from extract.model import Document

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from types import ModuleType


def _script() -> ModuleType:
    """The script beside this test; the folder is no package."""
    spec = importlib.util.spec_from_file_location("ablation", Path(__file__).with_name("ablation.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["ablation"] = module  # a dataclass looks its module up by name
    spec.loader.exec_module(module)
    return module


measure = _script()


def said(text: str, switch: AbstractContextManager[None]) -> list[tuple[str, str, str]]:
    with switch:
        found = pipeline.extract(Document(text, "example"))
    return [(s.subject.label, s.relation, s.object.label) for s in found if hasattr(s, "relation")]


@pytest.mark.language
@pytest.mark.parametrize(
    ("switch", "text", "claim"),
    [
        (
            "without_coreference",
            "GlobalWafers is based in Taiwan. It supplies wafers to TSMC.",
            ("GlobalWafers", "suppliesTo", "TSMC"),
        ),
        ("without_topic", "# Soitec\n\nCustomers: TSMC\n", ("Soitec", "suppliesTo", "TSMC")),
        ("without_lines", "# Soitec\n\nHeadquarters: Bernin, France\n", ("Soitec", "headquarteredIn", "Bernin")),
    ],
)
def test_a_switch_takes_away_its_part_and_gives_it_back(switch, text, claim) -> None:
    off = getattr(measure, switch)
    with measure.without_encoder():
        assert claim in said(text, measure.nullcontext())
        assert claim not in said(text, off())
        assert claim in said(text, measure.nullcontext())


@pytest.mark.language
def test_rules_alone_give_each_claim_the_weight_of_its_rule() -> None:
    document = Document("TSMC supplies chips to Apple.", "example")
    discourse = pipeline.read(document)
    weights = {round(w, 3) for reading in discourse.readings for _, w in pipeline.by_rules(discourse, reading)}
    with measure.without_verifier():
        assert {claim.confidence for claim in pipeline.extract(document)} <= weights


@pytest.mark.language
def test_the_encoder_has_a_switch_of_its_own() -> None:
    text = "For its scanners ASML gets its lasers from Trumpf of Ditzingen."
    for switch, by in ((measure.encoder_alone, "model"), (measure.rules_alone, "rule")):
        with switch():
            claims = [c for c in pipeline.extract(Document(text, "example")) if hasattr(c, "relation")]
        assert {claim.reasons["found by"] for claim in claims} == {by}


@pytest.mark.language
def test_the_verifier_alone_asks_no_rule() -> None:
    document = Document("TSMC supplies chips to Apple.", "example")
    with measure.without_rules():
        found = pipeline.extract(document)
        discourse = pipeline.read(document)
        assert [pipeline.by_rules(discourse, reading) for reading in discourse.readings] == [[]]
    likely = {claim.confidence for claim in found if claim.relation == "suppliesTo" and claim.subject.id == "tsmc"}
    assert likely
    assert all(0 <= claim.confidence <= 1 for claim in found)


@pytest.mark.language
def test_a_document_is_parsed_once_and_read_the_same(monkeypatch) -> None:
    document = Document("TSMC supplies chips to Apple.", "example")
    before = pipeline.extract(document)
    parsed = []
    read = pipeline.read
    monkeypatch.setattr(pipeline, "read", lambda d: parsed.append(d) or read(d))
    with measure.parsed_once():
        assert [pipeline.extract(document) for _ in range(3)] == [before] * 3
    assert len(parsed) == 1


def test_steps_hold_what_lies_in_them() -> None:
    found = measure.binned([(0.7, True), (0.65, False), (0.69, True), (1.0, True), (0.9, False)])
    assert [(b.low, b.number, b.right) for b in found] == [(0.6, 2, 0.5), (0.7, 1, 1.0), (0.9, 2, 0.5)]
    assert [b.mean for b in found] == pytest.approx([0.67, 0.7, 0.95])
    assert measure.binned([]) == []
    assert measure.reliability([(0.5, True), (1.0, False)]).endswith("| all | 2 | 0.75 | 0.50 |")


@pytest.mark.language
def test_tables_of_a_folder_hold_every_variant(tmp_path) -> None:
    gold = {
        "claims": [{"subject": "TSMC", "relation": "suppliesTo", "object": "Apple", "evidence": "TSMC supplies"}],
        "entities": [{"name": "TSMC", "type": "Company"}, {"name": "Apple", "type": "Company"}],
    }
    (tmp_path / "1.txt").write_text("TSMC supplies chips to Apple.\n", "utf-8")
    (tmp_path / "1.json").write_text(json.dumps(gold), "utf-8")
    found = measure.tables(tmp_path)
    assert all(f"| {name} | " in found for name in measure.VARIANTS)
    assert "| rules, verifier and encoder, as shipped | " in found
    assert "| all | " in found
