"""Putting a graph on real servers, and asking it there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from extract.model import Document
from graph.example import document, knowledge, market, statements
from graph.exchange import export
from graph.knowledge import KnowledgeGraph
from graph.remote.push import Pushed, push, put
from graph.remote.store import RemoteStore
from graph.remote.writing import writer
from ontology.errors import QueryRefused, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.remote.servers import Addresses

FOREIGN = NamedNode("http://x.example/theirs")
TRIPLE = Quad(NamedNode("http://x.example/a"), NamedNode("http://x.example/p"), Literal("b"), FOREIGN)


@pytest.fixture(params=["oxigraph_server", "virtuoso_server"])
def remote(request: pytest.FixtureRequest) -> RemoteStore:
    at: Addresses = request.getfixturevalue(request.param)
    store = RemoteStore(at.query, at.update, at.graphs)
    for name in store.graphs():
        writer(store).delete(name)
    return RemoteStore(at.query, at.update, at.graphs)


def test_a_graph_answers_on_a_server_as_it_does_here(remote: RemoteStore) -> None:
    push(market().store, remote)
    there, here = KnowledgeGraph.open(remote.addresses.query), market()
    assert there.statistics() == here.statistics()
    assert [claim.id for claim in there.relations("aster fab")] == [claim.id for claim in here.relations("Aster Fab")]
    assert str(there.path("Aster Fab", "Elm Motors")) == str(here.path("Aster Fab", "Elm Motors"))
    text = "SELECT ?s ?o { ?s ck:suppliesTo ?o } ORDER BY ?s ?o"
    assert there.sparql(text, timeout=20).serialize("csv") == here.sparql(text).serialize("csv")
    assert there.query("partners-of", entity="Fir Systems").serialize("csv") == here.query(
        "partners-of", entity="Fir Systems"
    ).serialize("csv")


def test_look_ups_read_many_claims_in_few_requests(oxigraph_server: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    remote = RemoteStore(*addresses_of(oxigraph_server))
    for name in remote.graphs():
        writer(remote).delete(name)
    push(market().store, remote)
    here, sent = market(), []
    send = remote.connection.send

    def counted(*given: Any, **named: Any) -> Any:
        sent.append(given)
        return send(*given, **named)

    monkeypatch.setattr(remote.connection, "send", counted)

    def requests(ask: Callable[[KnowledgeGraph], object]) -> int:
        there = KnowledgeGraph(remote)
        there.matches("aster")
        sent.clear()
        assert ask(there) == ask(here)
        return len(sent)

    # Claims and what they speak of: who has them, their records, merged ids, entities, documents, sketches.
    assert requests(lambda graph: graph.relations("Aster Fab").records()) <= 10
    assert requests(lambda graph: graph.relations().records()) <= 10
    assert requests(lambda graph: str(graph.relations("Aster Fab").evidence)) <= 10
    assert requests(lambda graph: str(graph.corroboration())) <= 10
    assert requests(lambda graph: list(graph.relations("Aster Fab", "suppliesTo"))) <= 10


def test_what_is_exported_from_a_server_is_what_was_put_there(oxigraph_server: Addresses) -> None:
    remote = RemoteStore(*addresses_of(oxigraph_server))
    push(market().store, remote)
    for form in ("nquads", "graphml", "nanopub"):
        assert export(remote, form) == export(market().store, form)


def addresses_of(at: Addresses) -> tuple[str, str | None, str | None]:
    return at.query, at.update, at.graphs


def test_a_push_sends_what_differs_and_removes_what_is_gone(remote: RemoteStore) -> None:
    put(remote, FOREIGN, [TRIPLE])
    assert push(market().store, remote) == Pushed(3, 0, 0)
    assert push(market().store, remote) == Pushed(0, 3, 0)
    changed = KnowledgeGraph.from_claims([replace(s, confidence=0.6) for s in statements()], [document()])
    assert push(knowledge().store, remote) == Pushed(1, 0, 3)
    assert push(changed.store, remote) == Pushed(1, 0, 0)
    there = KnowledgeGraph.open(remote.addresses.query)
    assert there.statistics() == changed.statistics()
    assert {claim.confidence for claim in there.relations("Hua Hong")} == {0.6}
    assert [quad.object for quad in remote.quads(TRIPLE.subject)] == [TRIPLE.object]


def test_a_push_that_was_broken_off_is_completed(oxigraph_server: Addresses) -> None:
    remote = RemoteStore(*addresses_of(oxigraph_server))
    push(knowledge().store, remote)

    class BrokenOff(Exception):
        pass

    def break_off(done: int, _: int) -> None:
        if done == 2:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        push(market().store, remote, break_off)
    assert push(market().store, remote) == Pushed(1, 2, 1)
    assert export(remote, "nquads") == export(market().store, "nquads")


def test_a_server_without_a_graph_store_is_written_by_updates(oxigraph_server: Addresses) -> None:
    remote = RemoteStore(oxigraph_server.query, oxigraph_server.update)
    remote.addresses = replace(remote.addresses, graphs=None)
    for name in remote.graphs():
        writer(remote).delete(name)
    text = Document("\n".join(s.evidence.text for s in statements()), "a.txt")
    many = KnowledgeGraph.from_claims(market_statements(), [text])
    assert push(many.store, remote).removed == 0
    assert push(many.store, remote).sent == 0
    assert export(remote, "nquads") == export(many.store, "nquads")


def market_statements():
    return list(market().reader.statements())


def test_long_answers_come_whole_even_where_a_server_cuts_them(remote: RemoteStore) -> None:
    number = NamedNode("http://x.example/n")
    quads = [Quad(NamedNode(f"http://x.example/{n}"), number, Literal(n)) for n in range(2_600)]
    put(remote, DefaultGraph(), quads)
    assert {quad.subject for quad in remote.quads(None, number)} == {quad.subject for quad in quads}
    assert len(list(remote.quads(None, number))) == 2_600
    text = "SELECT * { ?s <http://x.example/n> ?o }"
    if "X-SPARQL-MaxRows" in remote._ask(text, (), "application/sparql-results+json").headers:
        with pytest.raises(QueryRefused, match="cut the answer off"):
            remote.query(text)
    else:
        assert sum(1 for _ in remote.query(text)) == 2_600


def test_the_command_puts_a_graph_on_a_server_and_asks_it_there(chipgraph, oxigraph_server, tmp_path) -> None:
    from graph.build import Builder

    with Builder(tmp_path) as builder:
        builder.add(document(), statements())
    remote = RemoteStore(*addresses_of(oxigraph_server))
    for name in remote.graphs():
        writer(remote).delete(name)
    at = oxigraph_server.query
    empty = chipgraph("show", "Hua Hong", "--graph", at)
    assert (empty.status, "put one there with `chipgraph push" in empty.err) == (2, True)
    assert chipgraph("push", at, "--graph", tmp_path).out == f"Sent 1 document to {at}; 0 were there, 0 removed.\n"
    for command in (("show", "Hua Hong"), ("path", "Hua Hong", "Northwind Motors"), ("export", "graphml")):
        assert chipgraph(*command, "--graph", at).out == chipgraph(*command, "--graph", tmp_path).out != ""
    query = ("query", "ASK { cr:hua-hong ck:suppliesTo cr:stmicroelectronics }", "--format", "csv")
    assert chipgraph(*query, "--graph", at).out == "true\n"
    refused = chipgraph("check", "--graph", at)
    assert (refused.status, "needs a built folder" in refused.err) == (2, True)


def test_rdflib_says_that_it_needs_an_embedded_store(oxigraph_server: Addresses) -> None:
    with pytest.raises(StoreError, match="ask this one in SPARQL"):
        KnowledgeGraph(RemoteStore(*addresses_of(oxigraph_server))).to_rdflib()


def test_virtuoso_lets_in_who_answers_its_digest(virtuoso_server: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    base = virtuoso_server.query.removesuffix("/sparql")
    monkeypatch.setenv("CHIPGRAPH_USER", "dba")
    monkeypatch.setenv("CHIPGRAPH_PASSWORD", "wrong")
    with pytest.raises(StoreError, match=r"does not let you in \(401\)"):
        RemoteStore(f"{base}/sparql-auth").graphs()
    monkeypatch.setenv("CHIPGRAPH_PASSWORD", "dba")
    remote = RemoteStore(f"{base}/sparql-auth")
    push(market().store, remote)
    assert push(market().store, remote).sent == 0
    assert KnowledgeGraph.open(remote.addresses.query).statistics() == market().statistics()
