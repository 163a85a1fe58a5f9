"""The tests of w3c/rdf-tests as data, and what it takes to tell whether an answer is the one that they expect.

The files are an input: the environment variable RDF_TESTS names a checkout, whose `sparql` folder holds them.
"""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS

ROOT = Path(os.environ["RDF_TESTS"]).resolve() / "sparql" if os.environ.get("RDF_TESTS") else None
WHY_NOT = "needs a checkout of w3c/rdf-tests, named by the environment variable RDF_TESTS"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RS = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
# What they need is not served: changes, inference, other endpoints, a protocol for changing graphs.
NOT_SERVED = ("entailment", "service", "syntax-fed", "graph-store-protocol", "http-rdf-update", "service-identity")
KINDS = {
    MF.QueryEvaluationTest: "evaluation",
    MF.CSVResultFormatTest: "csv",
    MF.PositiveSyntaxTest: "good syntax",
    MF.PositiveSyntaxTest11: "good syntax",
    MF.NegativeSyntaxTest: "bad syntax",
    MF.NegativeSyntaxTest11: "bad syntax",
}
NUMBERS = frozenset(f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("integer", "decimal", "float", "double"))
RDF_FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".n3": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML}
RDF_FORMATS[".nt"] = ox.RdfFormat.N_TRIPLES
TABLE_FORMATS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}


@dataclass(frozen=True)
class Case:
    """A test.

    name, kind: str; query: Path; data, graphs: the files of the default graph and of the named graphs; result: Path,
    of no meaning for a test of syntax; lax: bool, whether rows may come once or several times.
    """

    name: str
    kind: str
    query: Path
    data: tuple[Path, ...]
    graphs: tuple[Path, ...]
    result: Path
    lax: bool

    @property
    def text(self) -> str:
        """The query, its relative IRIs resolved against its file, as a query that comes from nowhere needs it."""
        return f"BASE <{self.query.as_uri()}>\n{self.query.read_text(encoding='utf-8')}"


@dataclass(frozen=True)
class Table:
    """Rows of a result; ordered where the test says so."""

    columns: frozenset[str]
    rows: tuple[dict[str, Any], ...]
    ordered: bool = False


def cases(suite: str) -> list[Case]:
    """The tests of queries in a suite: sparql10 or sparql11; none where there is no checkout."""
    if ROOT is None:
        return []
    manifests = sorted((ROOT / suite).glob("*/manifest.ttl"))
    return [case for path in manifests if path.parent.name not in NOT_SERVED for case in _cases(suite, path)]


def entries(manifest: Path) -> tuple[rdflib.Graph, list[Any]]:
    """A manifest and the nodes of its tests."""
    graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    heads = [head for head in graph.objects(None, MF.entries) if head is not None]
    return graph, [entry for head in heads for entry in Collection(graph, head)]


def local(iri: Any) -> Path:
    """The file behind an IRI of a manifest."""
    return Path(unquote(urlsplit(str(iri)).path))


def as_default(path: Path) -> str:
    """The name of the graph that stands in for a file as a default graph."""
    return f"{path.as_uri()}#default"


def files() -> list[Path]:
    """All files of RDF that tests of queries read."""
    known = (case for suite in ("sparql10", "sparql11") for case in cases(suite))
    named = {path for case in known for path in (*case.data, *case.graphs)}
    datasets = [path for path in (ROOT or Path()).glob("sparql1*/dataset/data-*") if path.suffix in RDF_FORMATS]
    return sorted(named | set(datasets))


def protocol_graphs() -> list[tuple[str, Path]]:
    """The graphs that tests of the protocol read, by name."""
    if ROOT is None:
        return []
    graph, nodes = entries(ROOT / "sparql11" / "protocol" / "manifest.ttl")
    given = [told for node in nodes for told in graph.objects(node, UT.graphData)]
    return [(str(graph.value(told, RDFS.label)), local(graph.value(told, UT.graph))) for told in given]


def quads(path: Path, name: ox.NamedNode | ox.DefaultGraph) -> list[ox.Quad]:
    """A file as a graph of its own: its blank nodes are those of no other."""
    parsed = ox.parse(path=path, format=RDF_FORMATS[path.suffix], base_iri=path.as_uri(), rename_blank_nodes=True)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in parsed]


def expected(case: Case) -> bool | Table | frozenset[Any]:
    """What a test expects: yes or no, a table, or a graph."""
    if case.result.suffix in TABLE_FORMATS:
        parsed = ox.parse_query_results(case.result.read_bytes(), format=TABLE_FORMATS[case.result.suffix])
        return answered(parsed)
    graph = rdflib.Graph().parse(data=_ntriples(case.result), format="nt")
    told = graph.value(None, RDF.type, RS.ResultSet)
    if told is None:
        return frozenset(quads(case.result, ox.DefaultGraph()))
    verdict = graph.value(told, RS.boolean)
    return verdict.toPython() if verdict is not None else _table(graph, told)


