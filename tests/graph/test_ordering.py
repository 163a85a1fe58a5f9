"""Patterns that the engine takes in the order given are given in a good one, and all else stays as it was written."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph.example import market
from graph.ordering import Ordered
from graph.patterns import read
from graph.query import run
from graph.results import Table
from graph.store import MemoryStore
from ontology.errors import QueryRefused
from ontology.namespaces import PREFIXES

CLAIMS = 500


@pytest.fixture(scope="module")
def engine() -> ox.Store:
    """A claim for each of many firms, two of them rare."""
    lines = ["x:rare a ck:Claim ; rdf:subject cr:one ; rdf:object cr:two ."]
    lines += [f"<x:{n}> a ck:Claim ; rdf:subject cr:one ; rdf:object <x:o{n}> ." for n in range(CLAIMS)]
    lines += ["x:other ck:metric ck:metric-revenue ."]
    known = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    store = ox.Store()
    store.load(f"{known} PREFIX x: <x:>\n {' '.join(lines)}", format=ox.RdfFormat.TURTLE)
    return store


def better(engine: ox.Store, text: str) -> str:
    return Ordered(engine).better(text, {"prefixes": dict(PREFIXES)})


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (
            "ASK { ?c a ck:Claim . ?c rdf:subject cr:one . ?c rdf:object cr:two }",
            "ASK { ?c rdf:object cr:two . ?c a ck:Claim . ?c rdf:subject cr:one . }",
        ),
        (
            "ASK{?c a ck:Claim;rdf:subject cr:one,?s;rdf:object cr:two. MINUS{?c ?p 1}}",
            "ASK{?c rdf:object cr:two . ?c a ck:Claim . ?c rdf:subject ?s . ?c rdf:subject cr:one . MINUS{?c ?p 1}}",
        ),
        (
            "ASK { ?c a ck:Claim FILTER(?c != cr:x) ?c rdf:object cr:two FILTER EXISTS { ?c ck:time ?t } }",
            "ASK { ?c rdf:object cr:two . FILTER(?c != cr:x) ?c a ck:Claim . FILTER EXISTS { ?c ck:time ?t } }",
        ),
        (
            "PREFIX n: <x:> SELECT ?c { { SELECT ?c { ?c a ck:Claim ; a n:Nothing } LIMIT 1 } ?c ck:a|^ck:b ?d }",
            "PREFIX n: <x:> SELECT ?c { { SELECT ?c { ?c a n:Nothing . ?c a ck:Claim . } LIMIT 1 } ?c ck:a|^ck:b ?d }",
        ),
        ("ASK { ?c rdf:object ?o . ?d ck:metric ?m }", "ASK { ?d ck:metric ?m . ?c rdf:object ?o . }"),
    ],
    ids=["rare first", "lists", "filters", "a query within", "nothing given"],
)
def test_a_rare_pattern_comes_first(engine: ox.Store, given: str, wanted: str) -> None:
    assert better(engine, given) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?c rdf:object cr:two . ?c a ck:Claim }",
        "ASK { cr:one ck:suppliesTo ?o . ?o rdfs:label ?name }",
        "SELECT ?p (COUNT(?c) AS ?n) { ?c rdf:predicate ?p ; ck:polarity ck:affirmed } GROUP BY ?p",
        "ASK { ?c a ck:Claim . OPTIONAL { ?c rdf:object cr:two } }",
        "ASK { ?c ck:time ?t . OPTIONAL { ?c a ck:Claim . ?c rdf:object cr:two } }",
        "CONSTRUCT { ?c a ck:Claim . ?c rdf:object cr:two } WHERE { ?c rdf:object ?o }",
        "ASK { ?c a ck:Claim . [] rdf:object cr:two }",
        "ASK { ?c a ck:Claim ; rdf:object cr:two ; ck:list (1 2) }",
        "ASK { << ?c a ck:Claim >> rdf:object cr:two . ?c a ck:Claim }",
        r"ASK { ?c a ck:Claim . ?c rdf:object cr:two . ?c rdfs:label '\u007D' }",
        "ASK { VALUES (?c ?d) { (ck:Claim cr:two) } SERVICE <x:y> { ?c a ck:Claim ; rdf:object cr:two } ?c ck:a ck:b }",
        "DESCRIBE cr:one",
        "no query at all { ?c a ck:Claim . ?c rdf:object cr:two",
    ],
)
def test_what_has_a_good_order_or_is_not_understood_stays(engine: ox.Store, text: str) -> None:
    assert better(engine, text) == text


def test_the_rows_are_those_of_the_query_as_it_was_given(engine: ox.Store) -> None:
    text = "SELECT ?c ?o { ?c a ck:Claim ; rdf:subject cr:one . # all\n ?c rdf:object cr:two , ?o }"
    found = [Ordered(engine).query(text, prefixes=dict(PREFIXES)), engine.query(text, prefixes=dict(PREFIXES))]
    ours, bare = (sorted(map(str, answer)) for answer in found)  # type: ignore[arg-type]
    assert ours == bare != []


def test_a_mistake_is_shown_where_it_stands_in_the_query_as_it_was_given(engine: ox.Store) -> None:
    store = MemoryStore(engine)
    text = "SELECT ?c {\n ?c a ck:Claim . ?c rdf:object cr:two .\n ?c rdf:subject ?s } ORDERED BY ?s"
    assert read(text).blocks
    with pytest.raises(QueryRefused, match="3:29: expected BY"):
        run(store, text)


def test_a_query_with_a_time_limit_gives_the_same_rows() -> None:
    store = market().store
    text = "SELECT ?c { ?c a ck:Claim ; ck:polarity ck:affirmed ; rdf:subject cr:aster-fab } ORDER BY ?c"
    here, apart = run(store, text), run(store, text, timeout=20)
    assert isinstance(here, Table)
    assert here == apart
    assert len(here) > 0
