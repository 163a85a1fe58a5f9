"""SPARQL Updates of users' own graphs: who may send them, what they may change, and what is left after a fault."""

from __future__ import annotations

import contextlib
import http.client
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from serving import Reply, Served, serving

from extract.model import Claim, Document, Entity, Evidence
from graph.build import Builder
from graph.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-update"
MINE = "https://example.org/mine"
NOTE = f"INSERT DATA {{ GRAPH <{MINE}> {{ cr:aster-fab rdfs:comment 'ask them' }} }}"
BOMB = f"INSERT {{ GRAPH <{MINE}> {{ ?a ?b ?n }} }} WHERE {{ SELECT ?a ?b (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . "
BOMB += "?g ?h ?i . ?j ?k ?l } GROUP BY ?a ?b }"


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    folder = tmp_path_factory.mktemp("tokens")
    (folder / "write").write_text("battery staple\n")
    (folder / "read").write_text("correct horse\n")
    return "--write-token-file", str(folder / "write"), "--workers", "1"


@pytest.fixture(scope="module")
def writable(
    market_folder: Path, tmp_path_factory: pytest.TempPathFactory, tokens: tuple[str, ...]
) -> Iterator[Served]:
    pytest.importorskip("uvicorn", reason="needs chipgraph[serve]")
    folder = tmp_path_factory.mktemp("writable") / "output"
    shutil.copytree(market_folder, folder)
    with serving(folder, folder.parent / "log", *tokens, "--timeout", "5") as served:
        yield served


@pytest.fixture
def empty(writable: Served) -> Served:
    assert send(writable, "DROP ALL").status == 204
    return writable


def send(server: Served, text: str, token: str = "battery staple", path: str = "/sparql", **options: Any) -> Reply:
    headers = {"Content-Type": DIRECT} | ({"Authorization": f"Bearer {token}"} if token else {})
    return server.ask(path, "POST", text.encode(), headers, **options)


def holds(server: Served, pattern: str) -> bool:
    answer = server.query(f"ASK {{ {pattern} }}", "application/json")
    return bool(answer.json()["boolean"])


def kept(server: Served) -> set[ox.Quad]:
    return set(ox.parse(path=Layout(server.folder).users, format=ox.RdfFormat.TRIG))


@pytest.mark.parametrize("token", ["", "battery stapl", "battery staple x", "correct horse"])
def test_who_brings_no_token_or_another_changes_nothing(empty, token):
    answer = send(empty, NOTE, token)
    assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert not holds(empty, f"GRAPH <{MINE}> {{ ?s ?p ?o }}")


def test_reading_needs_no_token_unless_told(empty, serve, market_folder, tmp_path):
    assert empty.ask("/api/statistics").status == 200
    for name, token in (("read", "correct horse"), ("write", "battery staple")):
        (tmp_path / name).write_text(token)
    folder = tmp_path / "both"
    shutil.copytree(market_folder, folder)
    both = serve(folder, "--token-file", str(tmp_path / "read"), "--write-token-file", str(tmp_path / "write"))
    for token, status in (("", 401), ("correct horse", 403), ("battery staple", 204)):
        assert send(both, NOTE, token).status == status
    for token, status in (("", 401), ("correct horse", 200), ("battery staple", 200)):
        assert both.ask("/api/statistics", headers={"Authorization": f"Bearer {token}"}).status == status


def test_an_update_by_form_and_direct_is_read_by_the_next_query(empty):
    tag = empty.ask("/sparql?query=ASK%7B%7D").headers["etag"]
    assert send(empty, NOTE).status == 204
    form = {"Content-Type": FORM, "Authorization": "bearer battery staple"}
    more = NOTE.replace("ask them", "a%41+b")
    assert empty.ask("/sparql", "POST", urlencode({"update": more}).encode(), form).status == 204
    found = empty.query("SELECT ?o { cr:aster-fab rdfs:comment ?o } ORDER BY ?o", "text/csv").text.splitlines()
    assert found == ["o", "a%41+b", "ask them"]
    assert empty.ask("/sparql?query=ASK%7B%7D").headers["etag"] != tag
    assert {quad.object.value for quad in kept(empty)} == {"a%41+b", "ask them"}


