"""A town and its region beside a firm are one name."""

from __future__ import annotations

import pytest

from extract.model import Claim, Document
from extract.pipeline import extract, read


@pytest.mark.parametrize(
    ("text", "seat"),
    [
        ("Skyworks, a Woburn, Mass.-based supplier of RF filters, raised prices.", "Woburn, Mass."),
        ("San Jose, Calif.-based Cypress was bought by Infineon.", "San Jose, Calif."),
        ("Skyworks of Woburn, Mass., makes filters.", "Woburn, Mass."),
    ],
)
def test_a_seat_is_one_name(text: str, seat: str) -> None:
    assert seat in [m.text for m in read(Document(text, "example")).readings[0].index.mentions]
    told = [c for c in extract(Document(text, "example")) if isinstance(c, Claim) and c.relation == "headquarteredIn"]
    assert told


def test_a_known_town_stays_what_it_is() -> None:
    text = "San Jose, Calif.-based Cypress makes chips."
    claims = [c for c in extract(Document(text, "example")) if isinstance(c, Claim)]
    assert ("cypress-semiconductor", "headquarteredIn", "san-jose") in [
        (c.subject.id, c.relation, c.object.id) for c in claims
    ]


@pytest.mark.parametrize(
    "text", ["X-Fab has fabs in Dresden, Germany, and Lubbock.", "AMD has an office in Austin, Texas."]
)
def test_a_town_elsewhere_keeps_its_region(text: str) -> None:
    types = [m.type for m in read(Document(text, "example")).readings[0].index.mentions]
    assert "City" in types
    assert {"Region", "Country"} & set(types)
