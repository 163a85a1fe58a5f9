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
        "load silent <http://example.org/> into graph <x:g>",
        "SELECT * { ?s ?p ?o } ; LOAD <http://example.org/>",
        "SELECT * { \\u0053ERVICE <http://example.org/> {} }",
        "SELECT * { ?s ?p '\\u0027 SERVICE <http://example.org/> {} #' }",
        "SELECT * { ?s ?p ?o OPTIONAL { { SELECT * { SERVICE<http://example.org/>{} } } } }",
        "SELECT * { FILTER NOT EXISTS { service\t<http://example.org/> {} } }",
        "SELECT * { MINUS { SERVICE # here\n <http://example.org/> {} } }",
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


def test_service_passes_where_it_is_allowed_and_nothing_else_does() -> None:
    check("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", allow_service=True)
    with pytest.raises(QueryRefused, match="LOAD is not allowed: a graph changes only"):
        check("LOAD <http://example.org/>", allow_service=True)


@pytest.mark.parametrize(
    "chain",
    [
        "ASK { FILTER(" + "!" * 12_000 + "true) }",
        "ASK { FILTER(0 < " + "1+" * 9_000 + "1) }",
        "ASK { FILTER(" + "?a||" * 9_000 + "?a) }",
        "ASK { ?a " + "ck:x/" * 5_000 + "ck:x ?b }",
        "ASK { ?a ?b " + "?c," * 9_000 + "?c }",
        "SELECT " + " ".join(f"(1 AS ?a{n})" for n in range(4_000)) + " {}",
    ],
    ids=["not", "sum", "or", "path", "objects", "columns"],
)
def test_chains_that_overflow_the_stack_are_refused(chain: str) -> None:
    with pytest.raises(QueryRefused, match="over 5000 words and signs"):
        check(chain)


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


def test_a_text_that_passed_once_is_refused_where_less_is_allowed_and_each_time_anew() -> None:
    elsewhere, change = "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "INSERT DATA { <x:a> <x:p> 1 }"
    check(elsewhere, allow_service=True)
    check(change, allow_changes=True)
    for _ in range(2):
        with pytest.raises(QueryRefused, match="SERVICE is not allowed"):
            check(elsewhere)
        with pytest.raises(QueryRefused, match="INSERT is not allowed"):
            check(change, allow_service=True)
    check(elsewhere, allow_service=True)