def test_look_ups_pages_and_linked_data_read_the_documents_alone(empty):
    renamed = "cr:aster-fab rdfs:label 'Renamed' ; a ck:Fab . cr:claim/mine a ck:Claim ; rdf:subject cr:aster-fab"
    paths = ("/api/entities/aster-fab", "/api/statistics", "/api/queries/claims-about?entity=aster-fab", "/sources")
    before = [empty.ask(path).body for path in paths]
    linked = empty.ask("/id/aster-fab", headers={"Accept": "text/turtle"})
    assert send(empty, f"INSERT DATA {{ GRAPH <{MINE}> {{ {renamed.replace('claim/', 'claim-')} }} }}").status == 204
    assert holds(empty, "cr:aster-fab rdfs:label 'Renamed'")
    assert [empty.ask(path).body for path in paths] == before
    again = empty.ask("/id/aster-fab", headers={"Accept": "text/turtle"})
    assert (linked.status, again.body, b"Renamed" in again.body) == (200, linked.body, False)
    assert empty.ask("/api/search?q=Renamed").json()["matches"] == []


UNTOUCHABLE = (
    "INSERT DATA { <x:a> <x:b> 1 }",
    "INSERT DATA { GRAPH cr:graph/shared { cr:aster-fab rdfs:label 'Renamed' } }".replace("cr:graph/", "cr:graph\\/"),
    "INSERT DATA { GRAPH <mine> { <x:a> <x:b> 1 } }",
    "DELETE { ?s rdfs:label ?o } INSERT { ?s rdfs:label 'x' } WHERE { ?s rdfs:label ?o }",
    "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "DELETE WHERE { GRAPH ?g { cr:aster-fab rdfs:label ?o } }",
    "WITH <https://w3id.org/chipgraph/id/graph/shared> DELETE { ?s ?p ?o } INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "CLEAR DEFAULT",
    "CLEAR SILENT GRAPH <https://w3id.org/chipgraph/ontology>",
    "DROP GRAPH <https://w3id.org/chipgraph/id/graph/shared>",
    "MOVE <https://w3id.org/chipgraph/id/graph/shared> TO <https://example.org/mine>",
    "COPY <https://example.org/mine> TO DEFAULT",
    "CREATE GRAPH <https://w3id.org/chipgraph/id/graph/new>",
)


def test_what_documents_and_ontology_made_is_not_changed_and_nothing_of_it_is_kept(empty):
    everything = "SELECT * { GRAPH ?g { ?s ?p ?o } }"
    assert send(empty, NOTE).status == 204
    before = sorted(empty.query(everything, "text/csv").text.splitlines())
    for update in UNTOUCHABLE:
        answer = send(empty, f"INSERT DATA {{ GRAPH <{MINE}> {{ <x:a> <x:b> 1 }} }} ; {update}")
        assert (answer.status, "users' own" in answer.json()["error"]) == (403, True), update
    assert sorted(empty.query(everything, "text/csv").text.splitlines()) == before
    assert len(kept(empty)) == 1


def test_all_means_all_that_may_be_changed(empty):
    size = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    before = empty.query(size, "text/csv").text
    for update in ("CLEAR ALL", "drop silent named"):
        assert send(empty, NOTE).status == 204
        assert empty.query(size, "text/csv").text != before
        assert send(empty, update).status == 204
        assert (empty.query(size, "text/csv").text, kept(empty)) == (before, set())


def test_patterns_read_what_queries_read(empty):
    """All graphs as one, unless WITH, USING or the request name some."""
    count = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a ck:Claim }"
    claims = empty.query(count, "text/csv").text.splitlines()[1]
    assert send(empty, f"INSERT {{ GRAPH <{MINE}> {{ ?c <x:seen> true }} }} WHERE {{ ?c a ck:Claim }}").status == 204
    assert str(len(kept(empty))) == claims
    assert (
        send(empty, f"WITH <{MINE}> DELETE {{ ?c ?p ?o }} INSERT {{ ?c <x:b> _:n }} WHERE {{ ?c ?p ?o }}").status == 204
    )
    assert (str(len(kept(empty))), {q.predicate.value for q in kept(empty)}) == (claims, {"x:b"})
    facts = urlencode({"using-graph-uri": "https://w3id.org/chipgraph/id/graph/facts"})
    copied = f"DROP ALL ; INSERT {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}"
    assert send(empty, copied, path=f"/sparql?{facts}").status == 204
    assert ox.NamedNode("https://w3id.org/chipgraph/ontology#suppliesTo") in {q.predicate for q in kept(empty)}
    assert ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#subject") not in {q.predicate for q in kept(empty)}


