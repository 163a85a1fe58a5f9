"""One suite for every store: what `graph.store.Store` promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples

from graph.reasons import StoreDamaged, StoreLocked
from graph.remote.push import put
from graph.remote.store import RemoteStore
from graph.remote.writing import writer
from graph.store import DiskStore, MemoryStore
from ontology.errors import QueryRefused, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graph.remote.servers import Addresses
    from graph.store import Store

A, B, P, Q, G = (NamedNode(f"http://x.example/{name}") for name in "abpqg")
QUADS = [Quad(A, P, B), Quad(A, Q, Literal("text"), G), Quad(B, P, A, G)]


def in_memory(_: Path) -> Store:
    return MemoryStore(QUADS)


def on_disk(path: Path) -> Store:
    writer = DiskStore(path / "live", writable=True)
    writer.engine.extend(QUADS)
    return writer


def published(path: Path) -> Store:
    writer = DiskStore(path / "live", writable=True)
    writer.engine.extend(QUADS)
    writer.publish(path / "1")
    writer.engine.clear()
    return DiskStore(path / "1")


def taken_into_memory(path: Path) -> Store:
    writer = DiskStore(path / "live", writable=True)
    writer.engine.extend(QUADS)
    writer.publish(path / "1")
    copy = DiskStore(path / "1")
    copy.move_into_memory()
    return copy


@pytest.fixture(params=[in_memory, on_disk, published, taken_into_memory, "oxigraph_server", "virtuoso_server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    make: Callable[[Path], Store] | str = request.param
    return on_server(request.getfixturevalue(make)) if isinstance(make, str) else make(tmp_path)


def on_server(at: Addresses) -> Store:
    store = RemoteStore(at.query, at.update, at.graphs)
    for name in store.graphs():
        writer(store).delete(name)
    for graph in (DefaultGraph(), G):
        put(store, graph, [quad for quad in QUADS if quad.graph_name == graph])
    return store


def rows(store: Store, text: str, union: bool = True) -> int:
    answer = store.query(text, union)
    assert isinstance(answer, QuerySolutions)
    return len(list(answer))


def test_patterns(store: Store) -> None:
    assert len(store) == 3
    assert {quad.object for quad in store.quads(A)} == {B, Literal("text")}
    assert [quad.subject for quad in store.quads(None, P, A)] == [B]
    assert len(list(store.quads(None, None, None, G))) == 2
    assert list(store.quads(P)) == []


def test_several_subjects_at_once(store: Store) -> None:
    assert {(quad.subject, quad.object) for quad in store.quads_of([A, P, B])} == {
        (A, B),
        (A, Literal("text")),
        (B, A),
    }
    assert [quad.graph_name for quad in store.quads_of([B, A], P, G)] == [G]
    assert list(store.quads_of([])) == []
    many = [NamedNode(f"http://x.example/{n}") for n in range(450)]
    assert sorted(quad.object.value for quad in store.quads_of([*many, A, B], P)) == [A.value, B.value]


def test_several_values_at_once(store: Store) -> None:
    assert {(quad.subject, quad.object) for quad in store.quads_to([A, P, B])} == {(A, B), (B, A)}
    assert [quad.graph_name for quad in store.quads_to([A], P, G)] == [G]
    assert list(store.quads_to([])) == []
    many = [NamedNode(f"http://x.example/{n}") for n in range(450)]
    assert sorted(quad.subject.value for quad in store.quads_to([*many, A, B], P)) == [A.value, B.value]


def test_union_and_default_graph(store: Store) -> None:
    assert rows(store, "SELECT * { ?s ?p ?o }") == 3
    assert rows(store, "SELECT * { ?s ?p ?o }", union=False) == 1
    assert rows(store, "SELECT * { GRAPH ?g { ?s ?p ?o } }", union=False) == 2


def test_prefixes_are_known_and_errors_are_ours(store: Store) -> None:
    assert isinstance(store.query("ASK { ?c a ck:Claim }"), QueryBoolean)
    with pytest.raises(QueryRefused, match="cannot be read"):
        store.query("SELECT")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * {\n ?s ck:foo }", "line 2, column 12, before '}'."),
        ("SELECT * { ?s ck:foo ?o", "at its end."),
        ("PREFIX ex: <http://x.example/> SELECT * { ex:a xx:foo ?o }", "declare the prefix xx: or use ck, cr,"),
    ],
)
def test_where_a_query_stops_being_one(store: Store, text: str, said: str) -> None:
    with pytest.raises(QueryRefused) as caught:
        store.query(text)
    assert said in str(caught.value)


def test_graphs_come_as_triples_and_literals_keep_their_kind(store: Store) -> None:
    answer = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(isLiteral(?o)) }")
    assert isinstance(answer, QueryTriples)
    assert [triple.object for triple in answer] == [Literal("text")]
    assert [quad.graph_name for quad in store.quads(A, Q)] == [G]
    assert [quad.graph_name for quad in store.quads(A, P)] == [DefaultGraph()]


def test_from_says_what_is_read(store: Store) -> None:
    assert rows(store, f"SELECT * FROM {G} {{ ?s ?p ?o }}", union=False) == 2


def test_no_store_changes_by_a_query(store: Store) -> None:
    with pytest.raises(QueryRefused):
        store.query("DELETE WHERE { ?s ?p ?o }")
    assert len(store) == 3


def test_disk_errors(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run `chipgraph build` first"):
        DiskStore(tmp_path / "none")
    writer = DiskStore(tmp_path / "live", writable=True)
    with pytest.raises(StoreLocked):
        DiskStore(tmp_path / "live", writable=True)
    writer.publish(tmp_path / "1")
    (tmp_path / "1" / "CURRENT").write_text("garbage")
    with pytest.raises(StoreDamaged, match="delete that folder"):
        DiskStore(tmp_path / "1")
