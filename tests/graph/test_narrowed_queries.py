"""Parameters that narrow named queries, on the invented market."""

from __future__ import annotations

import pytest

from graph.example import market
from graph.results import Table

NARROWED: list[tuple[str, dict[str, str], int]] = [
    ("supplies", {"customer": "Aster Fab"}, 4),
    ("supplies", {"customer": "Aster Fab", "supplier": "Garnet Litho"}, 1),
    ("supplies", {"product": "integrated circuits"}, 1),
    ("ownership", {"entity": "Aster Fab", "side": "above"}, 2),
    ("ownership", {"entity": "Aster Fab", "side": "below"}, 0),
    ("restricted-companies", {"measure": "Norland Entity List"}, 1),
    ("restricted-companies", {"by": "Japan"}, 0),
    ("changed-since", {"since": "2025-01", "about": "Garnet Litho"}, 1),
    ("contradictions", {"about": "Cedar Gas"}, 0),
    ("values-by-period", {"entity": "Aster Fab", "metric": "revenue", "period": "2023"}, 2),
    ("sites", {"who": "Aster Fab", "where": "Sudland"}, 2),
    ("sites", {"who": "Aster Fab", "where": "Norland"}, 0),
    ("claims", {"relation": "suppliesTo", "object": "Elm Motors"}, 3),
    ("claims-about", {"entity": "Aster Fab", "other": "Elm Motors"}, 2),
]


@pytest.mark.parametrize(("name", "given", "rows"), NARROWED)
def test_optional_parameters_narrow(name: str, given: dict[str, str], rows: int) -> None:
    answer = market().query(name, **given)
    assert isinstance(answer, Table)
    assert len(answer) == rows, answer.to_text()


def test_a_source_is_quoted_with_its_numbers() -> None:
    answer = market().query("said-by", source="Fab Journal", about="Aster Fab")
    assert isinstance(answer, Table)
    assert {"$1.4 billion", "Sudland"} <= set(answer.column("object_label"))
    other = market().query("said-by", source="Fab Journal", about="Birch Devices")
    assert isinstance(other, Table)
    assert len(other) == 0