CONFLICT = urlencode({"using-graph-uri": MINE})


IMPOSSIBLE = (
    ("CLEAR XYZ", "/sparql", 400, "The update cannot be read"),
    ("INSERT DATA { GRAPH <x:g> { ?s ?p ?o } }", "/sparql", 400, "The update cannot be read"),
    (" ", "/sparql", 400, "empty"),
    (f"WITH <{MINE}> DELETE {{ ?s ?p 1 }} WHERE {{ ?s ?p 1 }}", f"/sparql?{CONFLICT}", 400, "not both"),
    (NOTE, "/sparql?using-graph-uri=mine", 400, "absolute IRI"),
    (NOTE, "/sparql?default-graph-uri=x:y", 400, "using-graph-uri"),
    (NOTE, "/sparql?update=CLEAR%20ALL", 400, "not in both"),
    ("COPY <x:none> TO <x:other>", "/sparql", 400, "no graph"),
    ("INSERT DATA { GRAPH <x:g> { <x:a> <x:b> <<( <x:a> <x:b> 1 )>> } }", "/sparql", 400, "RDF 1.2"),
    ("LOAD <http://127.0.0.1:9/> INTO GRAPH <x:g>", "/sparql", 403, "LOAD"),
    (
        "INSERT { GRAPH <x:g> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "/sparql",
        403,
        "SERV",
    ),
    ("INSERT DATA { GRAPH <x:g> { <x:a> <x:b> '" + "x" * 70_000 + "' } }", "/sparql", 413, "shorter"),
    ("DELETE WHERE " + "{" * 5_000 + "}" * 5_000, "/sparql", 400, "nests"),
)


def test_what_cannot_be_done_is_refused_in_a_sentence(empty):
    for text, path, status, says in IMPOSSIBLE:
        answer = send(empty, text, path=path)
        assert (answer.status, says in answer.json()["error"]) == (status, True), text[:80]
    assert kept(empty) == set()


def test_an_update_is_not_sent_as_a_query_or_by_get(empty):
    assert empty.ask("/sparql?update=CLEAR%20ALL").status == 400
    assert empty.ask("/sparql?query=CLEAR%20ALL").status == 400
    assert empty.ask("/query", "POST", b"update=CLEAR+ALL", {"Content-Type": FORM}).status == 400
    assert DIRECT in empty.ask("/sparql", "OPTIONS").headers["accept-post"]
    assert b"SPARQL11Update" in empty.ask("/sparql", headers={"Accept": "text/turtle"}).body


@pytest.mark.parametrize(
    "bomb",
    [
        BOMB + " }",
        f"INSERT {{ GRAPH <{MINE}> {{ ?a ?b ?e }} }} WHERE {{ ?a ?b ?c . ?d ?e ?f }}",
        f"INSERT {{ GRAPH <{MINE}> {{ <x:a> <x:b> ?v31 }} }} WHERE {{ BIND('xxxxxxxx' AS ?v0) "
        + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(31))
        + " }",
    ],
    ids=["time", "rows", "memory"],
)
def test_a_bomb_ends_in_its_process_while_queries_are_answered(empty, bomb):
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(send, empty, bomb)
        quick = [empty.query("ASK {}").status for _ in range(10)]
        assert sent.result().status in (400, 422, 504)
    assert quick == [200] * 10
    assert (kept(empty), send(empty, NOTE).status) == (set(), 204)


def test_updates_of_several_clients_are_all_kept(empty):
    def one(number: int) -> int:
        text = f"INSERT DATA {{ GRAPH <{MINE}> {{ <x:a> <x:n> {number} }} }}"
        while (status := send(empty, text, source=f"127.0.0.{2 + number % 2}").status) == 503:
            time.sleep(0.1)
        return status

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(4))) == [204] * 4
    assert sorted(int(quad.object.value) for quad in kept(empty)) == list(range(4))


def test_a_second_server_takes_no_updates_of_the_same_folder(empty, tokens):
    command = [sys.executable, "-m", "chipgraph", "serve", "-g", str(empty.folder), "--port", "0", *tokens]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "Another server takes updates" in done.stderr


