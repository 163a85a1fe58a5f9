from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from graph.example import knowledge
from graph.labels import shorten
from graph.query import run
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


@pytest.mark.parametrize("syntax", ["ttl", "trig", "nt", "nq", "jsonld", "rdf"])
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


def test_names_stand_for_iris_and_their_columns_for_nothing() -> None:
    pattern = "cr:hua-hong ?p ?c . ?c rdfs:label ?c_label . ?p a ck:Relation . BIND('x' AS ?n_label)"
    answer = run(knowledge().store, f"SELECT ?c ?c_label ?n_label ?p {{ {pattern} }}")
    assert isinstance(answer, Table)
    columns, rows = answer.shown()
    assert columns == ("c", "n_label", "p")
    assert ("STMicroelectronics", "x", "makes chips for") in rows
    assert answer.shown(ids=True)[0] == answer.columns
    assert "cr:stmicroelectronics" in answer.to_text(ids=True)
    assert "STMicroelectronics" in answer._repr_html_()
    assert ",makes chips for\r\n" in answer.serialize("sheet")


def test_documents_go_by_their_headline() -> None:
    answer = run(knowledge().store, "SELECT ?d { ?d a ck:Document }")
    assert answer.to_text().splitlines()[1] == "An invented note"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=3))
def test_a_sheet_runs_nothing_and_csv_changes_nothing(cells: list[str]) -> None:
    table = Table(tuple(f"c{n}" for n in range(len(cells))), (tuple(map(Literal, cells)),))
    safe = list(csv.reader(io.StringIO(table.serialize("sheet").removeprefix("\ufeff"), newline="")))[1]
    assert not any(cell.lstrip(" ").startswith(("=", "@", "\t", "\r", "\n")) for cell in safe)
    assert [shown.removeprefix("'") for shown in safe] == [cell.removeprefix("'") for cell in cells]
    if cells != [""]:  # a row of one empty cell is an empty line
        assert list(csv.reader(io.StringIO(table.serialize("csv"), newline="")))[1] == cells


def test_numbers_stay_numbers_in_a_sheet() -> None:
    table = Table(("n",), tuple((Literal(text),) for text in ("-3.5", "+1e3", "-3+4", "=1+1", " =1", "a-b")))
    assert table.serialize("sheet").split("\r\n")[1:-1] == ["-3.5", "+1e3", "'-3+4", "'=1+1", "' =1", "a-b"]


def test_to_polars() -> None:
    pl = pytest.importorskip("polars", reason="needs polars")
    mixed = Table(
        ("n", "m", "empty"),
        ((Literal(1), Literal("x"), None), (Literal(2.5), Literal(3), None), (None, None, None)),
    )
    frame = mixed.to_polars()
    assert frame.rows() == [(1.0, "x", None), (2.5, "3", None), (None, None, None)]
    assert frame.dtypes == [pl.Float64, pl.String, pl.Null]
    assert Table(("a",), ()).to_polars().shape == (0, 1)


def test_to_pandas_and_rdflib() -> None:
    frame = TABLE.to_pandas()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == ["a", "b"]
    assert frame.loc[0, "b"] == 0.5
    triple = Triple(NamedNode("http://x.example/a"), NamedNode("http://x.example/p"), Literal("b"))
    assert len(Triples((triple,)).to_rdflib()) == 1
