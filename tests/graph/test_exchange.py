"""The formats of others: read back with the readers that people use, nothing lost that a format can hold."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Claim, Document, Entity, Evidence, Modality, Observation, Polarity
from graph import terms as t
from graph.example import knowledge, market
from graph.exchange import export, format_of, names
from graph.export import everything
from graph.knowledge import KnowledgeGraph
from ontology.errors import InvalidData
from ontology.files import write_whole
from ontology.iri import claim_iri, entity_iri
from ontology.namespaces import CK_BASE, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from extract.model import Statement

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")  # of its own making, while it parses

# What tends to break formats: quotes, separators, markup, line ends, spaces at the ends, other scripts, control signs.
TEXTS = st.text(st.sampled_from("ab \t\n\r\"',;|\\<>&\u00e9芯𝛼\x0b\u2028]"), min_size=1, max_size=12).filter(str.strip)
NASTY = "\x0b"


@st.composite
def graphs(draw: st.DrawFn) -> tuple[KnowledgeGraph, list[Statement]]:
    text = draw(TEXTS)
    document = Document(text, draw(TEXTS), draw(TEXTS), "Chip Gazette", draw(TEXTS), "2025-01-20")
    made = {}
    for _ in range(draw(st.integers(1, 4))):
        ends = [Entity(key, key, "Company", draw(TEXTS)) for key in draw(st.permutations(("alpha", "beta", "gamma")))]
        evidence = Evidence(0, len(text), text)
        statement: Statement = Claim(
            *(document.id, document.source, ends[0], draw(st.sampled_from(("suppliesTo", "acquires"))), ends[1]),
            *(evidence, draw(TEXTS), draw(st.sampled_from(Polarity)), draw(st.sampled_from(Modality))),
            time=draw(st.sampled_from((None, "2024", "2024-Q3"))),
            qualifiers=draw(st.dictionaries(st.sampled_from(("purpose", "product")), TEXTS, max_size=2)),
            confidence=draw(st.sampled_from((0.25, 0.9, 1.0))),
        )
        if draw(st.booleans()):
            about = (document.id, document.source, ends[0], "revenue", draw(st.sampled_from((3, 2.5))), draw(TEXTS))
            statement = Observation(*about, "USD", evidence, "test", period="2024")
        made[statement.id] = statement
    return KnowledgeGraph.from_claims(made.values(), [document]), list(made.values())


def text_of(graph: KnowledgeGraph, form: str) -> str:
    content = export(graph.store, form)
    assert content is not None
    return content.decode()


def xml(value: Any) -> Any:
    return value.replace(NASTY, "\ufffd") if isinstance(value, str) else value


def rows(graph: KnowledgeGraph, form: str, name: str) -> list[dict[str, str]]:
    content = b"".join(format_of(form).files(graph.store)[name]).decode()
    return list(csv.DictReader(io.StringIO(content, newline="")))


QUADS = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}
TRIPLES = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES}


@settings(deadline=None, max_examples=15)
@given(graphs())
def test_rdf_holds_all(given: tuple[KnowledgeGraph, list[Statement]]) -> None:
    graph, _ = given
    quads = set(everything(graph.store))
    triples = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads}
    for form, syntax in QUADS.items():
        assert set(ox.parse(text_of(graph, form), syntax)) == quads
    for form, syntax in TRIPLES.items():
        assert {quad.triple for quad in ox.parse(text_of(graph, form), syntax)} == triples
    held = {(str(x.subject), str(x.predicate), xml(str(x.object)).replace("\\u000B", "\ufffd")) for x in triples}
    found = ox.parse(text_of(graph, "rdfxml"), ox.RdfFormat.RDF_XML)
    assert {(str(q.subject), str(q.predicate), str(q.object)) for q in found} == held


@pytest.mark.parametrize(("form", "syntax"), [("turtle", "turtle"), ("rdfxml", "xml"), ("ntriples", "nt")])
def test_rdflib_reads_the_triples(form: str, syntax: str) -> None:
    read = rdflib.Graph().parse(data=text_of(market(), form), format=syntax)
    assert len(read) == len({quad.triple for quad in everything(market().store)})
    assert str(read.value(rdflib.URIRef(entity_iri("aster-fab")), rdflib.RDFS.label)) == "Aster Fab"


@pytest.mark.parametrize(("form", "syntax"), [("trig", "trig"), ("nquads", "nquads"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_graphs(form: str, syntax: str) -> None:
    read = rdflib.Dataset()
    read.parse(data=text_of(market(), form), format=syntax)
    assert len(list(read.quads())) == len(set(everything(market().store)))
    assert len({str(graph) for *_, graph in read.quads()} & set(documents())) == 3


def documents() -> list[str]:
    return [quad.subject.value for quad in market().store.quads(None, t.TYPE, t.DOCUMENT)]


def test_rdf_12_says_what_each_claim_reifies() -> None:
    quads = set(ox.parse(text_of(market(), "rdf12"), ox.RdfFormat.TRIG))
    reified = [quad for quad in quads if isinstance(quad.object, ox.Triple)]
    assert len(reified) == market().statistics().claims
    assert quads - set(reified) == set(everything(market().store))
    with pytest.raises(Exception, match=r"bad syntax|expected"):
        rdflib.Dataset().parse(data=text_of(market(), "rdf12"), format="trig")


@settings(deadline=None, max_examples=30)
@given(graphs())
def test_csv_holds_every_statement(given: tuple[KnowledgeGraph, list[Statement]]) -> None:
    graph, statements = given
    claims = {s.id: s for s in statements if isinstance(s, Claim)}
    edges = {row["id"]: row for row in rows(graph, "csv", "edges.csv")}
    assert edges.keys() == claims.keys()
    for key, claim in claims.items():
        row = edges[key]
        ends = (row["source"], row["relation"], row["target"], row["subject_mention"], row["object_mention"])
        mentions = (claim.subject.mention, claim.object.mention)
        assert ends == (claim.subject.id, claim.relation, claim.object.id, *mentions)
        assert (row["polarity"], row["modality"], row["time"]) == (claim.polarity, claim.modality, claim.time or "")
        assert float(row["confidence"]) == claim.confidence
        assert json.loads(row["qualifiers"] or "{}") == claim.qualifiers
        assert json.loads(row["evidence"]) == [[0, len(claim.evidence.text), claim.evidence.text]]
        assert (row["rule"], row["fact"]) == (claim.rule, str(claim.is_fact).lower())
    numbers = {
        row["id"]: (row["about"], float(row["value"]), row["printed"]) for row in rows(graph, "csv", "numbers.csv")
    }
    assert numbers == {s.id: (s.about.id, s.value, s.printed) for s in statements if isinstance(s, Observation)}
    (document,) = rows(graph, "csv", "documents.csv")
    source = graph.documents()[0]
    assert (document["title"], document["author"]) == (source.title, source.author)
    assert json.loads(document["sources"]) == list(source.paths)


@settings(deadline=None, max_examples=30)
@given(graphs())
def test_networkx_reads_graphml_and_gexf(given: tuple[KnowledgeGraph, list[Statement]]) -> None:
    graph, statements = given
    claims = {s.id: s for s in statements if isinstance(s, Claim)}
    read = nx.read_graphml(io.BytesIO(text_of(graph, "graphml").encode()), force_multigraph=True)
    gexf = nx.read_gexf(io.BytesIO(text_of(graph, "gexf").encode()), version="1.3")
    for found in (read, gexf):
        assert {entity.id for entity in graph.entities()} <= set(found)
        edges = {data.get("id", key): (s, o, data) for s, o, key, data in keyed(found)}
        assert edges.keys() == claims.keys()
        for key, claim in claims.items():
            subject, object_, data = edges[key]
            assert (subject, object_, data["relation"]) == (claim.subject.id, claim.object.id, claim.relation)
            assert (data["polarity"], data["modality"]) == (claim.polarity, claim.modality)
            assert (data["confidence"], data["fact"]) == (claim.confidence, claim.is_fact)
            assert data["sentence"] == xml(claim.evidence.text)
        numbers = [n for _, data in found.nodes(data=True) for n in json.loads(data.get("numbers", "[]"))]
        assert {n["id"] for n in numbers} == {s.id for s in statements if isinstance(s, Observation)}


def keyed(graph: nx.DiGraph) -> list[tuple[str, str, str | None, dict[str, Any]]]:
    """The edges with their keys; a graph without parallel edges has the id among the data."""
    if graph.is_multigraph():
        return [(s, o, key, data) for s, o, key, data in graph.edges(keys=True, data=True)]
    return [(s, o, None, data) for s, o, data in graph.edges(data=True)]


def test_neo4j_headers_name_types_ids_and_labels() -> None:
    entities = rows(market(), "neo4j", "entities.csv")
    claims = rows(market(), "neo4j", "claims.csv")
    assert list(entities[0])[:2] == ["id:ID(Entity)", ":LABEL"]
    assert {":START_ID(Entity)", ":END_ID(Entity)", ":TYPE", "confidence:double", "fact:boolean"} <= claims[0].keys()
    by_id = {row["id:ID(Entity)"]: row for row in entities}
    assert by_id["aster-fab"][":LABEL"].split("\x1f") == ["Actor", "Company", "Entity", "Organization"]
    assert "紫苑半导体" in by_id["aster-fab"]["names:string[]"].split("\x1f")
    assert {row[":START_ID(Entity)"] for row in claims} | {row[":END_ID(Entity)"] for row in claims} <= by_id.keys()
    assert {"SUPPLIES_TO", "MANUFACTURES_FOR"} <= {row[":TYPE"] for row in claims}
    numbers = {row["id:ID(Number)"] for row in rows(market(), "neo4j", "numbers.csv")}
    assert {row[":START_ID(Number)"] for row in rows(market(), "neo4j", "about.csv")} == numbers
    arguments = b"".join(format_of("neo4j").files(market().store)["import.args"]).decode()
    named = {line.split("=")[1] for line in arguments.splitlines() if line.endswith(".csv")}
    assert named == format_of("neo4j").files(market().store).keys() - {"import.args"}


def ftm_records(graph: KnowledgeGraph) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text_of(graph, "followthemoney").splitlines()]


def test_followthemoney_says_only_what_holds() -> None:
    ties = [record for record in ftm_records(market()) if record["id"].startswith("claim-")]
    facts = {claim.id for claim in market().relations(facts_only=True, min_confidence=0.5)}
    assert ties
    assert {record["id"].removeprefix("claim-") for record in ties} <= facts
    assert all(record["properties"]["summary"] and record["properties"]["proof"] for record in ties)
    assert all("confidence" in record["properties"]["description"][0] for record in ties)


def test_followthemoney_takes_every_record() -> None:
    model = pytest.importorskip("followthemoney", reason="needs the package followthemoney").model
    for record in ftm_records(market()):
        model.get(record["schema"]).validate({"properties": record["properties"]})
        proxy = model.get_proxy(record, cleaned=False)
        assert {name: sorted(proxy.get(name)) for name in record["properties"]} == {
            name: sorted(values) for name, values in record["properties"].items()
        }


def test_our_own_importer_takes_followthemoney_back(tmp_path: Path) -> None:
    from graph.importers import importer

    export(market().store, "followthemoney", tmp_path / "graph.ftm.json")
    named = {
        item.name for item in importer("followthemoney").read(tmp_path / "graph.ftm.json") if hasattr(item, "name")
    }
    assert {"Aster Fab", "Elm Motors"} <= named


@settings(deadline=None, max_examples=10)
@given(graphs())
def test_schema_org_reads_as_json_ld_without_a_network(given: tuple[KnowledgeGraph, list[Statement]]) -> None:
    graph, statements = given
    read = rdflib.Graph().parse(data=text_of(graph, "schema-org"), format="json-ld")
    schema = rdflib.Namespace(PREFIXES["schema"])
    for statement in statements:
        if isinstance(statement, Claim):
            node = rdflib.URIRef(claim_iri(statement.id))
            said = {
                str(read.value(p, schema.name)): read.value(p, schema.value).toPython()
                for p in read.objects(node, schema.additionalProperty)
            }
            assert (said["relation"], said["polarity"], said["modality"]) == (
                *(statement.relation, statement.polarity, statement.modality),
            )
            assert float(said["confidence"]) == statement.confidence
            assert str(said["subject"]) == entity_iri(statement.subject.id)
            assert str(read.value(node, schema.text)) == statement.evidence.text
    assert len(set(read.subjects(rdflib.RDF.type, schema.Observation))) == sum(
        isinstance(s, Observation) for s in statements
    )


@settings(deadline=None, max_examples=10)
@given(graphs())
def test_nanopublications_assert_only_what_holds(given: tuple[KnowledgeGraph, list[Statement]]) -> None:
    graph, statements = given
    read = rdflib.Dataset()
    read.parse(data=text_of(graph, "nanopub"), format="trig")
    np = rdflib.Namespace("http://www.nanopub.org/nschema#")
    claims = [s for s in statements if isinstance(s, Claim)]
    whole = {s for s, _, _, _ in read.quads((None, rdflib.RDF.type, np.Nanopublication, None))}
    assert len(whole) == len(claims)
    for claim in claims:
        base = rdflib.URIRef(f"https://w3id.org/chipgraph/id/np/{claim.id}")
        assertion = read.graph(read.graph(base + "/head").value(base, np.hasAssertion))
        plain = [
            rdflib.URIRef(x)
            for x in (entity_iri(claim.subject.id), CK_BASE + claim.relation, entity_iri(claim.object.id))
        ]
        assert (tuple(plain) in assertion) == claim.is_fact
        provenance = read.graph(base + "/provenance")
        assert float(provenance.value(base + "/assertion", rdflib.URIRef(CK_BASE + "confidence"))) == claim.confidence
        quotes = {str(o) for o in provenance.objects(None, rdflib.URIRef(PREFIXES["oa"] + "exact"))}
        assert quotes == {claim.evidence.text}


@pytest.mark.parametrize("form", names())
def test_the_same_graph_gives_the_same_bytes(form: str) -> None:
    first, second = (format_of(form).files(knowledge().store) for _ in range(2))
    assert {n: b"".join(c) for n, c in first.items()} == {n: b"".join(c) for n, c in second.items()}
    assert format_of(form).TITLE


def test_the_same_graph_gives_the_same_bytes_in_another_process(fresh_python) -> None:
    program = """
