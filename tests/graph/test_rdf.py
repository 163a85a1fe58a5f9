from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from pyoxigraph import BlankNode, Literal, Store

from extract.model import Claim, Document, Entity, Observation
from graph import terms as t
from graph.entities import Gazetteer, is_name
from graph.example import document, knowledge, statements
from graph.literals import decimal, time
from graph.rdf import Origin, document_quads, qualifier, statement_triples
from ontology.errors import InvalidData
from ontology.iri import entity_iri
from ontology.namespaces import CK, CK_BASE
from ontology.validate import validate

ORIGIN = Origin(document().id, document(), (document().source,), "chipgraph 0.1.0")


def values(statement: Claim | Observation, predicate: str, origin: Origin = ORIGIN) -> list[str]:
    return [o.value for _, p, o in statement_triples(statement, origin) if p.value == CK_BASE + predicate]


def test_the_store_rewrites_no_literal() -> None:
    quads = set(document_quads(ORIGIN, statements()))
    store = Store()
    store.extend(quads)
    assert set(store) == quads


def test_no_blank_nodes_and_only_terms_of_the_vocabulary() -> None:
    quads = list(knowledge().store.quads())
    ours = [quad for quad in quads if quad.graph_name != t.VOCABULARY]
    assert not any(isinstance(term, BlankNode) for quad in ours for term in (quad.subject, quad.object))
    used = {term.value for quad in ours for term in (quad.predicate, quad.object) if not isinstance(term, Literal)}
    assert {iri for iri in used if iri.startswith(CK_BASE) and iri.removeprefix(CK_BASE) not in CK} == set()


def test_no_triple_stands_in_two_graphs() -> None:
    triples = Counter((quad.subject, quad.predicate, quad.object) for quad in knowledge().store.quads())
    assert max(triples.values()) == 1


def test_the_shapes_hold() -> None:
    graph = knowledge()
    assert validate(q for q in graph.store.quads() if q.graph_name not in (t.FACTS, t.VOCABULARY)) == []  # type: ignore[arg-type]


def test_attribution_falls_back_from_speaker_to_publisher_to_document() -> None:
    claim = statements()[0]
    speaker = Entity("trendforce", "TrendForce", "MarketResearcher")
    assert values(replace(claim, attributed_to=speaker), "attributedTo") == [entity_iri("trendforce")]
    assert values(claim, "attributedTo") == [entity_iri("chip-gazette")]
    unsigned = replace(ORIGIN, document=Document("x", "y"))
    assert values(claim, "attributedTo", unsigned)[0].endswith(f"/doc/{document().id}")


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("node", "40nm", entity_iri("node-40nm")),
        ("node", "node-40nm", entity_iri("node-40nm")),
        ("product", "mcu", entity_iri("mcu")),
        ("product", "some gadget", "some gadget"),
        ("purpose", "mcu", "mcu"),
        ("status", "announced", CK_BASE + "announced"),
        ("metric", "capacityShare", CK_BASE + "capacityShare"),
        ("validFrom", "2024", "2024"),
    ],
)
def test_qualifiers(key: str, value: str, expected: str) -> None:
    assert qualifier(key, value).value == expected


def test_numbers_and_units() -> None:
    observation = statements()[-1]
    assert isinstance(observation, Observation)
    assert values(observation, "value") == ["2000000000"]
    assert values(observation, "unit") == ["http://qudt.org/vocab/unit/CCY_USD"]
    assert values(replace(observation, unit="furlong"), "unit") == ["furlong"]
    assert values(observation, "printed") == ["$2 billion"]
    with pytest.raises(InvalidData, match="not finite"):
        decimal(float("nan"))


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2024", "gYear"),
        ("2024-02", "gYearMonth"),
        ("2024-13", "string"),
        ("2024-02-29", "date"),
        ("2023-02-29", "string"),
        ("2024-04-31", "string"),
        ("2024-Q3", "string"),
    ],
)
def test_times(text: str, datatype: str) -> None:
    assert time(text).datatype.value.rsplit("#")[1] == datatype


def test_where_a_claim_came_from_is_written_and_read_back() -> None:
    claim = statements()[0]
    assert isinstance(claim, Claim)
    written = values(claim, "explanation")
    assert len(written) == len(claim.reasons)
    assert {"trigger: makes", "subject: name; alias", "node: 40 nm"} <= set(written)
    read = knowledge().explain(claim.id).statement
    assert isinstance(read, Claim)
    assert read.reasons == claim.reasons


def test_a_claim_without_reasons_explains_nothing() -> None:
    assert values(statements()[1], "explanation") == []


def test_registry_facts_and_honest_ids() -> None:
    rows = {
        (quad.predicate.value.rsplit("#")[-1], quad.object.value)
        for quad in knowledge().store.quads(None, None, None, t.SHARED)
    }
    assert {("country", "CN"), ("hasBusinessModel", entity_iri("foundry"))} <= rows
    verified = {quad.subject.value for quad in knowledge().store.quads(None, t.EXACT_MATCH)}
    candidates = {quad.subject.value for quad in knowledge().store.quads(None, t.ck("candidateId"))}
    assert verified == {entity_iri("stmicroelectronics")}
    assert verified.isdisjoint(candidates)


def test_pronouns_are_no_names() -> None:
    gazetteer = Gazetteer()
    claim = statements()[0]
    assert isinstance(claim, Claim)
    gazetteer.see([replace(claim, subject=replace(claim.subject, mention="The company"))])
    assert gazetteer.entities["hua-hong"].names == set()
    assert not is_name("")
