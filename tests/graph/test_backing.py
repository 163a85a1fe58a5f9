"""What rows of named queries rest on."""

from __future__ import annotations

import pytest

from graph.backing import backed
from graph.catalogue import parse, queries
from graph.example import market
from graph.results import Table
from ontology.errors import InvalidData

# Queries that count, or list what no one sentence says.
WITHOUT = {"entities-of", "exposure", "most-connected", "neighbourhood", "relations", "sources"}
GIVEN = {
    "entity": "Aster Fab",
    "node": "28 nm",
    "source": "Lens Institute",
    "since": "2024-06",
    "measure": "Norland Entity List",
    "metric": "revenue",
    "growth": "revenue",
    "value": "revenue",
    "from": "2022",
    "to": "2023",
    "product": "Aster Fab",
    "field": "Sudland",
    "country": "JP",
    "group": "Ivy Group",
    "one": "Aster Fab",
    "other": "Elm Motors",
    "class": "Company",
    "subject": "Cedar Gas",
    "object": "Aster Fab",
}


def test_every_query_says_what_it_rests_on_or_counts():
    assert {name for name, query in queries().items() if not query.evidence} == WITHOUT


@pytest.mark.parametrize("name", sorted(queries()))
def test_rows_are_those_of_the_query_and_rest_on_something(name):
    query = queries()[name]
    given = {p.name: GIVEN[p.name] for p in query.parameters if p.needed}
    found = backed(market(), name, given)
    plain = market().query(name, **given)
    if not isinstance(plain, Table):
        assert found.answer == plain
        return
    assert isinstance(found.answer, Table)
    assert found.answer.columns == plain.columns
    assert list(found.answer.terms) == list(dict.fromkeys(plain.terms))
    assert all(found.behind(row) for row in found.answer.terms) != (name in WITHOUT and len(plain) > 0)


def test_facts_between_cells_are_found_whatever_implies_them():
    found = backed(market(), "suppliers-of", {"entity": "Birch Devices", "tiers": "1"})
    assert isinstance(found.answer, Table)
    claims = [found.behind(row)[0] for row in found.answer.terms]
    assert [claim.relation for claim in claims] == ["manufacturesFor", "suppliesTo"]


def test_a_row_that_several_sentences_state_has_them_all_the_surest_first():
    found = backed(market(), "corroborated", {})
    assert isinstance(found.answer, Table)
    said = [claim.confidence for claim in found.behind(found.answer.terms[0])]
    assert said == [0.9, 0.85, 0.8]


def test_evidence_that_cannot_be_read_is_refused():
    head = "# title: a\n# theme: t\n# answers: b\n# evidence: a b\n"
    with pytest.raises(InvalidData, match="evidence that cannot be read"):
        parse("x", f"{head}ASK {{}}")
