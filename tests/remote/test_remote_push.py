"""Putting a graph on real servers, and asking it there."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from extract.model import Claim, Document, Entity, Evidence
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

    Requests = Callable[[KnowledgeGraph, Callable[[KnowledgeGraph], object]], int]

FOREIGN = NamedNode("http://x.example/theirs")
TRIPLE = Quad(NamedNode("http://x.example/a"), NamedNode("http://x.example/p"), Literal("b"), FOREIGN)


@pytest.fixture(params=["oxigraph_server", "virtuoso_server"])
def remote(request: pytest.FixtureRequest) -> RemoteStore:
    return emptied(request.getfixturevalue(request.param))


def emptied(at: Addresses) -> RemoteStore:
    """The store of a server from which all graphs were removed."""
    store = RemoteStore(at.query, at.update, at.graphs)
    for name in store.graphs():
        writer(store).delete(name)
    return store


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


@pytest.fixture
def requests(oxigraph_server: Addresses, monkeypatch: pytest.MonkeyPatch) -> Requests:
    """Puts a graph on a server, and counts how many requests a look-up needs there to say what it says here."""
    remote = emptied(oxigraph_server)
    sent: list[object] = []
    send = remote.connection.send

    def counted(*given: Any, **named: Any) -> Any:
        sent.append(given)
        return send(*given, **named)

    monkeypatch.setattr(remote.connection, "send", counted)

    def requests(here: KnowledgeGraph, ask: Callable[[KnowledgeGraph], object]) -> int:
        push(here.store, remote)
        there = KnowledgeGraph(remote)
        there.matches("aster")
        sent.clear()
        assert ask(there) == ask(here)
        return len(sent)

    return requests


def test_look_ups_read_many_claims_in_few_requests(requests: Requests) -> None:
    # Claims and what they speak of: who has them, their records, merged ids, entities, documents.
    here = market()
    assert requests(here, lambda graph: graph.relations("Aster Fab").records()) <= 10
    assert requests(here, lambda graph: graph.relations().records()) <= 10
    assert requests(here, lambda graph: str(graph.relations("Aster Fab").evidence)) <= 10
    assert requests(here, lambda graph: str(graph.corroboration())) <= 10
    assert requests(here, lambda graph: list(graph.relations("Aster Fab", "suppliesTo"))) <= 10


def supply_chain(width: int) -> KnowledgeGraph:
    """A last customer, its many suppliers, as many of theirs, one behind all of them and a list that this is on."""
    text = "They supply each other."
    found = Document(text, "invented/chain.txt", date="2025-01-01")

    def said(a: str, relation: str, b: str, kind: str = "Company") -> Claim:
        ends = Entity(a.lower().replace(" ", "-"), a, "Company"), Entity(b.lower().replace(" ", "-"), b, kind)
        return Claim(found.id, found.source, ends[0], relation, ends[1], Evidence(0, len(text), text), "test")

    claims = [said("Source", "subjectTo", "Some List", "RestrictedPartyList")]
    for n in range(width):
        tiers = "Source", f"Far {n}", f"Near {n}", "Last"
        claims += [said(a, "suppliesTo", b) for a, b in pairwise(tiers)]
        claims.append(said(f"Far {n}", "suppliesTo", f"Near {(n + 1) % width}"))
    return KnowledgeGraph.from_claims(claims, [found])


@pytest.mark.parametrize("width", [4, 40])
def test_walks_read_a_level_at_a_time(requests: Requests, width: int) -> None:
    here = supply_chain(width)
    assert requests(here, lambda graph: str(graph.path("Source", "Last"))) <= 20
    assert requests(here, lambda graph: str(graph.path("Source", "Last", facts_only=False))) <= 30
    assert requests(here, lambda graph: graph.suppliers("Last", tiers=3).records()) <= 25
    assert requests(here, lambda graph: [str(found) for found in graph.neighbours("Last", hops=3)]) <= 25
    assert requests(here, lambda graph: str(graph.paths("Source", "Last", max_hops=3)[0])) <= 25
    assert requests(here, lambda graph: str(graph.exposure("Last", "Some List", steps=4)[0])) <= 45


def test_what_is_exported_from_a_server_is_what_was_put_there(oxigraph_server: Addresses) -> None:
    remote = emptied(oxigraph_server)
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
    with pytest.raises(StoreError, match=r"holds 3 documents that this graph lacks \(.*\): push with --remove to take"):
        push(knowledge().store, remote)
    assert push(market().store, remote) == Pushed(0, 3, 0)
    assert push(knowledge().store, remote, remove=True) == Pushed(1, 0, 3)
    assert push(changed.store, remote) == Pushed(1, 0, 0)
    there = KnowledgeGraph.open(remote.addresses.query)
    assert there.statistics() == changed.statistics()
    assert {claim.confidence for claim in there.relations("Hua Hong")} == {0.6}
    assert [quad.object for quad in remote.quads(TRIPLE.subject)] == [TRIPLE.object]


def test_a_new_version_of_a_document_takes_the_place_of_the_old(remote: RemoteStore) -> None:
    def graph(*documents: Document) -> KnowledgeGraph:
        return KnowledgeGraph.from_claims([], documents)

    first, second = Document("One text.", "a.txt"), Document("Another text.", "b.txt")
    assert push(graph(first, second).store, remote) == Pushed(2, 0, 0)
    assert push(graph(Document("One text, mended.", "a.txt"), second).store, remote) == Pushed(1, 1, 1)
    piped = Document("A text from standard input.", "-")
    assert push(graph(Document("Mended again.", "a.txt"), second, piped).store, remote) == Pushed(2, 1, 1)
    with pytest.raises(StoreError, match="holds 1 document that this graph lacks"):
        push(graph(Document("Mended again.", "a.txt"), second, Document("Other input.", "-")).store, remote)


def test_a_push_that_was_broken_off_is_completed(oxigraph_server: Addresses) -> None:
    remote = emptied(oxigraph_server)
    push(knowledge().store, remote)

    class BrokenOff(Exception):
        pass

    def break_off(done: int, _: int) -> None:
        if done == 2:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        push(market().store, remote, break_off, remove=True)
    assert push(market().store, remote, remove=True) == Pushed(1, 2, 1)
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
    emptied(oxigraph_server)
    at = oxigraph_server.query
    empty = chipgraph("show", "Hua Hong", "--graph", at)
    assert (empty.status, "put one there with `chipgraph push" in empty.err) == (2, True)
    assert chipgraph("push", at, "--graph", tmp_path).out == f"Sent 1 document to {at}; 0 were there, 0 removed.\n"
    for command in (("show", "Hua Hong"), ("path", "Hua Hong", "Northwind Motors"), ("export", "graphml")):
        assert chipgraph(*command, "--graph", at).out == chipgraph(*command, "--graph", tmp_path).out != ""
    query = ("query", "ASK { cr:hua-hong ck:suppliesTo cr:stmicroelectronics }", "--format", "csv")
    assert chipgraph(*query, "--graph", at).out == "true\n"
    other = tmp_path / "other"
    with Builder(other) as builder:
        builder.add(Document("Another text.", "another.txt"), [])
    kept = chipgraph("push", at, "--graph", other)
    assert (kept.status, "push with --remove" in kept.err) == (2, True)
    assert chipgraph("push", at, "--graph", other, "--remove").out.endswith("0 were there, 1 removed.\n")
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
    push(market().store, remote, remove=True)
    assert push(market().store, remote).sent == 0
    assert KnowledgeGraph.open(remote.addresses.query).statistics() == market().statistics()
