"""Names that no list and no recogniser gives whole: where they end, and firms that their company gives away."""

from __future__ import annotations

import pytest

from extract.model import Document
from extract.pipeline import read


def _named(text: str) -> dict[str, str]:
    mentions = [m for reading in read(Document(text, "test")).readings for m in reading.index.mentions]
    return {m.text: m.type for m in mentions if m.kind == "name"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lumetra no longer competes with Himax.", "Lumetra"),
        ("The design houses include Renesas Electronics, Espressif and Autotalks.", "Autotalks"),
        ("IQM of Espoo still ships from there.", "IQM"),
        ("Orrery AI tries hard to hire engineers from TSMC.", "Orrery AI"),
        ("Sable Test Corporation passed on half of the cost.", "Sable Test Corporation"),
    ],
)
def test_a_firm_that_nobody_lists_shows_by_its_form_or_its_company(text: str, name: str) -> None:
    assert _named(text).get(name) == "Company"


@pytest.mark.parametrize("text", ["The Governor of Texas met the President of Taiwan on Monday."])
def test_an_office_with_a_place_is_no_firm(text: str) -> None:
    assert set(_named(text)) == {"Texas", "Taiwan"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Alder AI + Beech Robotics = merged.", {"Alder AI", "Beech Robotics"}),
        ("In Gothenburg Halden Power has merged with a rival.", {"Gothenburg", "Halden Power"}),
        ("At its plant in Crolles STMicroelectronics makes sensors.", {"Crolles", "STMicroelectronics"}),
        ("Dr. Y.J. Tan of TSMC spoke first.", {"Y.J. Tan", "TSMC"}),
        ("Skyridge Foundry supplies wafers to Bosch.", {"Skyridge Foundry", "Bosch"}),
    ],
)
def test_a_name_ends_where_another_begins(text: str, names: set[str]) -> None:
    assert set(_named(text)) == names
