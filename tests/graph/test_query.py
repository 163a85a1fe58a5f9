from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph.build import Builder, open_folder
from graph.example import document, knowledge, statements
from graph.query import run
from graph.results import Table, Triples, Verdict
from graph.store import MemoryStore
from ontology.errors import QueryRefused

if TYPE_CHECKING:
    from pathlib import Path

    from graph.store import Store

CUSTOMERS = "SELECT ?c { cr:hua-hong ck:suppliesTo ?c }"
BOMB = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def store() -> Store:
    return knowledge().store


def test_the_four_kinds(store: Store) -> None:
    table = run(store, CUSTOMERS)
    assert isinstance(table, Table)
    assert table.column("c") == ["https://w3id.org/chipgraph/id/stmicroelectronics"]
    assert run(store, "ASK { cr:hua-hong ck:suppliesTo cr:huawei }") == Verdict(False)
    described = run(store, "DESCRIBE cr:huawei")
    assert isinstance(described, Triples)
    assert any(triple.object == Literal("Huawei") for triple in described)
    built = run(store, "CONSTRUCT { ?b <x:from> ?a } { ?a ck:suppliesTo ?b }")
    assert isinstance(built, Triples)
    assert len(built) == 2


def test_claims_are_seen_without_graph_and_facts_alone_on_request(store: Store) -> None:
    claims = "SELECT ?c { ?c a ck:Claim }"
    assert len(_table(run(store, claims))) == 4
    assert len(_table(run(store, claims, facts_only=True))) == 0
    assert len(_table(run(store, "SELECT ?c { GRAPH ?g { ?c a ck:Claim } }", facts_only=True))) == 4
    assert len(_table(run(store, CUSTOMERS, facts_only=True))) == 1


def test_from_narrows_the_union() -> None:
    one, two = NamedNode("x:one"), NamedNode("x:two")
    quads = [Quad(NamedNode("x:a"), NamedNode("x:p"), NamedNode("x:b"), graph) for graph in (one, two)]
    assert len(_table(run(MemoryStore(quads), "SELECT * FROM <x:one> { ?s ?p ?o }"))) == 1


def test_parameters_are_values_not_text(store: Store) -> None:
    text = "SELECT ?e { ?e rdfs:label $name }"
    assert len(_table(run(store, text, {"name": "Huawei"}))) == 1
    assert len(_table(run(store, text, {"name": '"} UNION { ?e ?p ?o } #'}))) == 0
    assert len(_table(run(store, "SELECT ?p { $who ck:suppliesTo ?p }", {"who": NamedNode("x:nobody")}))) == 0


def test_too_many_rows_are_refused_not_cut(store: Store) -> None:
    with pytest.raises(QueryRefused, match="over 3 rows"):
        run(store, "SELECT * { ?s ?p ?o }", max_rows=3)
    assert len(_table(run(store, "SELECT * { ?s ?p ?o } LIMIT 3", max_rows=3))) == 3


def test_errors_name_the_place(store: Store) -> None:
    with pytest.raises(QueryRefused, match="cannot be read: error at 1:"):
        run(store, "SELEKT * {}")
    with pytest.raises(QueryRefused, match="SERVICE is not allowed"):
        run(store, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_a_slow_query_is_stopped(store: Store) -> None:
    started = time.monotonic()
    with pytest.raises(QueryRefused, match="was stopped"):
        run(store, BOMB, timeout=1.0)
    assert time.monotonic() - started < 10


def test_the_other_process_answers_alike(store: Store, tmp_path: Path) -> None:
    with Builder(tmp_path) as builder:
        builder.add(document(), statements())
    for place in (store, open_folder(tmp_path)):
        for text in (CUSTOMERS, "ASK {}", "DESCRIBE cr:huawei"):
            assert run(place, text, timeout=30) == run(place, text)
    with pytest.raises(QueryRefused, match="cannot be read"):
        run(store, "SELEKT", timeout=30)
    with pytest.raises(QueryRefused, match="over 1 rows"):
        run(store, "SELECT * { ?s ?p ?o }", timeout=30, max_rows=1)


def _table(answer: object) -> Table:
    assert isinstance(answer, Table)
    return answer
