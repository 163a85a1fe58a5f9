from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib.plugins.sparql
from rdflib import RDF, RDFS, XSD, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery

from graph.bridge import ReadOnlyStore, dataset
from graph.build import Builder
from graph.example import document, knowledge, statements
from graph.knowledge import KnowledgeGraph
from graph.store import MemoryStore
from ontology.errors import QueryRefused, StoreError
from ontology.iri import entity_iri
from ontology.namespaces import CK, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

# rdflib warns of its own property wherever it looks for a pattern.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")

CUSTOMERS = "SELECT ?o { cr:hua-hong ck:suppliesTo ?o }"
STM, MOTORS = URIRef(entity_iri("stmicroelectronics")), URIRef(entity_iri("northwind-motors"))


@pytest.fixture
def graph(tmp_path: Path) -> KnowledgeGraph:
    with Builder(tmp_path) as builder:
        builder.add(document(), statements())
    return KnowledgeGraph.open(tmp_path)


@pytest.fixture
def no_engine_of_rdflib(monkeypatch: pytest.MonkeyPatch) -> None:
    def evaluated(*_: object, **__: object) -> None:
        raise AssertionError("rdflib evaluated the query itself")

    monkeypatch.setattr("rdflib.plugins.sparql.processor.evalQuery", evaluated)


def objects(result: rdflib.query.Result) -> list[object]:
    return [row[0] for row in result]  # type: ignore[index]


def test_nothing_is_copied(graph: KnowledgeGraph) -> None:
    store = graph.to_rdflib().store
    assert isinstance(store, ReadOnlyStore)
    assert isinstance(graph.store, MemoryStore.__base__)  # type: ignore[arg-type]
    assert store._inner is graph.store.engine  # type: ignore[attr-defined]


@pytest.mark.usefixtures("no_engine_of_rdflib")
class TestNativeEngine:
    def test_text(self, graph: KnowledgeGraph) -> None:
        assert objects(graph.to_rdflib().query(CUSTOMERS)) == [STM]

    def test_prepared_queries(self, graph: KnowledgeGraph) -> None:
        prepared = prepareQuery(
            "SELECT ?o { hh: k:suppliesTo ?o }", {"hh": entity_iri("hua-hong"), "k": PREFIXES["ck"]}
        )
        assert objects(graph.to_rdflib().query(prepared)) == [STM]

    def test_base_and_bindings(self, graph: KnowledgeGraph) -> None:
        opened = graph.to_rdflib()
        assert objects(opened.query("SELECT ?o { <hua-hong> ck:suppliesTo ?o }", base=PREFIXES["cr"])) == [STM]
        bound = opened.query("ASK { ?who ck:suppliesTo ?o }", initBindings={"who": STM})
        assert bound.askAnswer is True
        for text in ("SELECT ?y { ?x ck:suppliesTo ?y }", "SELECT ?x ?y { $x ck:suppliesTo ?y }"):
            assert [row[-1] for row in opened.query(text, initBindings={"x": STM})] == [MOTORS]  # type: ignore[index]
        counted = opened.query("SELECT (COUNT(*) AS ?n) { ?x ck:suppliesTo ?y }", initBindings={"x": STM})
        assert [int(row[0]) for row in counted] == [1]  # type: ignore[index, arg-type]

    def test_one_graph(self, graph: KnowledgeGraph) -> None:
        opened = graph.to_rdflib()
        (node,) = opened.query("SELECT DISTINCT ?g { GRAPH ?g { ?c a ck:Claim } }")
        claims = "SELECT ?c { ?c a ck:Claim }"
        assert len(opened.graph(node[0]).query(claims)) == 4  # type: ignore[arg-type, index]
        assert len(opened.query(f"SELECT ?c FROM <{node[0]}> {{ ?c a ck:Claim }}")) == 4  # type: ignore[index]
        assert len(opened.query("SELECT ?c FROM <http://x.example/none> { ?c a ck:Claim }")) == 0

    def test_what_only_the_other_engine_takes_is_an_error(self, graph: KnowledgeGraph) -> None:
        with pytest.raises(QueryRefused, match="takes no 'DEBUG'"):
            graph.to_rdflib().query(CUSTOMERS, DEBUG=True)

    def test_the_fixture_sees_the_other_engine(self, graph: KnowledgeGraph) -> None:
        with pytest.raises(AssertionError, match="itself"):
            graph.to_rdflib().query(CUSTOMERS, use_store_provided=False)


