from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.language

TABLE = """Foundries

| Company | HQ | Customers |
|---|---|---|
| TSMC | Taiwan | Apple, Nvidia |
| UMC | Taiwan | AMD |
"""


def test_a_row_is_about_whom_its_first_cell_names(claims_of: Callable) -> None:
    found = {(c.subject.id, c.object.id) for c in claims_of(TABLE, "suppliesTo")}
    assert found == {("tsmc", "apple"), ("tsmc", "nvidia"), ("umc", "amd")}


def test_the_evidence_of_a_cell_is_its_row(claims_of: Callable) -> None:
    quotes = {c.evidence.text for c in claims_of(TABLE, "suppliesTo")}
    assert quotes == {"| TSMC | Taiwan | Apple, Nvidia |", "| UMC | Taiwan | AMD |"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Makers\n\n- **Soitec** (France): SOI wafers; supplies Bosch", {("soitec", "bosch")}),
        ("Makers\n\n- Siltronic\n  - Supplies Bosch\n  - HQ: Munich", {("siltronic", "bosch")}),
        ("Siltronic\n\nKey customers\n\n- Bosch\n- Intel", {("siltronic", "bosch"), ("siltronic", "intel")}),
        ("Siltronic\n\n- Major supplier to Bosch, Intel, and others", {("siltronic", "bosch"), ("siltronic", "intel")}),
    ],
)
def test_a_line_is_about_whom_it_or_its_heading_names(claims_of: Callable, text: str, wanted: set) -> None:
    assert {(c.subject.id, c.object.id) for c in claims_of(text, "suppliesTo")} == wanted


def test_respectively_pairs_one_by_one(claims_of: Callable) -> None:
    found = claims_of("Intel and Infineon supply Bosch and NXP, respectively.", "suppliesTo")
    assert {(c.subject.id, c.object.id) for c in found} == {("intel", "bosch"), ("infineon", "nxp")}
