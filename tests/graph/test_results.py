from __future__ import annotations

import json

import pandas as pd
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from graph.example import knowledge
from graph.query import run
from graph.labels import shorten
from graph.results import Table, Triples, Verdict
from ontology.errors import QueryRefused

DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
TABLE = Table(
    ("a", "b"),
    (
        (NamedNode("https://w3id.org/chipgraph/id/tsmc"), Literal("0.5", datatype=DECIMAL)),
        (Literal("<b>,\n", language="en"), None),
        (BlankNode("x"), Literal(True)),
    ),
)


def test_rows_are_mappings_and_tuples() -> None:
    assert TABLE[0]["b"] == 0.5
    assert TABLE[0][0] == "https://w3id.org/chipgraph/id/tsmc"
    assert dict(TABLE[1]) == {"a": "<b>,\n", "b": None}
    assert TABLE[2].astuple() == ("x", True)
    with pytest.raises(KeyError):
        TABLE[0]["c"]


@pytest.mark.parametrize("syntax", ["csv", "tsv", "json", "xml"])
def test_formats_are_those_of_the_engine(syntax: str) -> None:
    from graph.results import TABLE_FORMATS

    text = "SELECT ?e ?n { VALUES (?e ?n) { (<x:a> 1) (UNDEF 'b'@en) (<x:c> 2.5) } }"
    expected = Store().query(text).serialize(format=TABLE_FORMATS[syntax])  # type: ignore[union-attr,call-overload]
    answer = run(knowledge().store, text)
    assert answer.serialize(syntax).encode() == expected


def test_json_holds_language_and_datatype() -> None:
    bindings = json.loads(TABLE.serialize("json"))["results"]["bindings"]
    assert bindings[1]["a"] == {"type": "literal", "value": "<b>,\n", "xml:lang": "en"}
    assert bindings[0]["b"]["datatype"] == DECIMAL.value


def test_wrong_formats_are_refused() -> None:
    with pytest.raises(QueryRefused, match="a table and cannot be written as 'ttl'"):
        TABLE.serialize("ttl")
    with pytest.raises(QueryRefused, match="a graph and cannot be written as 'csv'"):
        Triples(()).serialize("csv")


@pytest.mark.parametrize("syntax", ["ttl", "nt", "jsonld", "rdf"])
def test_graphs_keep_their_triples_in_every_format(syntax: str) -> None:
    import pyoxigraph

    from graph.results import GRAPH_FORMATS

    triple = Triple(NamedNode("https://w3id.org/chipgraph/id/a"), NamedNode("http://x.example/p"), Literal("b"))
    parsed = pyoxigraph.parse(Triples((triple,)).serialize(syntax), GRAPH_FORMATS[syntax])
    assert [(quad.subject, quad.predicate, quad.object) for quad in parsed] == [tuple(triple)]


def test_people_get_short_names_and_escaped_html() -> None:
    assert TABLE.to_text().splitlines()[1] == "cr:tsmc  0.5"
    assert shorten(NamedNode("urn:x")) == "<urn:x>"
    assert "&lt;b&gt;" in TABLE._repr_html_()
    assert Verdict(True).to_text() == "yes"


def test_to_pandas_and_rdflib() -> None:
    frame = TABLE.to_pandas()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == ["a", "b"]
    assert frame.loc[0, "b"] == 0.5
    triple = Triple(NamedNode("http://x.example/a"), NamedNode("http://x.example/p"), Literal("b"))
    assert len(Triples((triple,)).to_rdflib()) == 1
