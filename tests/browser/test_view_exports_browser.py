"""What the view exports, in a real browser, read back and counted."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
import rdflib
from exports import exported

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser


def test_exports_hold_what_is_shown(open_view: Callable[..., Any]) -> None:
    page = open_view(12)
    table = list(csv.DictReader(io.StringIO(exported(page, "CSV").read_text("utf-8-sig"))))
    assert len(table) == 21
    assert {row["stance"] for row in table} == {"fact", "planned", "forecast", "possible", "denied", "negated"}
    graph = nx.parse_graphml(exported(page, "GraphML").read_text("utf-8"), force_multigraph=True)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (14, 21)
    drawn = nx.read_gexf(io.BytesIO(exported(page, "GEXF").read_bytes()), version="1.3")
    assert (drawn.number_of_nodes(), drawn.number_of_edges()) == (14, 21)
    drawing = ET.fromstring(exported(page, "SVG").read_text("utf-8"))
    assert len(drawing.findall(".//{*}title")) == 14
    assert {"imposes", "leads", "Ida Castell"} <= {text.text for text in drawing.findall(".//{*}text")}
    assert exported(page, "PNG").read_bytes().startswith(b"\x89PNG")


def test_turtle_holds_the_selection_in_the_words_of_the_graph(open_view: Callable[..., Any]) -> None:
    page = open_view(12)
    graph = rdflib.Graph().parse(exported(page, "Turtle"), format="turtle")
    count = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a ck:%s }"
    assert [int(next(iter(graph.query(count % kind)))[0]) for kind in ("Claim", "Observation", "Document")] == [
        22,
        4,
        4,
    ]
    asked = graph.query(
        "SELECT ?o ?quote { cr:lowland-litho ck:suppliesTo ?o . ?c rdf:subject cr:lowland-litho ;"
        " rdf:predicate ck:suppliesTo ; prov:wasDerivedFrom/oa:hasSelector/oa:exact ?quote }"
    )
    assert [(str(o).rsplit("/")[-1], str(quote)) for o, quote in asked] == [
        ("hua-hong", "Lowland Litho supplies Hua Hong Semiconductor with scanners.")
    ]
    assert not graph.query("ASK { cr:tamar-group ck:acquires cr:helvia }").askAnswer
    page.locator(".facet-family li", has_text="Ownership").locator("input").uncheck()
    fewer = rdflib.Graph().parse(exported(page, "Turtle"), format="turtle")
    assert int(next(iter(fewer.query(count % "Claim")))[0]) == 22 - 3