def answered(found: Any) -> bool | Table | frozenset[Any]:
    """An answer of the engine in the form of what is expected."""
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if isinstance(found, ox.QuerySolutions):
        names = [variable.value for variable in found.variables]
        rows = tuple({n: t for n, t in zip(names, row, strict=True) if t is not None} for row in found)
        return Table(frozenset(names), rows)
    return frozenset(ox.Quad(t.subject, t.predicate, t.object) for t in found)


def same(wanted: Any, found: Any, lax: bool = False) -> bool:
    """True where two answers differ at most in names of blank nodes, spelling of numbers and, unless told, order."""
    if isinstance(wanted, bool) or type(wanted) is not type(found):
        return wanted is found
    if isinstance(wanted, Table):
        if lax:
            return {_key(r) for r in wanted.rows} == {_key(r) for r in found.rows}
        if wanted.columns != found.columns or len(wanted.rows) != len(found.rows):
            return False
        return _canonical(_as_quads(wanted, wanted.ordered)) == _canonical(_as_quads(found, wanted.ordered))
    return _canonical(wanted) == _canonical(found)


def same_csv(wanted: bytes, found: bytes) -> bool:
    """True where two tables in CSV hold the same rows; `SELECT *` leaves the order of columns to the engine."""
    first, second = (
        list(csv.DictReader(io.StringIO(text.decode(), newline=""), strict=True)) for text in (wanted, found)
    )
    return Counter(map(_cells, first)) == Counter(map(_cells, second))


def _cells(row: dict[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset((name, "_:" if cell.startswith("_:") else _spelled(cell)) for name, cell in row.items())


def _spelled(cell: str) -> str:
    try:
        return repr(float(cell))
    except ValueError:
        return cell


def _cases(suite: str, manifest: Path) -> list[Case]:
    graph, nodes = entries(manifest)
    made = []
    for node in nodes:
        kind = next((KINDS[k] for k in graph.objects(node, RDF.type) if k in KINDS), None)
        action, result = graph.value(node, MF.action), graph.value(node, MF.result)
        if kind is None or action is None:
            continue
        query = graph.value(action, QT.query) or action
        data, graphs = (tuple(map(local, graph.objects(action, p))) for p in (QT.data, QT.graphData))
        name = f"{suite}/{manifest.parent.name}/{str(node).rpartition('#')[2]}"
        lax = graph.value(node, MF.resultCardinality) == MF.LaxCardinality
        made.append(Case(name, kind, local(query), data, graphs, local(result or query), lax))
    return made


def _ntriples(path: Path) -> bytes:
    return ox.serialize((q.triple for q in quads(path, ox.DefaultGraph())), format=ox.RdfFormat.N_TRIPLES) or b""


def _table(graph: rdflib.Graph, told: Any) -> Table:
    """A table written in the vocabulary of results that the first suites use."""
    rows = []
    for solution in graph.objects(told, RS.solution):
        bound = {
            str(graph.value(b, RS.variable)): _term(graph.value(b, RS.value))
            for b in graph.objects(solution, RS.binding)
        }
        place = graph.value(solution, RS.index)
        rows.append((int(place) if place is not None else None, bound))
    ordered = bool(rows) and all(place is not None for place, _ in rows)
    rows.sort(key=lambda row: row[0] or 0)
    return Table(frozenset(map(str, graph.objects(told, RS.resultVariable))), tuple(r for _, r in rows), ordered)


def _term(node: Any) -> Any:
    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return ox.BlankNode(str(node))
    kind = ox.NamedNode(str(node.datatype)) if node.datatype else None
    return ox.Literal(str(node), language=node.language) if node.language else ox.Literal(str(node), datatype=kind)


def _as_quads(table: Table, ordered: bool) -> list[ox.Quad]:
    made = []
    for place, row in enumerate(table.rows):
        node = ox.BlankNode()
        made.append(ox.Quad(node, ox.NamedNode(str(RDF.type)), ox.NamedNode(str(RS.solution))))
        made += [ox.Quad(node, ox.NamedNode(f"urn:column:{name}"), term) for name, term in row.items()]
        if ordered:
            made.append(ox.Quad(node, ox.NamedNode(str(RS.index)), ox.Literal(place)))
    return made


def _canonical(found: Any) -> frozenset[Any]:
    dataset = ox.Dataset(ox.Quad(q.subject, q.predicate, _plain(q.object)) for q in found)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(dataset)


def _key(row: dict[str, Any]) -> frozenset[tuple[str, str]]:
    return frozenset((name, str(_plain(term))) for name, term in row.items())


def _plain(term: Any) -> Any:
    """A number in one spelling of its value, its type kept: the engine keeps values, not spellings."""
    if not isinstance(term, ox.Literal) or term.datatype.value not in NUMBERS:
        return term
    try:
        is_exact = term.datatype.value.endswith(("integer", "decimal"))
        value = f"{Decimal(term.value).normalize():f}" if is_exact else repr(float(term.value))
    except (DecimalException, ValueError):
        return term
    return ox.Literal(value, datatype=term.datatype)