def test_a_build_and_a_file_put_there_by_hand_are_taken_up(serve, tmp_path, tokens):
    folder = tmp_path / "live"
    build(folder, "One")
    told = serve(folder, *tokens)
    assert send(told, NOTE).status == 204
    build(folder, "Two")
    until(lambda: holds(told, "cr:two ck:suppliesTo cr:buyer"))
    assert holds(told, f"GRAPH <{MINE}> {{ cr:aster-fab rdfs:comment 'ask them' }}")
    assert told.ask("/api/statistics").json()["documents"] == 2
    assert send(told, NOTE.replace("ask them", "again")).status == 204
    assert holds(told, "cr:two ck:suppliesTo cr:buyer . cr:aster-fab rdfs:comment 'ask them', 'again'")
    Layout(folder).users.write_text(f"<{MINE}> {{ <x:by> <x:hand> 1 }}")
    until(lambda: holds(told, "<x:by> <x:hand> 1"))
    assert not holds(told, "?s rdfs:comment 'again'")
    assert send(told, NOTE).status == 204
    assert len(kept(told)) == 2


def test_a_server_killed_in_the_middle_of_an_update_leaves_what_was_there(market_folder, tmp_path, tokens):
    folder = tmp_path / "killed"
    shutil.copytree(market_folder, folder)
    with serving(folder, tmp_path / "log", *tokens, "--timeout", "150") as first:
        assert send(first, NOTE).status == 204
        copies = folder / "store" / "users"
        before = set(copies.iterdir())
        sender = threading.Thread(target=suppressed, args=(first, NOTE + " ; " + BOMB + " }"))
        sender.start()
        until(lambda: set(copies.iterdir()) != before)
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
        sender.join()
    assert [quad.object.value for quad in kept(first)] == ["ask them"]
    with serving(folder, tmp_path / "log", *tokens) as again:
        assert holds(again, f"GRAPH <{MINE}> {{ ?s rdfs:comment 'ask them' }}")
        assert send(again, NOTE.replace("ask them", "again")).status == 204
        assert len([path for path in copies.iterdir() if path.is_dir()]) == 1
    assert len(kept(again)) == 2


def test_users_graphs_that_cannot_be_read_stop_the_start(market_folder, tmp_path, tokens):
    folder = tmp_path / "broken"
    shutil.copytree(market_folder, folder)
    for text, says in (("<x:g> {", "cannot be read"), ("<x:a> <x:b> 1 .", "which no user may change")):
        Layout(folder).users.write_text(text)
        command = [sys.executable, "-m", "chipgraph", "serve", "-g", str(folder), "--port", "0", *tokens]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert (done.returncode != 0, says in done.stderr) == (True, True)


def test_rdflib_and_sparqlwrapper_send_updates(empty):
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

    headers = {"Authorization": "Bearer battery staple"}
    store = SPARQLUpdateStore(f"{empty.url}/sparql", f"{empty.url}/sparql", headers=headers)
    graph = rdflib.Graph(store, identifier=MINE)
    graph.add((rdflib.URIRef("x:a"), rdflib.URIRef("x:b"), rdflib.Literal("by rdflib")))
    assert [str(o) for o in graph.objects()] == ["by rdflib"]
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{empty.url}/sparql")
    client.addCustomHttpHeader("Authorization", "Bearer battery staple")
    client.setMethod(wrapper.POST)
    client.setQuery("PREFIX x: <x:> DELETE WHERE { GRAPH <https://example.org/mine> { x:a x:b ?o } }")
    client.query()
    assert kept(empty) == set()


def suppressed(server: Served, text: str) -> None:
    """Sends an update to a server that will not live to answer it."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        send(server, text)


def until(holds_: Callable[[], bool]) -> None:
    end = time.monotonic() + 120  # a busy machine is given time
    while not holds_():
        assert time.monotonic() < end
        time.sleep(0.05)


def build(folder: Path, name: str) -> None:
    text = f"{name} supplies Buyer."
    paper = Document(text, f"{name}.txt")
    ends = [Entity(n.casefold(), n, "Company", n) for n in (name, "Buyer")]
    quote = Evidence(0, len(text), text)
    claim = Claim(paper.id, paper.source, ends[0], "suppliesTo", ends[1], quote, "example", confidence=0.9)
    with Builder(folder) as builder:
        builder.add(paper, [claim])