def test_patterns_paths_and_prefixes(graph: KnowledgeGraph) -> None:
    opened = graph.to_rdflib()
    assert len(set(opened.subjects(RDF.type, URIRef(CK.Claim)))) == 4
    assert str(opened.value(STM, RDFS.label)) == "STMicroelectronics"
    assert opened.value(None, RDFS.label, Literal("STMicroelectronics")) == STM
    assert {prefix: str(iri) for prefix, iri in opened.namespaces()}.items() >= PREFIXES.items()
    assert len(opened) == len(KnowledgeGraph(graph.store).sparql("SELECT DISTINCT * { ?s ?p ?o }"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["SELECT * { SERVICE <http://x.example/sparql> { ?s ?p ?o } }", "SELECT", "INSERT DATA { cr:a cr:b cr:c }"],
)
def test_what_is_not_allowed_is_refused(graph: KnowledgeGraph, text: str) -> None:
    with pytest.raises(QueryRefused):
        graph.to_rdflib().query(text)


def test_prepared_queries_pass_the_same_guard(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryRefused, match="SERVICE"):
        graph.to_rdflib().query(prepareQuery("SELECT * { SERVICE <http://x.example/sparql> { ?s ?p ?o } }"))


def test_nothing_is_written() -> None:
    opened = knowledge().to_rdflib()
    size, triple = len(opened), (STM, RDFS.label, Literal("ST"))
    for change in (
        lambda: opened.add(triple),
        lambda: opened.addN([(*triple, opened.default_graph)]),
        lambda: opened.remove(triple),
        lambda: opened.update("DELETE WHERE { ?s ?p ?o }"),
        lambda: opened.parse(data="<x:a> <x:b> <x:c> .", format="nt"),
        lambda: opened.remove_graph(opened.default_graph),
    ):
        with pytest.raises(StoreError, match="open for reading"):
            change()
    assert len(opened) == size


def test_nothing_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "near.ttl").write_text("<x:a> <x:b> <x:c> .")
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = True
    opened = dataset(knowledge().store)
    assert rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS is False
    for place in ("http://x.example/data", (tmp_path / "near.ttl").as_uri()):
        text = f"SELECT * FROM <{place}> {{ ?s ?p ?o }}"
        assert len(opened.query(text)) == len(opened.query(text, use_store_provided=False)) == 0


def test_the_two_engines_differ_as_the_page_says(graph: KnowledgeGraph) -> None:
    opened, given = graph.to_rdflib(), {"x": STM}
    text = "SELECT ?x ?n { ?x ck:suppliesTo ?b { SELECT (COUNT(*) AS ?n) { ?x ck:suppliesTo ?z } } }"
    (here,), (there,) = (opened.query(text, initBindings=given, use_store_provided=native) for native in (True, False))
    assert (int(here[1]), int(there[1])) == (2, 1)  # type: ignore[index, arg-type]
    label = opened.value(STM, RDFS.label)
    assert (str(label), label) == ("STMicroelectronics", Literal("STMicroelectronics", datatype=XSD.string))
    assert label != Literal("STMicroelectronics")


def test_a_store_that_is_not_embedded_is_refused() -> None:
    class Remote:
        pass

    with pytest.raises(StoreError, match="ask this one in SPARQL"):
        dataset(Remote())  # type: ignore[arg-type]
