from __future__ import annotations

import datetime
import time
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, ClassVar

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad

from graph.build import Builder
from graph.example import document, knowledge, statements
from graph.opening import open_folder
from graph.query import run
from graph.results import Table, Triples, Verdict
from graph.store import MemoryStore
from ontology.errors import QueryRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
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


def test_values_are_typed(store: Store) -> None:
    given = {
        "text": ("a 'b' \"c\" $n", "string"),
        "whole": (-3, "integer"),
        "decimal": (Decimal("0.90"), "decimal"),
        "double": (0.5, "double"),
        "yes": (True, "boolean"),
        "day": (datetime.date(2024, 10, 7), "date"),
        "moment": (datetime.datetime(2024, 10, 7, 12, 30), "dateTime"),
    }
    for name, (value, kind) in given.items():
        answer = _table(run(store, f"SELECT (DATATYPE(${name}) AS ?t) (STR(${name}) AS ?s) {{}}", {name: value}))
        assert answer[0]["t"] == f"http://www.w3.org/2001/XMLSchema#{kind}"
    assert run(store, "ASK { FILTER($when > '2024-01-01'^^xsd:date) }", {"when": datetime.date(2024, 10, 7)})


def test_entities_and_iris_are_nodes_whoever_made_them(store: Store) -> None:
    text = "ASK { $who ck:suppliesTo ?c }"
    iri = "https://w3id.org/chipgraph/id/hua-hong"
    for who in (NamedNode(iri), rdflib.URIRef(iri), knowledge().entity("Hua Hong")):
        assert run(store, text, {"who": who})
    assert run(store, "ASK { ?e rdfs:label $name }", {"name": rdflib.Literal("Huawei")})
    assert _table(run(store, "SELECT (LANG($t) AS ?l) {}", {"t": rdflib.Literal("x", lang="de")}))[0]["l"] == "de"


@pytest.mark.parametrize("value", [["a"], None, b"x", object(), "\ud800", Decimal("NaN"), rdflib.BNode()])
def test_what_is_no_term_is_refused(store: Store, value: object) -> None:
    with pytest.raises(QueryRefused, match="parameter"):
        run(store, "ASK { ?s ?p $value }", {"value": value})  # type: ignore[dict-item]


def test_a_limit_can_be_a_parameter(store: Store) -> None:
    assert len(_table(run(store, "SELECT * { ?s ?p ?o } LIMIT $most", {"most": 2}))) == 2
    with pytest.raises(QueryRefused, match="cannot be read"):
        run(store, "SELECT * { ?s ?p ?o } LIMIT $most", {"most": "2 OFFSET 1"})


def test_numbers_are_found_however_they_are_spelled() -> None:
    # The engine rewrites literals when it loads them: they are compared by value, and exact spellings are strings.
    number, printed = NamedNode("x:number"), NamedNode("x:printed")
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    store = MemoryStore(
        [Quad(number, number, Literal("0.90", datatype=decimal)), Quad(number, printed, Literal("0.90"))]
    )
    assert run(store, "ASK { ?s <x:number> ?n FILTER(?n = $n) }", {"n": Decimal("0.9000")})
    assert _table(run(store, "SELECT ?p { ?s <x:printed> ?p }")).column("p") == ["0.90"]


class _Listener(BaseHTTPRequestHandler):
    """An endpoint that says one row to whoever asks, and remembers that it was asked."""

    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.asked.append(self.path)
        body = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"far"}}]}}'
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST  # noqa: N815

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def elsewhere() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Listener)
    Thread(target=server.serve_forever, daemon=True).start()
    _Listener.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()


def test_nobody_is_asked_unless_allowed(store: Store, elsewhere: str) -> None:
    for text in (
        f"SELECT * {{ SERVICE <{elsewhere}> {{ ?x ?y ?z }} }}",
        f"SELECT * {{ sErViCe SILENT <{elsewhere}> {{ ?x ?y ?z }} }}",
        f"ASK {{ FILTER EXISTS {{ SERVICE<{elsewhere}>{{ ?x ?y ?z }} }} }}",
        f"PREFIX e: <{elsewhere}> ASK {{ SERVICE e: {{ ?x ?y ?z }} }}",
        f"SELECT * {{ \\u0053ERVICE <{elsewhere}> {{ ?x ?y ?z }} }}",
        f"LOAD <{elsewhere}>",
    ):
        with pytest.raises(QueryRefused):
            run(store, text, timeout=30)
    assert len(_table(run(store, f"SELECT * FROM <{elsewhere}> {{ ?s ?p ?o }}"))) == 0
    assert len(_table(run(store, f"SELECT * FROM NAMED <{elsewhere}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"))) == 0
    assert _Listener.asked == []
    asked = f"SELECT ?x {{ SERVICE <{elsewhere}> {{ ?x ?y ?z }} }}"
    for timeout in (None, 30):
        assert _table(run(store, asked, allow_service=True, timeout=timeout)).column("x") == ["far"]
    assert _Listener.asked == ["/sparql", "/sparql"]


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
