"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import pyoxigraph as ox

from ontology.namespaces import CK_BASE, CR_BASE, RDF

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)


def describe(endpoint: str, size: int, writable: bool = False) -> list[ox.Triple]:
    """The description as triples.

    endpoint: str, the address that it is asked at; size: int, the triples of the dataset; writable: bool, whether
    it takes updates.

    >>> len(describe("http://localhost/sparql", 5)) > 10
    True
    """
    service, dataset, default = ox.NamedNode(endpoint), ox.BlankNode("dataset"), ox.BlankNode("default")
    languages = ("SPARQL11Query", "SPARQL11Update") if writable else ("SPARQL11Query",)
    triples = [
        ox.Triple(service, _a(), _sd("Service")),
        ox.Triple(service, _sd("endpoint"), service),
        *(ox.Triple(service, _sd("supportedLanguage"), _sd(language)) for language in languages),
        ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(dataset, _a(), _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), default),
        ox.Triple(default, _a(), _sd("Graph")),
        ox.Triple(default, ox.NamedNode("http://rdfs.org/ns/void#triples"), ox.Literal(size)),
        ox.Triple(default, ox.NamedNode("http://rdfs.org/ns/void#uriSpace"), ox.Literal(CR_BASE)),
        ox.Triple(default, ox.NamedNode("http://rdfs.org/ns/void#vocabulary"), ox.NamedNode(CK_BASE)),
    ]
    return triples + [ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in _RESULTS]


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def _a() -> ox.NamedNode:
    return ox.NamedNode(RDF.type)
