"""The SPARQL Protocol and the Service Description by w3c/rdf-tests, against the command that users start."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import rdf_tests
import rdflib
from rdf_tests import MF
from rdflib.collection import Collection
from rdflib.namespace import RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from serving import Reply, Served

HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
TABLES = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
MEDIA = {
    "boolean": TABLES[:2],
    "tabular": TABLES,
    "RDF": ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"),
}
# Its address is encoded once more than it should be: two names of graphs come as one. It is sent as it is meant.
TWICE = ("%26named-graph-uri%3D", "&named-graph-uri=")
FLOOR = {False: 27, True: 34}  # on a server that takes no updates, and on one that does


def requests(graph: rdflib.Graph, test: Any) -> Iterator[Any]:
    action = graph.value(test, MF.action)
    listed = graph.value(action, HT.requests) if action is not None else None
    return iter(Collection(graph, listed) if listed is not None else ())


def send(server: Served, graph: rdflib.Graph, request: Any, token: str = "") -> Reply:
    headers = {
        str(graph.value(h, HT.fieldName)): str(graph.value(h, HT.fieldValue))
        for listed in graph.objects(request, HT.headers)
        for h in Collection(graph, listed)
    }
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    body = graph.value(request, HT.body)
    encoding = str(graph.value(body, CNT.characterEncoding)) if body is not None else ""
    data = str(graph.value(body, CNT.chars)).encode(encoding) if body is not None else None
    asked = urlsplit(str(graph.value(request, HT.absolutePath))).query.replace(*TWICE)
    return server.ask(f"/sparql?{asked}", str(graph.value(request, HT.methodName)), data, headers)


def is_expected(answer: Reply, graph: rdflib.Graph, told: Any) -> bool:
    allowed = {str(s)[-3] for s in graph.objects(told, MF.expectedStatus)}
    wanted, verdict = graph.value(told, MF.expectedFormat), graph.value(told, MF.expectedBoolean)
    media_type = answer.headers.get("content-type", "").partition(";")[0]
    return (
        str(answer.status)[0] in allowed
        and (wanted is None or media_type in MEDIA[str(wanted)])
        and (verdict is None or answer.json()["boolean"] is verdict.toPython())
    )


@pytest.mark.parametrize("updates", [False, True], ids=["read-only", "writable"])
def test_the_protocol(request, counts, token, updates):
    server = request.getfixturevalue("writable" if updates else "server")
    graph, tests = rdf_tests.entries(rdf_tests.ROOT / "sparql11" / "protocol" / "manifest.ttl")
    outcome: Counter[str] = Counter()
    failed = []
    for test in tests:
        name = str(test).rpartition("#")[2]
        asked = list(requests(graph, test))
        if (name.startswith("update_") and not updates) or not asked:  # the oldest manifests have no requests
            outcome["left out"] += 1
            continue
        answers = [(send(server, graph, one, token), graph.value(one, HT.resp)) for one in asked]
        if all(is_expected(answer, graph, told) for answer, told in answers):
            outcome["passed"] += 1
        else:
            failed.append(name)
    mode = "with a token for updates" if updates else "read-only"
    counts.append(f"protocol, {mode}: {outcome['passed']} of {len(tests)} pass, {outcome['left out']} are left out")
    assert failed == []
    assert outcome["passed"] >= FLOOR[updates]


def test_changes_of_the_protocol_are_refused_and_change_nothing(server, counts):
    graph, tests = rdf_tests.entries(rdf_tests.ROOT / "sparql11" / "protocol" / "manifest.ttl")
    size = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    before, refused = server.query(size, "text/csv").body, 0
    for test in tests:
        asked = list(requests(graph, test))
        if str(test).rpartition("#")[2].startswith("update_") and asked:
            answer = send(server, graph, asked[0])  # those that follow ask what the first has changed
            assert (answer.status, "read-only" in answer.json()["error"]) == (403, True)
            refused += 1
    assert server.query(size, "text/csv").body == before
    counts.append(f"protocol: {refused} changes are refused with 403")


def test_the_service_description(server, counts):
    _, tests = rdf_tests.entries(rdf_tests.ROOT / "sparql11" / "service-description" / "manifest.ttl")
    answer = server.ask("/sparql", headers={"Accept": "text/turtle"})
    found = rdflib.Graph().parse(data=answer.body, format="turtle")
    passed = {
        "returns-rdf": answer.status == 200 and len(found) > 0,
        "has-endpoint-triple": (None, SD.endpoint, rdflib.URIRef(f"{server.url}/sparql")) in found,
        "conforms-to-schema": conforms(found),
    }
    names = [str(test).rpartition("#")[2] for test in tests]
    counts.append(f"service-description: {sum(passed[name] for name in names)} of {len(names)} pass")
    assert [name for name in names if not passed[name]] == []


# Of each property the class of its subjects and, where instances must be named so, of its objects.
SCHEMA = {
    SD.endpoint: (SD.Service, None),
    SD.supportedLanguage: (SD.Service, (SD.SPARQL10Query, SD.SPARQL11Query, SD.SPARQL11Update)),
    SD.feature: (
        SD.Service,
        (SD.DereferencesURIs, SD.UnionDefaultGraph, SD.RequiresDataset, SD.EmptyGraphs, SD.BasicFederatedQuery),
    ),
    SD.resultFormat: (SD.Service, None),
    SD.inputFormat: (SD.Service, None),
    SD.extensionFunction: (SD.Service, None),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.availableGraphs: (SD.Service, SD.GraphCollection),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.GraphCollection, SD.NamedGraph),
    SD.graph: (SD.NamedGraph, SD.Graph),
    SD.name: (SD.NamedGraph, None),
}


def conforms(found: rdflib.Graph) -> bool:
    """True where the words of the vocabulary are used as it defines them, and a service has an endpoint of its own."""
    services = set(found.subjects(RDF.type, SD.Service))
    used = [triple for triple in found if str(triple[1]).startswith(str(SD))]
    return (
        len(services) == 1
        and len(list(found.objects(next(iter(services)), SD.endpoint))) == 1
        and all(fits(found, *triple) for triple in used)
    )


def fits(found: rdflib.Graph, subject: Any, predicate: Any, value: Any) -> bool:
    subjects, values = SCHEMA.get(predicate, (SD.Nothing, None))
    is_a = (subject, RDF.type, subjects) in found
    if isinstance(values, tuple):
        return is_a and value in values
    return is_a and (values is None or (value, RDF.type, values) in found)
