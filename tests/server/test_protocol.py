"""The SPARQL 1.1 Protocol, line by line, over real HTTP and with the clients that people use."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import shutil
import subprocess
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import rdflib

SELECT = "SELECT ?s ?o { ?s ck:suppliesTo ?o } ORDER BY ?s ?o"
CONSTRUCT = "CONSTRUCT { ?s ck:suppliesTo ?o } WHERE { ?s ck:suppliesTo ?o }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def get(server: Any, query: str, accept: str = "*/*", **more: Any) -> Any:
    pairs = urlencode({"query": query, **more}, doseq=True)
    return server.ask(f"/sparql?{pairs}", headers={"Accept": accept})


def test_three_ways_of_asking_give_one_answer(server):
    by_get = get(server, SELECT)
    by_form = server.ask("/sparql", "POST", urlencode({"query": SELECT}).encode(), FORM)
    direct = server.query(SELECT)
    assert (by_get.status, by_form.status, direct.status) == (200, 200, 200)
    assert by_get.body == by_form.body == direct.body
    assert len(by_get.json()["results"]["bindings"]) > 5


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json;q=.1, text/csv;q=.9", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=0, */*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
    ],
)
def test_tables_are_negotiated(server, accept, media_type):
    answer = get(server, SELECT, accept)
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert "accept" in answer.headers["vary"].casefold()


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # by rdflib, in its own parser
def test_graphs_are_negotiated(server, accept, form):
    answer = get(server, CONSTRUCT, accept)
    assert answer.headers["content-type"].split(";")[0] == accept
    assert len(rdflib.Graph().parse(data=answer.body, format=form)) == len(
        get(server, SELECT).json()["results"]["bindings"]
    )


@pytest.mark.parametrize(("query", "accept"), [(SELECT, "image/png"), (SELECT, "text/turtle"), (CONSTRUCT, "text/csv")])
def test_what_no_format_fits_is_406(server, query, accept):
    assert get(server, query, accept).status == 406


def test_a_description_is_a_graph(server):
    answer = get(server, "DESCRIBE cr:aster-fab", "text/turtle")
    assert answer.headers["content-type"].split(";")[0] == "text/turtle"
    assert len(rdflib.Graph().parse(data=answer.body, format="turtle")) > 3


def test_tables_hold_the_same_in_all_formats(server):
    rows = [(b["s"]["value"], b["o"]["value"]) for b in get(server, SELECT).json()["results"]["bindings"]]
    as_csv = list(csv.reader(io.StringIO(get(server, SELECT, "text/csv").text, newline="")))
    as_tsv = [line.split("\t") for line in get(server, SELECT, "text/tab-separated-values").text.splitlines()]
    assert as_csv == [["s", "o"], *map(list, rows)]
    assert as_tsv == [["?s", "?o"], *([f"<{s}>", f"<{o}>"] for s, o in rows)]


def test_form_is_decoded_once(server):
    query = 'SELECT ("a%41+b" AS ?x) {}'
    answer = server.ask("/sparql", "POST", urlencode({"query": query}).encode(), FORM)
    assert answer.json()["results"]["bindings"][0]["x"]["value"] == "a%41+b"


def test_relative_iris_are_ids_of_the_graph(server):
    assert get(server, "ASK { <aster-fab> rdfs:label ?name }").json()["boolean"] is True


COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def count(server: Any, query: str = COUNT, **graphs: Any) -> int:
    return int(get(server, query, "text/csv", **graphs).text.splitlines()[1])


def test_graphs_of_the_request_are_what_is_read(server):
    facts = "https://w3id.org/chipgraph/id/graph/facts"
    document = get(
        server, "SELECT DISTINCT ?g { GRAPH ?g { ?c a ck:Claim } } ORDER BY ?g", "text/csv"
    ).text.splitlines()[1]
    assert count(server, **{"default-graph-uri": "http://x.example/none"}) == 0
    assert 0 < count(server, **{"default-graph-uri": facts}) < count(server)
    assert 0 < count(server, **{"default-graph-uri": document}) < count(server)
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(server, named, **{"named-graph-uri": document}) == 1
    assert count(server, COUNT, **{"named-graph-uri": document}) == 0
    both = f"SELECT (COUNT(*) AS ?n) FROM <{document}> {{ ?s ?p ?o }}"
    assert count(server, both, **{"default-graph-uri": "http://x.example/none"}) == 0


@pytest.mark.parametrize(
    ("path", "method", "body", "headers", "status"),
    [
        ("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "GET", None, {}, 400),
        ("/sparql?query=SELECT", "GET", None, {}, 400),
        ("/sparql?query=", "GET", None, {}, 400),
        ("/sparql?query=ASK%7B%7D&default-graph-uri=nowhere", "GET", None, {}, 400),
        ("/sparql?query=ASK%7B%7D%FF", "GET", None, {}, 400),
        ("/sparql", "POST", b"ASK{}", {}, 415),
        ("/sparql", "POST", b"ASK{}", {"Content-Type": "text/plain"}, 415),
        ("/sparql", "POST", b"ASK{ ?s ?p '\xff' }", {"Content-Type": "application/sparql-query"}, 400),
        ("/sparql?query=ASK%7B%7D", "POST", b"ASK{}", {"Content-Type": "application/sparql-query"}, 400),
        ("/sparql", "POST", b"", FORM, 400),
        ("/sparql", "POST", b"update=CLEAR+ALL", FORM, 403),
        ("/sparql", "POST", b"CLEAR ALL", {"Content-Type": "application/sparql-update"}, 403),
        ("/sparql?query=INSERT%20DATA%20%7B%7D", "GET", None, {}, 403),
        ("/sparql", "PUT", b"ASK{}", {}, 405),
        ("/sparql", "DELETE", None, {}, 405),
    ],
)
def test_what_breaks_the_protocol_is_refused(server, path, method, body, headers, status):
    answer = server.ask(path, method, body, headers)
    assert answer.status == status
    assert answer.json()["error"].endswith((".", "?"))


def test_who_asks_again_gets_the_answer_that_was_kept(server):
    def given() -> int:
        return int(re.search(r"^chipgraph_answers_kept_total (\d+)", server.ask("/metrics").text, re.MULTILINE)[1])

    query = "SELECT ?l { cr:aster-fab rdfs:label ?l } # asked twice"
    first, before = get(server, query), given()
    assert get(server, query).body == first.body
    assert get(server, query, "text/csv").text == "l\r\nAster Fab\r\n"
    assert given() == before + 1


@pytest.mark.parametrize("random", ["NOW()", "RAND()", "STRUUID()", "Str(UuId())"])
def test_what_differs_each_time_is_asked_each_time(server, random):
    answers = [get(server, f"SELECT ({random} AS ?x) {{}}") for _ in range(2)]
    assert answers[0].body != answers[1].body
    assert "etag" not in answers[0].headers


def test_head_and_options(server):
    whole, head = get(server, SELECT), server.ask(f"/sparql?query={quote(SELECT)}", "HEAD")
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", whole.headers["etag"])
    options = server.ask("/sparql", "OPTIONS")
    assert (options.status, options.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert "access-control-allow-origin" not in options.headers


def test_an_answer_that_has_not_changed_is_not_sent_again(server):
    tag = get(server, SELECT).headers["etag"]
    again = server.ask(f"/sparql?query={quote(SELECT)}", headers={"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")
    other = server.ask(f"/sparql?query={quote(SELECT)}", headers={"If-None-Match": tag, "Accept": "text/csv"})
    assert other.status == 200
    assert other.headers["etag"] != tag
    posted = server.ask("/sparql", "POST", urlencode({"query": SELECT}).encode(), FORM | {"If-None-Match": tag})
    assert posted.status == 200


def test_long_answers_are_compressed(server):
    answer = server.ask(f"/sparql?query={quote(SELECT)}", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body) == get(server, SELECT).body


@pytest.mark.parametrize("accept", ["text/turtle", "*/*", "application/rdf+xml", "text/html;q=0.1, text/turtle"])
def test_the_service_describes_itself(server, accept):
    answer = server.ask("/sparql", headers={"Accept": accept})
    kind = "xml" if "rdf+xml" in answer.headers["content-type"] else "turtle"
    found = rdflib.Graph().parse(data=answer.body, format=kind)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = found.value(None, rdflib.RDF.type, sd.Service)
    assert str(found.value(service, sd.endpoint)) == f"{server.url}/sparql"
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in found
    (size,) = found.objects(None, rdflib.URIRef("http://rdfs.org/ns/void#triples"))
    assert int(size) == count(server)


def test_sparqlwrapper(server):
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{server.url}/sparql")
    for method in (wrapper.GET, wrapper.POST):
        client.setMethod(method)
        client.setReturnFormat(wrapper.JSON)
        client.setQuery("PREFIX ck: <https://w3id.org/chipgraph/ontology#> " + SELECT)
        assert client.queryAndConvert() == get(server, SELECT).json()
    client.setReturnFormat(wrapper.TURTLE)
    client.setQuery(CONSTRUCT.replace("ck:suppliesTo", "<https://w3id.org/chipgraph/ontology#suppliesTo>"))
    assert b"suppliesTo" in client.queryAndConvert()


def test_rdflib_store(server):
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    supplies = rdflib.URIRef("https://w3id.org/chipgraph/ontology#suppliesTo")
    graph = rdflib.Graph(SPARQLStore(f"{server.url}/sparql"))
    wanted = {(b["s"]["value"], b["o"]["value"]) for b in get(server, SELECT).json()["results"]["bindings"]}
    assert {(str(s), str(o)) for s, o in graph.subject_objects(supplies)} == wanted


def test_curl(server):
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    command = ["curl", "-sf", "--compressed", f"{server.url}/sparql", "--data-urlencode", f"query={SELECT}"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert json.loads(done.stdout) == get(server, SELECT).json()
