"""A sum with a limit before it is what is spent, whatever the parser takes the limit for."""

import pytest

from extract.model import Document
from extract.pipeline import extract

pytestmark = pytest.mark.language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sony has promised to invest up to $90 million into Rapidus.", ("sony", "investsIn", "rapidus")),
        ("TSMC will invest over $2 billion in Kumamoto.", ("tsmc", "investsIn", "kumamoto")),
        ("Soitec is the largest wafer maker after acquiring Topsil.", ("soitec", "acquires", "topsil")),
        ("Buyers noted India's export controls on gallium.", ("india", "restricts", "gallium")),
    ],
)
def test_a_limit_a_participle_and_a_measure_are_read(text: str, expected: tuple[str, str, str]) -> None:
    found = {(c.subject.id, c.relation, c.object.id) for c in extract(Document(text, "t")) if hasattr(c, "relation")}
    assert any(s.startswith(expected[0]) and (r, o) == expected[1:] for s, r, o in found), found
