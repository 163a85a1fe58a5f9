"""Names that nobody lists: products without a code, numbers that are products, people with a hyphen in their names."""

from __future__ import annotations

import pytest

from extract.model import Document
from extract.pipeline import read

pytestmark = pytest.mark.language


def names(text: str) -> set[tuple[str, str]]:
    return {(m.text, m.type) for m in read(Document(text, "t")).readings[0].index.mentions}


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("Intel introduced the Itanium in 2001.", "Itanium", "ChipProduct"),
        ("The 8086 was drawn by hand.", "8086", "ChipProduct"),
        ("Apple chose the 68000.", "68000", "ChipProduct"),
        ("The R3000 was made by IDT.", "R3000", "ChipProduct"),
        ("The Vector Unit was designed by Sony.", "Vector Unit", "Product"),
        ("Tsai Ming-kai heads MediaTek.", "Tsai Ming-kai", "Person"),
    ],
)
def test_a_name_shows_what_it_is(text: str, name: str, type_: str) -> None:
    assert (name, type_) in names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The plant has 8080 workers.", "8080"),
        ("The Vector Act was introduced by Congress.", "Vector Act"),
        ("The New Chip Rule Was Made by Congress", "New Chip Rule"),
        ("A Silicon On-insulator wafer costs more.", "Silicon On-insulator"),
    ],
)
def test_what_only_looks_like_a_product_or_a_person_is_none(text: str, name: str) -> None:
    assert not {(name, "ChipProduct"), (name, "Product"), (name, "Person")} & names(text)
