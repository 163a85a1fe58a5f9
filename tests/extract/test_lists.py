"""Lists in line: all their names count, whatever the parser hangs them on; what stands behind them does not."""

import pytest

from extract.lists import list_behind
from extract.model import Claim, Document
from extract.pipeline import extract, read

pytestmark = pytest.mark.language


def _objects(text: str, relation: str) -> set[str]:
    return {c.object.mention for c in extract(Document(text, "t")) if isinstance(c, Claim) and c.relation == relation}


def _subjects(text: str, relation: str) -> set[str]:
    return {c.subject.mention for c in extract(Document(text, "t")) if isinstance(c, Claim) and c.relation == relation}


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


def test_seats_and_descriptions_between_the_names_of_a_list_do_not_end_it() -> None:
    seats = "Mikron of Zelenograd, Angstrem of Moscow and the trader Compel (Moscow) were added to the Entity List."
    assert _subjects(seats, "subjectTo") >= {"Mikron", "Angstrem", "Compel"}
    described = "The European Union cut off Mikron, the distributor Compel and Baikal Electronics from its chips."
    assert _objects(described, "restricts") >= {"Mikron", "Compel", "Baikal Electronics"}


def test_further_receivers_have_the_verb_of_the_first() -> None:
    text = "Texas gave SkyWater $15.2 million, Tekscend $15.2 million and Coherent $14.1 million."
    assert _objects(text, "subsidises") == {"SkyWater", "Tekscend", "Coherent"}


def test_what_spreads_on_the_surface_spreads_over_and() -> None:
    text = "We offer the memory on the 0.35 µm and 0.18 µm platforms of X-Fab and DB HiTek."
    assert _subjects(text, "usesNode") >= {"X-Fab", "DB HiTek"}
