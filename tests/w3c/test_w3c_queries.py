"""SPARQL queries of w3c/rdf-tests asked over HTTP: right wherever the engine alone is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import rdf_tests
from rdf_tests import Case

from graph import guard
from graph.patterns import read, write

if TYPE_CHECKING:
    from serving import Reply, Served

NOWHERE = "urn:nowhere"
# How many pass at least: raised when more do.
FLOORS = {"sparql10": 424, "sparql11": 281}


@pytest.mark.parametrize("suite", sorted(FLOORS))
def test_the_server_is_right_wherever_the_engine_is(server, data, counts, suite):
    whole = ox.Store()
    whole.bulk_extend(data)
    cases = rdf_tests.cases(suite)
    by_server = {case.name for case in cases if passes(case, server)}
    by_engine = {case.name for case in cases if passes(case, whole)}
    counts.append(f"{suite}: {len(by_server)} of {len(cases)} pass over HTTP, {len(by_engine)} in the engine alone")
    counts.append(f"  neither: {', '.join(sorted({case.name for case in cases} - by_server - by_engine))}")
    assert sorted(by_engine - by_server) == []
    assert len(by_server) >= FLOORS[suite]


@pytest.mark.parametrize("suite", sorted(FLOORS))
def test_the_order_of_patterns_changes_no_answer(data, suite):
    whole = ox.Store()
    whole.bulk_extend(data)
    cases = [case for case in rdf_tests.cases(suite) if not case.kind.endswith("syntax") and in_engine(case, whole)]
    turned = {case.name: backwards(case.text) for case in cases}
    assert sum(turned[case.name] != case.text for case in cases) > 20
    assert [case.name for case in cases if not in_engine(case, whole, turned[case.name])] == []


def backwards(text: str) -> str:
    """A query with the patterns of each block in the opposite order."""
    return write(text, [(block, [p for run in block for p in run.patterns][::-1]) for block in read(text).blocks])


def passes(case: Case, asked: Served | ox.Store) -> bool:
    if case.kind.endswith("syntax"):
        return reads(case, asked) == (case.kind == "good syntax")
    if isinstance(asked, ox.Store):
        return in_engine(case, asked)
    if case.kind == "csv":
        return rdf_tests.same_csv(case.result.read_bytes(), ask(asked, case, "text/csv").body)
    answer = ask(asked, case, ACCEPTED.get(case.result.suffix, "*/*"))
    return answer.status == 200 and rdf_tests.same(rdf_tests.expected(case), parsed(answer), case.lax)


ACCEPTED = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
    ".nt": "application/n-triples",
}


def ask(server: Served, case: Case, accept: str) -> Reply:
    """The answer to the query of a test, its files named as the dataset unless the query names its own."""
    named = [("named-graph-uri", path.as_uri()) for path in case.graphs]
    default = [("default-graph-uri", rdf_tests.as_default(path)) for path in case.data]
    dataset = [] if guard.names_graphs(case.text) else [*default, *named] or [("default-graph-uri", NOWHERE)]
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    return server.ask(f"/sparql?{urlencode(dataset)}", "POST", case.text.encode(), headers)


def parsed(answer: Reply) -> Any:
    kind = answer.headers["content-type"].partition(";")[0]
    form = ox.QueryResultsFormat.from_media_type(kind)
    if form is not None:
        return rdf_tests.answered(ox.parse_query_results(answer.body, format=form))
    return frozenset(ox.parse(answer.body, format=ox.RdfFormat.from_media_type(kind)))


def reads(case: Case, asked: Served | ox.Store) -> bool:
    """True where the query is read; what it calls need not be known."""
    if not isinstance(asked, ox.Store):
        answer = ask(asked, case, "*/*")
        return answer.status == 200 or "cannot be answered" in answer.text
    try:
        ox.Store().query(case.text)
    except SyntaxError:
        return False
    except RuntimeError:
        return True
    return True


def in_engine(case: Case, whole: ox.Store, text: str | None = None) -> bool:
    """True where the engine alone is right; text: the query in other words."""
    store = whole
    if not guard.names_graphs(case.text):
        store = ox.Store()
        for path in case.data:
            store.bulk_extend(rdf_tests.quads(path, ox.DefaultGraph()))
        for path in case.graphs:
            store.bulk_extend(rdf_tests.quads(path, ox.NamedNode(path.as_uri())))
    try:
        found = store.query(text or case.text)
        if case.kind == "csv":
            return rdf_tests.same_csv(case.result.read_bytes(), found.serialize(format=ox.QueryResultsFormat.CSV))
        return rdf_tests.same(rdf_tests.expected(case), rdf_tests.answered(found), case.lax)
    except (SyntaxError, RuntimeError):
        return False