import hashlib
from graph.example import market
from graph.exchange import format_of, names
for form in names():
    content = b"".join(b"".join(parts) for parts in format_of(form).files(market().store).values())
    print(form, hashlib.sha256(content).hexdigest())
"""
    assert fresh_python(program) == fresh_python(program)


def test_files_are_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    market().export("csv", tmp_path / "csv")
    assert sorted(p.name for p in (tmp_path / "csv").iterdir()) == [
        "documents.csv",
        "edges.csv",
        "nodes.csv",
        "numbers.csv",
    ]
    before = (tmp_path / "csv" / "edges.csv").read_bytes()

    def full(path: Path, content: object) -> None:
        if path.name == "numbers.csv":
            raise OSError(28, "No space left on device")
        write_whole(path, content)

    monkeypatch.setattr("graph.exchange.write_whole", full)
    with pytest.raises(OSError, match="No space"):
        knowledge().export("csv", tmp_path / "csv")
    assert (tmp_path / "csv" / "edges.csv").read_bytes() == before
    assert len(list((tmp_path / "csv").iterdir())) == 4


def test_formats_that_there_are_not_and_formats_of_several_files() -> None:
    with pytest.raises(InvalidData, match="the formats are csv, followthemoney"):
        market().export("xlsx")
    with pytest.raises(InvalidData, match="say into which folder"):
        market().export("csv")


def test_the_command_writes_to_standard_output_or_to_a_file(chipgraph, tmp_path) -> None:
    from graph.build import Builder
    from graph.example import document, statements

    with Builder(tmp_path / "g") as builder:
        builder.add(document(), statements())
    ran = chipgraph("export", "graphml", "--graph", tmp_path / "g")
    assert ran.status == 0
    assert chipgraph("export", "graphml", "--graph", tmp_path / "g", "-o", tmp_path / "a.graphml").out == ""
    assert (tmp_path / "a.graphml").read_bytes() == ran.out.encode()
    assert chipgraph("export", "trig", "--graph", tmp_path / "g").out == (tmp_path / "g" / "graph.trig").read_text()
    refused = chipgraph("export", "csv", "--graph", tmp_path / "g")
    assert (refused.status, "say into which folder" in refused.err) == (2, True)
