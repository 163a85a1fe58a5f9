from __future__ import annotations

import pytest

from graph.guard import MAX_DEPTH, check, fill
from ontology.errors import QueryRefused


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { sErViCe SILENT ?x { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE<http://example.org/>{} } }",
        "LOAD <http://example.org/>",
        "INSERT DATA { <x:a> <x:p> 1 }",
        "PREFIX a: <x:> \n delete where { ?s ?p ?o }",
        "CLEAR ALL",
        "SELECT * { ?s ?p '# no comment' SERVICE <http://example.org/> {} }",
        "SELECT * { ?s ?p <http://example.org/#x> . SERVICE <http://example.org/> {} }",
        "ASK { ?a <x:p> ?b FILTER(?a<?b)SERVICE#>\n<http://example.org/>{} }",
        "ASK { ?a <x:p> ?b FILTER(?a<?b)#>'''\n SERVICE <http://example.org/> {} #''' \n }",
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(QueryRefused):
        check(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service ?load { ?service a ck:Service ; ex:load ?load }",
        "SELECT * { ?s rdfs:label 'SERVICE', \"LOAD\", '''drop\n'SERVICE'''  # SERVICE of a comment\n }",
        "SELECT * { ?s <http://example.org/SERVICE#load> ?o . FILTER(?o < 3 && ?o > 1) }",
        "SELECT * { ?s ?p 'it\\'s SERVICE' }",
        "SELECT * { ?s ?p 'x'@en . ?s <urn:load> ?o }",
    ],
)
def test_let_through(text: str) -> None:
    check(text)
    assert fill(text, {}) == text


def test_nesting_and_length_are_limited() -> None:
    check("ASK " + "{" * MAX_DEPTH + "}" * MAX_DEPTH)
    for bomb in ("ASK " + "{" * 5_000 + "}" * 5_000, "ASK {" + "MINUS{}" * 6_000 + "}", "ASK { FILTER(" + "(" * 5_000):
        with pytest.raises(QueryRefused, match="nests"):
            check(bomb)
    with pytest.raises(QueryRefused, match="characters"):
        check("ASK {}" + " " * 70_000)


def test_parameters_fill_variables_only() -> None:
    text = "ASK { $who ?p '$who' } # $who"
    assert fill(text, {"who": "<x:a>"}) == "ASK { <x:a> ?p '$who' } # $who"
    with pytest.raises(QueryRefused, match="no parameter \\$whom"):
        fill(text, {"whom": "<x:a>"})
