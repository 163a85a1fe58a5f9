"""Mechanisms that deals and money need: lists of amounts, clauses around a noun, ventures, projects spoken of again."""

from __future__ import annotations

import pytest

from extract.model import Claim, Document
from extract.pipeline import extract

pytestmark = pytest.mark.language

READ = {
    "each amount of a list has its receiver": (
        "Japan has awarded $6.6 billion to TSMC, $4.7 billion to Samsung and $458 million to SK hynix.",
        "subsidises",
        {"TSMC", "Samsung Electronics", "SK hynix"},
    ),
    "an amount with its limit is an object": (
        "Intel gets up to $406 million from the CHIPS Act.",
        "subsidises",
        {"Intel"},
    ),
    "a clause's subject does what the phrase before it says": (
        "After the acquisition of Xilinx in 2022, AMD was sued by Intel.",
        "acquires",
        {"Xilinx"},
    ),
    "what a venture gets its partners get": (
        "Japan will provide 92.9 billion yen to a joint venture between Kioxia and Western Digital.",
        "subsidises",
        {"Kioxia", "Western Digital"},
    ),
    "a project is that of whom it was told": (
        "Toshiba and Rohm will make power chips together, and Japan is subsidizing this effort with 129 billion yen.",
        "subsidises",
        {"Toshiba", "Rohm"},
    ),
    "who announces to do something does it": (
        "The talks ended with an announcement by Micron, Inc., to invest $90 million to open a centre in India.",
        "investsIn",
        {"India"},
    ),
    "a name with an apostrophe is an owner": ("Intel purchased GlobalFoundries' Fab 8.", "acquires", {"Fab 8"}),
    "a plant is where its place is": (
        "Micron unveiled a $9 billion investment in flash production in the United States.",
        "investsIn",
        {"United States"},
    ),
}


@pytest.mark.parametrize(("text", "relation", "objects"), READ.values(), ids=READ.keys())
def test_read(text: str, relation: str, objects: set[str]) -> None:
    assert {c.object.label for c in _claims(text) if c.relation == relation} == objects


def test_until_ends_what_was() -> None:
    (claim,) = [c for c in _claims("Nexperia was owned by Wingtech until 2019.") if c.relation == "ownsStakeIn"]
    assert claim.qualifiers.get("status") == "ended"


def _claims(text: str) -> list[Claim]:
    return [s for s in extract(Document(text, source="test")) if isinstance(s, Claim)]
