"""Whose a product is, wherever the phrase says it."""

from __future__ import annotations

import pytest

from extract.makers import whose
from extract.model import Document
from extract.pipeline import read


@pytest.mark.parametrize(
    ("text", "word", "makers"),
    [
        ("Meta will deploy AMD's accelerators.", "accelerators", ["AMD"]),
        ("Accelerators from AMD and Nvidia cost more.", "Accelerators", ["AMD", "Nvidia"]),
        ("Meta will deploy thousands of Nvidia's GPUs.", "thousands", ["Nvidia"]),
        ("The iPhone 16 is heavy.", "16", ["Apple"]),
        ("ASML makes EUV scanners. Two such tools broke.", "tools", ["ASML"]),
        ("Meta praised AMD's chairman.", "chairman", []),
        ("Meta will deploy accelerators.", "accelerators", []),
    ],
)
def test_whose_a_product_is(text: str, word: str, makers: list[str]) -> None:
    discourse = read(Document(text, "test"))
    reading = discourse.readings[-1]
    token = next(t for t in reading.doc if t.text == word)
    assert [filler.entity.label for filler in whose(discourse, reading, token)] == makers
