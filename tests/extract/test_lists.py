"""Lists in line: all their names count, whatever the parser hangs them on; what stands behind them does not."""

import pytest

from extract.lists import list_behind
from extract.model import Claim, Document
from extract.pipeline import extract, read

pytestmark = pytest.mark.language


def _objects(text: str, relation: str) -> set[str]:
    return {c.object.mention for c in extract(Document(text, "t")) if isinstance(c, Claim) and c.relation == relation}


def test_a_phrase_is_specified_behind_a_comma_or_a_dash() -> None:
    text = (
        "ASML designs and manufactures lithography systems, primarily EUV scanners, DUV scanners and metrology tools."
    )
    assert {"EUV scanners", "DUV scanners", "metrology tools"} <= _objects(text, "produces")
    assert {"HBM3", "GDDR7"} <= _objects(
        "Washington banned the export of fast memories — the HBM3 and GDDR7.", "restricts"
    )


def test_every_name_of_a_long_list_counts() -> None:
    found = {c.subject.id for c in extract(Document("Rapidus is backed by Sony, NTT, NEC, Kioxia and Denso.", "t"))
             if isinstance(c, Claim) and c.relation == "investsIn"}  # fmt: skip
    assert found >= {"sony", "kioxia", "denso"}


def test_a_list_ends_where_its_last_joint_is() -> None:
    text = "TSMC supplies Apple, AMD and Nvidia, and Qualcomm buys elsewhere."
    reading = read(Document(text, "t")).readings[0]
    apple = next(t for t in reading.doc if t.text == "Apple")
    assert [t.text for t in list_behind(reading, apple)] == ["AMD", "Nvidia"]
