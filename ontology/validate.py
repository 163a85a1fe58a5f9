"""Whether a graph keeps the shapes of shapes.ttl: for tests and for `chipgraph check`, not for every document."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph

from ontology import _turtle
from ontology.errors import InvalidData
from ontology.namespaces import CK, PREFIXES, RDF, SH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.term import Node

# The shapes that look at the whole graph have a class for focus; the statement at fault is their value.
_WHOLE_GRAPH = frozenset((CK.Relation, CK.Metric, CK.Evidence))


class Violation(NamedTuple):
    """A fault of a graph.

    focus: str, IRI of what is at fault; path: str, the property, such as "ck:polarity", or empty; message: str, the
    rule that is broken, in one sentence.
    """

    focus: str
    path: str
    message: str


def validate(data: str | bytes | Iterable[pyoxigraph.Quad]) -> list[Violation]:
    """The faults of a graph, sorted; an empty list where it keeps every shape.

    data: str or bytes, Turtle or TriG, or pyoxigraph quads; named graphs are taken together. The vocabulary is added
    here and need not be in the data. Raises `InvalidData` where the text cannot be parsed. It takes about a second for
    each five hundred claims.

    >>> faults = validate("<x:claim> a <https://w3id.org/chipgraph/ontology#Claim> .")
    >>> next(fault.message for fault in faults if fault.path == "ck:polarity")
    'A claim is affirmed or negated.'
    """
    import pyshacl

    merged = _merged(_parsed(data) if isinstance(data, str | bytes) else data)
    _, report, _ = pyshacl.validate(merged, shacl_graph=_shapes(), inplace=True)
    return sorted({_violation(report, result) for result in report.subjects(_uri(RDF.type), _uri(SH.ValidationResult))})


def _parsed(text: str | bytes) -> Iterable[pyoxigraph.Quad]:
    try:
        return list(pyoxigraph.parse(text, pyoxigraph.RdfFormat.TRIG))
    except SyntaxError as error:
        raise InvalidData(f"The graph to check is neither Turtle nor TriG: {error}.") from error


def _merged(quads: Iterable[pyoxigraph.Quad]) -> Graph:
    """Data and vocabulary in one graph: given apart, pySHACL does not see the classes of the vocabulary."""
    from rdflib import Graph

    graph = Graph()
    for quad in (*pyoxigraph.parse(_turtle.text(_turtle.CHIP), pyoxigraph.RdfFormat.TURTLE), *quads):
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


@cache
def _shapes() -> Graph:
    from rdflib import Graph

    return Graph().parse(data=_turtle.text(_turtle.SHAPES), format="turtle")


def _term(term: object) -> Node:
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if not isinstance(term, pyoxigraph.Literal):
        raise InvalidData(f"The graph to check holds {term}, which RDF 1.1 does not know: export it as RDF 1.1.")
    if term.language:
        return Literal(term.value, lang=term.language)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def _violation(report: Graph, result: Node) -> Violation:
    focus, path, value, message = (
        report.value(result, _uri(predicate)) for predicate in (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)
    )
    blamed = value if str(focus) in _WHOLE_GRAPH and value is not None else focus
    return Violation(str(blamed), _short(str(path or "")), str(message))


def _uri(iri: str) -> Node:
    from rdflib import URIRef

    return URIRef(iri)


def _short(iri: str) -> str:
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri
